"""About how long what waits will take, from how long it took before."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from common.periods import Period
from reporting.models import MonthlyReport
from reporting.rules.progress import usual_minutes
from scorecard.queries import by_hand

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
    units = list(unit_ids)
    rows = by_hand.rows(
        f"SELECT unit_id, seconds_spent FROM {MonthlyReport._meta.db_table} WHERE {by_hand.among('unit_id', units)} "  # noqa: S608
        "AND month >= %s AND submitted_at IS NOT NULL AND seconds_spent > 0",
        [*units, first.isoformat()],
    )
    spent: dict[int, list[int]] = defaultdict(list)
    for unit_id, seconds in rows:
        spent[unit_id].append(seconds)
    return usual_minutes(spent, unit_ids)
