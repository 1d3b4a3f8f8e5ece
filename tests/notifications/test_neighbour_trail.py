"""What people of one district do with messages is in no other district's trail, and a moment nobody meant is no error."""

from datetime import date

import pytest

from notifications.rules.states import MailState
from organisation.models import AuditEntry
from organisation.queries.homes import home_of
from organisation.rules.access import Role
from tests.factories.notifications import NOW, MessageFactory
from tests.factories.organisation import DistrictFactory, RoleAssignmentFactory, UnitFactory, person
from tests.pages import signed_in, text_of

pytestmark = pytest.mark.django_db
PAGE, TRAIL = "/meldinger/alle/", "/administrasjon/logg/"
FAILED = {"mail_state": MailState.FAILED, "claimed_at": NOW, "attempts": 6}
READERS = [Role.ADMINISTRATOR, Role.DIRECTOR, Role.PRIVACY_OFFICER]
TODAY = date(2026, 10, 9)


def trail_of(role, district):
    return text_of(signed_in(person(role, district)).get(TRAIL))


@pytest.fixture
def ours():
    return DistrictFactory(name="Vår bydel")


@pytest.fixture
def theirs():
    return UnitFactory(parent=DistrictFactory(name="Nabobydelen"))


def district_of(unit):
    return unit.parent_links.get().parent


@pytest.mark.parametrize("role", READERS)
def test_what_a_neighbour_sends_again_is_not_in_our_trail(ours, theirs, role):
    row = MessageFactory(recipient=person(Role.UNIT_LEADER, theirs), subject="Naboens rapport er sendt tilbake", **FAILED)
    neighbour = person(Role.ADMINISTRATOR, theirs)
    assert signed_in(neighbour).post(f"{PAGE}{row.pk}/send/", {"sett": NOW.isoformat()}).status_code == 302
    shown = trail_of(role, ours)
    assert "Naboens rapport" not in shown
    assert row.recipient.name not in shown
    assert "Naboens rapport" in trail_of(role, district_of(theirs))


@pytest.mark.parametrize("role", READERS)
def test_what_a_neighbour_chooses_and_subscribes_to_is_not_in_our_trail(ours, theirs, role):
    neighbour = RoleAssignmentFactory(role=Role.UNIT_LEADER, unit=theirs, user__name="Nabo Naboesen").user
    client = signed_in(neighbour)
    assert client.post("/meldinger/valg/", {"rhythm": "single", "by_mail": "0", "version": "0"}).status_code == 302
    assert client.post("/styringshjul/kalender/ny/").status_code in {200, 302}
    assert AuditEntry.objects.filter(actor=neighbour).count() == 2
    assert "Nabo Naboesen" not in trail_of(role, ours)
    assert trail_of(role, district_of(theirs)).count("Nabo Naboesen") >= 2


def test_whoever_works_in_two_districts_has_the_line_where_it_was_done(ours, theirs):
    both = person(Role.UNIT_LEADER, theirs)
    here = UnitFactory(parent=ours)
    RoleAssignmentFactory(user=both, role=Role.EMPLOYEE, unit=here)
    row = MessageFactory(recipient=both, **FAILED)
    signed_in(person(Role.ADMINISTRATOR, ours)).post(f"{PAGE}{row.pk}/send/", {"sett": NOW.isoformat()})
    assert AuditEntry.objects.get(action="message.sent_again").unit_id == here.pk


def test_home_is_the_role_that_holds_and_ones_own_before_a_stand_ins(ours):
    first, second, third = (UnitFactory(parent=ours) for _ in range(3))
    user = RoleAssignmentFactory(role=Role.UNIT_LEADER, unit=first, valid_from="2010-01-01", valid_to="2015-12-31").user
    assert home_of(user.pk, TODAY) == first.pk
    absent = person(Role.UNIT_LEADER, second)
    RoleAssignmentFactory(user=user, role=Role.UNIT_LEADER, unit=second, deputy_for=absent, valid_from="2026-10-01", valid_to="2026-10-31")
    assert home_of(user.pk, TODAY) == second.pk
    RoleAssignmentFactory(user=user, role=Role.EMPLOYEE, unit=third, valid_from="2026-10-05")
    assert home_of(user.pk, TODAY) == third.pk
    assert home_of(user.pk, TODAY, within=[first.pk]) == first.pk
    assert home_of(user.pk, TODAY, within=[]) is None


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-13-45"])
def test_a_moment_beyond_all_time_is_none(ours, moment):
    row = MessageFactory(recipient=person(Role.UNIT_LEADER, UnitFactory(parent=ours)), **FAILED)
    answer = signed_in(person(Role.ADMINISTRATOR, ours)).post(f"{PAGE}{row.pk}/send/", {"sett": moment})
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.mail_state == MailState.FAILED
