"""What the director does with a line of the list."""

import re
from datetime import UTC, date, datetime

import pytest

from organisation.rules.access import Role
from reporting.rules.kinds import ReportState as S
from reporting.services.reports import figures_changed
from tests.factories.month import SEPTEMBER, a_district
from tests.factories.organisation import person
from tests.reporting.approval.reading import address, page, plain, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def october(settings):
    settings.ALNA_TODAY = date(2026, 10, 12)


def test_all_green_in_one_click_and_undone_in_another():
    world = a_district(["402", "403", "405"])
    client = signed_in(world.director)
    sent = re.search(r'name="sett" value="([^"]+)"', client.get(address(world)).content.decode())[1]
    response = client.post(address(world, "approval_green"), {"sett": sent}, follow=True)
    assert "2 rapporter er godkjent." in plain(response)
    assert [world.report(code).state for code in ("402", "403", "405")] == [S.DELIVERED, S.APPROVED, S.APPROVED]
    # A second click approves nothing more.
    assert client.post(address(world, "approval_green"), {"sett": sent}).status_code == 302
    assert world.report("403").events.count() == 1
    at = re.search(r'name="angre" value="([^"]+)"', response.content.decode())[1]
    assert "2 rapporter er åpnet igjen." in plain(client.post(address(world, "approval_undo"), {"angre": at}, follow=True))
    assert world.report("403").state == S.DELIVERED


def test_nobody_undoes_what_another_approved():
    world = a_district(["403"])
    client = signed_in(world.director)
    response = client.post(address(world, "approval_approve"), {"rapport": f"{world.report('403').pk}:1"})
    at = {"angre": world.report("403").approved_at.isoformat()}
    assert "angre=" in response.url
    other = signed_in(person(Role.LEADERSHIP, world.district))
    assert "Det var ingenting å angre." in plain(other.post(address(world, "approval_undo"), at, follow=True))
    assert world.report("403").state == S.APPROVED


@pytest.mark.parametrize("token", ["", "x", "1:x", ":", "999999999:1", "1:1:1", "-1:1"])
def test_a_report_that_is_not_there_is_404(token):
    world = a_district(["403"])
    assert signed_in(world.director).post(address(world, "approval_approve"), {"rapport": token}).status_code == 404


def test_a_report_of_another_district_is_404_although_its_number_is_known():
    world, other = a_district(["403"]), a_district(["403"])
    token = f"{other.report('403').pk}:1"
    assert signed_in(world.director).post(address(world, "approval_approve"), {"rapport": token}).status_code == 404
    assert other.report("403").state == S.DELIVERED


def test_a_report_that_changed_since_is_not_approved_but_told():
    world = a_district(["403"])
    response = signed_in(world.director).post(address(world, "approval_approve"), {"rapport": f"{world.report('403').pk}:7"}, follow=True)
    assert "Rapporten er endret siden du åpnet siden." in plain(response)
    assert world.report("403").state == S.DELIVERED


def test_the_question_has_a_form_of_its_own():
    world = a_district(["402"])
    world.leader("402")
    text = page(world, query=f"?returner={world.units['402'].code}")
    assert "Returner ett felt til Enhet 402" in text
    assert "endrer bare dette feltet. Svarfrist 13. oktober." in text


def test_a_question_is_sent():
    world = a_district(["402"])
    sent = {"enhet": world.units["402"].code, "part": "actions", "reason": "Hva med resten?", "version": "1"}
    response = signed_in(world.controller).post(address(world, "approval_return"), sent, follow=True)
    text = plain(response)
    assert "Rapporten er returnert til Enhet 402." in text
    assert "Spurt om: Tiltak. Svarfrist 13. oktober." in text
    assert world.report("402").state == S.RETURNED


@pytest.mark.parametrize(
    "change, said",
    [
        ({"reason": ""}, "Skriv hva du trenger svar på."),
        ({"part": "salary"}, "Velg et av feltene."),
        ({"version": "9"}, "Rapporten er endret siden du åpnet siden."),
        ({"reason": "x" * 1001}, "Skriv høyst 1000 tegn."),
    ],
)
def test_a_refused_question_keeps_what_was_typed(change, said):
    world = a_district(["402"])
    sent = {"enhet": world.units["402"].code, "part": "actions", "reason": "Hva med <resten>?", "version": "1"} | change
    response = signed_in(world.controller).post(address(world, "approval_return"), sent)
    assert response.status_code == 422
    assert said in plain(response)
    assert sent["reason"].replace("<", "&lt;").replace(">", "&gt;") in response.content.decode()
    assert world.report("402").state == S.DELIVERED


def test_figures_that_changed_after_the_page_was_opened_are_looked_at_first():
    world = a_district(["402"])
    client = signed_in(world.director)
    token = f"{world.report('402').pk}:{world.report('402').version}"
    now = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)
    figures_changed(month=SEPTEMBER, unit_ids=[world.units["402"].pk], now=now)
    answer = plain(client.post(address(world, "approval_approve"), {"rapport": token}, follow=True))
    assert "Tallene i regnskapet eller sykefraværet er endret siden du åpnet siden." in answer
    assert world.report("402").state == S.DELIVERED
    # Seen as they are now, it can be approved.
    seen = re.search(r'name="rapport" value="([^"]+)"', client.get(address(world)).content.decode())[1]
    client.post(address(world, "approval_approve"), {"rapport": seen})
    assert world.report("402").state == S.APPROVED
