"""The room of schemes."""
