"""The made-up live year comes to the plan's figures in September 2026, and tells its stories."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import F

from alna.demo.data_files import rows
from alna.demo.library_production import production_indicators
from common.periods import Period
from organisation.models import ParentLink, RoleAssignment, ServiceSite, Staffing, Succession, Unit, User
from organisation.queries.tree import history
from scorecard.models import AcceptedDeviation, Cell, Indicator, LimitReset, Measurement, PeriodValue, PointNote, Scorecard, Target
from scorecard.queries.checks import findings_of
from scorecard.queries.indicator import Series, load_series
from scorecard.rules.control_chart import Code
from scorecard.rules.lifecycle import State
from scorecard.rules.scores import Scored, index_of
from scorecard.rules.statuses import Quality, Status
from tests.alna.demo.tables import TODAY

pytestmark = pytest.mark.django_db

SEPTEMBER = Period.month(2026, 9)
DELIVERED = (Measurement.Origin.FILE, Measurement.Origin.REPORT)
FED = ("okonomisk_resultat", "forbruk_hittil", "sykefravaer")
PRODUCED = {indicator.code for indicator in production_indicators()} - {"forbruk_hittil", "hjemmetjeneste_brukere"}
UNITS = {row["code"]: row for row in rows("units")}


def cell(code: str, unit: str = "alna") -> Cell:
    return Cell.objects.get(indicator__code=code, unit__code=unit)


def series(code: str, unit: str) -> Series:
    return load_series(Indicator.objects.get(code=code), Unit.objects.get(code=unit).pk, history(), today=TODAY)


def of_september(code: str) -> dict[str, Measurement]:
    found = Measurement.objects.filter(indicator__code=code, period_start=SEPTEMBER.start, period_kind="month").select_related("unit")
    return {row.unit.code: row for row in found}


def test_there_are_22_result_units_and_a_staff_with_1260_full_time_equivalents():
    tree = history().on(TODAY)
    children = tree.children(tree.by_code["alna"].id)

    assert sorted(node.code for node in children) == sorted(UNITS)
    assert [node.kind for node in children].count(Unit.Kind.RESULT_UNIT) == 22
    fte = Staffing.objects.filter(unit__in=[node.id for node in children])
    assert {row.unit.code: row.fte for row in fte.select_related("unit")} == {code: Decimal(row["fte"]) for code, row in UNITS.items()}
    assert sum(row.fte for row in fte) == 1260


def test_27_kindergartens_stand_in_seven_units():
    sites = ServiceSite.objects.filter(valid_from__lte=TODAY).values_list("unit__code", flat=True)

    assert sorted(list(sites).count(code) for code in set(sites)) == [3, 4, 4, 4, 4, 4, 4]


def test_the_economy_of_september_is_the_plans_to_the_last_krone():
    spent, forecast = of_september("forbruk_hittil"), of_september("okonomisk_resultat")

    for code, row in UNITS.items():
        assert (spent[code].denominator, spent[code].numerator) == (Decimal(row["budget_ytd"]), Decimal(row["actual_ytd"]))
        assert forecast[code].denominator == Decimal(row["budget"])
        assert forecast[code].denominator - forecast[code].numerator == Decimal(row["forecast_deviation"])


def test_the_districts_sums_can_be_asserted():
    spent, forecast = cell("forbruk_hittil"), cell("okonomisk_resultat")

    assert (spent.denominator, spent.numerator, spent.denominator - spent.numerator) == (762071, 767573, -5502)
    assert (forecast.denominator, forecast.denominator - forecast.numerator) == (1020000, -9700)
    assert round((spent.denominator - spent.numerator) / spent.denominator * 100, 2) == Decimal("-0.72")
    assert forecast.status == Status.NEARLY


def test_sick_leave_is_lost_days_over_contracted_days_and_not_the_mean_of_percentages():
    district = cell("sykefravaer")

    assert (district.numerator, district.denominator) == (30435, 289800)
    assert round(district.value, 3) == Decimal("10.502")
    assert district.status == Status.NEARLY


@pytest.mark.parametrize("code", sorted(set(UNITS) - {"302"}))
def test_twelve_months_of_a_unit_come_to_the_plans_rate(code):
    found = cell("sykefravaer", code)

    assert round(found.value, 1) == Decimal(UNITS[code]["sick_leave"])
    assert (found.numerator, found.denominator) == (Decimal(UNITS[code]["lost_days"]), Decimal(UNITS[code]["fte"]) * 230)


def test_exactly_on_the_yellow_limit_is_nearly_and_not_red_by_a_rounded_day():
    assert (round(cell("sykefravaer", "104").value, 1), cell("sykefravaer", "104").status) == (Decimal("10.9"), Status.NEARLY)


def test_a_unit_without_september_shows_no_status():
    found = cell("sykefravaer", "302")

    assert (found.newest_quality, found.status) == (Quality.MISSING, Status.NO_VALUE)
    assert found.period == Period.month(2026, 8)
    assert cell("sykefravaer").covered == 22


def test_satisfaction_is_last_years_with_the_number_of_answers():
    rows_2025 = Measurement.objects.filter(indicator__code="brukertilfredshet_samlet", period_start=date(2025, 1, 1)).select_related("unit")

    for row in rows_2025:
        wanted = UNITS[row.unit.code]["satisfaction"]
        assert row.value == (Decimal(wanted) if wanted else None)
        assert row.quality == (Quality.FINAL if wanted else Quality.NOT_RELEVANT)
        assert row.denominator is None or row.denominator >= 9


def test_the_staff_area_comes_to_94_with_one_question_not_asked_yet():
    weights = {"medarbeidertilfredshet_samlet": 30, "sykefravaer": 40, "egen_kompetanse": 15}
    scored = [Scored(Status(cell(code).status), cell(code).score, Decimal(weight)) for code, weight in weights.items()]

    index = index_of([*scored, Scored(Status.NO_VALUE, None, Decimal(15))])

    assert not Cell.objects.filter(indicator__code="ansvar_og_myndighet", unit__code="alna").exists()
    assert round(index.value, 1) == Decimal("94.3")


def test_child_welfare_gets_worse_for_the_fourth_month_and_tops_the_list():
    deviations = [
        row.denominator - row.numerator
        for row in PeriodValue.objects.filter(indicator__code="okonomisk_resultat", unit__code="202", period_start__year=2026).order_by(
            "period_start"
        )
    ]

    assert deviations[-5:] == [-1800, -2600, -3700, -5000, -6500]
    assert min(cell("okonomisk_resultat", code).denominator - cell("okonomisk_resultat", code).numerator for code in UNITS) == -6500
    assert (cell("okonomisk_resultat", "202").status, cell("okonomisk_resultat", "202").effect) == (Status.NOT_REACHED, "worse")


def test_one_unit_is_green_in_everything_it_measures():
    found = Cell.objects.filter(unit__code="103", indicator__placements__factor__area__scorecard__year=2026)

    assert found.exists()
    assert {each.status for each in found if each.value is not None} == {Status.REACHED}


def test_a_target_changed_in_may_leaves_april_alone():
    changed = series("lokale_satsinger", "501")

    assert changed.target_of(Period.month(2026, 4)).value == 90
    may = changed.target_of(Period.month(2026, 5))
    assert (may.value, may.unit.code) == (80, "501")
    assert may.reason.startswith("To av satsingene venter")
    assert cell("lokale_satsinger", "501").own_target


def test_a_preliminary_figure_became_final_with_a_reason():
    row = Measurement.objects.get(indicator__code="sykefravaer", unit__code="201", period_start=date(2026, 8, 1))

    assert [version.quality for version in row.history.order_by("history_date")] == [Quality.PRELIMINARY, Quality.FINAL]
    assert row.reason


def test_period_13_put_180_more_on_last_year():
    row = Measurement.objects.get(indicator__code="okonomisk_resultat", unit__code="401", period_start=date(2025, 12, 1))
    first, second = row.history.order_by("history_date")

    assert second.numerator - first.numerator == 180


def test_two_units_merge_next_summer_and_their_history_goes_along():
    merged = Unit.objects.get(code="108")
    tree = history().on(date(2027, 7, 1))

    assert set(Succession.objects.filter(successor=merged).values_list("predecessor__code", flat=True)) == {"101", "102"}
    assert {"101", "102"} & set(tree.by_code) == set()
    assert ParentLink.objects.get(unit=merged).valid_from == date(2027, 7, 1)
    together = cell("okonomisk_resultat", "108")
    assert (together.denominator, together.restated) == (57200, True)


def test_new_routes_are_confirmed_and_child_welfare_has_a_real_change():
    routes = series("hjemmetjeneste_avtalt_tid", "402")

    assert LimitReset.objects.get().period == Period.month(2025, 8)
    assert [round(stage.mean) for stage in routes.stages] == [78, 85]
    assert series("barnevern_frist", "202").verdict.code is not Code.NOISE


def test_one_miss_is_accepted_until_new_year():
    accepted = AcceptedDeviation.objects.get()

    assert (accepted.unit.code, accepted.valid_to) == ("405", date(2026, 12, 31))
    assert series("sykefravaer", "405").status_now is Status.ACCEPTED


def test_notes_stand_on_figures_there_are():
    for note in PointNote.objects.all():
        assert PeriodValue.objects.filter(
            indicator=note.indicator, unit=note.unit, period_start=note.period_start, period_kind=note.period_kind
        ).exists()
    assert PointNote.objects.count() >= 11


def test_the_cards_are_locked_published_and_a_draft_that_waits_for_its_targets():
    cards = {card.year: card for card in Scorecard.objects.filter(unit__code="alna")}

    assert {year: card.state for year, card in cards.items()} == {
        2009: State.LOCKED,
        2025: State.LOCKED,
        2026: State.PUBLISHED,
        2027: State.DRAFT,
    }
    assert findings_of(cards[2026]) == []
    assert {finding.code for finding in findings_of(cards[2027])} == {"target_unconfirmed"}
    assert Target.objects.filter(confirmed=False, valid_from=date(2027, 1, 1)).count() == 2


def test_everything_made_up_says_so():
    made_up = Measurement.objects.exclude(origin=Measurement.Origin.SEED)

    assert set(made_up.exclude(origin__in=DELIVERED).values_list("origin", "source_name")) == {(Measurement.Origin.DEMO, "Demodata")}
    assert set(made_up.filter(origin__in=DELIVERED).values_list("indicator__code", flat=True)) == {*FED, *PRODUCED}
    assert not Measurement.objects.filter(origin=Measurement.Origin.SEED, source_name="").exists()
    assert not made_up.filter(period_start__year__lt=2019).exists()


def test_every_unit_has_a_leader_and_all_addresses_are_made_up():
    leaders = RoleAssignment.objects.filter(role="unit_leader", deputy_for=None, unit__code__in=UNITS).values_list("unit__code", flat=True)

    assert sorted(leaders) == sorted(set(UNITS) - {"900"})
    assert RoleAssignment.objects.filter(role="employee").count() == 60
    assert RoleAssignment.objects.filter(role="politician").count() == 3
    assert not User.objects.exclude(email__endswith="@alna.example").exists()


def test_every_figure_has_its_first_version_from_the_moment_it_was_recorded():
    # Several thousand of them, copied inside the database: none may lack one, have two, or have another's.
    first = Measurement.history.filter(version=1)
    assert first.count() == Measurement.objects.count() > 5000
    assert set(first.values_list("id", flat=True)) == set(Measurement.objects.values_list("pk", flat=True))
    assert not first.exclude(history_date=F("recorded_at")).exists()
    assert set(first.values_list("history_type", flat=True)) == {"+"}
    columns = ("unit", "indicator", "period_start", "value", "numerator", "source_place")
    told = {pk: rest for pk, *rest in first.values_list("id", *columns)}
    assert all(told[pk] == rest for pk, *rest in Measurement.objects.filter(version=1).values_list("pk", *columns))
