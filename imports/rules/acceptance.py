"""What somebody must have seen and accepted before a file is saved, and when two readings of a file say the same."""

from collections.abc import Collection
from decimal import Decimal

from imports.rules.findings import Findings

# Part of the amounts that may be without a unit, in percent, before somebody has to accept it.
UNMAPPED_LIMIT = Decimal("0.1")
UNMAPPED = "unmapped"
LOST_ROWS = "lost_rows"


def to_accept(findings: Findings, left: Collection[str] = (), *, keeps_rows: bool = True) -> tuple[str, ...]:
    """Keys of what has to be accepted: «sum:402100:actual» for a control sum that does not hold, «unmapped» for amounts without a unit.

    `left` are codes that somebody has decided to leave unallocated. `keeps_rows`: a row of nobody is stored, and can follow its code
    later; where it is not, somebody must have seen that.
    """
    sums = [f"sum:{each.scope}:{each.what}" for each in findings.sums_differ]
    waiting = any(each.kind == "unit" and each.code not in left for each in findings.unknown)
    unmapped = [UNMAPPED] if waiting and findings.unmapped_percent >= UNMAPPED_LIMIT else []
    lost = [LOST_ROWS] if waiting and not keeps_rows else []
    return tuple(dict.fromkeys([*sums, *unmapped, *lost]))


def same_outcome(seen: Findings, now: Findings) -> bool:
    """Whether saving would do what the control page showed."""
    return _outcome(seen) == _outcome(now)


def _outcome(findings: Findings) -> tuple[object, ...]:
    by_unit = {unit: amount for unit, amount in findings.by_unit.items() if amount}
    return (findings.year, findings.number, findings.cumulative, findings.rows, findings.errors, findings.totals, by_unit)
