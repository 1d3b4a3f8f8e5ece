"""The name by which an activity finds the deadlines another app counts. Pure."""

from collections.abc import Iterable
from datetime import date

from annualcycle.rules.kinds import COUNTED_ELSEWHERE, LinkKind


def group_of(link_kind: str, link_period: date | None) -> str | None:
    """`Deadline.group` of what the activity is about: "report:2026-09", "scorecard:2027". None where it has tasks of its own."""
    if link_kind not in COUNTED_ELSEWHERE or link_period is None:
        return None
    kind = LinkKind(link_kind)
    return f"{kind}:{link_period:%Y-%m}" if kind is LinkKind.REPORT else f"{kind}:{link_period.year}"


def window(years: Iterable[int]) -> tuple[date, date]:
    """The first and the last day on which what wheels of these years count can be due: a målekart is due in December before its year, and
    the report of a December in January.
    """
    known = sorted(years)
    return date(known[0] - 1, 12, 1), date(known[-1] + 1, 1, 31)


def is_told_of_all(group: str) -> bool:
    """Whether everybody who sees tasks may know how many units are done, as the wheel says it: so it is with reports."""
    return group.startswith(f"{LinkKind.REPORT}:")
