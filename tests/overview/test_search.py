"""The search of the frame: of every kind what the person may see, and nothing else."""

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from imports.models import Batch
from imports.rules.states import BatchState, Way
from organisation.models import RoleAssignment
from organisation.queries.access import access_of
from organisation.rules.access import Role
from overview.queries.search import found
from reporting.rules.kinds import ReportState as S
from scorecard.models import Snapshot
from tests.factories.actions import ActionFactory
from tests.factories.cycle import ActivityFactory
from tests.factories.imports import SourceFactory
from tests.factories.organisation import DistrictFactory, UnitFactory, UserFactory, person
from tests.factories.reporting import MonthlyReportFactory
from tests.factories.scorecard import FocusAreaFactory, IndicatorFactory, PlacedIndicatorFactory, ScorecardFactory, SuccessFactorFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 9)
NOW = datetime(2026, 10, 8, 6, tzinfo=UTC)
SEPTEMBER = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def october(settings):
    settings.ALNA_TODAY = DAY


@pytest.fixture
def district():
    return DistrictFactory(code="proven", name="Bydel Prøven")


@pytest.fixture
def unit(district):
    return UnitFactory(parent=district, code="402", name="Hjemmetjenesten")


def hits(user, text, key):
    """Titles of one kind, with their addresses."""
    groups = {group.key: group for group in found(access_of(user, DAY), text)}
    return {hit.title: hit.url for hit in groups[key].hits} if key in groups else {}


def opens(client, user, urls):
    client.force_login(user)
    return {url: client.get(url).status_code for url in urls}


def test_units_one_reaches_and_no_neighbours(client, district, unit):
    UnitFactory(parent=DistrictFactory(), code="499", name="Hjemmetjenesten i nabobydelen")
    director = person(Role.DIRECTOR, district)

    assert hits(director, "hjemmetjenesten", "enheter") == {"Hjemmetjenesten 402": "/malekart/402/2026/"}
    assert hits(director, "402", "enheter")
    assert opens(client, director, ["/malekart/402/2026/"]) == {"/malekart/402/2026/": 200}
    assert hits(person(Role.POLITICIAN, district), "hjemmetjenesten", "enheter") == {}


def test_people_for_those_who_see_roles_and_only_within_their_reach(client, district, unit):
    someone = UserFactory(name="Siv Ødegård")
    RoleAssignment.objects.create(user=someone, role=Role.CONTROLLER, unit=district, valid_from=DAY)
    stranger = UserFactory(name="Nabo Ødegård")
    RoleAssignment.objects.create(user=stranger, role=Role.CONTROLLER, unit=DistrictFactory(), valid_from=DAY)
    director = person(Role.DIRECTOR, district)

    assert hits(director, "odegard", "personer") == {"Siv Ødegård": f"/administrasjon/personer/{someone.pk}/"}
    assert set(opens(client, director, hits(director, "odegard", "personer").values()).values()) == {200}
    assert hits(person(Role.CONTROLLER, district), "odegard", "personer") == {}
    assert hits(person(Role.UNIT_LEADER, unit), "odegard", "personer") == {}


def test_indicators_of_the_card_that_applies(client, district, unit):
    indicator = IndicatorFactory(code="brukertilfredshet", name="Brukertilfredshet")
    PlacedIndicatorFactory(
        factor=SuccessFactorFactory(area=FocusAreaFactory(scorecard=ScorecardFactory(unit=district, year=2026))), indicator=indicator
    )
    elsewhere = ScorecardFactory(unit=DistrictFactory(), year=2026)
    other = IndicatorFactory(code="nabotilfredshet", name="Nabotilfredshet")
    PlacedIndicatorFactory(factor=SuccessFactorFactory(area=FocusAreaFactory(scorecard=elsewhere)), indicator=other)
    employee = person(Role.EMPLOYEE, unit)

    assert hits(employee, "tilfredshet", "indikatorer") == {"Brukertilfredshet": "/malekart/402/indikator/brukertilfredshet/"}
    assert set(opens(client, employee, ["/malekart/402/indikator/brukertilfredshet/"]).values()) == {200}
    assert hits(person(Role.POLITICIAN, district), "tilfredshet", "indikatorer") == {}


def test_actions_one_reads(client, district, unit):
    action = ActionFactory(unit=unit, title="Færre innleide vakter")
    neighbour = UnitFactory(parent=district)
    ActionFactory(unit=neighbour, title="Færre innleide hos naboen")
    leader = person(Role.UNIT_LEADER, unit)

    assert hits(leader, "FAERRE", "tiltak") == {"Færre innleide vakter": f"/tiltak/{action.pk}/"}
    assert len(hits(person(Role.DIRECTOR, district), "færre", "tiltak")) == 2
    assert hits(person(Role.ADMINISTRATOR, district), "færre", "tiltak") == {}


