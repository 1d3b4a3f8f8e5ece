"""Months to come: deadlines, also those in calendars and letters, lead to pages that are not there yet."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from common import formats
from common.clock import today
from common.http import Request
from common.periods import Period

# As far ahead as deadlines are told of.
YEARS_AHEAD = 1


def is_over(month: date) -> bool:
    return Period.month(month.year, month.month).is_over(today())


def is_near(month: date) -> bool:
    """Not so far ahead that nothing would lead there."""
    return month.year <= today().year + YEARS_AHEAD


def to_the_reports(request: Request, pattern: str, month: date) -> HttpResponse:
    """To the reports there are, with a sentence that names the month."""
    messages.info(request, pattern % {"month": formats.month_label(month)})
    return redirect("reporting:index")
