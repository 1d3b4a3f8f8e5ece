"""Addresses for calendar programs: the secret is shown once, shows what its owner may see that day, and dies."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from actions.models import Action
from annualcycle.models import Activity, CalendarFeed
from annualcycle.rules.kinds import TaskState
from organisation.models import AuditEntry
from organisation.rules.access import Role
from reporting.services.defaults import install_defaults
from tests.annualcycle.calendar_programs import TODAY, events, made, read, titles
from tests.factories.actions import ActionFactory
from tests.factories.cycle import ActivityFactory, TaskFactory
from tests.factories.organisation import DistrictFactory, RoleAssignmentFactory, UnitFactory, person
from tests.pages import signed_in

pytestmark = pytest.mark.django_db


def test_a_program_reads_it_without_signing_in_and_the_secret_is_kept_nowhere(unit, task):
    leader = person(Role.UNIT_LEADER, unit)
    address = made(leader)
    answer = read(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "private" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    [feed] = CalendarFeed.objects.all()
    secret = address.rsplit("/", 1)[1].removesuffix(".ics")
    assert len(secret) >= 40
    assert all(secret not in str(value) for value in CalendarFeed.objects.values().get().values())
    assert secret not in signed_in(leader).get("/styringshjul/kalender/").content.decode()
    assert feed.read_at is not None
    assert [*AuditEntry.objects.filter(actor=leader).values_list("action", flat=True)] == ["cycle.feed_created"]


def test_a_deadline_is_a_whole_day_also_when_the_clock_is_changed(unit, task):
    address = made(person(Role.UNIT_LEADER, unit))
    event = events(address)[f"annualcycle.task:{task.pk}@alna"]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 10, 25), date(2026, 10, 26))
    assert str(event["TRANSP"]) == "TRANSPARENT"
    assert str(event["URL"]).endswith(f"/styringshjul/aktivitet/{task.activity_id}/")

    task.activity.due_on = task.activity.rule_day = date(2027, 3, 28)
    task.activity.save()
    moved = events(address)
    assert moved[f"annualcycle.task:{task.pk}@alna"]["DTSTART"].dt == date(2027, 3, 28)
    assert len(moved) == 1


def test_it_says_no_names_and_no_words_of_others(unit, task):
    leader = person(Role.UNIT_LEADER, unit)
    ActionFactory(unit=unit, owner=leader, title="Samtale med Kari", due_on=date(2026, 10, 20))
    for address in (made(leader), made(leader, "402")):
        text = read(address).content.decode()
        assert "Kari" not in text
        assert leader.name not in text
        assert leader.email not in text
        assert "Tiltak med frist" in titles(address)


def test_what_is_done_says_so_and_what_is_not_needed_goes_away(unit, task):
    address = made(person(Role.UNIT_LEADER, unit))
    assert titles(address) == ["Medarbeidersamtaler"]
    task.state, task.done_on = TaskState.DONE, TODAY
    task.save()
    assert titles(address) == ["Ferdig: Medarbeidersamtaler"]
    task.state, task.done_on = TaskState.NOT_NEEDED, None
    task.save()
    assert titles(address) == []


def test_ones_own_are_ones_own_and_say_which_unit_where_there_are_several(unit, task, district):
    neighbour = UnitFactory(parent=district, code="403", name="Sykehjemmet")
    TaskFactory(activity=task.activity, unit=neighbour)
    leader = person(Role.UNIT_LEADER, unit)
    address = made(leader)
    assert titles(address) == ["Medarbeidersamtaler"]
    RoleAssignmentFactory(user=leader, role=Role.UNIT_LEADER, unit=neighbour)
    assert titles(address) == ["Medarbeidersamtaler (Hjemmetjenesten)", "Medarbeidersamtaler (Sykehjemmet)"]


def test_a_units_address_shows_what_its_owner_may_see_there(unit, task, district):
    install_defaults(actor=None, now=datetime(2026, 1, 1, tzinfo=UTC), today=date(2026, 1, 1))
    neighbour = UnitFactory(parent=district)
    ActionFactory(unit=unit, due_on=date(2026, 10, 20))
    of_the_leader, of_the_neighbour = made(person(Role.UNIT_LEADER, unit), "402"), made(person(Role.UNIT_LEADER, neighbour), "402")
    assert "Tiltak med frist" in titles(of_the_leader)
    assert "Månedsrapporten for september 2026" in titles(of_the_leader)
    assert titles(of_the_neighbour) == ["Medarbeidersamtaler"]


def test_a_unit_of_another_district_has_no_address(unit, task):
    stranger = person(Role.DIRECTOR, DistrictFactory())
    assert signed_in(stranger).post("/styringshjul/kalender/ny/", {"enhet": "402"}).status_code == 404
    assert not CalendarFeed.objects.exists()


def test_a_reload_makes_no_newer_address_and_does_not_show_it_again(unit, task):
    leader = signed_in(person(Role.UNIT_LEADER, unit))
    page = leader.post("/styringshjul/kalender/ny/", {"enhet": ""}, follow=True)
    assert 'href="webcal://' in page.content.decode()
    again = leader.get("/styringshjul/kalender/")
    assert ".ics" not in again.content.decode()
    assert CalendarFeed.objects.get().revoked_at is None


@pytest.mark.parametrize("path", ["ny/", "1/steng/"])
def test_who_comes_by_the_address_of_a_form_is_led_to_the_page(unit, path):
    answer = signed_in(person(Role.UNIT_LEADER, unit)).get(f"/styringshjul/kalender/{path}")
    assert (answer.status_code, answer.get("Location")) == (302, "/styringshjul/kalender/")
    assert not CalendarFeed.objects.exists()


def test_the_choice_of_units_has_no_code_of_a_district_and_nothing_that_is_to_come(unit, district):
    UnitFactory(parent=district, code="108", name="Sammenslått", valid_from=date(2027, 7, 1))
    page = signed_in(person(Role.DIRECTOR, district)).get("/styringshjul/kalender/").content.decode()
    assert f">{district.name}</option>" in page
    assert "402 Hjemmetjenesten</option>" in page
    assert "Sammenslått" not in page


def test_a_day_that_moves_has_a_higher_number(unit, task):
    leader = person(Role.UNIT_LEADER, unit)
    action = ActionFactory(unit=unit, owner=leader, due_on=date(2026, 10, 20))
    address, key = made(leader), f"annualcycle.task:{task.pk}@alna"
    before = events(address)
    Activity.objects.filter(pk=task.activity_id).update(due_on=date(2026, 11, 2), version=F("version") + 1)
    Action.objects.filter(pk=action.pk).update(due_on=date(2026, 11, 3), version=F("version") + 1)
    after = events(address)
    assert after[key]["SEQUENCE"] == before[key]["SEQUENCE"] + 1
    assert after[f"actions.action:{action.pk}@alna"]["SEQUENCE"] == before[f"actions.action:{action.pk}@alna"]["SEQUENCE"] + 1


@pytest.mark.parametrize("secret", ["x", "a" * 43, "a" * 5000, "%00", "..", "æøå"])
def test_a_secret_nobody_has_is_nothing(task, secret):
    assert read(f"/styringshjul/kalender/{secret}.ics").status_code == 404


def test_what_has_not_changed_is_not_sent_again(unit, task):
    address = made(person(Role.UNIT_LEADER, unit))
    etag = read(address)["ETag"]
    again = read(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    task.activity.title = "Noe annet"
    task.activity.save()
    changed = read(address, headers={"If-None-Match": etag})
    assert (changed.status_code, changed["ETag"] != etag) == (200, True)


def test_a_politician_gets_the_public_activities_alone(unit, task, district):
    ActivityFactory(district=district, title="Bydelsutvalget vedtar budsjettet", is_public=True, due_on=date(2026, 12, 15))
    politician = person(Role.POLITICIAN, district)
    assert titles(made(politician)) == ["Bydelsutvalget vedtar budsjettet"]
    assert signed_in(politician).post("/styringshjul/kalender/ny/", {"enhet": "402"}).status_code == 404


def test_twenty_units_cost_what_two_cost(unit, task, district):
    director = person(Role.UNIT_LEADER, district)

    def statements(address):
        read(address)
        with CaptureQueriesContext(connection) as captured:
            read(address)
        return len(captured)

    address = made(director)
    few = statements(address)
    for _ in range(19):
        TaskFactory(activity=task.activity, unit=UnitFactory(parent=district))
    assert len(titles(address)) == 20
    assert statements(address) == few <= 15
