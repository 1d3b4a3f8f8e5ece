"""Fields that many tables of figures share."""

from typing import Any

from django.db import models

from common.periods import Period, PeriodKind


def figure(label: Any = None, **options: Any) -> "models.DecimalField[Any, Any]":
    """A figure of any indicator: up to twelve digits before and six after the decimal comma; empty is «no figure»."""
    return models.DecimalField(label, max_digits=18, decimal_places=6, null=True, blank=True, **options)


class PeriodMixin(models.Model):
    """The time of a figure: the first day of the period and its kind."""

    period_start = models.DateField()
    period_kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in PeriodKind])

    class Meta:
        abstract = True

    @property
    def period(self) -> Period:
        return Period(self.period_start, PeriodKind(self.period_kind))

    @period.setter
    def period(self, period: Period) -> None:
        self.period_start, self.period_kind = period.start, period.kind.value
