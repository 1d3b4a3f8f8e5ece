"""What people say about figures: accepted deviations, notes, new limits, and published snapshots."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from organisation.models import Unit, User
from scorecard.models.fields import PeriodMixin, figure
from scorecard.models.indicators import Indicator
from scorecard.models.structure import Scorecard


class AcceptedDeviation(models.Model):
    """A leader and the director agree that a target is not reached for a while. It ends by itself."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("hvorfor"), max_length=300)
    interim_target = figure(_("delmål"))
    valid_from = models.DateField(_("gjelder fra"))
    valid_to = models.DateField(_("gjelder til"))
    agreed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("registrert"))

    history = HistoricalRecords()

    class Meta:
        ordering = ["indicator", "unit", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "unit", "valid_from"], name="one_acceptance_per_indicator_unit_and_day"),
            models.CheckConstraint(name="acceptance_ends_after_start", condition=Q(valid_to__gte=F("valid_from"))),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.unit_id} {self.valid_from}"


class PointNote(PeriodMixin, models.Model):
    """A note on one figure, shown in the chart and in every export."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(_("merknad"), max_length=500)
    author = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(_("registrert"))

    class Meta:
        ordering = ["indicator", "unit", "period_start", "pk"]
        indexes = [models.Index(fields=["indicator", "unit", "period_start"], name="note_by_point")]

    def __str__(self) -> str:
        # Not the text: names of objects are repeated where more people read than the note itself.
        return str(self.indicator)


class LimitReset(PeriodMixin, models.Model):
    """From this period on the limits of a control chart are computed anew: a person has confirmed the change and says why."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    note = models.CharField(_("hva er endret"), max_length=300)
    author = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(_("registrert"))

    class Meta:
        ordering = ["indicator", "unit", "period_start"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "unit", "period_kind", "period_start"], name="one_limit_reset_per_indicator_unit_and_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.unit_id} {self.period_start}"


class Snapshot(PeriodMixin, models.Model):
    """A scorecard as it was published for politicians and everybody else: a finished text, never live rows."""

    scorecard = models.ForeignKey(Scorecard, on_delete=models.PROTECT, related_name="snapshots")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("tittel"), max_length=120)
    comment = models.TextField(_("slik leser vi tallene"), blank=True)
    # {"areas": [{"name", "tally", "rows": [{"factor", "indicator", "method", "target", "value", "status", ...}]}]}, all as shown.
    content = models.JSONField()
    published_at = models.DateTimeField(_("publisert"))
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(_("trukket tilbake"), null=True, blank=True)

    class Meta:
        ordering = ["-published_at", "-pk"]

    def __str__(self) -> str:
        return self.title
