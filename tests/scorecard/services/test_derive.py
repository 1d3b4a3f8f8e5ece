"""What is kept beside the measurements equals what they come to, whatever has been done to them."""

import random
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.periods import Period
from organisation.models import Unit
from scorecard.models import Cell, Indicator, PeriodValue
from scorecard.rules.rollup import Method
from scorecard.rules.statuses import Quality, Status
from scorecard.services import derive
from scorecard.services.values import Entry, Recorded, Source, record_values
from tests.factories.organisation import DistrictFactory, UnitFactory
from tests.factories.scorecard import IndicatorFactory, SickLeaveFactory, TargetFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 10, 8, 6, 0, tzinfo=UTC)
TODAY = date(2026, 10, 9)
FILE = Source(origin="file", name="sykefravaer.csv", checks_versions=False, asks_reason=False)


def record(*entries: Entry) -> Recorded:
    return record_values(entries=entries, actor=None, source=FILE, now=NOW, today=TODAY)


def rate(indicator: Indicator, unit: Unit, period: Period, lost: str, contracted: str, quality: Quality = Quality.FINAL) -> Entry:
    return Entry(indicator, unit, period, numerator=Decimal(lost), denominator=Decimal(contracted), quality=quality)


def kept() -> list[tuple[object, ...]]:
    fields = [field.name for field in PeriodValue._meta.concrete_fields if field.name != "id"]
    return sorted(PeriodValue.objects.values_list(*fields), key=str)


def kept_cells() -> list[tuple[object, ...]]:
    fields = [field.name for field in Cell._meta.concrete_fields if field.name != "id"]
    return sorted(Cell.objects.values_list(*fields), key=str)


def test_the_district_is_the_sum_of_lost_days_over_the_sum_of_contracted_days_and_never_a_mean_of_percentages():
    district = DistrictFactory()
    home_care, day_centre = UnitFactory(parent=district), UnitFactory(parent=district)
    sick_leave = SickLeaveFactory(window=1)
    march = Period.month(2026, 3)

    record(rate(sick_leave, home_care, march, "884", "7560"), rate(sick_leave, day_centre, march, "34", "1134"))

    row = PeriodValue.objects.get(unit=district)
    assert (row.numerator, row.denominator, row.covered) == (Decimal(918), Decimal(8694), 2)
    assert round(row.value, 2) == Decimal("10.56")


def test_an_own_figure_wins_over_the_units_below_and_gives_way_when_it_is_withdrawn():
    district = DistrictFactory()
    unit = UnitFactory(parent=district)
    score = IndicatorFactory(rollup=Method.POOLED)
    year = Period.of_year(2025)
    record(Entry(score, unit, year, value=Decimal("4.2"), denominator=Decimal(40)))
    record(Entry(score, district, year, value=Decimal("4.9"), denominator=Decimal(900)))
    assert PeriodValue.objects.get(unit=district).value == Decimal("4.9")

    record(Entry(score, district, year, quality=Quality.MISSING))

    assert PeriodValue.objects.get(unit=district).value == Decimal("4.2")


def test_a_cell_has_the_status_of_the_latest_figure_against_the_inherited_target():
    district = DistrictFactory()
    unit = UnitFactory(parent=district)
    sick_leave = SickLeaveFactory(window=1)
    TargetFactory(indicator=sick_leave, unit=district, value=Decimal("9.9"), yellow_limit=Decimal("10.9"))

    record(rate(sick_leave, unit, Period.month(2026, 8), "116", "1000"), rate(sick_leave, unit, Period.month(2026, 9), "105", "1000"))

    cell = Cell.objects.get(unit=unit)
    assert (cell.status, cell.value, cell.previous, cell.effect) == (Status.NEARLY, Decimal("10.5"), Decimal("11.6"), "better")
    assert (cell.target, cell.own_target, cell.trend) == (Decimal("9.9"), False, "11.60;10.50")


def test_the_same_figures_again_change_nothing():
    unit = UnitFactory(parent=DistrictFactory())
    sick_leave = SickLeaveFactory()
    entry = rate(sick_leave, unit, Period.month(2026, 8), "116", "1000")
    assert record(entry) == Recorded(1, 0, 0)

    assert record(entry) == Recorded(0, 0, 1)
    assert sick_leave.measurements.get().history.count() == 1


def test_twelve_months_are_shown_together_where_the_indicator_says_so():
    unit = UnitFactory(parent=DistrictFactory())
    sick_leave = SickLeaveFactory(window=12)
    first = Period.month(2025, 10)

    record(*[rate(sick_leave, unit, first.next(month), str(10 + month), "200") for month in range(12)])

    assert Cell.objects.get(unit=unit).value == Decimal("7.75")  # (10 + ... + 21) / 2400


@pytest.mark.parametrize("method", [Method.RATIO, Method.SUM, Method.WEIGHTED, Method.POOLED, Method.MEAN])
def test_kept_rows_equal_rebuilt_rows_after_random_edits(method):
    chance = random.Random(2009)
    city = UnitFactory(kind=Unit.Kind.CITY)
    districts = [DistrictFactory(parent=city) for _ in range(2)]
    units = [UnitFactory(parent=district) for district in districts for _ in range(3)]
    departments = [UnitFactory(parent=unit, kind=Unit.Kind.SUB_UNIT) for unit in units for _ in range(2)]
    indicator = SickLeaveFactory(rollup=method, scale_max=None, window=1)
    TargetFactory(indicator=indicator, unit=districts[0], value=Decimal(9), yellow_limit=Decimal(10))
    periods = [Period.month(2025, month) for month in range(1, 13)] + [Period.month(2026, month) for month in range(1, 10)]
    qualities = [Quality.FINAL] * 5 + [Quality.PRELIMINARY, Quality.ESTIMATE, Quality.MISSING, Quality.NOT_RELEVANT]

    for _ in range(120):
        unit = chance.choice([*departments, *departments, *units, districts[0]])
        quality = chance.choice(qualities)
        amounts = {"numerator": Decimal(chance.randint(0, 999)) / 10, "denominator": Decimal(chance.randint(1, 9999)) / 10}
        if method in (Method.SUM, Method.MEAN):
            amounts = {"value": Decimal(chance.randint(0, 99999)) / 1000}
        record(Entry(indicator, unit, chance.choice(periods), quality=quality, **amounts))

    before, cells = kept(), kept_cells()
    derive.rebuild()
    assert len(before) > 100
    assert kept() == before
    assert kept_cells() == cells


def test_saving_a_figure_costs_the_same_with_one_sibling_and_with_thirty_and_with_ten_years_behind_it():
    def statements(siblings: int, years: int) -> int:
        district = DistrictFactory()
        units = [UnitFactory(parent=district) for _ in range(siblings)]
        sick_leave = SickLeaveFactory(window=1)
        for back in range(years * 12):
            record(*[rate(sick_leave, unit, Period.month(2026, 8).previous(back), "10", "100") for unit in units])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            record(rate(sick_leave, units[0], Period.month(2026, 9), "9", "100"))
        return len(queries)

    assert statements(1, 1) == statements(30, 1) == statements(1, 5)
