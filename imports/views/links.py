"""From what a file left to the file itself: lower rooms point here by address."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from common.http import Request
from imports.queries.links import batch_of_delivery, batch_of_measurement
from imports.queries.reach import MOST
from scorecard.models import Measurement


@require_GET
def of_delivery(request: Request, pk: int) -> HttpResponse:
    """The file of a delivery of ledger lines or sick leave."""
    found = batch_of_delivery(request.access, pk) if pk < MOST else None
    if found is None:
        raise Http404
    return redirect("imports:batch", found.pk)


@require_GET
def of_measurement(request: Request, pk: int) -> HttpResponse:
    """The file that a figure on the målekart was read from."""
    row = Measurement.objects.filter(pk=pk).first() if pk < MOST else None
    found = batch_of_measurement(request.access, row) if row else None
    if found is None:
        raise Http404
    return redirect("imports:batch", found.pk)
