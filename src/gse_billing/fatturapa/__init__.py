"""The room of fatturapa."""
