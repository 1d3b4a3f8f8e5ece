"""After units have moved, merged or closed, what is kept is what building it all again would give: sums, formulas and cells."""

import random
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from common.periods import Period
from organisation.models import TreeChange, Unit
from organisation.rules.reorganisation import NewUnit
from organisation.services import reorganise
from scorecard.models import Cell, Indicator, PeriodValue
from scorecard.rules.rollup import Method
from scorecard.services import derive, reorganised
from scorecard.services.values import Entry, Source, record_values
from tests.factories.organisation import DistrictFactory, UnitFactory
from tests.factories.scorecard import IndicatorFactory, SickLeaveFactory, TargetFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 10, 8, 6, 0, tzinfo=UTC)
TODAY = date(2026, 10, 9)
FILE = Source(origin="file", name="sykefravaer.csv", checks_versions=False, asks_reason=False)


def record(*entries: Entry) -> None:
    record_values(entries=entries, actor=None, source=FILE, now=NOW, today=TODAY)


def rate(indicator: Indicator, unit: Unit, period: Period, lost: int, contracted: int) -> Entry:
    return Entry(indicator, unit, period, numerator=Decimal(lost), denominator=Decimal(contracted))


def move(unit: Unit, parent: Unit, on: date) -> None:
    plan = reorganise.plan_move(unit=unit, parent=parent, on=on)
    reorganise.move_unit(plan=plan, token=plan.token, unit=unit, actor=None, now=NOW)
    reorganised.catch_up()


def merge(predecessors: list[Unit], name: str, parent: Unit, on: date) -> Unit:
    successor = NewUnit(name, name, Unit.Kind.RESULT_UNIT)
    plan = reorganise.plan_merge(predecessors=predecessors, successor=successor, parent=parent, on=on)
    merged = reorganise.merge_units(
        plan=plan, token=plan.token, predecessors=predecessors, successor=successor, roles_follow=True, actor=None, now=NOW
    )
    reorganised.catch_up()
    return merged


def rows_of(model: type[PeriodValue] | type[Cell]) -> list[tuple[object, ...]]:
    fields = [field.name for field in model._meta.concrete_fields if field.name != "id"]
    return sorted(model.objects.values_list(*fields), key=str)


def assert_as_rebuilt() -> None:
    kept, cells = rows_of(PeriodValue), rows_of(Cell)
    derive.rebuild()
    assert kept == rows_of(PeriodValue)
    assert cells == rows_of(Cell)


def test_a_unit_that_loses_its_only_figures_keeps_the_colour_of_none():
    district = DistrictFactory()
    old, new = UnitFactory(parent=district), UnitFactory(parent=district)
    department = UnitFactory(parent=old, kind=Unit.Kind.SUB_UNIT)
    sick_leave = SickLeaveFactory(window=1)
    record(*[rate(sick_leave, department, Period.month(2026, month), 10 + month, 100) for month in range(1, 10)])
    assert Cell.objects.get(unit=old).value == 19

    move(department, new, date(2026, 1, 1))

    assert not Cell.objects.filter(unit=old).exists()
    assert Cell.objects.get(unit=new).value == 19
    assert_as_rebuilt()


def test_a_unit_left_two_years_ago_shows_the_last_figure_it_had():
    district = DistrictFactory()
    old, new = UnitFactory(parent=district), UnitFactory(parent=district)
    department = UnitFactory(parent=old, kind=Unit.Kind.SUB_UNIT)
    sick_leave = SickLeaveFactory(window=1)
    months = [Period.month(year, month) for year in range(2022, 2026) for month in range(1, 13)]
    record(*[rate(sick_leave, department, month, 10 + place, 1000) for place, month in enumerate(months)])

    move(department, new, date(2023, 1, 1))

    assert Cell.objects.get(unit=old).period == Period.month(2022, 12)
    assert_as_rebuilt()


def test_a_formula_follows_the_units_that_moved():
    district = DistrictFactory()
    old, new = UnitFactory(parent=district), UnitFactory(parent=district)
    stays, moves = (UnitFactory(parent=old, kind=Unit.Kind.SUB_UNIT) for _ in range(2))
    cases, in_time = (IndicatorFactory(rollup=Method.SUM, measure=Indicator.Measure.COUNT, scale_max=None) for _ in range(2))
    share = IndicatorFactory(formula=f"[{in_time.code}] / [{cases.code}] * 100", measure=Indicator.Measure.PERCENT, scale_max=None)
    year = Period.of_year(2025)
    for unit, good in ((stays, 40), (moves, 90)):
        record(Entry(cases, unit, year, value=Decimal(100)), Entry(in_time, unit, year, value=Decimal(good)))
    assert PeriodValue.objects.get(indicator=share, unit=old).value == 65

    move(moves, new, date(2025, 7, 1))

    assert PeriodValue.objects.get(indicator=share, unit=old).value == 40
    assert PeriodValue.objects.get(indicator=share, unit=new).value == 90
    assert_as_rebuilt()


def test_each_change_is_taken_up_once():
    district = DistrictFactory()
    old, new = UnitFactory(parent=district), UnitFactory(parent=district)
    move(UnitFactory(parent=old, kind=Unit.Kind.SUB_UNIT), new, date(2026, 1, 1))

    assert TreeChange.objects.filter(handled_at__isnull=False).count() == 1
    assert reorganised.catch_up() == 0


@pytest.mark.parametrize("method", [Method.RATIO, Method.MEAN])
def test_kept_rows_equal_rebuilt_rows_after_random_edits_moves_and_merges(method):
    chance = random.Random(2009)
    district = DistrictFactory()
    units = [UnitFactory(parent=district) for _ in range(4)]
    departments = [UnitFactory(parent=unit, kind=Unit.Kind.SUB_UNIT) for unit in units for _ in range(2)]
    indicator = SickLeaveFactory(rollup=method, scale_max=None, window=1)
    double = IndicatorFactory(formula=f"[{indicator.code}] * 2", frequency="month", scale_max=None)
    twice_double = IndicatorFactory(formula=f"[{double.code}] * 2", frequency="month", scale_max=None)
    TargetFactory(indicator=indicator, unit=district, value=Decimal(9), yellow_limit=Decimal(10))
    months = [Period.month(year, month) for year in (2024, 2025) for month in range(1, 13)]

    def edit(times: int) -> None:
        for _ in range(times):
            amounts = {"numerator": Decimal(chance.randint(0, 999)), "denominator": Decimal(chance.randint(1, 9999))}
            if method is Method.MEAN:
                amounts = {"value": Decimal(chance.randint(0, 99999)) / 1000}
            record(Entry(indicator, chance.choice(departments[2:]), chance.choice(months), **amounts))

    edit(25)
    for department, parent, on in (
        (departments[2], units[2], date(2025, 3, 1)),
        (departments[4], units[1], date(2024, 7, 1)),
        (departments[2], units[3], date(2025, 9, 1)),
    ):
        move(department, parent, on)
        edit(4)
    merged = merge([units[2], units[3]], "990", district, date(2026, 2, 1))
    edit(8)

    assert PeriodValue.objects.filter(indicator=twice_double, unit=district).exists()
    assert PeriodValue.objects.filter(unit=merged, restated=True).exists()
    assert_as_rebuilt()
