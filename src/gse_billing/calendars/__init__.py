"""The room of calendars."""
