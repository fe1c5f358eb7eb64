"""The room of tax."""
