"""A district's month in figures."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.numbers import round_half_up
from organisation.queries.tree import history
from reporting.models import Balance, MonthlyReport
from reporting.queries.consolidated import district_month
from reporting.rules.consolidation import Standing
from reporting.rules.kinds import ReportState as S
from tests.factories.month import ALNA, AUGUST, SEPTEMBER, a_district
from tests.factories.organisation import UnitFactory
from tests.factories.reporting import BalanceFactory, MonthlyReportFactory

pytestmark = pytest.mark.django_db
K = Decimal(1000)


def month_of(world, month=SEPTEMBER):
    return district_month(district_id=world.district.pk, month=month)


def test_the_sums_of_alna():
    found = month_of(a_district([row[0] for row in ALNA]))
    whole = found.total.amounts

    assert (whole.revised, whole.budget, whole.actual) == (1_020_000 * K, 762_071 * K, 767_573 * K)
    assert whole.variance == -5_502 * K
    assert round_half_up(whole.variance_percent, 2) == Decimal("-0.72")
    assert found.total.forecast == Decimal(1_029_700) * K
    assert found.total.variance == -9_700 * K
    assert found.total.status == "nearly"
    assert sum(area.amounts.revised for area in found.areas) == whole.revised
    assert {area.code: area.variance / K for area in found.areas} == {"FO1": 2000, "FO2A": 500, "FO2B": -5500, "FO3": -3700, "FO4": -3000}


def test_a_draft_counts_as_if_nothing_had_come():
    world = a_district(["402"], {"402": S.BEGUN})
    MonthlyReportFactory(unit=world.units["402"], month=AUGUST, forecast=69_300 * K)
    BalanceFactory(unit=world.units["402"], district=world.district, month=AUGUST)

    [unit] = month_of(world).units

    assert unit.standing(SEPTEMBER) == Standing(69_300 * K, False)
    assert unit.variance(SEPTEMBER) == -1_300 * K


def test_where_nothing_ever_came_the_budget_counts():
    [unit] = month_of(a_district(["402"], {"402": S.NOT_STARTED})).units
    assert unit.standing(SEPTEMBER) == Standing(68_000 * K, False)


def test_months_without_a_forecast_are_not_shown_but_the_month_itself_is():
    world = a_district(["402"], {"402": S.BEGUN})
    for number in (1, 6):
        MonthlyReportFactory(unit=world.units["402"], month=date(2026, number, 1), forecast=68_100 * K)
    # Last year's and a draft of next month are of no interest.
    MonthlyReportFactory(unit=world.units["402"], month=date(2025, 12, 1))
    MonthlyReportFactory(unit=world.units["402"], month=date(2026, 10, 1))
    found = month_of(world)
    assert found.months == (date(2026, 1, 1), date(2026, 6, 1), SEPTEMBER)
    assert found.before == date(2026, 6, 1)


def test_what_belongs_to_nobody_counts_in_every_sum_and_expects_its_budget():
    world = a_district(["402"])
    BalanceFactory(unit=None, district=world.district, area="FO3", group="x", revised=100 * K, budget=75 * K, actual=80 * K)
    found = month_of(world)
    assert found.unallocated.actual == 80 * K
    assert found.total.amounts.actual == 52_210 * K
    assert found.total.forecast == 69_600 * K
    assert found.total.variance == -1_500 * K


def test_what_is_earmarked_stands_apart_from_every_sum():
    world = a_district(["402", "403"])
    BalanceFactory(unit=world.units["402"], district=world.district, group="x", earmarked=True, revised=1_200 * K, actual=860 * K)
    found = month_of(world)
    assert [(node.id, amounts.actual) for node, amounts in found.earmarked] == [(world.units["402"].pk, 860 * K)]
    assert found.total.amounts.revised == 89_000 * K


def test_the_ledger_of_a_part_counts_with_its_unit():
    world = a_district(["402"])
    part = UnitFactory(parent=world.units["402"], kind="sub_unit")
    BalanceFactory(unit=part, district=world.district, revised=10 * K, budget=8 * K, actual=9 * K)
    [unit] = month_of(world).units
    assert unit.economy.revised == 68_010 * K


def test_a_unit_over_two_areas_is_split_and_adds_up():
    world = a_district(["301"])
    BalanceFactory(unit=world.units["301"], district=world.district, area="FO1", revised=4_000 * K, budget=3_000 * K, actual=3_100 * K)
    found = month_of(world)
    assert {area.code for area in found.areas} == {"FO1", "FO4"}
    assert sum(area.forecast for area in found.areas) == found.total.forecast == 99_000 * K


def test_another_district_is_not_in_it():
    a_district(["401"])
    assert [unit.node.name for unit in month_of(a_district(["402"])).units] == ["Enhet 402"]


def test_a_month_without_anything():
    found = month_of(a_district(["402"], {"402": S.NOT_STARTED}), AUGUST)
    assert not found.figures_ready
    assert found.total.forecast is None
    assert found.total.status == "no_value"


@pytest.mark.parametrize("codes, years", [(["402"], 1), ([row[0] for row in ALNA], 1), (["402"], 10)])
def test_the_number_of_statements_is_the_same(codes, years):
    world = a_district(codes)
    for year in range(2026 - years + 1, 2026):
        for number in range(1, 13):
            MonthlyReportFactory(unit=world.units["402"], month=date(year, number, 1))
            BalanceFactory(unit=world.units["402"], district=world.district, month=date(year, number, 1))
    assert MonthlyReport.objects.count() >= years
    history()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        month_of(world)
    # The organisation's version, twice outside a request, and the five of the query.
    assert len(asked) == 7
    with CaptureQueriesContext(connection) as again:
        month_of(world)
    # The balances are the same.
    assert len(again) == 6


def test_a_ledger_that_was_built_anew_is_read_anew():
    world = a_district(["402"])
    assert month_of(world).total.amounts.actual == 52_130 * K
    # Rebuilt with the same number of rows, as after a cost centre got another unit.
    Balance.objects.all().delete()
    BalanceFactory(unit=world.units["402"], district=world.district, actual=52_131 * K)
    assert month_of(world).total.amounts.actual == 52_131 * K


def test_an_earlier_forecast_without_its_ledger_stands_in_the_areas_of_today():
    world = a_district(["402"])
    MonthlyReportFactory(unit=world.units["402"], month=AUGUST, forecast=69_300 * K)
    [area] = month_of(world).areas
    assert area.forecasts == {AUGUST: 69_300 * K, SEPTEMBER: 69_500 * K}
