"""From «Hjem» to a task that is done, and the addresses of one's own calendar, wide and on a phone."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from annualcycle.models import CalendarFeed, Task
from annualcycle.rules.kinds import TaskState
from organisation.rules.access import Role
from tests.factories.cycle import ActivityFactory, TaskFactory
from tests.factories.organisation import DistrictFactory, UnitFactory, person

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
TODAY = date(2026, 10, 9)


@pytest.fixture
def task(settings):
    settings.ALNA_TODAY = TODAY
    district = DistrictFactory(code="alna", name="Bydel Alna")
    activity = ActivityFactory(district=district, title="Medarbeidersamtaler gjennomført", due_on=date(2026, 10, 8), minutes=30)
    TaskFactory(activity=activity, unit=UnitFactory(code="403", name="Sykehjemmet", parent=district))
    return TaskFactory(activity=activity, unit=UnitFactory(code="402", name="Barnehageenhet Trosterud og Haugerud", parent=district))


def test_a_leader_finishes_what_waits(any_page, sign_in, task, screenshot, audit):
    page, leader = any_page, person(Role.UNIT_LEADER, task.unit)
    sign_in(page, leader)
    page.goto("/")
    page.get_by_role("link", name="Medarbeidersamtaler gjennomført").click()
    audit(page)
    screenshot(page, "task")
    page.get_by_label("Lenke til det som kom ut av det").fill("javascript:alert(1)")
    page.get_by_role("button", name="Merk som ferdig").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv en adresse som begynner med https:// eller /")
    audit(page)
    screenshot(page, "task-refused")
    page.get_by_label("Lenke til det som kom ut av det").fill("https://eksempel.no/plan")
    page.get_by_label("Hva er det?").fill("Plan 2026")
    page.get_by_role("button", name="Merk som ferdig").click()
    expect(page.get_by_text("1 av 2 ferdig")).to_be_visible()
    audit(page)
    screenshot(page, "activity")
    assert Task.objects.get(pk=task.pk).state == TaskState.DONE
    page.goto(f"/styringshjul/oppgave/{task.pk}/")
    page.get_by_role("button", name="Åpne oppgaven igjen").click()
    page.get_by_role("link", name="Det gjelder ikke enheten").click()
    audit(page)
    page.get_by_label("Hvorfor gjelder det ikke enheten?").fill("Enheten er ny")
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_text("0 av 1 ferdig")).to_be_visible()


def test_the_director_finishes_many_at_once(any_page, sign_in, task, screenshot, audit):
    page = any_page
    sign_in(page, person(Role.DIRECTOR, task.activity.district))
    page.goto(f"/styringshjul/aktivitet/{task.activity_id}/")
    audit(page)
    screenshot(page, "activity-of-the-director")
    for name in ("402 Barnehageenhet Trosterud og Haugerud", "403 Sykehjemmet"):
        page.get_by_label(name).check()
    page.get_by_role("button", name="Merk valgte som ferdige").click()
    expect(page.get_by_text("2 av 2 ferdig")).to_be_visible()


def test_an_address_is_made_copied_and_closed(any_page, sign_in, task, screenshot, audit):
    page = any_page
    sign_in(page, person(Role.UNIT_LEADER, task.unit))
    page.goto("/styringshjul/kalender/")
    audit(page)
    page.get_by_role("button", name="Lag adresse").click()
    address = page.get_by_label("Adressen til «Mine frister»").input_value()
    expect(page.get_by_role("button", name="Kopier adressen")).to_be_visible()
    field = page.get_by_label("Adressen til «Mine frister»")
    assert field.evaluate("field => field.scrollHeight <= field.clientHeight + 1")
    audit(page)
    screenshot(page, "calendar-address")
    path = re.sub(r"^https?://[^/]+", "", address)
    answer = page.request.get(path)
    assert (answer.status, "Medarbeidersamtaler" in answer.text()) == (200, True)
    page.get_by_role("button", name="Steng").click()
    expect(page.get_by_text("Du har ingen adresser ennå.")).to_be_visible()
    assert page.request.get(path).status == 404
    assert CalendarFeed.objects.get().revoked_at is not None
