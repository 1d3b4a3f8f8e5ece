"""What the list remembers from the last time is made again as soon as anything it rests on is another."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.db.models import F

from reporting.models import Balance, DeadlineRule, FunctionArea, MonthlyReport
from reporting.rules.kinds import ReportState as S
from reporting.rules.kinds import Step
from tests.factories.month import AUGUST, a_district
from tests.factories.reporting import BalanceFactory, MonthlyReportFactory
from tests.reporting.approval.reading import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings):
    settings.ALNA_TODAY = date(2026, 10, 12)
    world = a_district(["402", "403"])
    for code, forecast in (("402", 69_300_000), ("403", 20_900_000)):
        MonthlyReportFactory(unit=world.units[code], month=AUGUST, state=S.LOCKED, forecast=Decimal(forecast))
        BalanceFactory(unit=world.units[code], district=world.district, month=AUGUST, area="FO3", revised=Decimal(69_000_000))
    DeadlineRule.objects.create(step=Step.LOCK, day=15, time=time(9), valid_from=date(2026, 1, 1))
    return world


def earlier_report(world):
    rows = MonthlyReport.objects.filter(unit=world.units["402"], month=AUGUST)
    rows.update(forecast=Decimal(71_234_000), version=F("version") + 1)


def earlier_balance(world):
    # Without a forecast of its own the month has its budget.
    MonthlyReport.objects.filter(unit=world.units["402"], month=AUGUST).update(state=S.BEGUN, version=F("version") + 1)
    page(world)
    Balance.objects.filter(unit=world.units["402"], month=AUGUST).update(revised=Decimal(71_234_000), actual=Decimal(1))


def name_of_an_area(_world):
    FunctionArea.objects.filter(code="FO3").update(name="Helse og mestring")


def deadline(_world):
    DeadlineRule.objects.update(day=20, version=2)


def own_report(world):
    MonthlyReport.objects.filter(unit=world.units["402"], month=date(2026, 9, 1)).update(forecast=Decimal(70_111_000), version=2)


@pytest.mark.parametrize(
    "change, said",
    [
        (earlier_report, "71 234"),
        (earlier_balance, "71 234"),
        (name_of_an_area, "Helse og mestring"),
        (deadline, "Frist 20. oktober 2026"),
        (own_report, "70 111"),
    ],
)
def test_another_figure_another_page(world, change, said):
    before = page(world)
    assert said not in before
    assert page(world) == before
    change(world)
    assert said in page(world)


def test_two_districts_with_the_same_sums_do_not_share_what_is_remembered(world):
    """Counts and versions are alike; names and figures are not."""
    other = a_district(["402", "403"])
    for code in ("402", "403"):
        MonthlyReportFactory(unit=other.units[code], month=AUGUST, state=S.LOCKED, forecast=Decimal(50_505_000))
    assert "50 505" not in page(world)
    assert "50 505" in page(other)
    assert "50 505" not in page(world)
