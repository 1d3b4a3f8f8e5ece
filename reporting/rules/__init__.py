"""How the month is counted, what must be explained, who may do what when. Plain Python: no framework, database, clock or translation."""
