"""Addresses for one's own calendar program: made, copied once, taken away; and the calendar itself."""

import hashlib
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from annualcycle.models import CalendarFeed
from annualcycle.queries.feeds import Entry, access_for, entries, feed_of, feeds_of, is_open, living_feed
from annualcycle.services import feeds as services
from common import formats
from common.calendars import ICS_TYPE, CalendarDay, to_ics
from common.clock import today
from common.http import Request, posted_or_to
from organisation.models import Unit
from organisation.queries.access import Access
from organisation.queries.units import unit_choices
from organisation.rules.access import Permission
from organisation.views.reach import unit_ever_or_404

# What has passed lately stays in the calendar, older years do not.
BEFORE = timedelta(days=60)
# One secret is as long as this; longer ones are nobody's.
LONGEST_SECRET = 80
# So often an hour one address is read; programs ask a few times a day.
MOST_READINGS = 60
HOUR = 3600
# What has just been made, on its way to the page that shows it.
NEW = "new_calendar_address"


@require_GET
def feeds(request: Request) -> HttpResponse:
    """The person's addresses. What one of them is, is shown when it has just been made and never again."""
    new = request.session.pop(NEW, None)
    answer = _page(request, new)
    if new is not None:
        patch_cache_control(answer, no_store=True, private=True)
    return answer


@posted_or_to("annualcycle:feeds")
def feed_new(request: Request) -> HttpResponse:
    """A new address. The page that shows it is another, so that reloading it makes no newer one."""
    code = request.POST.get("enhet", "")
    unit: Unit | None = unit_ever_or_404(request.access, Permission.SEE_TASKS, code) if code else None
    secret = services.create(user=request.user, unit=unit, now=timezone.now())
    address = settings.BASE_URL + reverse("annualcycle:feed", args=[secret])
    request.session[NEW] = {"address": address, "title": unit.name if unit else _("Mine frister")}
    return redirect("annualcycle:feeds")


@posted_or_to("annualcycle:feeds")
def feed_revoke(request: Request, feed_id: int) -> HttpResponse:
    """The address is dead from now on."""
    feed = feed_of(request.user.pk, feed_id)
    if feed is None:
        raise Http404
    services.revoke(feed=feed, actor=request.user, now=timezone.now())
    messages.success(request, _("Adressen er stengt. Kalenderen din får ikke flere frister fra den."))
    return redirect("annualcycle:feeds")


def _page(request: Request, new: dict[str, str] | None) -> HttpResponse:
    access = request.access
    context: dict[str, Any] = {
        "new": new,
        "subscribe": f"webcal://{new['address'].split('://', 1)[1]}" if new else "",
        "rows": [_row(feed, open_now=is_open(access, feed)) for feed in feeds_of(request.user.pk)],
        "units": _choices(access) if access.may(Permission.SEE_TASKS) else [],
    }
    return render(request, "annualcycle/feeds.html", context)


def _choices(access: Access) -> list[tuple[str, str]]:
    """Without those that are to come: they have no deadlines yet."""
    return [(code, label) for code, label in unit_choices(access, Permission.SEE_TASKS) if code in access.tree.by_code]


def _row(feed: CalendarFeed, *, open_now: bool) -> dict[str, Any]:
    read = _("Sist hentet %(moment)s.") % {"moment": formats.moment(feed.read_at)} if feed.read_at else _("Ikke hentet ennå.")
    made = _("Laget %(moment)s.") % {"moment": formats.moment(feed.created_at)}
    return {
        "pk": feed.pk,
        "title": _named(feed.unit) if feed.unit else _("Mine frister"),
        "text": f"{made} {read}",
        "is_open": open_now,
    }


def _named(unit: Unit) -> str:
    """A district's code is for addresses."""
    return unit.name if unit.kind == Unit.Kind.DISTRICT else str(unit)


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar, for whoever has the secret. Revoked, without roles or never made: 404 alike."""
    found = living_feed(services.hash_of(secret)) if len(secret) <= LONGEST_SECRET else None
    day, now = today(), timezone.now()
    if found is None:
        raise Http404
    access = access_for(found, day)
    if not is_open(access, found):
        # For good: what the secret showed must not be answered by a role that comes later.
        services.revoke(feed=found, actor=None, now=now)
        raise Http404
    if _is_read_too_often(found, now):
        return HttpResponse(status=429, headers={"Retry-After": str(HOUR)})
    with translation.override(found.user.language or settings.LANGUAGE_CODE):
        listed = entries(access, found, first=day - BEFORE, last=date(day.year + 1, 12, 31))
        name = _("Alna: %(unit)s") % {"unit": found.unit.name} if found.unit else _("Alna: mine frister")
        data = to_ics(name=name, days=[_day(entry) for entry in listed], made_at=found.created_at)
    services.note_reading(feed=found, now=now)
    etag = quote_etag(hashlib.sha256(data).hexdigest())
    answer = HttpResponse(data, content_type=ICS_TYPE, headers={"ETag": etag, "X-Content-Type-Options": "nosniff"})
    patch_cache_control(answer, private=True, max_age=900)
    return get_conditional_response(request, etag=etag, response=answer) or answer


def _is_read_too_often(feed: CalendarFeed, now: datetime) -> bool:
    """Whoever has the secret needs no account: an address alone must not keep the machine busy. Counted for each hour of the clock."""
    key = f"calendar-readings:{feed.pk}:{int(now.timestamp()) // HOUR}"
    # Not `incr`: where the cache is the database's it would live on for five minutes only.
    count = cache.get(key, 0) + 1
    cache.set(key, count, HOUR)
    return bool(count > MOST_READINGS)


def _day(entry: Entry) -> CalendarDay:
    title = f"{entry.title} ({entry.unit_name})" if entry.unit_name else entry.title
    if entry.is_done:
        title = _("Ferdig: %(title)s") % {"title": title}
    return CalendarDay(f"{entry.key}@alna", title, entry.day, settings.BASE_URL + entry.url, entry.version)
