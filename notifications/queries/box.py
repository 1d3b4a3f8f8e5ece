"""The messages of one person."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from notifications.models import Message

PAGE_SIZE = 30


@dataclass(frozen=True)
class BoxPage:
    """`unread` counts all of them; `next_after` is the key of the next page of those that are read, None at the end."""

    new: tuple[Message, ...]
    read: tuple[Message, ...]
    unread: int
    next_after: int | None


def _shown(recipient_id: int, now: datetime) -> QuerySet[Message]:
    return Message.objects.filter(recipient_id=recipient_id, send_after__lte=now)


def message_of(recipient_id: int, pk: int, now: datetime) -> Message | None:
    """One of the person's own messages, when its time has come."""
    return _shown(recipient_id, now).filter(pk=pk).first()


def unread_count(recipient_id: int, now: datetime) -> int:
    """How many the person has not read. One SQL statement, over an index."""
    return _shown(recipient_id, now).filter(read_at__isnull=True).count()


def box_page(recipient_id: int, now: datetime, after: int | None = None) -> BoxPage:
    """Unread messages first, then those that are read, each the newest first. At most four SQL statements."""
    rows = _shown(recipient_id, now)
    new = list(rows.filter(read_at__isnull=True).order_by("-send_after", "-pk")[:PAGE_SIZE]) if after is None else []
    unread = len(new) if after is None and len(new) < PAGE_SIZE else unread_count(recipient_id, now)
    read = rows.filter(read_at__isnull=False)
    if after is not None:
        last = rows.filter(pk=after).values_list("send_after", "pk").first()
        if last is not None:
            read = read.filter(Q(send_after__lt=last[0]) | Q(send_after=last[0], pk__lt=last[1]))
    found = list(read.order_by("-send_after", "-pk")[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    return BoxPage(tuple(new), tuple(shown), unread, shown[-1].pk if len(found) > PAGE_SIZE else None)
