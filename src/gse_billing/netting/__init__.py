"""The room of netting."""
