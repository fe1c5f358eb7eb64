"""The room of parties."""
