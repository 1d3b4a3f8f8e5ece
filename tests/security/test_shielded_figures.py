"""Figures that may betray persons come out nowhere: not on the first page, not where targets are set, not from a kept page."""

import pytest
from django.urls import reverse

from common.periods import Period
from organisation.rules.access import Role
from scorecard.models import Indicator, Measurement
from scorecard.rules.rollup import Method
from scorecard.services import derive
from scorecard.services.agreements import add_note
from scorecard.services.library import change_indicator
from scorecard.services.values import Entry, Source, record_values
from tests.factories.organisation import person
from tests.security.conftest import NOW, TODAY, as_role, record, signed_in

pytestmark = pytest.mark.django_db
MONTH = "2026-09"


@pytest.fixture
def doubled(home) -> Indicator:
    """An indicator that is computed from sick leave: knowing it is knowing sick leave."""
    fields = {"measure": Indicator.Measure.PERCENT, "frequency": "month", "scale_min": None, "scale_max": None, "score_floor": None}
    found = home.placed(name="Dobbelt fravær", formula="[sykefravaer] * 2", rollup=Method.NONE, **fields)
    derive.rebuild(indicators=[found])
    return found


def test_the_first_page_shows_no_figure_that_is_computed_from_a_shielded_one(home, doubled):
    assert "23,4" in as_role(Role.UNIT_LEADER, home.north).get("/").text

    text = as_role(Role.EMPLOYEE, home.north).get("/").text

    assert home.north.name in text
    assert "23,4" not in text
    assert "11,7" not in text


def target_page(home) -> str:
    return f"/oppsett/malekart/{home.top.code}/2026/mal/{home.north.code}/sykefravaer/"


def test_who_sets_targets_sees_no_figures_of_a_unit_that_are_shielded(home):
    other = home.placed(code="antall", name="Antall", frequency="month", scale_min=None, scale_max=None, score_floor=None)
    record(other, home.north, Period.parse(MONTH), value="41")
    admin = as_role(Role.ADMINISTRATOR, home.top)
    address = target_page(home)
    assert "41" in admin.get(address.replace("sykefravaer", "antall")).text

    page = admin.get(address)

    assert page.status_code == 200
    assert "11,7" not in page.text


def test_a_relative_target_does_not_give_away_what_it_is_relative_to(home):
    record(home.sick, home.north, Period.parse("2025-12"), parts=("131", "1000"))
    admin = as_role(Role.ADMINISTRATOR, home.top)
    typed = {"kind": "baseline", "amount": "10", "comparison": "percent", "baseline_period": "2025", "do": "preview"}
    shown = admin.post(target_page(home).replace(home.north.code, home.top.code), typed)
    assert "11,79" in shown.text

    page = admin.post(target_page(home), typed)

    assert "11,79" not in page.text
    assert "13,1" not in page.text