def test_activities_of_the_wheel_as_far_as_their_page_opens(client, district, unit):
    talks = ActivityFactory(district=district, title="Medarbeidersamtaler", short="Samtaler", due_on=date(2026, 10, 30))
    public = ActivityFactory(
        district=district, title="Medarbeiderskap i bydelsutvalget", is_public=True, due_on=date(2027, 2, 1), year=2027
    )
    ActivityFactory(district=district, title="Medarbeidersamtaler i fjor", due_on=date(2025, 10, 30), year=2025)
    ActivityFactory(district=district, title="Medarbeiderdag som utgår", cancelled_at=NOW)
    ActivityFactory(district=DistrictFactory(), title="Medarbeidersamtaler hos naboen", is_public=True)
    ours = {talks.title: f"/styringshjul/aktivitet/{talks.pk}/", public.title: f"/styringshjul/aktivitet/{public.pk}/"}

    for role in (Role.UNIT_LEADER, Role.EMPLOYEE):
        reader = person(role, unit)
        assert hits(reader, "medarbeider", "aktiviteter") == ours
        assert set(opens(client, reader, ours.values()).values()) == {200}
    politician = person(Role.POLITICIAN, district)
    assert hits(politician, "medarbeider", "aktiviteter") == {public.title: ours[public.title]}
    assert opens(client, politician, ours.values()) == {ours[talks.title]: 404, ours[public.title]: 200}
    assert list(hits(person(Role.DIRECTOR, district), "samtaler", "aktiviteter")) == [talks.title]
    assert hits(person(Role.UNIT_LEADER, unit), "se fristene", "sider") == {"Se fristene dine": "/hjelp/"}


@pytest.mark.parametrize(
    "role, states",
    [
        (Role.UNIT_LEADER, {S.BEGUN, S.DELIVERED, S.RETURNED, S.APPROVED, S.LOCKED}),
        (Role.DIRECTOR, {S.DELIVERED, S.RETURNED, S.APPROVED, S.LOCKED}),
        (Role.QUALITY, {S.APPROVED, S.LOCKED}),
        (Role.ADMINISTRATOR, set()),
    ],
)
def test_reports_as_far_as_their_page_opens(client, district, unit, role, states):
    user = person(role, unit if role is Role.UNIT_LEADER else district)
    for state in (S.BEGUN, S.DELIVERED, S.RETURNED, S.APPROVED, S.LOCKED):
        report = MonthlyReportFactory(unit=unit, month=SEPTEMBER, state=state)
        shown = hits(user, "hjemmetjenesten september", "rapporter")
        assert bool(shown) == (state in states), state
        client.force_login(user)
        assert (client.get("/rapportering/402/2026-09/les/").status_code == 200) == (state in states), state
        report.delete()


def test_a_neighbours_draft_is_not_found(district, unit):
    neighbour = UnitFactory(parent=district, name="Nabotjenesten")
    MonthlyReportFactory(unit=neighbour, month=SEPTEMBER, state=S.DELIVERED)
    MonthlyReportFactory(unit=unit, month=SEPTEMBER, state=S.DELIVERED)

    assert set(hits(person(Role.UNIT_LEADER, unit), "rapport september 2026", "rapporter")) == {
        "Rapport for september 2026, Hjemmetjenesten"
    }
    assert len(hits(person(Role.DIRECTOR, district), "rapport september", "rapporter")) == 2
    assert hits(person(Role.DIRECTOR, district), "rapport august", "rapporter") == {}


def test_files_for_those_who_see_files_of_their_own_district(client, district, unit):
    rows = {"sha256": "0" * 64, "size": 1, "way": Way.FOLDER, "state": BatchState.SAVED, "received_at": NOW}
    mine = Batch.objects.create(source=SourceFactory(district=district), file_name="økonomi_september.csv", stored_as="a", **rows)
    Batch.objects.create(source=SourceFactory(district=DistrictFactory()), file_name="økonomi_nabo.csv", stored_as="b", **rows)
    controller = person(Role.CONTROLLER, district)

    assert hits(controller, "okonomi", "filer") == {"økonomi_september.csv": f"/administrasjon/import/{mine.pk}/"}
    assert set(opens(client, controller, [f"/administrasjon/import/{mine.pk}/"]).values()) == {200}
    assert hits(person(Role.UNIT_LEADER, unit), "okonomi", "filer") == {}


def test_pages_of_ones_own_menu_and_the_help(client, district, unit):
    leader, director = person(Role.UNIT_LEADER, unit), person(Role.DIRECTOR, district)

    assert hits(director, "bydelen", "sider") == {"Bydelen nå": "/bydelen-na/"}
    assert hits(leader, "bydelen", "sider") == {}
    assert hits(leader, "rette", "sider") == {"Rette et tall": "/hjelp/"}
    assert hits(leader, "påminnelser", "sider") == {
        "Slik får du beskjed": "/meldinger/valg/",
        "Frister i kalenderen": "/styringshjul/kalender/",
    }
    assert hits(person(Role.POLITICIAN, district), "publiserte", "sider") == {"Publiserte resultater": "/malekart/publisert/"}


