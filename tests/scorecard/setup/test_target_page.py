"""One target: every kind, the look back, the change in the middle of a year, taking it away, its history."""

from datetime import date
from decimal import Decimal

import pytest

from common.periods import Period
from scorecard.models import Benchmark, Scorecard, Target
from scorecard.queries.targets import target_rows
from scorecard.rules.lifecycle import State
from scorecard.rules.statuses import Direction, Status, status_of
from scorecard.rules.targets import in_force
from scorecard.services import derive
from tests.factories.scorecard import IndicatorFactory, MeasurementFactory, PlacedIndicatorFactory, ScorecardFactory, TargetFactory
from tests.scorecard.setup.conftest import own


def page_url(world, indicator, unit=None, rest: str = "") -> str:
    return world.url(f"mal/{(unit or world.unit).code}/{indicator.code}/{rest}")


def typed(**given) -> dict[str, str]:
    return {"kind": "absolute", "value": "", "seen": "", "do": "save", **given}


def test_the_look_back_colours_the_last_figures_without_saving(world, admin):
    for year, value in ((2023, "4.2"), (2024, "4.45"), (2025, "4.9")):
        MeasurementFactory(indicator=world.survey, unit=world.unit, period=Period.of_year(year), value=Decimal(value), denominator=20)
    derive.rebuild()

    answer = admin.post(page_url(world, world.survey), typed(value="4,5", yellow_limit="4,3", do="preview"))

    rows = answer.content.decode().split("al-coloured")[1].split("</table>")[0]
    assert answer.status_code == 200
    assert [("missed" in row, "near" in row, "reached" in row) for row in rows.split("<tr>")[2:]] == [
        (False, False, True),
        (False, True, False),
        (True, False, False),
    ]
    assert own(world.survey, world.unit) == []


@pytest.mark.parametrize(
    "fields, value",
    [
        (typed(value="4,7", yellow_limit="4,4"), "4.7"),
        (typed(kind="baseline", amount="10", comparison="percent", baseline_period="2025", baseline_value="4,0"), "4.4"),
        (typed(kind="baseline", amount="0,5", comparison="points", baseline_period="2025", baseline_value="4,0"), "4.5"),
        (typed(kind="baseline", amount="0", comparison="points", baseline_period="2025", baseline_value="4,0"), "4.0"),
        (typed(kind="benchmark", amount="0,2", comparison="points", benchmark_group="norway"), "4.3"),
    ],
)
def test_every_kind_is_saved_with_the_number_it_comes_to(world, admin, fields, value):
    Benchmark.objects.create(
        indicator=world.survey, group="norway", value=Decimal("4.1"), bodies=50, period_start=date(2025, 1, 1), period_kind="year"
    )

    answer = admin.post(page_url(world, world.survey), fields, follow=True)

    [target] = own(world.survey, world.unit)
    assert (target.value, target.kind) == (Decimal(value), fields["kind"])
    if fields["kind"] != "absolute":
        assert f"Det blir {value.rstrip('0').rstrip('.').replace('.', ',')}." in answer.content.decode()


def test_a_range_has_from_to_and_tolerance(world, admin):
    cover = IndicatorFactory(code="dekning", name="Dekning", measure="percent", direction="range", scale_min=0, scale_max=100)
    PlacedIndicatorFactory(factor=world.factor, indicator=cover, weight=0)

    reversed_ = admin.post(page_url(world, cover), {"low": "90", "high": "85", "seen": ""})
    half = admin.post(page_url(world, cover), {"low": "90", "high": "", "seen": ""})
    admin.post(page_url(world, cover), {"low": "85", "high": "90", "tolerance": "5", "seen": ""})

    [target] = own(cover, world.unit)
    assert (reversed_.status_code, half.status_code) == (422, 422)
    assert (target.low, target.high, target.tolerance, target.value) == (85, 90, 5, None)


@pytest.mark.parametrize(
    "fields, message",
    [
        (typed(), "Skriv målet, for eksempel 4,5."),
        (typed(value="bra"), "kan ikke leses som et mål"),
        (typed(value="høyst 4,5"), "går mot retningen"),
        (typed(value="økning på 5 %"), "er en endring, ikke et tall"),
        (typed(value="9"), "utenfor det som er mulig"),
        (typed(value="4,5", yellow_limit="4,8"), "på feil side av målet"),
        (typed(value="4,5", yellow_limit="gul"), "Skriv et tall"),
        (typed(kind="baseline", amount="5", comparison="percent", baseline_period="i fjor en gang"), "Skriv en periode"),
        (typed(kind="baseline", amount="5", comparison="percent", baseline_period="2019"), "Verdien det sammenliknes med, mangler"),
        (typed(kind="baseline", amount="5", baseline_period="2025", baseline_value="4"), "er prosent eller poeng"),
        (typed(kind="baseline", comparison="points", baseline_period="2025", baseline_value="4"), "hvor mye bedre"),
        (typed(kind="benchmark", amount="5", comparison="points", benchmark_group="peers"), "ikke noe tall å sammenlikne med"),
        (typed(kind="juks", value="4,5"), "Velg et gyldig valg"),
        (typed(value="4,5\x00"), "tillatt"),
    ],
)
def test_a_wrong_target_says_what_to_write_and_keeps_the_text(world, admin, fields, message):
    answer = admin.post(page_url(world, world.survey), fields)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert message in page
    assert own(world.survey, world.unit) == []