def test_a_kept_page_is_not_shown_when_a_part_of_a_formula_becomes_shielded(home, doubled):
    address = f"/malekart/{home.south.code}/2026/"
    sick = home.sick
    # Only the formula stands on the card; the part it rests on is open for now.
    home.factor.placements.filter(indicator=sick).delete()
    Indicator.objects.filter(pk=sick.pk).update(restricted=False)
    derive.structure_changed(unit_id=home.top.pk)
    reader = as_role(Role.SAFETY_REP, home.top)
    first = reader.get(address)
    assert "12,6" in first.text

    change_indicator(indicator=sick, version=sick.version, fields={"restricted": True}, reason="", actor=person(Role.QUALITY, home.top))

    again = reader.get(address, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert "12,6" not in again.text


def figures_in(client, addresses) -> dict[str, str]:
    return {address: client.get(address).content.decode("utf-8", "replace") for address in addresses}


def test_no_page_about_a_unit_shows_its_sick_leave_to_others_than_those_who_answer_for_it(home):
    unit = home.north.code
    addresses = [
        reverse("scorecard:card", args=[unit, 2026]),
        reverse("scorecard:card", args=[unit, 2026]) + "?kjent=09.10.2026",
        reverse("scorecard:strategy_map", args=[unit, 2026]),
        reverse("scorecard:card_export", args=[unit, 2026, "csv"]),
        reverse("scorecard:indicator", args=[unit, "sykefravaer"]),
        reverse("scorecard:indicator", args=[unit, "sykefravaer"]) + "?kjent=09.10.2026",
        reverse("scorecard:indicator_export", args=[unit, "sykefravaer", "csv"]),
        reverse("scorecard:value", args=[unit, "sykefravaer", MONTH]),
        reverse("scorecard:indicator", args=[home.top.code, "sykefravaer"]),
        reverse("scorecard:value", args=[home.top.code, "sykefravaer", MONTH]),
        "/",
    ]
    shown = figures_in(as_role(Role.DIRECTOR, home.top), addresses)
    assert [address for address in addresses[:1] if "11,7" not in shown[address]] == []
    assert sum("11,7" in text for text in shown.values()) >= 7

    for role in (Role.REPORTER, Role.SAFETY_REP, Role.ADMINISTRATOR, Role.UNION_REP, Role.PROJECT_LEADER, Role.EMPLOYEE):
        hidden = figures_in(as_role(role, home.north if role is not Role.ADMINISTRATOR else home.top), addresses)
        assert [address for address, text in hidden.items() if "11,7" in text or ";117" in text or ">117<" in text] == [], role
    other_leader = figures_in(as_role(Role.UNIT_LEADER, home.south), addresses)
    assert [address for address, text in other_leader.items() if "11,7" in text] == []


def test_two_people_with_different_rights_never_share_a_kept_page(home, settings):
    address = f"/malekart/{home.north.code}/2026/"
    leader = person(Role.UNIT_LEADER, home.north)
    first = signed_in(leader).get(address)
    assert "11,7" in first.text

    other = as_role(Role.UNIT_LEADER, home.south)
    answer = other.get(address, headers={"if-none-match": first["ETag"]})
    assert answer.status_code == 200
    assert "11,7" not in answer.text

    client = signed_in(leader)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    english = client.get(address, headers={"if-none-match": first["ETag"]})
    assert english.status_code == 200


def test_a_right_that_has_ended_ends_the_kept_page(home):
    address = f"/malekart/{home.north.code}/2026/"
    leader = person(Role.UNIT_LEADER, home.north)
    client = signed_in(leader)
    client.get(address)
    first = client.get(address)
    assert "11,7" in first.text
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304

    leader.assignments.update(role=Role.REPORTER)

    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert "11,7" not in again.text


def test_the_trail_repeats_nothing_that_was_said_about_a_shielded_figure(home):
    leader = person(Role.UNIT_LEADER, home.north)
    open_one = home.placed(code="antall", name="Antall", frequency="month", scale_min=None, scale_max=None, score_floor=None)
    period = Period.parse(MONTH)
    record(open_one, home.north, period, value="41")
    for indicator, text in ((open_one, "apent-ord"), (home.sick, "tre-er-syke")):
        add_note(indicator=indicator, unit=home.north, period=period, text=text, actor=leader, now=NOW)
        row = Measurement.objects.get(indicator=indicator, unit=home.north, period_start=period.start)
        figures = {"value": row.value + 1} if row.denominator is None else {"numerator": row.numerator + 1, "denominator": row.denominator}
        entry = Entry(indicator, home.north, period, reason=f"{text}-rettet", version=row.version, **figures)
        record_values(entries=[entry], actor=leader, source=Source(), now=NOW, today=TODAY)

    page = as_role(Role.ADMINISTRATOR, home.top).get(reverse("organisation:audit")).text

    assert "apent-ord" in page
    assert "apent-ord-rettet" in page
    assert "tre-er-syke" not in page
