"""How a report comes along: how long it takes, and for how long its text has stood."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from statistics import median

from reporting.rules.times import USUAL, Times

# A longer pause is something else than working on the report.
LONGEST_PAUSE = timedelta(minutes=5)
# So many months of reports before the next tell how long it takes.
MONTHS_TOLD_BY = 12


def seconds_worked(last: datetime | None, now: datetime) -> int:
    """The seconds since the last saved field; a long pause counts as nothing."""
    if last is None or not timedelta(0) <= now - last <= LONGEST_PAUSE:
        return 0
    return int((now - last).total_seconds())


def usual_minutes(spent: Mapping[int, Sequence[int]], unit_ids: Iterable[int]) -> dict[int, int]:
    """By unit, the median of the seconds its earlier reports took, in whole minutes and never less than one; of all these reports where it
    has none of its own. Nothing is known where there are none at all."""
    every = [seconds for found in spent.values() for seconds in found]
    return {unit_id: max(1, round(median(spent.get(unit_id) or every) / 60)) for unit_id in unit_ids} if every else {}


def unchanged_months(text: str, text_before: str, months_before: int) -> int:
    """For how many months the text has stood, this one included; 0 where it is new or empty."""
    if not text.strip() or _plain(text) != _plain(text_before):
        return 0
    return max(months_before, 1) + 1


def regret_ends(submitted_at: datetime, times: Times = USUAL) -> datetime:
    """Until when a report can be taken back."""
    return submitted_at + timedelta(minutes=times.regret_minutes)


def may_regret(submitted_at: datetime | None, now: datetime, times: Times = USUAL) -> bool:
    return submitted_at is not None and now <= regret_ends(submitted_at, times)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
