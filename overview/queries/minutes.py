"""About how long what waits will take, from how long it took before."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from common.periods import Period
from reporting.models import MonthlyReport
from reporting.rules.progress import MONTHS_TOLD_BY, usual_minutes

# To read one delivered report and decide on it. A green one takes less, one that is sent back more.
MINUTES_TO_DECIDE = 2


def report_minutes(unit_ids: Collection[int], day: date) -> dict[int, int]:
    """By unit, the median of what its reports of the last year took; of all these units where it has none of its own.

    One SQL statement, none without units. Nothing is known where nobody has delivered yet.
    """
    if not unit_ids:
        return {}
    first = Period.month(day.year, day.month).previous(MONTHS_TOLD_BY).start
    reports = MonthlyReport.objects.filter(unit_id__in=unit_ids, month__gte=first, submitted_at__isnull=False, seconds_spent__gt=0)
    spent: dict[int, list[int]] = defaultdict(list)
    for unit_id, seconds in reports.order_by().values_list("unit_id", "seconds_spent"):
        spent[unit_id].append(seconds)
    return usual_minutes(spent, unit_ids)
