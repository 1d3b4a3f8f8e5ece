"""NAV Alna's figures stand as the final report printed them, with what they come to beside."""

from datetime import date
from decimal import Decimal

import pytest

from common.periods import Period
from organisation.models import Unit
from organisation.queries.tree import history
from scorecard.models import Benchmark, Cell, Indicator, Measurement, PeriodValue, Target
from scorecard.queries.indicator import Series, load_series
from scorecard.queries.library import benchmark_rows
from scorecard.rules.rollup import Method
from scorecard.rules.statuses import Quality, Status
from scorecard.rules.targets import Comparison, TargetKind
from tests.alna.demo.tables import TODAY

pytestmark = pytest.mark.django_db

SERIES = {
    "nav_saker_to_uker": "82 91 95 89 95 93 97 95 92 94 95 92 95 93 97 96 95 97 94 94 85 90 92 91 86.2",
    "nav_sosialhjelpsmottakere": "436 462 464 442 496 473 445 426 408 484 441 450 441 448 450 451 454 401 399 423 430 464 441 484 455",
    "nav_utbetalt_per_bruker": "10215 10522 10699 10822 10458 9806 10398 10605 11167 11576 10806 12485 "
    "11043 10351 11917 10907 12138 10046 12031 11325 11310 12870 10545 10958 12661",
    "nav_overgang_til_arbeid": "52 51 50 49 47 47 48 48 49 49 52 51 47 51 50 46 47 43 39 47 49 44 52 46",
}
# Indicator, year, what the months come to, what the report printed.
MEANS = [
    ("nav_saker_to_uker", 2012, "92.5", "92.5"),
    ("nav_saker_to_uker", 2013, "93.25", "93.3"),
    ("nav_sosialhjelpsmottakere", 2012, "452.25", "452"),
    ("nav_sosialhjelpsmottakere", 2013, "440.5", "440"),
    ("nav_utbetalt_per_bruker", 2012, "10796.583333", "10737"),
    ("nav_utbetalt_per_bruker", 2013, "11286.75", "11279"),
    ("nav_overgang_til_arbeid", 2012, "49.416667", "49.4"),
    ("nav_overgang_til_arbeid", 2013, "46.75", "46.8"),
]


def series(code: str, unit: str = "301", known_on: date | None = None) -> Series:
    indicator = Indicator.objects.get(code=code)
    return load_series(indicator, Unit.objects.get(code=unit).pk, history(), today=TODAY, known_on=known_on)


def measured(code: str, year: int, unit: str = "301") -> Measurement:
    return Measurement.objects.get(indicator__code=code, unit__code=unit, period_kind="year", period_start=date(year, 1, 1))


def target(code: str, unit: str = "301") -> Target:
    return Target.objects.get(indicator__code=code, unit__code=unit, valid_from=date(2013, 3, 1))


@pytest.mark.parametrize("code", SERIES)
def test_every_month_is_as_printed(code):
    points = series(code).singles

    assert [point.value for point in points] == [Decimal(text) for text in SERIES[code].split()]
    assert points[0].period == Period.month(2012, 1)
    assert set(Measurement.objects.filter(indicator__code=code).values_list("origin", flat=True)) == {Measurement.Origin.SEED}


@pytest.mark.parametrize("code,year,computed,printed", MEANS)
def test_a_year_has_what_its_months_come_to_and_what_was_printed(code, year, computed, printed):
    row = measured(code, year)

    assert (row.value, row.stated) == (Decimal(computed), Decimal(printed))


def test_2011_was_only_printed():
    row = measured("nav_utbetalt_per_bruker", 2011)

    assert (row.value, row.stated) == (Decimal(11075), None)


def test_only_january_2012_is_outside_the_limits_of_the_25_months():
    chart = series("nav_saker_to_uker").chart

    assert chart is not None
    assert (len(chart.points), chart.mean) == (25, Decimal("92.608"))
    assert (round(chart.lower, 1), chart.upper) == (Decimal("83.8"), Decimal(100))
    assert [period for period, value in chart.points if not chart.lower <= value <= chart.upper] == [Period.month(2012, 1)]


def test_the_lost_decimal_was_put_right_the_day_after_and_both_versions_stay():
    before, after = (series("nav_saker_to_uker", known_on=date(2014, 2, day)).singles[-1].value for day in (3, 4))
    row = Measurement.objects.get(indicator__code="nav_saker_to_uker", period_start=date(2014, 1, 1), period_kind="month")

    assert (before, after) == (Decimal(86), Decimal("86.2"))
    assert (row.version, row.reason) == (2, "Desimalen falt bort i innlesingen.")


