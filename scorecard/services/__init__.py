"""Everything that changes scorecards, targets and figures, and keeps what is derived from them."""
