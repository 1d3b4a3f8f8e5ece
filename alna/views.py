"""Pages of the application itself: health, demo accounts and texts about it."""

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
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@require_GET
def readyz(request: HttpRequest) -> HttpResponse:
    """Database and cache answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    cache.set("readyz", "1", 5)
    return JsonResponse({"database": True, "cache": cache.get("readyz") == "1"})


@require_GET
def demo(request: HttpRequest) -> HttpResponse:
    """The accounts one can try, grouped by role; only in demo mode."""
    rows = RoleAssignment.objects.filter(valid_from__lte=today(), user__is_active=True).select_related("user", "unit").order_by("unit__code", "pk")
    accounts: dict[str, list[RoleAssignment]] = {}
    for row in rows:
        accounts.setdefault(row.get_role_display(), []).append(row)
    return render(request, "alna/demo.html", {"accounts": accounts, "password": settings.DEMO_PASSWORD})


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Signs in as a demo person without a password; the address exists only in demo mode."""
    user = get_object_or_404(User, email=request.POST.get("email", ""), is_active=True)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("overview:home")


@require_GET
def text_page(request: HttpRequest, page: str) -> HttpResponse:
    """One of the fixed texts: about the figures, help, privacy, accessibility."""
    return render(request, f"alna/{page}.html")
