"""One value that is another as soon as the director's list would show another thing."""

from datetime import date

from django.db import connection
from django.db.models import Model

from organisation.queries.tree import history
from reporting.models import Balance, DeadlineRule, FunctionArea, MonthlyReport, ReportingMonth
from reporting.queries.consolidated import month_end, year_to


def stamp_of_month(*, district_id: int, month: date) -> str:
    """Another text as soon as a report, a figure, an area, a deadline or the lock of the district's year is another.

    Two SQL statements, none of which reads a row per unit. The sums are written by hand: building them cost more than running them.
    """
    year = year_to(month)
    unit_ids = sorted({unit_id for each in year for unit_id in history().on(month_end(each)).subtree(district_id)}) or [0]
    first, last = year[0].isoformat(), month.isoformat()
    reports = f"unit_id IN ({', '.join(['%s'] * len(unit_ids))}) AND month BETWEEN %s AND %s"
    asked: list[tuple[type[Model], tuple[str, ...], str, list[int | str]]] = [
        (MonthlyReport, ("count(*)", "sum(version)", "max(figures_changed_at)"), reports, [*unit_ids, first, last]),
        (Balance, ("count(*)", "max(id)", "sum(actual)"), "district_id = %s AND month BETWEEN %s AND %s", [district_id, first, last]),
        (ReportingMonth, ("max(locked_at)", "max(figures_ready_at)"), "district_id = %s AND month = %s", [district_id, last]),
        (DeadlineRule, ("count(*)", "max(id)", "sum(version)"), "1 = 1", []),
    ]
    tables = [
        f"(SELECT {', '.join(f'{figure} AS f{place}{n}' for n, figure in enumerate(figures))} FROM {model._meta.db_table} "  # noqa: S608
        f"WHERE {where}) AS t{place}"
        for place, (model, figures, where, _values) in enumerate(asked)
    ]
    with connection.cursor() as cursor:
        # Nothing in it but our own names; what comes from a request is a parameter.
        cursor.execute(f"SELECT * FROM {', '.join(tables)}", [value for *_rest, values in asked for value in values])  # noqa: S608
        sums = tuple(map(str, cursor.fetchone()))
    return repr((sums, list(FunctionArea.objects.order_by("pk").values_list("code", "name", "first_year", "last_year", "order"))))
