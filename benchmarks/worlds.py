"""Builds organisations with years of figures, by SQL, as large as a city."""

import time
from datetime import UTC, date, datetime
from decimal import Decimal

from django.db import connection, transaction

from benchmarks.sizes import Size
from common.periods import Period, PeriodKind
from organisation.models import ParentLink, RoleAssignment, Unit, User
from organisation.queries.tree import mark_changed
from organisation.rules.access import Role
from scorecard.models import Cell, FocusArea, Indicator, Measurement, PeriodValue, PlacedIndicator, Scorecard, SuccessFactor, Target
from scorecard.rules.lifecycle import State
from scorecard.rules.rollup import Method
from scorecard.rules.statuses import Direction
from scorecard.services import cells
from scorecard.services.stamps import touch

TODAY = date(2026, 10, 9)
BORN = date(2004, 1, 1)
NEWEST = Period.month(2026, 9)
AREAS = 4


def build(size: Size) -> float:
    """Fills the connected, migrated and empty database. Returns seconds."""
    started = time.perf_counter()
    with transaction.atomic():
        departments = _organisation(size)
        indicators = _card(size)
        _figures(size, departments, indicators)
    _analyse()
    newest = dict.fromkeys(Unit.objects.values_list("pk", flat=True), NEWEST.start)
    for indicator in indicators:
        cells.refresh(indicator, list(newest), newest=newest)
    touch(Unit.objects.values_list("pk", flat=True))
    _analyse()
    return time.perf_counter() - started


def is_built(size: Size) -> bool:
    return Measurement.objects.count() >= size.figures and Cell.objects.exists()


def _organisation(size: Size) -> list[Unit]:
    city = Unit.objects.create(code="by", name="Kommunen", kind=Unit.Kind.CITY, valid_from=BORN)
    districts = _below([city], size.districts, Unit.Kind.DISTRICT, "B")
    units = _below(districts, size.units, Unit.Kind.RESULT_UNIT, "E")
    departments = _below(units, size.departments, Unit.Kind.SUB_UNIT, "A")
    for email, role, unit in (
        ("director@bench.test", Role.DIRECTOR, districts[0]),
        ("top@bench.test", Role.DIRECTOR, city),
        ("leader@bench.test", Role.UNIT_LEADER, units[0]),
    ):
        RoleAssignment.objects.create(user=User.objects.create_user(email, "Prøve Person"), role=role, unit=unit, valid_from=BORN)
    mark_changed()
    return departments


