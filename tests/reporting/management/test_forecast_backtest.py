"""The error of every way of forecasting, printed for scripts and for the eye."""

import json
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from reporting.rules.kinds import ReportState
from tests.factories.organisation import DistrictFactory, UnitFactory
from tests.factories.reporting import BalanceFactory, DeliveryFactory, MonthlyReportFactory

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = StringIO()
    call_command("forecast_backtest", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def three_years():
    """Half is spent at midsummer, two thirds of what is budgeted by then: B is right, A and C are not."""
    district = DistrictFactory(code="nord")
    unit = UnitFactory(parent=district, code="402")
    for year, result in ((2024, 900), (2025, 1000), (2026, 1200)):
        for month in (3, 6, 12):
            amounts = {"revised": Decimal(1000), "budget": Decimal(1000) * month / 12, "actual": Decimal(result) * month / 12}
            BalanceFactory(unit=unit, district=district, month=date(year, month, 1), **amounts)
            MonthlyReportFactory(unit=unit, month=date(year, month, 1), forecast=Decimal(1050), state=ReportState.LOCKED)
        DeliveryFactory(district=district, year=year, number=12)
    return district


def test_as_json_by_month_and_in_all(three_years):
    told = json.loads(run("--json"))
    assert (told["years"], told["units"], told["forecasts"]) == ([2024, 2025, 2026], 1, 6)
    assert set(told["methods"]) == {"leader", "no_more", "same_pace", "last_year", "combined"}
    assert told["methods"]["same_pace"]["all"]["error"] == 0
    assert told["methods"]["leader"]["all"] == {"forecasts": 6, "bias": 16.666667, "error": 116.666667, "percent": 11.666667}
    assert told["methods"]["no_more"]["months"]["6"]["error"] == 50
    assert set(told["methods"]["leader"]["months"]) == {"3", "6"}


def test_one_year_judged_with_the_weights_of_the_years_before(three_years):
    told = json.loads(run("--json", "--years", "2026", "--district", "nord"))
    assert told["years"] == [2026]
    # A has missed before and B has not: B has nearly all the weight.
    assert told["methods"]["combined"]["all"]["error"] < told["methods"]["no_more"]["all"]["error"] / 10


def test_as_a_table(three_years):
    lines = run().splitlines()
    assert lines[1].split() == ["month", "leader", "no_more", "same_pace", "last_year", "combined"]
    assert [line.split()[0] for line in lines[2:]] == ["3", "6", "all", "percent", "bias"]


@pytest.mark.parametrize("years", ["i fjor", "2024-", "20x4", "2024-9999", "2026-2024"])
def test_years_that_cannot_be_read_are_refused(years):
    with pytest.raises(CommandError, match="is not a list of years"):
        run("--years", years)


def test_an_unknown_district_is_refused():
    with pytest.raises(CommandError, match="no district with the code 'sør'"):
        run("--district", "sør")


def test_nothing_delivered_is_said():
    with pytest.raises(CommandError, match="No year with a delivered December"):
        run("--json")