def test_a_target_that_must_not_get_worse_keeps_its_baseline_as_a_field():
    for unit, base in (("301", "8.31"), ("301-STAT", "5.82")):
        row = target("nav_sykefravaer", unit)
        assert (row.kind, row.baseline_start, row.baseline_value, row.value) == (
            TargetKind.BASELINE,
            date(2012, 1, 1),
            Decimal(base),
            Decimal(base),
        )


def test_state_and_municipality_are_never_added_up():
    indicator = Indicator.objects.get(code="nav_sykefravaer")
    kept = PeriodValue.objects.filter(indicator=indicator, period_start=date(2013, 1, 1))

    assert indicator.rollup == Method.NONE
    assert {(row.unit.code, row.value) for row in kept} == {("301", Decimal("9.77")), ("301-STAT", Decimal("7.70"))}


def test_an_increase_of_five_percent_is_stated_in_points():
    row = target("nav_overgang_til_arbeid")

    assert (row.kind, row.amount, row.comparison) == (TargetKind.BASELINE, Decimal(5), Comparison.POINTS)
    assert (row.baseline_value, row.value) == (Decimal("49.4"), Decimal("54.4"))


def test_ten_percent_better_than_oslo_is_84_7():
    row = target("nav_bruker_snitt")

    assert (row.kind, row.amount, row.comparison, row.benchmark_group) == (
        TargetKind.BENCHMARK,
        10,
        Comparison.PERCENT,
        Benchmark.Group.OSLO,
    )
    assert row.value == Decimal("84.7")
    assert series("nav_bruker_snitt").status_now is Status.NOT_REACHED


def test_the_survey_of_2012_asked_other_questions():
    rows = Measurement.objects.filter(indicator__code__startswith="nav_bruker_", period_start=date(2012, 1, 1))

    assert rows.count() == 9
    assert {row.quality for row in rows} == {Quality.NOT_MEASURED}


def test_oslo_is_what_the_questions_are_compared_with():
    rows = Benchmark.objects.filter(indicator__code="nav_bruker_respekt").order_by("period_start")

    assert [(row.group, row.period.year, row.value) for row in rows] == [("oslo", 2011, 88), ("oslo", 2013, 88)]


def test_the_total_of_the_employee_survey_is_the_printed_one_and_not_what_the_groups_come_to():
    row = measured("nav_medarbeider_snitt_totalt", 2013)

    assert (row.value, row.stated) == (Decimal("4.5"), Decimal("4.5"))
    assert "4,44" in row.note


def test_the_employee_survey_has_fourteen_rows_of_the_unit_and_its_eight_teams():
    rows = Measurement.objects.filter(indicator__code__startswith="nav_medarbeider_")

    assert rows.filter(unit__code="301").count() == 14
    assert rows.exclude(unit__code="301").count() == 14 * 8
    assert measured("nav_medarbeider_verdi_og_etikk", 2013, "301-TEAM1").value == Decimal("2.6")


@pytest.mark.parametrize(
    "code,hidden",
    [
        ("nav_medarbeider_stolthet", {""}),
        ("nav_medarbeider_virksomhetens_ledelse", {"single_body"}),
        ("nav_medarbeider_verdi_og_etikk", {"single_body"}),
        ("nav_medarbeider_omstilling", {"single_body"}),
    ],
)
def test_one_municipality_alone_is_no_benchmark(code, hidden):
    rows = benchmark_rows(Indicator.objects.get(code=code))

    assert len(rows) == 3
    assert {row.hidden for row in rows} == hidden


@pytest.mark.parametrize(
    "code,status",
    [
        ("nav_saker_to_uker", Status.NOT_REACHED),
        ("nav_utbetalt_per_bruker", Status.NOT_REACHED),
        ("nav_nedsatt_arbeidsevne", Status.NOT_REACHED),
        ("nav_sykefravaer", Status.NOT_REACHED),
        ("nav_medarbeider_snitt_totalt", Status.NO_TARGET),
    ],
)
def test_the_last_figure_has_one_status_whatever_the_report_concludes(code, status):
    assert Cell.objects.get(indicator__code=code, unit__code="301").status == status


def test_2013_as_a_year_nearly_reached_two_weeks_and_missed_the_amount():
    shares, amounts = series("nav_saker_to_uker"), series("nav_utbetalt_per_bruker")
    of_2013 = [next(point for point in each.years if point.period.year == 2013) for each in (shares, amounts)]

    assert shares.status(of_2013[0]) is Status.NEARLY
    assert amounts.status(of_2013[1]) is Status.NOT_REACHED


def test_the_project_no_longer_judges_later_years():
    assert series("nav_saker_to_uker").target_of(Period.month(2014, 12)) == target("nav_saker_to_uker")
    assert series("nav_saker_to_uker").target_of(Period.month(2015, 1)) is None
