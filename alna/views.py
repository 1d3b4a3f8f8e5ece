"""Pages of the application itself: health, demo accounts and texts about it."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import login
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from common.clock import today
from organisation.models import RoleAssignment, User


@require_GET
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@require_GET
def readyz(_request: HttpRequest) -> HttpResponse:
    """Database and cache answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    cache.set("readyz", "1", 5)
    return JsonResponse({"database": True, "cache": cache.get("readyz") == "1"})


@dataclass(frozen=True)
class Account:
    """A person one can be in the demonstration."""

    name: str
    initials: str
    email: str
    role: str
    unit: str
    is_deputy: bool


@require_GET
def demo(request: HttpRequest) -> HttpResponse:
    """The accounts one can try: one of each role first, then everybody; only in demo mode."""
    day = today()
    rows = RoleAssignment.objects.filter(valid_from__lte=day, user__is_active=True).exclude(valid_to__lt=day)
    accounts = [_account(row) for row in rows.select_related("user", "unit").order_by("unit__code", "role", "user__name")]
    first: dict[str, Account] = {}
    for account in accounts:
        first.setdefault(account.role, account)
    return render(request, "alna/demo.html", {"first": list(first.values()), "accounts": accounts, "password": settings.DEMO_PASSWORD})


def _account(row: RoleAssignment) -> Account:
    return Account(row.user.name, row.user.initials, row.user.email, row.get_role_display(), row.unit.name, row.deputy_for_id is not None)


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Signs in as a demo person without a password; the address exists only in demo mode."""
    user = get_object_or_404(User, email=request.POST.get("email", "").replace("\x00", " "), is_active=True)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("overview:home")


@require_GET
def text_page(request: HttpRequest, page: str) -> HttpResponse:
    """One of the fixed texts: about the figures, help, privacy, accessibility."""
    return render(request, f"alna/{page}.html", {"district": settings.DISTRICT_NAME})
