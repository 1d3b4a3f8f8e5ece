"""The sheet of all components, for those who build pages; only in debug."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from common.samples import component_samples


@require_GET
def component_sheet(request: HttpRequest) -> HttpResponse:
    return render(request, "components/sheet.html", component_samples())
