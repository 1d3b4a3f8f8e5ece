"""The ledger behind the figures: every account adds up to the plan, and what is measured is what the files come to."""

from datetime import date
from decimal import Decimal

import pytest

from alna.demo.data_files import rows
from organisation.models import Unit
from reporting.models import Delivery, LedgerLine, SickLeaveMonth
from reporting.queries.economy import economies
from reporting.queries.feed import figures_of, units_of
from reporting.rules.economy import main_groups
from reporting.rules.forecast import YearSoFar, suggestions
from reporting.rules.kinds import FeedKind
from scorecard.models import Measurement

pytestmark = pytest.mark.django_db

SEPTEMBER = date(2026, 9, 1)
CODES = {
    FeedKind.FORECAST_RESULT: "okonomisk_resultat",
    FeedKind.SPENT_TO_DATE: "forbruk_hittil",
    FeedKind.SICK_LEAVE: "sykefravaer",
}


def economy(code: str, month: date = SEPTEMBER):
    unit_id = Unit.objects.get(code=code).pk
    return economies(unit_ids=[unit_id], month=month)[unit_id]


def thousands(amount):
    return round((amount or Decimal(0)) / 1000)


def test_every_unit_comes_to_the_plan_to_the_last_ore():
    ids = {unit.pk: unit.code for unit in Unit.objects.all()}
    found = {ids[unit_id]: each.ordinary for unit_id, each in economies(unit_ids=list(ids), month=SEPTEMBER).items()}

    assert {code: (each.revised, each.budget, each.actual) for code, each in found.items()} == {
        row["code"]: tuple(Decimal(row[name]) * 1000 for name in ("budget", "budget_ytd", "actual_ytd")) for row in rows("units")
    }
    total = [sum(getattr(each, name) for each in found.values()) for name in ("revised", "budget", "actual", "variance")]
    assert total == [1_020_000_000, 762_071_000, 767_573_000, -5_502_000]


def test_the_published_example_stands_line_by_line():
    lines = {
        line.account: line for line in LedgerLine.objects.filter(delivery__number=9, delivery__year=2026, unit__code="402", project="")
    }

    assert {account: (line.revised, line.budget, line.actual) for account, line in lines.items()} == {
        row["account"]: tuple(Decimal(row[name]) for name in ("revised", "budget", "actual")) for row in rows("home_care_accounts")
    }
    assert sum(line.original for line in lines.values()) == 67_200_000
    home_care = economy("402")
    assert [group.name for group in main_groups(home_care.groups)] == ["Vikarer"]
    assert (home_care.earmarked.actual, home_care.earmarked.revised) == (860_000, 1_200_000)


def test_the_three_suggestions_are_those_of_the_handbook():
    last_year = YearSoFar(economy("402", date(2025, 9, 1)).ordinary.actual, economy("402", date(2025, 12, 1)).ordinary.actual)

    found = suggestions(economy("402").ordinary, last_year)

    assert last_year.to_date / last_year.whole_year == Decimal("0.752")
    assert [thousands(each) for each in (found.no_more, found.same_pace, found.last_year)] == [69470, 69973, 69322]


def test_social_assistance_is_an_area_of_its_own():
    areas = economy("301").areas

    assert {code: amounts.revised for code, amounts in areas.items()} == {"FO1": 38_000_000, "FO4": 58_000_000}
    assert {code: amounts.variance for code, amounts in areas.items()} == {"FO1": -220_000, "FO4": -1_724_000}


def test_most_units_have_some_forty_five_accounts_and_the_numbers_follow_the_file():
    rows_of = LedgerLine.objects.filter(delivery__number=9, delivery__year=2026)

    assert 900 < rows_of.count() < 1200
    assert Delivery.objects.get(kind="economy", year=2026, number=9).rows == rows_of.count()
    assert rows_of.order_by("row").first().row == 6


def test_period_13_of_last_year_is_a_file_of_its_own():
    closing = Delivery.objects.get(kind="economy", number=13)

    assert (closing.year, closing.cumulative, closing.lines.get().actual) == (2025, False, 180_000)
    december = economy("401", date(2025, 12, 1)).ordinary
    assert (
        december.actual
        == Measurement.objects.get(indicator__code="forbruk_hittil", unit__code="401", period_start=date(2025, 12, 1)).numerator * 1000
    )


def test_august_of_sick_leave_came_twice():
    first, second = Delivery.objects.filter(kind="sick_leave", year=2026, number=8).order_by("version")

    assert (first.is_current, second.is_current, second.replaces) == (False, True, first)
    lost = [SickLeaveMonth.objects.get(delivery=each, unit__code="201").lost for each in (first, second)]
    assert lost[1] - lost[0] == Decimal("6.5")


@pytest.mark.parametrize("month", [date(2024, 3, 1), date(2025, 9, 1), date(2026, 3, 1), date(2026, 8, 1), SEPTEMBER])
@pytest.mark.parametrize("kind", list(CODES))
def test_what_is_measured_is_what_files_and_reports_come_to(kind, month):
    district = Unit.objects.get(code="alna")
    measured = Measurement.objects.filter(indicator__code=CODES[kind], period_start=month, period_kind="month")

    fed = figures_of(kind, month, units_of(district.pk, month), district)

    assert len(fed) == 23
    assert {(each.unit_id, each.numerator, each.denominator, each.quality.value, each.origin, each.source, each.place) for each in fed} == {
        (row.unit_id, row.numerator, row.denominator, row.quality, row.origin, row.source_name, row.source_place) for row in measured
    }
