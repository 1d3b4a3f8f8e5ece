"""Målekart 2009 and its results stand as the district published them, and its traps do not catch."""

from datetime import date
from decimal import Decimal

import pytest

from alna.demo.seed_2009 import SOURCE
from common.periods import Period
from organisation.models import Unit
from organisation.queries.tree import history
from scorecard.models import Benchmark, Indicator, Measurement, PlacedIndicator, Scorecard, Target
from scorecard.queries.indicator import load_series
from scorecard.rules.lifecycle import State
from scorecard.rules.statuses import Direction, Quality, Status, is_info, status_of
from scorecard.rules.targets import TargetKind
from tests.alna.demo.tables import TODAY

pytestmark = pytest.mark.django_db

CARD = [
    ("Brukere og tjenester", "Tjenester med rett kvalitet", "Brukertilfredshet – samlet", "Brukerundersøkelse", "4.5"),
    ("Brukere og tjenester", "Kontakt med bruker", "Brukertilfredshet – respekt", "Brukerundersøkelse", "4.5"),
    ("Ansatte og arbeidsmiljø", "Attraktiv arbeidsplass", "Medarbeidertilfredshet – samlet", "Ansatte – undersøkelse", "4.5"),
    ("Ansatte og arbeidsmiljø", "Attraktiv arbeidsplass", "Sykefravær", "Tall fra NLP", "9.9"),
    ("Ansatte og arbeidsmiljø", "Myndige medarbeidere", "Vurdering av egen kompetanse", "Ansatteundersøkelse", "4.5"),
    ("Ansatte og arbeidsmiljø", "Myndige medarbeidere", "Ansvar og myndighet i praksis", "Ansatteundersøkelse", "4.5"),
    ("Organisasjon og styring", "Økonomi i balanse", "Økonomisk resultat", "Regnskap", "100"),
    ("Organisasjon og styring", "God ledelse", "Tilfredshet med ledere", "Ansatteundersøkelse", "4.5"),
    (
        "Frivillighet og lokalsamfunn utvikling",
        "Samarbeid med frivillige lag og organisasjoner",
        "Samarbeid med frivillige organisasjoner",
        "Spørreundersøkelse",
        "4.5",
    ),
    (
        "Frivillighet og lokalsamfunn utvikling",
        "Aktive lokalsamfunn",
        "Gjennomføring av planlagte lokale satsinger",
        "Registrering av tiltak",
        "90",
    ),
]
RESULTS = [
    ("brukertilfredshet_samlet", 2006, "4.89", Quality.FINAL, "4,89"),
    ("brukertilfredshet_samlet", 2007, "4.70", Quality.FINAL, "4.70"),
    ("brukertilfredshet_samlet", 2008, None, Quality.MISSING, "??"),
    ("medarbeidertilfredshet_samlet", 2006, "4.2", Quality.FINAL, "4.2"),
    ("medarbeidertilfredshet_samlet", 2007, "4.3", Quality.FINAL, "4.3"),
    ("medarbeidertilfredshet_samlet", 2008, "4.5", Quality.FINAL, "4.5"),
    ("sykefravaer", 2006, "11.6", Quality.FINAL, "11.6"),
    ("sykefravaer", 2007, "10.7", Quality.FINAL, "10,7"),
    ("sykefravaer", 2008, "10.5", Quality.FINAL, "10,5"),
    ("tilfredshet_med_ledere", 2006, "4.47", Quality.FINAL, "4,47"),
    ("tilfredshet_med_ledere", 2007, "4.45", Quality.FINAL, "4.45"),
    ("tilfredshet_med_ledere", 2008, "4.6", Quality.FINAL, "4.6"),
    ("okonomisk_resultat", 2006, "97.24", Quality.FINAL, "97,24"),
    ("okonomisk_resultat", 2007, "95.93", Quality.FINAL, "95,93"),
    ("okonomisk_resultat", 2008, "97", Quality.ESTIMATE, "Ca 97"),
]
# The results against the targets of 2009, which is how the published card may be read.
STATUSES = [
    ("brukertilfredshet_samlet", 2007, Status.REACHED),
    ("brukertilfredshet_samlet", 2008, Status.NO_VALUE),
    ("medarbeidertilfredshet_samlet", 2006, Status.NEARLY),
    ("tilfredshet_med_ledere", 2007, Status.NEARLY),
    ("sykefravaer", 2006, Status.NOT_REACHED),
    ("sykefravaer", 2007, Status.NEARLY),
    ("sykefravaer", 2008, Status.NEARLY),
    ("okonomisk_resultat", 2007, Status.REACHED),
    ("okonomisk_resultat", 2008, Status.REACHED),
]


