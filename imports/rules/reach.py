"""Which right a person must hold in a district to see the amounts of a kind of files."""

from imports.rules.states import SourceKind
from organisation.rules.access import Permission

# Whoever holds this where files are seen knows of every kind, though not of the amounts.
SEES_EVERY_KIND = Permission.EDIT_RULES

AMOUNTS: dict[str, Permission] = {
    SourceKind.ECONOMY: Permission.SEE_LEDGER,
    SourceKind.FIGURES: Permission.SEE_LEDGER,
    SourceKind.BENCHMARKS: Permission.SEE_LEDGER,
    SourceKind.SICK_LEAVE: Permission.SEE_SICK_LEAVE_SPLIT,
    SourceKind.SURVEYS: Permission.SEE_SICK_LEAVE_SPLIT,
}
