"""The administrator's list: what Alna has said to whom, what became of it, and sending once more."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions.models import Action
from actions.rules.states import Status
from notifications.forms.kinds import kind_words
from notifications.models import Message
from notifications.queries.every import PAGE_SIZE
from notifications.rules.states import MailState
from notifications.services.again import NotToBeSent, send_again
from notifications.services.messages import deliver
from organisation.models import AuditEntry, RoleAssignment
from organisation.rules.access import Role
from tests.factories.actions import ActionFactory
from tests.factories.notifications import NOW, MessageFactory
from tests.factories.organisation import DistrictFactory, RoleAssignmentFactory, UnitFactory, person

pytestmark = pytest.mark.django_db
PAGE = "/meldinger/alle/"


@pytest.fixture
def district():
    return DistrictFactory()


@pytest.fixture
def admin(client, district):
    user = person(Role.ADMINISTRATOR, district)
    client.force_login(user)
    return user


@pytest.fixture
def leader(district):
    return person(Role.UNIT_LEADER, UnitFactory(parent=district))


def failed(recipient, **more):
    given = {"mail_state": MailState.FAILED, "claimed_at": NOW, "attempts": 6, "failure": "ukjent adresse"}
    return MessageFactory(recipient=recipient, **given | more)


def shown(client, query=""):
    response = client.get(f"{PAGE}{query}")
    return [line["row"].subject for line in response.context["rows"]]


def test_another_districts_messages_do_not_exist(client, admin, leader):
    MessageFactory(recipient=leader, subject="Vår egen")
    theirs = failed(person(Role.UNIT_LEADER, UnitFactory(parent=DistrictFactory())), subject="Deres")

    assert shown(client) == ["Vår egen"]
    assert client.post(f"{PAGE}{theirs.pk}/send/", {"sett": NOW.isoformat()}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.mail_state == MailState.FAILED


@pytest.mark.parametrize("role", [Role.UNIT_LEADER, Role.DIRECTOR, Role.EMPLOYEE, Role.POLITICIAN])
def test_only_whoever_manages_the_organisation_sees_the_list(client, district, role):
    client.force_login(person(role, district))
    row = failed(person(Role.UNIT_LEADER, UnitFactory(parent=district)))

    assert client.get(PAGE).status_code == 404
    assert client.post(f"{PAGE}{row.pk}/send/", {"sett": NOW.isoformat()}).status_code == 404


def test_what_became_of_it_is_told(client, admin, leader):
    failed(leader)
    MessageFactory(recipient=leader, mail_state=MailState.SENT, sent_at=NOW, claimed_at=NOW)
    MessageFactory(recipient=leader, mail_state=MailState.DROPPED)
    page = client.get(PAGE).content.decode()

    for words in ("Seks forsøk.", "ukjent adresse", "Kom ikke frem", "Ikke nødvendig lenger", "8. oktober 2026 kl. 08.00", leader.name):
        assert words in page
    # One that was dropped has nothing to be sent again.
    assert page.count("/send/") == 2


def test_the_list_is_narrowed_by_person_kind_fate_and_day(client, admin, leader, district):
    other = person(Role.UNIT_LEADER, UnitFactory(parent=district))
    other.name = "Åse Prøve"
    other.save()
    failed(leader, subject="A", kind="cycle.week")
    MessageFactory(recipient=other, subject="B", created_at=NOW - timedelta(days=2))

    assert shown(client, "?slag=cycle.week") == ["A"]
    assert shown(client, "?status=failed") == ["A"]
    assert shown(client, "?hvem=åse") == ["B"]
    assert shown(client, "?til=2026-10-06") == ["B"]
    assert shown(client, "?fra=2026-10-07") == ["A"]
    wrong = client.get(f"{PAGE}?fra=tull&status=failed")
    assert wrong.status_code == 422
    assert [line["row"].subject for line in wrong.context["rows"]] == ["A"]


def test_a_failed_message_is_sent_once_more_and_it_is_written_down(client, admin, leader, mailoutbox):
    row = failed(leader)
    response = client.post(f"{PAGE}{row.pk}/send/", {"sett": NOW.isoformat(), "status": "failed"})

    assert response["Location"] == f"{PAGE}?status=failed"
    assert deliver(now=NOW + timedelta(days=1)) == 1
    assert len(mailoutbox) == 1
    entry = AuditEntry.objects.get(action="message.sent_again")
    assert (entry.actor, entry.details["recipient"]) == (admin, leader.name)


def test_two_administrators_send_it_once(admin, leader, mailoutbox):
    row = failed(leader)
    send_again(message=row, seen=NOW, actor=admin, unit_id=None, now=NOW)
    with pytest.raises(NotToBeSent):
        send_again(message=row, seen=NOW, actor=admin, unit_id=None, now=NOW)
    deliver(now=NOW + timedelta(days=1))
    # The second's page is older than the letter that went meanwhile.
    with pytest.raises(NotToBeSent):
        send_again(message=row, seen=NOW, actor=admin, unit_id=None, now=NOW)

    assert deliver(now=NOW + timedelta(days=2)) == 0
    assert len(mailoutbox) == AuditEntry.objects.filter(action="message.sent_again").count() == 1


def test_what_is_done_is_not_sent_again_and_the_page_says_why(client, admin, leader, mailoutbox):
    action = ActionFactory(unit=RoleAssignment.objects.get(user=leader).unit, owner=leader)
    row = failed(leader, kind="action_owner", key=f"action:{action.pk}:owner:{leader.pk}:1")
    assert "går ut om et øyeblikk" in client.post(f"{PAGE}{row.pk}/send/", {"sett": NOW.isoformat()}, follow=True).text
    Message.objects.filter(pk=row.pk).update(mail_state=MailState.FAILED)
    Action.objects.filter(pk=action.pk).update(status=Status.CANCELLED, closed_on=NOW.date())

    page = client.post(f"{PAGE}{row.pk}/send/", {"sett": NOW.isoformat()}, follow=True)
    assert "Meldingen er ikke sendt på nytt. Det den gjelder, er gjort." in page.text
    row.refresh_from_db()
    assert row.mail_state == MailState.FAILED


def test_what_somebody_is_told_in_the_district_they_work_in_now_is_that_districts(client, admin, district):
    """Here until September, there since: what was told before is ours, what comes now is theirs."""
    unit, elsewhere = UnitFactory(parent=district), UnitFactory(parent=DistrictFactory())
    before = RoleAssignmentFactory(unit=unit, valid_to=date(2026, 9, 30))
    RoleAssignmentFactory(user=before.user, unit=elsewhere, valid_from=date(2026, 10, 1))
    # Twenty minutes past midnight in Oslo is the evening before in UTC.
    MessageFactory(recipient=before.user, subject="Siste kveld", created_at=datetime(2026, 9, 30, 21, 50, tzinfo=UTC))
    theirs = failed(before.user, subject="Første natt", created_at=datetime(2026, 9, 30, 22, 20, tzinfo=UTC))

    assert shown(client) == ["Siste kveld"]
    assert client.post(f"{PAGE}{theirs.pk}/send/", {"sett": NOW.isoformat()}).status_code == 404


@pytest.mark.parametrize("seen", ["", "tull", "2026-99-99T00:00", "2026-10-08T06:00:00"])
def test_a_form_without_the_moment_of_the_page_sends_nothing(client, admin, leader, seen):
    row = failed(leader)
    assert client.post(f"{PAGE}{row.pk}/send/", {"sett": seen}).status_code == 302
    row.refresh_from_db()
    assert row.mail_state == MailState.FAILED


@pytest.mark.parametrize("state", [MailState.NONE, MailState.WAITING, MailState.SENDING, MailState.DROPPED])
def test_what_waits_or_needs_no_letter_is_not_sent_again(admin, leader, state):
    row = MessageFactory(recipient=leader, mail_state=state, claimed_at=NOW)
    with pytest.raises(NotToBeSent):
        send_again(message=row, seen=NOW, actor=admin, unit_id=None, now=NOW)


def test_the_pages_hold_every_message_once(client, admin, leader):
    MessageFactory.create_batch(PAGE_SIZE + 5, recipient=leader)
    first = client.get(PAGE)
    second = client.get(f"{PAGE}{first.context['next_url']}")
    rows = [line["row"].pk for response in (first, second) for line in response.context["rows"]]

    assert len(rows) == len(set(rows)) == Message.objects.count()
    assert second.context["next_url"] is None


def test_the_list_costs_the_same_for_one_message_and_for_thirty(client, admin, leader, django_assert_num_queries):
    MessageFactory(recipient=leader)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        client.get(PAGE)
    MessageFactory.create_batch(29, recipient=leader)
    with django_assert_num_queries(len(one)):
        client.get(PAGE)


def test_kinds_of_every_app_have_words(client, admin, leader):
    MessageFactory(recipient=leader, kind="action_lifted")
    known = kind_words()

    assert {"cycle.week", "cycle.tomorrow", "cycle.single", "cycle.over", "report_before", "report_receipt", "file_waits"} <= set(known)
    assert known["action_lifted"] in client.get(PAGE).content.decode()
