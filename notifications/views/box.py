"""What a person has been told, by the person alone."""

from django.contrib import messages as notes
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from common.http import Request
from notifications.models import Message
from notifications.queries.box import box_page, message_of
from notifications.services.messages import mark_read


def _mine(request: Request, message_id: int) -> Message:
    """Raises Http404 for a message of somebody else, and for one whose time has not come."""
    row = message_of(request.user.pk, message_id, timezone.now())
    if row is None:
        raise Http404
    return row


@require_GET
def box(request: Request) -> HttpResponse:
    """Unread messages first."""
    after = request.GET.get("etter", "")
    key = int(after) if after.isascii() and after.isdigit() and len(after) < 16 else None
    page = box_page(request.user.pk, timezone.now(), key)
    context = {"page": page, "first": key is None, "next_url": f"?etter={page.next_after}" if page.next_after else None}
    return render(request, "notifications/box.html", context)


@require_GET
def open_message(request: Request, message_id: int) -> HttpResponse:
    """Leads to what the message is about; whoever has come this far has read it."""
    message = _mine(request, message_id)
    mark_read(recipient_id=request.user.pk, message_id=message.pk, now=timezone.now())
    return redirect(message.link)


@require_POST
def read_one(request: Request, message_id: int) -> HttpResponse:
    """Marks one as read without opening it."""
    message = _mine(request, message_id)
    mark_read(recipient_id=request.user.pk, message_id=message.pk, now=timezone.now())
    return redirect("notifications:box")


@require_POST
def read_all(request: Request) -> HttpResponse:
    """Marks everything that is shown as read."""
    count = mark_read(recipient_id=request.user.pk, now=timezone.now())
    notes.success(request, ngettext("Én melding er merket som lest.", "%(n)s meldinger er merket som lest.", count) % {"n": count})
    return redirect("notifications:box")
