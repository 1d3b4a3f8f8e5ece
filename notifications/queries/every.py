"""Every message as far as an administrator may see it, newest first, with what became of it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from common.oslo import OSLO
from notifications.models import Message
from organisation.models import RoleAssignment
from organisation.queries.access import Access
from organisation.queries.homes import home_of
from organisation.queries.people import people_where
from organisation.queries.reach import ever_reached
from organisation.rules.access import Permission

PAGE_SIZE = 50


@dataclass(frozen=True)
class MessageFilter:
    """What the list is narrowed to. Days are days in Oslo, both included."""

    who: str = ""
    kind: str = ""
    state: str = ""
    first: date | None = None
    last: date | None = None
    after: int | None = None


@dataclass(frozen=True)
class MessagePage:
    """`next_after`: the key of the next page, None at the end."""

    rows: tuple[Message, ...]
    next_after: int | None


def messages_of(access: Access) -> QuerySet[Message]:
    """Messages to people who had a role in the units the person manages on the day they were told.

    So an administrator does not see what somebody is told in the district they work in now, or worked in before.
    """
    reached = ever_reached(access, Permission.MANAGE_ORGANISATION)
    held = RoleAssignment.objects.filter(user=OuterRef("recipient"), unit_id__in=reached)
    then = held.filter(valid_from__lte=OuterRef("day")).exclude(valid_to__lt=OuterRef("day"))
    return Message.objects.filter(recipient__in=people_where(reached)).alias(day=TruncDate("created_at", tzinfo=OSLO)).filter(Exists(then))


def unit_of(access: Access, message: Message) -> int | None:
    """The recipient's unit among those the person manages. Two SQL statements."""
    return home_of(message.recipient_id, access.day, within=ever_reached(access, Permission.MANAGE_ORGANISATION))


def message_page(access: Access, wanted: MessageFilter, size: int = PAGE_SIZE) -> MessagePage:
    """One page. At most three SQL statements: the organisation, the key, the rows with their recipients."""
    visible = messages_of(access)
    rows = _narrowed(visible, wanted)
    if wanted.after is not None:
        last = visible.filter(pk=wanted.after).values_list("created_at", "pk").first()
        if last is not None:
            rows = rows.filter(Q(created_at__lt=last[0]) | Q(created_at=last[0], pk__lt=last[1]))
    found = list(rows.select_related("recipient").order_by("-created_at", "-pk")[: size + 1])
    return MessagePage(tuple(found[:size]), found[size - 1].pk if len(found) > size else None)


def _narrowed(rows: QuerySet[Message], wanted: MessageFilter) -> QuerySet[Message]:
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.state:
        rows = rows.filter(mail_state=wanted.state)
    if wanted.first is not None:
        rows = rows.filter(created_at__gte=_midnight(wanted.first))
    if wanted.last is not None:
        rows = rows.filter(created_at__lt=_midnight(wanted.last + timedelta(days=1)))
    for word in wanted.who.split():
        rows = rows.filter(recipient__search_text__contains=word.casefold())
    return rows


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=OSLO)
