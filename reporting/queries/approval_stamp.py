"""One value that is another as soon as the director's list would show another thing."""

from datetime import date

from django.db.models import Model

from organisation.queries.tree import history, version_token
from reporting.models import Balance, DeadlineRule, FunctionArea, MonthlyReport, ReportingMonth
from reporting.queries.consolidated import month_end, reporting_units, year_to
from reporting.queries.month_stamp import MonthStamp
from scorecard.queries import by_hand

REPORTS = ("count(*)", "sum(version)", "max(figures_changed_at)")
BALANCES = ("count(*)", "max(id)", "sum(actual)")
AREA = 'code, name, first_year, last_year, "order"'
Asked = tuple[type[Model], tuple[str, ...], str, list[int | str]]


def stamp_of_month(*, district_id: int, month: date) -> MonthStamp:
    """Another value as soon as a report, a figure, an area, a deadline or the lock of the district's year is another.

    Two SQL statements, none of which reads a row per unit. Both are written by hand: building them cost more than running them.
    """
    year = year_to(month)
    past = history()
    # The tree is mostly the same one all year, and those that report are few of its units.
    trees = {id(tree): tree for tree in (past.on(month_end(each)) for each in year)}
    unit_ids = sorted({node.id for tree in trees.values() for node in reporting_units(tree, district_id)})
    first, last = year[0].isoformat(), month.isoformat()
    units = f"{by_hand.among('unit_id', unit_ids)} AND "
    asked: dict[str, Asked] = {
        "earlier": (MonthlyReport, REPORTS, f"{units}month >= %s AND month < %s", [*unit_ids, first, last]),
        "reports": (MonthlyReport, REPORTS, f"{units}month = %s", [*unit_ids, last]),
        "balances": (Balance, BALANCES, "district_id = %s AND month BETWEEN %s AND %s", [district_id, first, last]),
        "setting": (ReportingMonth, ("max(locked_at)", "max(figures_ready_at)"), "district_id = %s AND month = %s", [district_id, last]),
        "deadlines": (DeadlineRule, ("count(*)", "max(id)", "sum(version)"), "1 = 1", []),
    }
    areas = by_hand.rows(f"SELECT {AREA} FROM {FunctionArea._meta.db_table} ORDER BY id")  # noqa: S608
    return MonthStamp(**_sums(asked), areas=tuple(areas), organisation=version_token())


def _sums(asked: dict[str, Asked]) -> dict[str, tuple[str, ...]]:
    """Nothing but our own names stands in the statement; what comes from a request is a parameter."""
    tables = [
        f"(SELECT {', '.join(f'{figure} AS {name}{n}' for n, figure in enumerate(figures))} FROM {model._meta.db_table} "  # noqa: S608
        f"WHERE {where}) AS t_{name}"
        for name, (model, figures, where, _values) in asked.items()
    ]
    (row,) = by_hand.rows(f"SELECT * FROM {', '.join(tables)}", [value for *_rest, values in asked.values() for value in values])  # noqa: S608
    found = iter(map(str, row))
    return {name: tuple(next(found) for _figure in figures) for name, (_model, figures, *_rest) in asked.items()}
