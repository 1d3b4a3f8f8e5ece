"""The name by which an activity finds the deadlines another app counts. Pure."""

from datetime import date

from annualcycle.rules.kinds import COUNTED_ELSEWHERE, LinkKind


def group_of(link_kind: str, link_period: date | None) -> str | None:
    """`Deadline.group` of what the activity is about: "report:2026-09", "scorecard:2027". None where it has tasks of its own."""
    if link_kind not in COUNTED_ELSEWHERE or link_period is None:
        return None
    kind = LinkKind(link_kind)
    return f"{kind}:{link_period:%Y-%m}" if kind is LinkKind.REPORT else f"{kind}:{link_period.year}"
