"""Telling people: a message is a row that exists once by its key, and its e-mail is sent by whoever claims it first."""

import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import DateTimeField, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from common.lines import one_line
from notifications.models import Message
from notifications.queries.checking import checked
from notifications.rules.checking import Fresh
from notifications.rules.delivery import LONGEST_CLAIM, MOST_ATTEMPTS, is_last, tried_before
from notifications.rules.states import MailState

# So many are looked up and checked together just before they leave.
MOST_CHECKED = 50
# No letter is begun after so many seconds: a run that lasts longer than a beat would meet the next one, and one that lasts longer than
# LONGEST_CLAIM would have its letters taken over and sent twice.
SECONDS_OF_A_RUN = 45.0
LONGEST_SUBJECT, LONGEST_TEXT = 160, 2000
# What a line of a list begins with in the text.
POINT = "– "
logger = logging.getLogger("alna")


class NotAPath(ValueError):
    """A message leads to a page of this application and nowhere else."""


@dataclass(frozen=True, slots=True)
class NewMessage:
    """What one person is told. `key` says what it is about; the same key is told once, whatever else is new in it.

    Each line of `text` is a paragraph: titles and names go into it by `one_line`. `link` is the path of the one page to open.
    `send_after` None: at once. No figures of persons in subject and text.
    """

    key: str
    kind: str
    recipient_id: int
    subject: str
    text: str
    link: str
    send_after: datetime | None = None
    mail: bool = True
    # What the app that wrote it needs to check it by: see notifications.queries.checking.
    about: dict[str, object] = field(default_factory=dict)


@transaction.atomic
def send(*, messages: Iterable[NewMessage], now: datetime) -> int:
    """Puts the messages into the box, those whose key is there already left out, and gives how many are new.

    Two SQL statements. The e-mails follow by `deliver`. Raises NotAPath.
    """
    wanted = {message.key: message for message in messages}
    known = set(Message.objects.filter(key__in=wanted).values_list("key", flat=True))
    rows = [_row(message, now) for key, message in wanted.items() if key not in known]
    # Somebody else may have put the same key in a moment ago: the first stands.
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _row(message: NewMessage, now: datetime) -> Message:
    if not message.link.startswith("/") or message.link[1:2] in ("/", "\\"):
        raise NotAPath(message.link)
    return Message(
        key=message.key,
        kind=message.kind,
        recipient_id=message.recipient_id,
        subject=_head(message.subject),
        text=message.text[:LONGEST_TEXT],
        link=message.link,
        created_at=now,
        send_after=message.send_after or now,
        mail_state=MailState.WAITING if message.mail else MailState.NONE,
        about=message.about,
    )


def _head(subject: str) -> str:
    """A line break in a subject would be a second head of the letter."""
    return one_line(subject)[:LONGEST_SUBJECT]


@transaction.atomic
def mark_read(*, recipient_id: int, now: datetime, message_id: int | None = None) -> int:
    """Marks one message of the person as read, or all that are shown. Read already: nothing changes. Gives how many were new."""
    rows = Message.objects.filter(recipient_id=recipient_id, read_at__isnull=True, send_after__lte=now)
    if message_id is not None:
        rows = rows.filter(pk=message_id)
    return rows.update(read_at=now)


def deliver(*, now: datetime) -> int:
    """Sends the e-mails that are due, each by whoever claims it, and gives how many got through.

    Not one transaction: a letter cannot be called back, so each is claimed, sent and written down for itself. One that fails waits
    longer each time and is kept with its reason in the end. Without a connection nothing is claimed and nothing counted.
    """
    _take_over(now)
    connection = get_connection()
    sent = 0
    try:
        for message in _ready(now, time.monotonic() + SECONDS_OF_A_RUN):
            if not _open(connection):
                break
            sent += _deliver_one(message, now, connection)
    finally:
        _close(connection)
    return sent


def _open(connection: BaseEmailBackend) -> bool:
    """Asked before each letter: what is open already stays so, what the server has closed is opened anew."""
    try:
        connection.open()
    except OSError:
        logger.exception("no connection for e-mail")
        return False
    return True


def _close(connection: BaseEmailBackend) -> None:
    with suppress(OSError):
        connection.close()


def _ready(now: datetime, until: float) -> Iterator[Message]:
    """What there is to send, as it should read now, until the time is up: a claim is never older than one run and one letter."""
    for some in _in_turn(now):
        for message in _still_true(some, now):
            yield message
            if time.monotonic() >= until:
                return