def card() -> Scorecard:
    return Scorecard.objects.get(unit__code="alna", year=2009)


def measured(code: str, year: int) -> Measurement:
    return Measurement.objects.get(indicator__code=code, unit__code="alna", period_kind="year", period_start=date(year, 1, 1))


def target_2009(code: str) -> Target:
    return Target.objects.get(indicator__code=code, unit__code="alna", valid_from=date(2009, 1, 1))


def test_the_card_has_every_row_of_the_source_in_its_order():
    rows = PlacedIndicator.objects.filter(factor__area__scorecard=card()).order_by("factor__area__order", "factor__order", "order")

    found = [
        (row.factor.area.name, row.factor.name, row.indicator.name, row.indicator.method_text, target_2009(row.indicator.code).value)
        for row in rows.select_related("factor__area", "indicator")
    ]

    assert found == [(*words, Decimal(target)) for *words, target in CARD]
    assert card().state == State.LOCKED


def test_weights_come_to_a_hundred_in_every_focus_area():
    rows = PlacedIndicator.objects.filter(factor__area__scorecard=card()).values_list("factor__area__name", "weight")

    sums: dict[str, Decimal] = {}
    for area, weight in rows:
        sums[area] = sums.get(area, Decimal(0)) + weight

    assert set(sums.values()) == {Decimal(100)}
    assert len(sums) == 4


def test_the_sign_of_the_source_is_not_believed_where_lower_is_better():
    target = target_2009("sykefravaer")

    assert "«>9.9 %»" in target.source
    assert target.indicator.direction == Direction.LOWER
    assert (target.value, target.yellow_limit) == (Decimal("9.9"), Decimal("10.9"))


@pytest.mark.parametrize("code,year,value,quality,text", RESULTS)
def test_a_result_is_kept_as_read_and_as_written(code, year, value, quality, text):
    row = measured(code, year)

    assert row.value == (None if value is None else Decimal(value))
    assert (row.quality, row.source_text) == (quality, text)
    assert row.origin == Measurement.Origin.SEED
    assert row.source_name.startswith(SOURCE)
    assert str(year) in row.source_place
    assert row.recorded_at.year == year + 1


def test_the_column_2009_is_targets_and_never_became_results():
    early = Measurement.objects.filter(period_start__year__range=(2005, 2010))

    assert early.filter(period_start__year=2009).count() == 0
    assert early.count() == len(RESULTS)


@pytest.mark.parametrize("code,year,status", STATUSES)
def test_results_against_the_targets_of_2009(code, year, status):
    target, row = target_2009(code), measured(code, year)
    series = load_series(row.indicator, row.unit_id, history(), today=TODAY)

    assert status_of(row.value, series.limits(Period.of_year(2009))) is status
    assert target.kind == TargetKind.ABSOLUTE


def test_a_large_underspend_is_marked():
    row = measured("okonomisk_resultat", 2007)

    assert is_info(row.value, row.indicator.info_below)
    assert not is_info(measured("okonomisk_resultat", 2008).value, row.indicator.info_below)


def test_the_economy_before_the_turn_is_an_estimate_from_the_text():
    row = measured("okonomisk_resultat", 2004)

    assert (row.value, row.quality, row.source_text) == (Decimal(103), Quality.ESTIMATE, "3 % merforbruk i 2004")


def test_years_before_2009_have_no_target_and_years_after_are_not_judged_by_it():
    unit = Unit.objects.get(code="alna")
    sick_leave = Indicator.objects.get(code="sykefravaer")
    series = load_series(sick_leave, unit.pk, history(), today=TODAY)

    assert Target.objects.filter(valid_from__lt=date(2009, 1, 1)).count() == 0
    assert series.target_of(Period.of_year(2008)) is None
    assert series.target_of(Period.of_year(2009)) == target_2009("sykefravaer")
    assert series.target_of(Period.of_year(2010)) is None


def test_as_it_was_known_in_2008_the_last_result_is_of_2007():
    unit = Unit.objects.get(code="alna")
    sick_leave = Indicator.objects.get(code="sykefravaer")

    series = load_series(sick_leave, unit.pk, history(), today=TODAY, known_on=date(2008, 6, 1))

    assert [(point.period.code, point.value) for point in series.singles] == [("2006", Decimal("11.6")), ("2007", Decimal("10.7"))]


def test_the_source_note_tells_how_the_source_was_read():
    note = card().source_note

    for words in ("«>9.9 %»", "«??»", "«Ca 97»", "«4,89» og «4.70»", "skilt i hver sin rad", "mål, ikke resultater"):
        assert words in note


def test_nothing_of_2009_is_compared_with_others():
    assert not Benchmark.objects.filter(period_start__year__lt=2011).exists()
