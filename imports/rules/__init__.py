"""How a file is read and checked. Plain Python without framework, database, clock or translation."""
