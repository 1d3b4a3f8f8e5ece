"""One value that is another as soon as the director's list would show another thing."""

from datetime import date

from common.sums import COUNT, NEWEST, ROWS, VERSIONS, among, read_sums, sums_of
from organisation.queries.tree import history, version_token
from reporting.models import Balance, DeadlineRule, FunctionArea, MonthlyReport, ReportingMonth
from reporting.queries.consolidated import reporting_units, year_to
from reporting.queries.month_stamp import MonthStamp
from reporting.queries.owners import month_end

REPORTS = (COUNT, VERSIONS, "max(figures_changed_at)")
BALANCES = (COUNT, NEWEST, "sum(actual)")
SETTING = ("max(locked_at)", "max(figures_ready_at)")


def stamp_of_month(*, district_id: int, month: date) -> MonthStamp:
    """Another value as soon as a report, a figure, an area, a deadline or the lock of the district's year is another.

    Two SQL statements, none of which reads a row per unit.
    """
    year = year_to(month)
    past = history()
    # The tree is mostly the same one all year, and those that report are few of its units.
    trees = {id(tree): tree for tree in (past.on(month_end(each)) for each in year)}
    unit_ids = sorted({node.id for tree in trees.values() for node in reporting_units(tree, district_id)})
    first, last = year[0].isoformat(), month.isoformat()
    there = f"{among('unit_id', unit_ids)} AND month"
    found = read_sums(
        {
            "earlier": [sums_of(MonthlyReport, REPORTS, f"{there} >= %s AND month < %s", *unit_ids, first, last)],
            "reports": [sums_of(MonthlyReport, REPORTS, f"{there} = %s", *unit_ids, last)],
            "balances": [sums_of(Balance, BALANCES, "district_id = %s AND month BETWEEN %s AND %s", district_id, first, last)],
            "setting": [sums_of(ReportingMonth, SETTING, "district_id = %s AND month = %s", district_id, last)],
            "deadlines": [sums_of(DeadlineRule, ROWS)],
        }
    )
    areas = FunctionArea.objects.order_by("pk").values_list("code", "name", "first_year", "last_year", "order")
    return MonthStamp(**found, areas=tuple(areas), organisation=version_token())
