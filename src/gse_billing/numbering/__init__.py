"""The room of numbering."""
