"""Who is told what and when. Plain Python without framework, database, clock or translation."""
