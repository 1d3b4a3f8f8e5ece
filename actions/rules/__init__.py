"""What an action can be and when it counts as done. Plain Python without framework, database, clock or translation."""
