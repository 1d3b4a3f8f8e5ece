"""The one place that asks what day it is; demonstrations and tests may fix it."""

from datetime import date

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """The day in Oslo, or the fixed day of a demonstration."""
    return settings.ALNA_TODAY or timezone.localdate()
