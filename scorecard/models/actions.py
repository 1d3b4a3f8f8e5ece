"""Which action was made because of which figure."""

from django.db import models

from actions.models import Action
from organisation.models import Unit
from scorecard.models.fields import PeriodMixin, figure
from scorecard.models.indicators import Indicator


class IndicatorAction(PeriodMixin, models.Model):
    """An action that shall change an indicator's figure in a unit; the period is that of the figure it was made from."""

    action = models.OneToOneField(Action, on_delete=models.CASCADE, related_name="+")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    # The figure when the action was made, and what it is expected to become.
    before = figure()
    expected = figure()

    class Meta:
        ordering = ["action"]
        indexes = [models.Index(fields=["unit", "indicator"], name="indicator_action_by_unit")]

    def __str__(self) -> str:
        return f"{self.action_id} {self.indicator_id}"
