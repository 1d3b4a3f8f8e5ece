"""Nobody approves what they have delivered themselves, as long as somebody else can."""

import re
from datetime import date

import pytest

from organisation.models import AuditEntry, RoleAssignment
from organisation.rules.access import Role
from reporting.models import MonthlyReport
from reporting.rules.kinds import ReportState as S
from tests.factories.month import SEPTEMBER, a_district
from tests.factories.organisation import RoleAssignmentFactory, person
from tests.pages import markup_of
from tests.reporting.approval.reading import address, page, plain, signed_in
from tests.reporting.report.world import address as report_address

pytestmark = pytest.mark.django_db
OWN = "Du har levert denne selv. En annen må godkjenne den."


@pytest.fixture(autouse=True)
def october(settings):
    settings.ALNA_TODAY = date(2026, 10, 12)


@pytest.fixture
def world():
    """403 and 405 are green; whoever leads 403 is in the leadership, too."""
    return a_district(["402", "403", "405"])


@pytest.fixture
def both(world):
    leader = world.leader("403")
    RoleAssignmentFactory(user=leader, unit=world.district, role=Role.LEADERSHIP)
    MonthlyReport.objects.filter(unit=world.units["403"]).update(submitted_by=leader)
    return leader


def token(world, code="403"):
    return {"rapport": f"{world.report(code).pk}:{world.report(code).version}"}


def test_a_neighbour_who_is_both_finds_nothing(world):
    other = a_district(["401"])
    stranger = other.leader("401")
    RoleAssignmentFactory(user=stranger, unit=other.district, role=Role.LEADERSHIP)
    MonthlyReport.objects.update(submitted_by=stranger)
    assert signed_in(stranger).post(address(world, "approval_approve"), token(world)).status_code == 404
    assert signed_in(stranger).get(address(world)).status_code == 404
    assert world.report("403").state == S.DELIVERED


def test_the_button_is_not_there_and_the_line_says_why(world, both):
    markup = markup_of(signed_in(both).get(address(world)))
    assert f'name="rapport" value="{token(world)["rapport"]}"' not in markup
    assert f'name="rapport" value="{token(world, "405")["rapport"]}"' in markup
    assert OWN in markup
    # The director, who has delivered nothing, sees the button and no word about it.
    markup = markup_of(signed_in(world.director).get(address(world)))
    assert f'name="rapport" value="{token(world)["rapport"]}"' in markup
    assert OWN not in markup


def test_what_is_posted_all_the_same_is_refused_with_a_sentence(world, both):
    answer = plain(signed_in(both).post(address(world, "approval_approve"), token(world), follow=True))
    assert f"Du har levert denne rapporten selv. En annen må godkjenne den: {world.director.name}." in answer
    assert world.report("403").state == S.DELIVERED
    signed_in(world.director).post(address(world, "approval_approve"), token(world))
    assert world.report("403").state == S.APPROVED


def test_all_green_leaves_it_out_and_says_so(world, both):
    client = signed_in(both)
    first = client.get(address(world))
    assert "En enhet er grønn og kan godkjennes. Rapporten du har levert selv, må en annen godkjenne." in plain(first)
    sent = re.search(r'name="sett" value="([^"]+)"', first.content.decode())[1]
    assert sent == token(world, "405")["rapport"]

    both_of_them = f"{sent},{token(world)['rapport']}"
    answer = plain(client.post(address(world, "approval_green"), {"sett": both_of_them}, follow=True))
    assert "Rapporten du har levert selv, er ikke med." in answer
    assert "ikke lenger grønn" not in answer
    assert [world.report(code).state for code in ("403", "405")] == [S.DELIVERED, S.APPROVED]


def test_what_a_deputy_delivered_in_ones_place_is_ones_own(world, both):
    MonthlyReport.objects.filter(unit=world.units["403"]).update(submitted_by=person(Role.REPORTER, world.units["403"]), on_behalf_of=both)
    signed_in(both).post(address(world, "approval_approve"), token(world))
    assert world.report("403").state == S.DELIVERED


def test_the_only_one_who_can_may_and_the_trail_says_so(world, both):
    RoleAssignment.objects.filter(user=world.director).update(valid_to=date(2026, 10, 11))
    assert OWN not in page(world, both)
    signed_in(both).post(address(world, "approval_approve"), token(world))
    assert world.report("403").state == S.APPROVED
    signed_in(both).post(address(world, "approval_approve"), token(world, "405"))
    acts = AuditEntry.objects.filter(action__startswith="report.approved").order_by("pk").values_list("action", "unit__name")
    assert list(acts) == [("report.approved_own", "Enhet 403"), ("report.approved", "Enhet 405")]


def test_the_report_itself_has_no_button_either(world, both):
    where = report_address(world.units["403"], "report_read", SEPTEMBER)
    own = signed_in(both).get(where)
    assert 'name="rapport"' not in markup_of(own)
    assert OWN in plain(own)
    others = signed_in(world.director).get(where)
    assert f'name="rapport" value="{token(world)["rapport"]}"' in markup_of(others)
    assert OWN not in plain(others)