def test_a_percent_of_a_percent_is_asked_about_with_both_numbers(world, share, admin):
    fields = typed(kind="baseline", amount="5", baseline_period="2025", baseline_value="80")

    page = admin.post(page_url(world, share), fields).content.decode().replace("\xa0", " ")

    assert "5 % av 80 %, som gir målet 84 %" in page
    assert "5 prosentpoeng fra 80 %, som gir målet 85 %" in page


def test_a_change_in_the_middle_of_the_year_leaves_the_months_before_alone(world, admin):
    """Golden test 31."""
    world.set_state(State.PUBLISHED)
    grounds = {"valid_from": "2026-06-01", "reason": "Strammere ramme", "approver": world.director.pk}
    for month in (5, 6):
        MeasurementFactory(indicator=world.sick_leave, unit=world.district, period=Period.month(2026, month), value=Decimal("9.8"))

    answer = admin.post(
        page_url(world, world.sick_leave, world.district),
        typed(value="9,0", yellow_limit="10", seen=f"{Target.objects.get(indicator=world.sick_leave).pk}-1", **grounds),
    )

    rows = target_rows(world.sick_leave.pk, [world.district.pk])
    colours = [status_of(Decimal("9.8"), in_force(rows, Period.month(2026, month), [world.district.pk]).limits) for month in (5, 6)]
    assert answer.status_code == 302
    assert colours == [Status.REACHED, Status.NEARLY]
    assert rows[0].limits.direction == Direction.LOWER


def test_history_tells_who_when_why_and_by_whose_leave(world, admin):
    world.set_state(State.PUBLISHED)
    grounds = {"valid_from": "2026-04-01", "reason": "Avtalt i årsbrevet", "approver": world.director.pk}
    admin.post(page_url(world, world.survey), typed(value="4,8", **grounds))

    page = admin.get(page_url(world, world.survey)).content.decode()

    log = page.split('id="historie"')[1]
    assert "4,8, gjelder fra 1. april 2026" in log
    assert world.admin.name in log
    assert f"Godkjent av {world.director.name}" in log
    assert "Avtalt i årsbrevet" in log


def test_taking_it_away_inherits_again(world, admin):
    target = TargetFactory(indicator=world.survey, unit=world.unit, value=Decimal("4.9"))
    url = page_url(world, world.survey, rest="ta-bort/")

    assert "Da gjelder 4,5 / 4,2 fra Bydel Bekk." in admin.get(url).content.decode()
    admin.post(url, {"seen": f"{target.pk}-1"})
    again = admin.post(url, {"seen": f"{target.pk}-1"})

    target.refresh_from_db()
    assert target.withdrawn
    assert again.status_code == 404
    assert "Enheten arver målet" in admin.get(page_url(world, world.survey)).content.decode()


def test_two_people_with_the_same_target_the_second_is_refused_and_keeps_the_text(world, admin):
    target = TargetFactory(indicator=world.survey, unit=world.unit, value=Decimal("4.9"), yellow_limit=None)
    admin.post(page_url(world, world.survey), typed(value="4,8", seen=f"{target.pk}-1"))

    refused = admin.post(page_url(world, world.survey), typed(value="4,7", seen=f"{target.pk}-1"))

    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Noen har endret målet mens du skrev" in page
    assert 'value="4,7"' in page
    target.refresh_from_db()
    assert target.value == Decimal("4.8")
    assert admin.post(page_url(world, world.survey), typed(value="4,7", seen=f"{target.pk}-2")).status_code == 302


def test_the_same_form_twice_saves_once(world, admin):
    admin.post(page_url(world, world.survey), typed(value="4,8", yellow_limit="4,5"))
    admin.post(page_url(world, world.survey), typed(value="4,8", yellow_limit="4,5"))

    assert Target.history.filter(unit_id=world.unit.pk).count() == 1


@pytest.mark.parametrize("state", [State.PROPOSED, State.LOCKED])
def test_a_proposed_or_locked_year_refuses(world, admin, state):
    """Golden test 39."""
    world.set_state(state)

    answer = admin.post(page_url(world, world.survey), typed(value="4,8"))

    assert answer.status_code == 422
    assert own(world.survey, world.unit) == []


def test_a_locked_card_above_locks_its_indicators_below(world, admin):
    world.set_state(State.LOCKED)
    below = ScorecardFactory(unit=world.unit, year=2026, state=State.DRAFT)
    PlacedIndicatorFactory(factor__area__scorecard=below, indicator=world.survey)

    answer = admin.post(f"/oppsett/malekart/{world.unit.code}/2026/mal/{world.unit.code}/tilfredshet/", typed(value="4,8"))

    assert answer.status_code == 422
    assert "Året er låst" in answer.content.decode()
    assert Scorecard.objects.get(pk=below.pk).state == State.DRAFT


@pytest.mark.parametrize("unit, code", [("999", "tilfredshet"), ("401", "finnes-ikke"), ("B2", "tilfredshet")])
def test_a_wrong_unit_or_indicator_in_the_address_does_not_exist(world, admin, neighbour, unit, code):
    assert admin.get(world.url(f"mal/{unit}/{code}/")).status_code == 404
