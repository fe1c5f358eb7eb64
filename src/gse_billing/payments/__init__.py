"""The room of payments."""
