"""Every message and what became of it, for whoever manages the organisation."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages as notes
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from common.http import Request
from notifications.forms.every import EveryForm
from notifications.forms.kinds import kind_words
from notifications.models import Message
from notifications.queries.every import MessageFilter, message_page, messages_of, unit_of
from notifications.rules.states import SENT_AGAIN, MailState
from notifications.services.again import NothingLeft, NotToBeSent, send_again

FILTERS = ("hvem", "slag", "status", "fra", "til")
# Icon and colour of what became of a message.
MARKS = {
    MailState.SENT: ("ok", "reached"),
    MailState.FAILED: ("err", "missed"),
    MailState.WAITING: ("clock", "none"),
    MailState.SENDING: ("clock", "none"),
}


@require_GET
def every(request: Request) -> HttpResponse:
    """Newest first. A field of the filter with an error is left out and says so."""
    kinds = kind_words()
    form = EveryForm(request.GET, kinds=kinds)
    form.is_valid()
    found = form.cleaned_data
    wanted = MessageFilter(
        who=found.get("hvem") or "",
        kind=found.get("slag") or "",
        state=found.get("status") or "",
        first=found.get("fra"),
        last=found.get("til"),
        after=found.get("etter"),
    )
    page = message_page(request.access, wanted)
    kept = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}
    context: dict[str, Any] = {
        "form": form,
        "rows": [_line(row, kinds) for row in page.rows],
        "kept": kept,
        "filtered": bool(kept),
        "next_url": f"?{urlencode(kept | {'etter': page.next_after})}" if page.next_after else None,
    }
    return render(request, "notifications/every.html", context, status=422 if form.errors else 200)


def _line(row: Message, kinds: dict[str, str]) -> dict[str, Any]:
    icon, style = MARKS.get(MailState(row.mail_state), ("minus", "none"))
    return {
        "row": row,
        "kind": _kind(row, kinds),
        "icon": icon,
        "style": style,
        "seen": row.claimed_at.isoformat() if row.claimed_at else "",
        "may_send": row.mail_state in SENT_AGAIN and row.recipient.is_active and row.claimed_at is not None,
    }


def _kind(row: Message, kinds: dict[str, str]) -> str:
    """What it is about, where its subject does not say just that."""
    words = kinds.get(row.kind, "")
    return "" if set(words.casefold().split()) <= set(row.subject.casefold().split()) else words


@require_POST
def again(request: Request, message_id: int) -> HttpResponse:
    """Sends one once more. Raises Http404 for a message to somebody out of reach."""
    message = messages_of(request.access).filter(pk=message_id).select_related("recipient").first()
    if message is None:
        raise Http404
    try:
        unit_id = unit_of(request.access, message)
        seen = _moment(request.POST.get("sett", ""))
        send_again(message=message, seen=seen, actor=request.user, unit_id=unit_id, now=timezone.now())
    except NothingLeft:
        notes.info(request, _("Meldingen er ikke sendt på nytt. Det den gjelder, er gjort."))
    except NotToBeSent:
        notes.error(request, _("Meldingen er ikke sendt på nytt. Noen andre kan ha gjort det i mellomtiden, se hva som står nå."))
    else:
        notes.success(request, _("Meldingen ligger i køen og går ut om et øyeblikk."))
    kept = {name: request.POST[name] for name in FILTERS if request.POST.get(name)}
    return redirect(f"{reverse('notifications:every')}?{urlencode(kept)}" if kept else "notifications:every")


def _moment(text: str) -> datetime | None:
    """The moment of the page, None where it is none: one beyond the first or the last year cannot be told in another zone."""
    try:
        found = parse_datetime(text)
        return found.astimezone(UTC) if found is not None and found.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None