def _in_turn(now: datetime) -> Iterator[list[Message]]:
    """Those that are due, a few at a time, until none is left. Each is gone through once."""
    due = _due(now).select_related("recipient__reminder_choice").order_by("send_after", "pk")
    some = list(due[:MOST_CHECKED])
    while some:
        yield some
        last = some[-1]
        some = list(due.filter(Q(send_after__gt=last.send_after) | Q(send_after=last.send_after, pk__gt=last.pk))[:MOST_CHECKED])


def _due(now: datetime) -> QuerySet[Message]:
    again = Q(attempts=0)
    for attempts, moment in tried_before(now):
        again |= Q(attempts=attempts, claimed_at__lte=moment)
    return Message.objects.filter(again, mail_state=MailState.WAITING, send_after__lte=now)


def _take_over(now: datetime) -> None:
    """Messages of somebody who was stopped between claiming and telling."""
    lost = Message.objects.filter(mail_state=MailState.SENDING, claimed_at__lte=now - LONGEST_CLAIM)
    # Nobody tries again after the last time: it may have got through, and nobody knows.
    lost.filter(attempts__gte=MOST_ATTEMPTS).update(mail_state=MailState.FAILED)
    lost.update(mail_state=MailState.WAITING)


def _still_true(messages: list[Message], now: datetime) -> Iterator[Message]:
    """Messages of which nothing is left are left out; those that have become others are written down as they are now."""
    news = checked(messages, now)
    for message in messages:
        fresh = news.get(message.pk, Fresh(message.subject, message.text))
        if fresh is None:
            _drop(message, now)
            continue
        if (fresh.subject, fresh.text) != (message.subject, message.text):
            message.subject, message.text = _head(fresh.subject), fresh.text[:LONGEST_TEXT]
            Message.objects.filter(pk=message.pk).update(subject=message.subject, text=message.text)
        yield message


def _drop(message: Message, now: datetime) -> None:
    """Read as well: what it asked for is done."""
    mine = Message.objects.filter(pk=message.pk, mail_state=MailState.WAITING, attempts=message.attempts)
    mine.update(mail_state=MailState.DROPPED, read_at=Coalesce("read_at", Value(now, DateTimeField())))


def _wants_mail(message: Message) -> bool:
    choice = getattr(message.recipient, "reminder_choice", None)
    return message.recipient.is_active and (choice is None or choice.by_mail)


def _deliver_one(message: Message, now: datetime, connection: BaseEmailBackend) -> bool:
    mine = Message.objects.filter(pk=message.pk, mail_state=MailState.WAITING, attempts=message.attempts)
    if not mine.update(mail_state=MailState.SENDING, claimed_at=now, attempts=F("attempts") + 1):
        return False
    claimed = Message.objects.filter(pk=message.pk, mail_state=MailState.SENDING, claimed_at=now)
    if not _wants_mail(message):
        claimed.update(mail_state=MailState.NONE)
        return False
    try:
        letter_of(message, connection).send()
    # An address or a head the mail server does not take is a ValueError or an SMTPException, which is an OSError.
    except (OSError, ValueError) as error:
        state = MailState.FAILED if is_last(message.attempts + 1) else MailState.WAITING
        claimed.update(mail_state=state, failure=str(error)[:300])
        logger.warning("message %s was not sent: %s", message.pk, type(error).__name__)
        # Servers close a connection after so many letters, and what is closed would fail every letter after this one.
        _close(connection)
        return False
    claimed.update(mail_state=MailState.SENT, sent_at=now, failure="")
    return True


def blocks_of(text: str) -> list[tuple[bool, list[str]]]:
    """Paragraphs, and lines that begin with a dash together as a list: (is a list, its lines)."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    groups = groupby(lines, key=lambda line: line.startswith(POINT))
    return [(is_list, [line.removeprefix(POINT) for line in some]) for is_list, some in groups]


def letter_of(message: Message, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """The e-mail: words alone and as HTML, with the one address to open, in the person's language."""
    with translation.override(message.recipient.language or settings.LANGUAGE_CODE):
        context = {
            "message": message,
            "blocks": blocks_of(message.text),
            "url": settings.BASE_URL + reverse("notifications:open", args=[message.pk]),
            "district": settings.DISTRICT_NAME,
        }
        words = render_to_string("notifications/mail.txt", context).strip() + "\n"
        html = render_to_string("notifications/mail.html", context)
    letter = EmailMultiAlternatives(message.subject, words, settings.DEFAULT_FROM_EMAIL, [message.recipient.email], connection=connection)
    letter.attach_alternative(html, "text/html")
    # Replies of machines are of no use to anybody.
    letter.extra_headers["Auto-Submitted"] = "auto-generated"
    return letter
