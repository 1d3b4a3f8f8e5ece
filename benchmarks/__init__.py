"""What is measured, and how: `make bench`. Figures are ratios of medians taken in one interleaved run."""
