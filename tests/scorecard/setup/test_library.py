"""The library: found, defined, changed with care, out of use, compared."""

from datetime import date
from decimal import Decimal

import pytest

from organisation.models import AuditEntry
from scorecard.models import Benchmark, Indicator, Target
from tests.factories.scorecard import IndicatorFactory, MeasurementFactory, TargetFactory
from tests.scorecard.setup.conftest import statements

LIBRARY = "/oppsett/indikatorer/"


def fields(**given):
    return {
        "code": "ny_indikator",
        "name": "Ny indikator",
        "definition": "",
        "measure": "percent",
        "direction": "higher",
        "rollup": "ratio",
        "factor": "100",
        "frequency": "month",
        "window": "1",
        "due_days": "10",
        "minutes": "5",
        "places": "1",
        **given,
    }


def fields_of(indicator: Indicator, **given):
    names = ("name", "definition", "measure", "direction", "rollup", "frequency", "window", "due_days", "minutes", "places", "formula")
    kept = {name: getattr(indicator, name) for name in names}
    figures = {"factor": "1", "scale_min": "1", "scale_max": "6", "score_floor": "3"}
    texts = {"method_text": indicator.method_text, "source": indicator.source}
    return {**kept, **figures, **texts, "version": indicator.version, "reason": "", **given}


def test_the_list_finds_by_name_code_method_and_source(world, admin):
    page = admin.get(LIBRARY, {"sok": "SYKEFRA"}).content.decode()

    assert "Sykefravær" in page
    assert "tilfredshet" not in page.lower().split("<main")[1].split("</main")[0]


def test_indicators_out_of_use_are_found_by_the_filter_only(world, admin):
    IndicatorFactory(name="Gammel måling", retired_on=date(2020, 1, 1))

    assert "Gammel måling" not in admin.get(LIBRARY).content.decode()
    assert "Gammel måling" in admin.get(LIBRARY, {"vis": "retired"}).content.decode()
    assert "Sykefravær" not in admin.get(LIBRARY, {"vis": "retired"}).content.decode()


def test_a_new_indicator_is_saved_and_logged(world, admin):
    answer = admin.post(f"{LIBRARY}ny/", fields())

    assert answer.status_code == 302
    assert Indicator.objects.get(code="ny_indikator").factor == 100
    assert AuditEntry.objects.filter(action="indicator.added", actor=world.admin).count() == 1


@pytest.mark.parametrize(
    "wrong, message",
    [
        ({"code": "Ny Indikator"}, "Bruk små bokstaver"),
        ({"code": "sykefravaer"}, "finnes"),
        ({"name": ""}, "Fyll ut «Navn»."),
        ({"direction": ""}, "Velg «Retning»."),
        ({"factor": "0"}, "større enn null"),
        ({"factor": "mye"}, "Skriv et tall"),
        ({"scale_min": "6", "scale_max": "1"}, "større enn den laveste"),
        ({"places": "9"}, "4"),
        ({"minutes": "99999"}, "1440"),
        ({"formula": "[finnes_ikke] * 2"}, "Tegn 1, «[finnes_ikke] * 2»: Det finnes ingen indikator"),
        ({"formula": "[sykefravaer] + "}, "slutter midt i"),
        ({"formula": "[sykefravaer] $ 2"}, "Tegn 15"),
        ({"formula": "[sykefravaer] + [tilfredshet]"}, "ulike slags tall"),
        ({"formula": "[ny_indikator] * 2"}, "går i ring: ny_indikator → ny_indikator"),
        ({"formula": "__import__('os')"}, "Tegn 1"),
    ],
)
def test_a_wrong_definition_keeps_what_was_typed_and_says_what_to_write(world, admin, wrong, message):
    answer = admin.post(f"{LIBRARY}ny/", fields(**wrong, source="Kilden jeg skrev"))

    page = answer.content.decode().replace("&quot;", '"').replace("&#x27;", "'")
    assert answer.status_code == 422
    assert message in page
    assert "Kilden jeg skrev" in page
    assert not Indicator.objects.filter(source="Kilden jeg skrev").exists()


def test_a_circle_through_others_is_refused(world, admin):
    IndicatorFactory(code="dobbelt", measure="percent", formula="[sykefravaer] * 2")

    answer = admin.post(
        f"{LIBRARY}sykefravaer/endre/", fields_of(world.sick_leave, scale_min="0", scale_max="100", formula="[dobbelt] / 2")
    )

    assert answer.status_code == 422
    assert "sykefravaer → dobbelt → sykefravaer" in answer.content.decode()


def test_a_change_of_direction_with_figures_asks_for_a_reason(world, admin):
    MeasurementFactory(indicator=world.survey, unit=world.unit)
    wanted = fields_of(world.survey, direction="lower")

    refused = admin.post(f"{LIBRARY}tilfredshet/endre/", wanted)
    assert refused.status_code == 422
    assert "Skriv hvorfor dette endres" in refused.content.decode()
    assert Indicator.objects.get(code="tilfredshet").direction == "higher"

    taken = admin.post(f"{LIBRARY}tilfredshet/endre/", {**wanted, "reason": "Skalaen var snudd"})
    assert taken.status_code == 302
    assert Indicator.objects.get(code="tilfredshet").direction == "lower"
    assert AuditEntry.objects.get(action="indicator.changed").details["reason"] == "Skalaen var snudd"


def test_a_change_of_words_needs_no_reason(world, admin):
    MeasurementFactory(indicator=world.survey, unit=world.unit)

    assert admin.post(f"{LIBRARY}tilfredshet/endre/", fields_of(world.survey, name="Fornøyd")).status_code == 302
    assert Indicator.objects.get(code="tilfredshet").name == "Fornøyd"


