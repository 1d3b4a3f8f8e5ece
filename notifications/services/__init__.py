"""Everything that tells people something."""
