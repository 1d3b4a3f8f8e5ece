import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organisation.forms.acts import actions
from organisation.models import AuditEntry
from organisation.rules.access import Role
from organisation.services import audit
from scripts.sources import ROOT
from tests.factories.organisation import DistrictFactory, UserFactory, person


def at(page, **query):
    return reverse(f"organisation:{page}", query=query)


def main_of(response):
    return response.content.decode().split("<main")[1].split("</main")[0]


@pytest.fixture(autouse=True)
def today(settings):
    settings.ALNA_TODAY = date(2026, 10, 8)


def act(unit, actor=None, action="unit.renamed", when=None, **details):
    audit.record(actor=actor, action=action, target=unit, unit=unit, details=details)
    entry = AuditEntry.objects.latest("pk")
    if when is not None:
        AuditEntry._base_manager.filter(pk=entry.pk)._update([(AuditEntry._meta.get_field("at"), None, when)])
        entry.refresh_from_db()
    return entry


def test_acts_are_told_in_words_with_their_details(world, admin_client):
    act(world.north, world.admin, before="Nord", after="Nordre", **{"from": date(2027, 7, 1), "own": True, "roles": ["A", "B"]})

    text = main_of(admin_client.get(at("audit")))

    for words in ("Ga enheten nytt navn", "N1 Nord", world.admin.name, "Nordre", "01.07.2027", "A, B", ">ja<"):
        assert words in text


def test_an_act_without_words_is_shown_by_its_code(world, admin_client):
    act(world.north, action="noe.ukjent")

    assert "noe.ukjent" in main_of(admin_client.get(at("audit")))


def test_the_words_of_another_app_are_filled_with_the_details_of_the_line(world, admin_client):
    act(world.north, action="scorecard.area_added", name="Brukere <og> tjenester")

    text = main_of(admin_client.get(at("audit")))

    assert "La til fokusområdet «Brukere &lt;og&gt; tjenester»" in text
    assert "La til fokusområdet «…»" in text, "the filter names the action"


def test_every_action_in_the_source_has_words():
    """Written codes only; a code put together while running is found by the eye."""
    written = re.compile(r'action="([a-z_]+\.[a-z_]+)"')
    sources = [path for app in ("organisation", "scorecard") for path in (ROOT / app / "services").rglob("*.py")]
    codes = {code for path in sources for code in written.findall(path.read_text())}

    assert len(codes) > 20
    assert codes <= actions().keys()


READERS = [
    (Role.ADMINISTRATOR, "district", {"north", "none"}),
    (Role.DIRECTOR, "district", {"north", "none"}),
    (Role.AUDITOR, "district", {"north", "none"}),
    (Role.AUDITOR, "north", {"north"}),
    (Role.ADMINISTRATOR, "south", set()),
    (Role.PRIVACY_OFFICER, "district", {"north", "none"}),
    (Role.PRIVACY_OFFICER, "north", {"north"}),
    (Role.ADMINISTRATOR, "neighbour", {"neighbour", "none"}),
]


@pytest.mark.parametrize("role, place, seen", READERS)
def test_each_reads_as_far_as_the_role_reaches(world, client, settings, role, place, seen):
    settings.MFA_REQUIRED = False
    act(world.below, before="hos-nord")
    act(world.neighbour_unit, before="hos-naboen")
    audit.record(actor=None, action="indicator.changed", target=world.admin, details={"before": "uten-enhet"})
    client.force_login(person(role, getattr(world, place)))

    text = main_of(client.get(at("audit")))
    exported = client.get(at("audit_export")).content.decode("utf-8-sig")

    marks = {"north": "hos-nord", "neighbour": "hos-naboen", "none": "uten-enhet"}
    assert {name for name, mark in marks.items() if mark in text} == seen
    assert {name for name, mark in marks.items() if mark in exported} == seen


def test_filters_by_person_action_unit_and_day_in_oslo(world, admin_client):
    kari = UserFactory(name="Kari Ødegård")
    act(world.north, kari, before="første", when=datetime(2026, 10, 7, 21, 59, tzinfo=UTC))
    act(world.south, kari, action="unit.moved", before="andre", when=datetime(2026, 10, 7, 22, 0, tzinfo=UTC))
    act(world.below, world.admin, before="tredje", when=datetime(2026, 10, 9, 12, 0, tzinfo=UTC))

    def shown(**query):
        text = main_of(admin_client.get(at("audit", **query)))
        return [word for word in ("første", "andre", "tredje") if f">{word}<" in text]

    assert shown() == ["første", "andre", "tredje"]
    assert shown(hvem="ødegård") == ["første", "andre"]
    assert shown(handling="unit.moved") == ["andre"]
    assert shown(enhet="N1") == ["første", "tredje"]
    assert shown(til="2026-10-07") == ["første"]
    assert shown(fra="2026-10-08", til="2026-10-08") == ["andre"]
    assert shown(fra="08.10.2026") == ["andre", "tredje"]


@pytest.mark.parametrize(
    "query, words",
    [
        ({"fra": "tull"}, "Skriv en dato, for eksempel 31.12.2026."),
        ({"fra": "2026-10-08", "til": "2026-10-07"}, "Siste dag er før første dag."),
        ({"handling": "unit.eaten"}, "Velg fra listen."),
        ({"hvem": "a\x00"}, "usynlig tegn"),
        ({"etter": "tull"}, "heltall"),
    ],
)
def test_a_filter_that_cannot_be_says_so(world, admin_client, query, words):
    response = admin_client.get(at("audit", **query))

    assert response.status_code == 422
    assert words in response.content.decode()


def test_page_by_page_nothing_is_lost_and_nothing_comes_twice(world, admin_client):
    moment = timezone.now()
    for number in range(120):
        act(world.north, before=f"nr-{number:03}", when=moment - timedelta(seconds=number // 3))

    seen, address = [], at("audit")
    while address:
        text = main_of(admin_client.get(address))
        seen += [number for number in range(120) if f">nr-{number:03}<" in text]
        address = at("audit") + "?etter=" + text.split('href="?etter=')[1].split('"')[0] if 'href="?etter=' in text else ""

    assert sorted(seen) == list(range(120))


def test_the_file_has_the_filter_of_the_page(world, admin_client):
    act(world.north, before="=1+1")
    act(world.south, action="unit.moved")

    text = admin_client.get(at("audit_export", handling="unit.renamed")).content.decode("utf-8-sig")

    assert text.splitlines()[0] == "Tidspunkt;Hvem;Handling;Gjelder;Enhet;Detaljer"
    assert len(text.splitlines()) == 2
    assert admin_client.get(at("audit_export", format="xlsx"))["Content-Type"].endswith("sheet")


def test_everybody_sees_their_own_acts_and_only_those(world, client):
    someone, other = person(Role.EMPLOYEE, world.north), UserFactory()
    act(world.north, someone, before="mitt")
    act(world.north, other, before="andres")
    act(DistrictFactory(), someone, before="et annet sted")
    client.force_login(someone)

    text = main_of(client.get(at("my_acts")))

    assert "mitt" in text
    assert "et annet sted" in text
    assert "andres" not in text


def test_one_must_sign_in_to_see_own_acts(world):
    assert Client().get(at("my_acts")).status_code == 302


@pytest.mark.parametrize("more", [1, 30])
def test_the_page_costs_the_same_with_one_act_and_with_thirty(world, admin_client, django_assert_num_queries, more):
    for _number in range(more):
        act(world.north, UserFactory(), before="A")
    admin_client.get(at("audit"))

    with django_assert_num_queries(6):
        admin_client.get(at("audit"))