def test_published_results_until_they_are_withdrawn(client, district):
    card = ScorecardFactory(unit=district, year=2026)
    shot = Snapshot(
        scorecard=card, unit=district, title="Resultater 2026", content={}, published_at=NOW, published_by=person(Role.DIRECTOR, district)
    )
    shot.period_kind, shot.period_start = "year", date(2026, 1, 1)
    shot.save()
    politician = person(Role.POLITICIAN, district)
    assert hits(politician, "resultater", "publisert") == {"Resultater 2026": f"/malekart/publisert/{shot.pk}/"}
    assert hits(person(Role.POLITICIAN, DistrictFactory()), "resultater", "publisert") == {}

    Snapshot.objects.update(withdrawn_at=NOW)

    assert hits(politician, "resultater", "publisert") == {}


def test_somebody_without_a_role_finds_pages_alone(unit):
    MonthlyReportFactory(unit=unit, month=SEPTEMBER, state=S.LOCKED)
    ActionFactory(unit=unit, title="Hjelp til hjemmet")

    assert {group.key for group in found(access_of(UserFactory(), DAY), "hje")} == {"sider"}


def test_a_few_of_each_and_all_of_one(client, district, unit):
    for number in range(12):
        ActionFactory(unit=unit, title=f"Tiltak om vakter {number:02}")
    client.force_login(person(Role.DIRECTOR, district))

    few = client.get("/sok/?q=vakter").text
    assert few.count("Tiltak om") == 8
    address = unescape(re.search(r'<a href="(/sok/\?[^"]+i=tiltak)"', few)[1])
    every = client.get(address).text
    assert every.count("Tiltak om") == 12
    assert "Vis alle slags treff" in every


def test_what_was_written_is_marked_and_never_markup(client, district):
    UnitFactory(parent=district, name="<b>Fet</b> & co")
    client.force_login(person(Role.DIRECTOR, district))

    text = client.get("/sok/?q=%3Cb%3Efet").text

    assert "<mark>&lt;b&gt;Fet</mark>&lt;/b&gt; &amp; co" in text
    assert "<b>Fet" not in text.replace("</mark>", "")
    assert 'value="&lt;b&gt;fet"' in text


@pytest.mark.parametrize(
    "query, said",
    [
        ("", "Hva leter du etter?"),
        ("q=a", "Skriv minst 2 tegn."),
        ("q=zzzzqqqq", "Ingen treff på «zzzzqqqq»."),
        ("q=%00%00", "Hva leter du etter?"),
        ("q=hjem&i=finnesikke", "Ingen treff på «hjem»."),
        (f"q={'x' * 4000}", "Ingen treff"),
    ],
)
def test_it_says_what_to_write(client, district, query, said):
    client.force_login(person(Role.DIRECTOR, district))
    response = client.get(f"/sok/?{query}")
    assert response.status_code == 200
    assert said in response.text


def test_a_visitor_signs_in_first(client):
    assert client.get("/sok/?q=hjem").status_code == 302


def test_it_costs_the_same_with_one_of_each_and_with_thirty(client):
    def statements(many):
        district = DistrictFactory()
        card = ScorecardFactory(unit=district, year=2026)
        factor = SuccessFactorFactory(area=FocusAreaFactory(scorecard=card))
        source = SourceFactory(district=district)
        for number in range(many):
            unit = UnitFactory(parent=district, name=f"Enhet om vakter {number}")
            ActionFactory(unit=unit, title=f"Vakter {number}")
            ActivityFactory(district=district, title=f"Vakter {number}")
            MonthlyReportFactory(unit=unit, month=SEPTEMBER, state=S.DELIVERED)
            PlacedIndicatorFactory(factor=factor, indicator=IndicatorFactory(name=f"Vakter {number}"))
            RoleAssignment.objects.create(user=UserFactory(name=f"Vakter {number}"), role=Role.UNIT_LEADER, unit=unit, valid_from=DAY)
            Batch.objects.create(
                source=source, file_name=f"vakter{number}.csv", sha256=f"{number:064}", size=1, stored_as=f"{source.pk}-{number}",
                way=Way.FOLDER, state=BatchState.SAVED, received_at=NOW,
            )  # fmt: skip
        client.force_login(person(Role.DIRECTOR, district))
        with CaptureQueriesContext(connection) as queries:
            text = client.get("/sok/?q=vakter").text
        for label in ("Enheter", "Personer", "Indikatorer", "Tiltak", "Rapporter", "Filer", "Styringshjul"):
            assert f">{label}</h2>" in text
        return len(queries)

    statements(1)
    assert statements(1) == statements(30)