def _below(parents: list[Unit], each: int, kind: str, letter: str) -> list[Unit]:
    made = Unit.objects.bulk_create(
        [
            Unit(code=f"{letter}{number + 1:04}", name=f"Enhet med et ganske langt navn {letter}{number + 1}", kind=kind, valid_from=BORN)
            for number in range(len(parents) * each)
        ],
        batch_size=500,
    )
    links = [ParentLink(unit=unit, parent=parents[number // each], valid_from=BORN) for number, unit in enumerate(made)]
    ParentLink.objects.bulk_create(links, batch_size=500)
    return made


def _card(size: Size) -> list[Indicator]:
    city = Unit.objects.get(code="by")
    card = Scorecard.objects.create(unit=city, year=TODAY.year, state=State.PUBLISHED)
    indicators = []
    for number in range(size.indicators):
        if number % (size.indicators // AREAS) == 0:
            area = FocusArea.objects.create(scorecard=card, name=f"Fokusområde {number}", order=number)
            factor = SuccessFactor.objects.create(area=area, name="Suksessfaktor", order=0)
        indicator = Indicator.objects.create(
            code=f"maling_{number}",
            name=f"Måling nummer {number}",
            measure=Indicator.Measure.PERCENT,
            direction=Direction.LOWER if number % 2 else Direction.HIGHER,
            rollup=Method.RATIO,
            factor=Decimal(100),
            frequency=PeriodKind.MONTH,
        )
        PlacedIndicator.objects.create(factor=factor, indicator=indicator, order=number, weight=Decimal(10))
        moment = datetime(2026, 1, 1, tzinfo=UTC)
        Target.objects.create(
            indicator=indicator, unit=city, valid_from=BORN, value=Decimal(10), yellow_limit=Decimal(11), recorded_at=moment
        )
        indicators.append(indicator)
    return indicators


def _figures(size: Size, departments: list[Unit], indicators: list[Indicator]) -> None:
    """Departments' own figures and the sums above, in six statements."""
    months = [(NEWEST.previous(back).start.isoformat(), back) for back in range(size.months)]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE bench_month (start date, number integer)")
        cursor.executemany("INSERT INTO bench_month VALUES (%s, %s)", months)
        cursor.execute(
            _INSERT_MEASUREMENTS,
            [departments[0].pk, departments[-1].pk, indicators[0].pk, indicators[-1].pk],
        )
        cursor.execute(_INSERT_LEAVES)
        cursor.execute(_INSERT_SUMS_OF_LEAVES)
        cursor.execute(_INSERT_SUMS_OF_SUMS, [Unit.Kind.RESULT_UNIT.value])
        cursor.execute(_INSERT_SUMS_OF_SUMS, [Unit.Kind.DISTRICT.value])
        cursor.execute("DROP TABLE bench_month")


def _analyse() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


_M, _P, _L, _U = Measurement._meta.db_table, PeriodValue._meta.db_table, ParentLink._meta.db_table, Unit._meta.db_table
_NUMERATOR = "((d.id * 7919 + i.id * 104729 + m.number * 31) %% 900 + 100)"
_DENOMINATOR = "(5000 + (d.id * 37) %% 1000)"
_P_COLUMNS = (
    "(indicator_id, unit_id, period_start, period_kind, value, numerator, denominator, quality, own_quality, "
    "sum_numerator, sum_denominator, sum_count, covered, excluded, preliminary, estimates, restated)"
)
_INSERT_MEASUREMENTS = f"""
INSERT INTO {_M} (indicator_id, unit_id, period_start, period_kind, value, numerator, denominator, quality, note, reason,
                  origin, source_name, source_place, source_text, recorded_at, version)
SELECT i.id, d.id, m.start, 'month', ROUND({_NUMERATOR} * 100.0 / {_DENOMINATOR}, 6), {_NUMERATOR}, {_DENOMINATOR}, 'final', '', '',
       'file', 'bench.csv', '', '', '2026-10-08 06:00:00+00:00', 1
FROM {_U} d CROSS JOIN {Indicator._meta.db_table} i CROSS JOIN bench_month m
WHERE d.id BETWEEN %s AND %s AND i.id BETWEEN %s AND %s
"""
_INSERT_LEAVES = f"""
INSERT INTO {_P} {_P_COLUMNS}
SELECT indicator_id, unit_id, period_start, period_kind, value, numerator, denominator, 'final', 'final', '0', '0', 0, 0, 0, 0, 0, FALSE
FROM {_M}
"""
_SUMS = f"""
INSERT INTO {_P} {_P_COLUMNS}
SELECT v.indicator_id, l.parent_id, v.period_start, v.period_kind, ROUND(SUM(v.numerator) * 100.0 / SUM(v.denominator), 6),
       SUM(v.numerator), SUM(v.denominator), 'final', '', CAST(CAST(SUM(v.numerator) AS bigint) AS text),
       CAST(CAST(SUM(v.denominator) AS bigint) AS text), {{count}}, COUNT(*), 0, 0, 0, FALSE
FROM {_P} v JOIN {_L} l ON l.unit_id = v.unit_id {{where}}
GROUP BY v.indicator_id, l.parent_id, v.period_start, v.period_kind
"""
_INSERT_SUMS_OF_LEAVES = _SUMS.format(count="COUNT(*)", where="")
_INSERT_SUMS_OF_SUMS = _SUMS.format(count="SUM(v.sum_count)", where=f"JOIN {_U} u ON u.id = v.unit_id WHERE u.kind = %s")
