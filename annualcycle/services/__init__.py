"""Everything that changes the annual cycle."""
