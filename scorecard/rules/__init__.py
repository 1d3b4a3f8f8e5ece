"""What the figures mean: status, score, target, roll-up, trend. Plain Python without framework, database, clock or translation."""
