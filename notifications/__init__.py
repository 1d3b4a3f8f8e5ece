"""Messages to people: one row per message, delivered once."""
