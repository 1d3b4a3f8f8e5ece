"""The least a signed-in page can be: what every other page's time is measured against, in the demonstration alone."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from common.http import Request
from organisation.models import Unit


@require_GET
@login_required
def trivial(request: Request) -> HttpResponse:
    """Session, person, rights, one row and the frame."""
    unit = Unit.objects.filter(pk=request.access.home_unit_id).first()
    return render(request, "overview/trivial.html", {"unit": unit})
