"""Every request passes here: is the page in the table, is the person signed in, long enough idle, with a second factor, and allowed."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from alna.access import Gate, gate_of
from alna.frame import unread_of
from common.clock import today
from common.http import Request
from organisation.queries.access import Access as PersonAccess
from organisation.queries.access import access_of
from organisation.queries.tree import one_request
from organisation.rules.access import Permission
from scorecard.services import reorganised

SEEN = "seen_at"
logger = logging.getLogger("alna")


class Access:
    """Puts `request.access` on the request and keeps everybody out who may not open the page."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.access = SimpleLazyObject(lambda: access_of(request.user, today()))
        request.shown_in_frame = lambda: (unread_of(request),)
        with one_request():
            response = self.get_response(request)
        if request.method == "POST" and request.resolver_match and request.resolver_match.app_name == "organisation":
            _follow_the_tree()
        # What a page shows is for this person; those that may be kept say so themselves.
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    def process_view(
        self, request: Request, _view: Callable[..., HttpResponse], _args: list[Any], _kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        view_name = request.resolver_match.view_name if request.resolver_match else ""
        gate = gate_of(view_name)
        if gate in (None, Gate.CLOSED) or (gate is Gate.DEMO and not settings.ALNA_DEMO) or (gate is Gate.DEBUG and not settings.DEBUG):
            raise Http404
        if request.user.is_authenticated and _has_been_idle(request, request.access):
            logout(request)
        if gate in (Gate.PUBLIC, Gate.DEMO, Gate.DEBUG):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        access: PersonAccess = request.access
        if settings.MFA_REQUIRED and access.sensitive and not is_mfa_enabled(request.user):
            return redirect("mfa_index")
        if isinstance(gate, Permission) and not access.may(gate):
            raise Http404
        return None


def _follow_the_tree() -> None:
    """A reorganisation leaves a row; whoever confirmed it shall see the right sums on the next page, without waiting for the worker.

    Should it fail, the change itself stands, and the worker takes the row up again.
    """
    try:
        reorganised.catch_up()
    except Exception:
        logger.exception("sums could not follow the tree")


def _has_been_idle(request: Request, access: PersonAccess) -> bool:
    """Whether the session has been still for too long; notes the visit at most once a minute, since a note is a write."""
    now = int(timezone.now().timestamp())
    seen = request.session.get(SEEN)
    if seen is not None and now - seen > 60:
        minutes = settings.SESSION_IDLE_MINUTES_SENSITIVE if access.sensitive else settings.SESSION_IDLE_MINUTES
        if now - seen > timedelta(minutes=minutes).total_seconds():
            return True
    if seen is None or now - seen > 60:
        request.session[SEEN] = now
    return False
