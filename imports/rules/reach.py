"""Which right a person must hold in a district to see the amounts of a kind of files."""

from imports.rules.states import SourceKind
from organisation.rules.access import Permission

# Whoever holds this where files are seen knows of every kind, though not of the amounts.
SEES_EVERY_KIND = Permission.EDIT_RULES

# Their rows are about few people each, and pages hide those of small units: only whoever brings in such files reads them as they stand.
ROWS_OF_FEW = frozenset({SourceKind.SICK_LEAVE, SourceKind.SURVEYS})

AMOUNTS: dict[str, Permission] = {
    SourceKind.ECONOMY: Permission.SEE_LEDGER,
    SourceKind.FIGURES: Permission.SEE_LEDGER,
    SourceKind.BENCHMARKS: Permission.SEE_LEDGER,
    SourceKind.SICK_LEAVE: Permission.SEE_SICK_LEAVE_SPLIT,
    SourceKind.SURVEYS: Permission.SEE_SICK_LEAVE_SPLIT,
}
