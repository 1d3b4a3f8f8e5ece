"""A message exists once by its key, and its e-mail is sent once, whoever runs and however often."""

import threading
from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connections

from notifications.models import Message
from notifications.rules.delivery import LONGEST_CLAIM, MOST_ATTEMPTS, WAITS
from notifications.rules.states import MailState
from notifications.services import messages as services
from notifications.services.messages import NewMessage, NotAPath, deliver, letter_of, mark_read, send
from tests.factories.notifications import NOW, MessageFactory
from tests.factories.organisation import UserFactory

pytestmark = pytest.mark.django_db
LINK = "/rapportering/402/2026-09/"


def new(recipient, key="klar:1", **more):
    return NewMessage(
        key=key, kind="klar", recipient_id=recipient.pk, **{"subject": "Tallene er klare", "text": "Frist i dag.", "link": LINK} | more
    )


class Refusing(EmailBackend):
    """A mail server that takes no letter."""

    def send_messages(self, letters):
        raise SMTPServerDisconnected("prøv igjen senere")


@pytest.fixture
def refusing(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    return settings


def test_the_same_key_is_told_once():
    person = UserFactory()

    assert send(messages=[new(person), new(person), new(person, "klar:2")], now=NOW) == 2
    assert send(messages=[new(person, subject="Noe annet")], now=NOW + timedelta(days=1)) == 0

    assert sorted(Message.objects.values_list("key", "subject")) == [("klar:1", "Tallene er klare"), ("klar:2", "Tallene er klare")]


@pytest.mark.parametrize("link", ["https://example.test/", "//example.test/", "/\\\\example.test/", "rapportering/"])
def test_a_message_leads_to_a_page_of_the_application(link):
    with pytest.raises(NotAPath):
        send(messages=[new(UserFactory(), link=link)], now=NOW)
    assert not Message.objects.exists()


def test_a_letter_has_one_address_in_words_and_in_html(settings):
    settings.BASE_URL = "https://alna.example"
    person = UserFactory(email="kari@example.test")
    send(messages=[new(person, subject="Tallene\ner klare", text="Første <avsnitt>.\nAndre avsnitt.")], now=NOW)

    assert deliver(now=NOW) == 1

    (letter,) = mail.outbox
    address = f"https://alna.example/meldinger/{Message.objects.get().pk}/"
    html = letter.alternatives[0][0]
    assert letter.to == ["kari@example.test"]
    assert letter.subject == "Tallene er klare"
    assert letter.body.count("https://") == html.count("https://") == 1
    assert address in letter.body
    assert f'href="{address}"' in html
    assert "Første <avsnitt>." in letter.body
    assert "Første &lt;avsnitt&gt;." in html
    assert 'lang="nb"' in html
    assert "style=" not in html


def test_a_letter_is_in_the_language_of_the_one_who_gets_it():
    english = letter_of(MessageFactory(recipient=UserFactory(language="en")))
    ours = letter_of(MessageFactory())

    assert 'lang="en"' in english.alternatives[0][0]
    assert 'lang="nb"' in ours.alternatives[0][0]


def test_a_message_is_delivered_once_however_often_the_job_runs():
    MessageFactory()

    assert [deliver(now=NOW), deliver(now=NOW), deliver(now=NOW + timedelta(days=3))] == [1, 0, 0]
    assert len(mail.outbox) == 1
    row = Message.objects.get()
    assert (row.mail_state, row.sent_at, row.attempts, row.failure) == (MailState.SENT, NOW, 1, "")


def test_a_message_waits_for_its_time_and_one_for_the_page_alone_is_no_letter():
    MessageFactory(send_after=NOW + timedelta(hours=2))
    MessageFactory(mail_state=MailState.NONE)

    assert deliver(now=NOW + timedelta(minutes=119)) == 0
    assert deliver(now=NOW + timedelta(minutes=120)) == 1


def test_one_run_sends_whatever_waits_and_stops_when_its_time_is_up(monkeypatch):
    monkeypatch.setattr(services, "MOST_CHECKED", 2)
    MessageFactory.create_batch(5)
    MessageFactory(send_after=NOW + timedelta(minutes=1))
    with monkeypatch.context() as hurried:
        hurried.setattr(services, "SECONDS_OF_A_RUN", 0)
        assert deliver(now=NOW) == 1

    assert deliver(now=NOW) == 4
    assert Message.objects.filter(mail_state=MailState.WAITING).count() == 1


def test_a_letter_that_fails_is_not_tried_again_in_the_same_run(refusing, monkeypatch):
    monkeypatch.setattr(services, "MOST_CHECKED", 1)
    MessageFactory.create_batch(3)

    assert deliver(now=NOW) == 0
    assert set(Message.objects.values_list("attempts", flat=True)) == {1}


def test_who_cannot_sign_in_gets_no_letter():
    MessageFactory(recipient=UserFactory(is_active=False))

    assert deliver(now=NOW) == 0
    assert mail.outbox == []
    assert Message.objects.get().mail_state == MailState.NONE


def test_a_letter_that_fails_is_tried_again_later_each_time_and_kept_with_its_reason(refusing):
    row = MessageFactory()
    moment = NOW
    for attempts, wait in enumerate(WAITS, start=1):
        deliver(now=moment)
        row.refresh_from_db()
        assert (row.mail_state, row.attempts, row.failure) == (MailState.WAITING, attempts, "prøv igjen senere")
        deliver(now=moment + wait - timedelta(seconds=1))
        row.refresh_from_db()
        assert row.attempts == attempts
        moment += wait

    deliver(now=moment)
    deliver(now=moment + timedelta(days=30))

    row.refresh_from_db()
    assert (row.mail_state, row.attempts, row.failure) == (MailState.FAILED, len(WAITS) + 1, "prøv igjen senere")


def test_a_letter_gets_through_when_the_server_is_back(refusing):
    row = MessageFactory()
    deliver(now=NOW)
    refusing.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    assert deliver(now=NOW + WAITS[0]) == 1
    row.refresh_from_db()
    assert (row.mail_state, row.failure) == (MailState.SENT, "")


def test_one_letter_that_fails_does_not_stop_the_next(monkeypatch):
    bad, good = MessageFactory(recipient__email="bad@example.test"), MessageFactory(recipient__email="good@example.test")
    whole = EmailBackend.send_messages

    def picky(self, letters):
        if letters[0].to == ["bad@example.test"]:
            raise OSError("ukjent adresse")
        return whole(self, letters)

    monkeypatch.setattr(EmailBackend, "send_messages", picky)

    assert deliver(now=NOW) == 1
    bad.refresh_from_db()
    good.refresh_from_db()
    assert (bad.mail_state, good.mail_state) == (MailState.WAITING, MailState.SENT)


def test_without_a_connection_nothing_is_counted(monkeypatch):
    def closed(self):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "open", closed)
    row = MessageFactory()

    assert deliver(now=NOW) == 0
    row.refresh_from_db()
    assert (row.mail_state, row.attempts) == (MailState.WAITING, 0)


