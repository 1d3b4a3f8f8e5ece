"""About how long what waits will take, from how long it took before."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from statistics import median

from common.periods import Period
from reporting.models import MonthlyReport

# So many months of reports tell how long the next one takes.
MONTHS = 12
# To read one delivered report and decide on it. A green one takes less, one that is sent back more.
MINUTES_TO_DECIDE = 2


def report_minutes(unit_ids: Collection[int], day: date) -> dict[int, int]:
    """By unit, the median of what its reports of the last year took; of all these units where it has none of its own.

    One SQL statement, none without units. Nothing is known where nobody has delivered yet.
    """
    if not unit_ids:
        return {}
    first = Period.month(day.year, day.month).previous(MONTHS).start
    rows = MonthlyReport.objects.filter(unit_id__in=unit_ids, month__gte=first, submitted_at__isnull=False, seconds_spent__gt=0)
    spent: dict[int, list[int]] = defaultdict(list)
    for unit_id, seconds in rows.order_by().values_list("unit_id", "seconds_spent"):
        spent[unit_id].append(seconds)
    every = [seconds for found in spent.values() for seconds in found]
    return {unit_id: _minutes(spent.get(unit_id) or every) for unit_id in unit_ids} if every else {}


def _minutes(seconds: list[int]) -> int:
    """Whole minutes, never less than one."""
    return max(1, round(median(seconds) / 60))