def test_two_people_editing_the_second_is_refused_and_keeps_the_text(world, admin):
    first = fields_of(world.survey, name="Den første")
    admin.post(f"{LIBRARY}tilfredshet/endre/", first)

    second = admin.post(f"{LIBRARY}tilfredshet/endre/", fields_of(world.survey, name="Den andre"))

    page = second.content.decode()
    assert second.status_code == 422
    assert "Noen har endret indikatoren" in page
    assert 'value="Den andre"' in page
    assert Indicator.objects.get(code="tilfredshet").name == "Den første"
    assert 'name="version" value="2"' in page


def test_retiring_keeps_figures_and_takes_it_off_the_choices(world, admin):
    MeasurementFactory(indicator=world.survey, unit=world.unit)

    admin.post(f"{LIBRARY}tilfredshet/ta-ut/", {"version": "1", "on": "2026-03-10", "reason": "Ny undersøkelse"})

    world.survey.refresh_from_db()
    assert world.survey.retired_on == date(2026, 3, 10)
    assert world.survey.measurements.count() == 1
    world.placed.delete()
    admin.get(world.url("indikator/"))  # the message of what was done is read
    assert "Tilfredshet" not in admin.get(world.url("indikator/")).content.decode()


def test_benchmark_moves_the_targets_stated_against_it_and_says_which(world, admin):
    target = TargetFactory(
        indicator=world.sick_leave,
        unit=world.unit,
        kind="benchmark",
        benchmark_group="oslo",
        amount=Decimal(10),
        comparison="percent",
        value=Decimal(9),
        yellow_limit=Decimal(10),
    )
    url = f"{LIBRARY}sykefravaer/sammenlikning/"

    answer = admin.post(url, {"group": "oslo", "period": "2025", "value": "9,0", "bodies": "15"}, follow=True)

    target.refresh_from_db()
    assert target.value == Decimal("8.1")
    assert target.yellow_limit == Decimal("9.1")
    assert "Målet for Hjemmetjenesten, som følger Oslo, er endret fra 9\xa0% til 8,1\xa0%." in answer.content.decode()


def test_ten_percent_better_than_77_is_84_7(world, admin):
    higher = IndicatorFactory(code="andel", name="Andel", measure="percent", scale_min=0, scale_max=100)
    target = TargetFactory(
        indicator=higher,
        unit=world.unit,
        kind="benchmark",
        benchmark_group="oslo",
        amount=Decimal(10),
        comparison="percent",
        value=Decimal(1),
    )

    admin.post(f"{LIBRARY}andel/sammenlikning/", {"group": "oslo", "period": "2025", "value": "77", "bodies": "15"})

    target.refresh_from_db()
    assert target.value == Decimal("84.7")


def test_a_locked_year_keeps_its_targets_when_a_benchmark_changes(world, admin):
    world.set_state("locked")
    target = TargetFactory(
        indicator=world.sick_leave,
        unit=world.unit,
        kind="benchmark",
        benchmark_group="oslo",
        amount=Decimal(0),
        comparison="percent",
        value=Decimal(9),
    )

    admin.post(f"{LIBRARY}sykefravaer/sammenlikning/", {"group": "oslo", "period": "2025", "value": "8"})

    target.refresh_from_db()
    assert target.value == 9


def test_the_same_period_twice_is_refused(world, admin):
    url = f"{LIBRARY}tilfredshet/sammenlikning/"
    admin.post(url, {"group": "norway", "period": "2025", "value": "4,4", "bodies": "100"})

    again = admin.post(url, {"group": "norway", "period": "2025", "value": "4,5", "bodies": "100"})

    assert again.status_code == 422
    assert "finnes allerede et tall" in again.content.decode()
    assert Benchmark.objects.get().value == Decimal("4.4")


@pytest.mark.parametrize(
    "rows, hidden",
    [
        ([("oslo", "4.6", 2)], "færre enn tre"),
        ([("oslo", "4.6", 1)], "bare én kommune"),
        ([("norway", "3.9", None), ("highest", "3.9", None), ("lowest", "3.9", None)], "bare én kommune"),
        ([("norway", "4.1", 40), ("highest", "5.0", None), ("lowest", "3.0", None)], ""),
    ],
)
def test_few_bodies_or_one_are_not_shown_as_a_benchmark(world, admin, rows, hidden):
    for group, value, bodies in rows:
        Benchmark.objects.create(
            indicator=world.survey, group=group, value=Decimal(value), bodies=bodies, period_start=date(2025, 1, 1), period_kind="year"
        )

    page = admin.get(f"{LIBRARY}tilfredshet/").content.decode()

    assert page.count("<span>Nei, ") == (len(rows) if hidden else 0)
    assert hidden in page


def test_export_has_the_filter_of_the_screen_and_is_safe(world, admin):
    IndicatorFactory(name="=HYPERLINK(1)", code="farlig")

    text = admin.get(f"{LIBRARY}fil.csv", {"sok": "farlig"}).content.decode("utf-8-sig")

    assert "'=HYPERLINK(1)" in text
    assert "Sykefravær" not in text
    assert admin.get(f"{LIBRARY}fil.xlsx").content.startswith(b"PK")


def test_the_list_costs_the_same_with_one_and_with_thirty(world, admin):
    few = statements(admin, LIBRARY)
    for _ in range(30):
        IndicatorFactory()

    assert statements(admin, LIBRARY) == few


def test_a_target_of_another_indicator_is_not_touched(world, admin):
    before = Target.objects.get(pk=world.target.pk).version

    admin.post(f"{LIBRARY}tilfredshet/sammenlikning/", {"group": "oslo", "period": "2025", "value": "4"})

    assert Target.objects.get(pk=world.target.pk).version == before