def test_what_a_stopped_worker_had_taken_is_taken_over_and_not_before():
    MessageFactory(mail_state=MailState.SENDING, claimed_at=NOW, attempts=1)

    assert deliver(now=NOW + LONGEST_CLAIM - timedelta(seconds=1)) == 0
    assert deliver(now=NOW + LONGEST_CLAIM) == 1


def test_a_worker_that_is_stopped_the_last_time_leaves_nothing_waiting():
    row = MessageFactory(mail_state=MailState.SENDING, claimed_at=NOW, attempts=MOST_ATTEMPTS)

    assert deliver(now=NOW + LONGEST_CLAIM) == 0
    row.refresh_from_db()
    assert row.mail_state == MailState.FAILED


def test_two_who_have_read_the_same_list_send_each_letter_once():
    """The second comes with a list that is old by then: the claim decides, not the list."""
    row = MessageFactory()
    first, second = Message.objects.get(pk=row.pk), Message.objects.get(pk=row.pk)

    assert services._deliver_one(first, NOW, mail.get_connection())
    assert not services._deliver_one(second, NOW, mail.get_connection())
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_two_deliverers_at_once_send_each_letter_once():
    MessageFactory.create_batch(6)
    ready, sent, faults = threading.Barrier(2), [], []

    def run():
        try:
            ready.wait(10)
            sent.append(deliver(now=NOW))
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shall say it
            faults.append(error)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=run) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)

    assert faults == []
    assert sum(sent) == 6
    assert len(mail.outbox) == len({letter.to[0] for letter in mail.outbox}) == 6
    assert set(Message.objects.values_list("attempts", "mail_state")) == {(1, MailState.SENT)}


def test_reading_is_for_oneself_and_for_what_is_shown():
    mine, other = MessageFactory(), MessageFactory()
    later = MessageFactory(recipient=mine.recipient, send_after=NOW + timedelta(days=1))

    assert mark_read(recipient_id=mine.recipient_id, now=NOW, message_id=other.pk) == 0
    assert mark_read(recipient_id=mine.recipient_id, now=NOW) == 1
    assert mark_read(recipient_id=mine.recipient_id, now=NOW + timedelta(hours=1)) == 0

    mine.refresh_from_db()
    later.refresh_from_db()
    assert (mine.read_at, later.read_at) == (NOW, None)


def test_putting_many_messages_costs_two_statements(django_assert_num_queries):
    people = UserFactory.create_batch(30)
    with django_assert_num_queries(4):  # savepoint, known keys, rows, release
        send(messages=[new(person, f"klar:{person.pk}") for person in people], now=NOW)
