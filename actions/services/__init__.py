"""Everything that changes actions and says what came of them."""
