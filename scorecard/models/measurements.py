"""Measurements: the figures themselves, with where they came from."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from common.constraints import one_of
from common.periods import PeriodKind
from organisation.models import Unit, User
from scorecard.models.fields import PeriodMixin, figure
from scorecard.models.indicators import Indicator
from scorecard.rules.statuses import Quality


class Measurement(PeriodMixin, models.Model):
    """One unit's own figure for one period. Corrections change the row; every earlier version stays in its history.

    A ratio has numerator and denominator, and its value follows from them; a mean has its value and, where known, how many
    answers or how much weight stands behind it (denominator). `stated` is what the source printed, where that differs.
    """

    class Origin(models.TextChoices):
        TYPED = "typed", _("Skrevet inn")
        PASTED = "pasted", _("Limt inn")
        FILE = "file", _("Lest fra fil")
        SEED = "seed", _("Hentet fra kilden")
        SURVEY = "survey", _("Undersøkelse")
        REPORT = "report", _("Månedsrapport")
        CALCULATED = "calculated", _("Regnet ut")
        DEMO = "demo", _("Demodata")

    QualityChoices: ClassVar = [
        (Quality.FINAL, _("Endelig")),
        (Quality.PRELIMINARY, _("Foreløpig")),
        (Quality.ESTIMATE, _("Anslag")),
        (Quality.MISSING, _("Mangler")),
        (Quality.NOT_MEASURED, _("Ikke målt i år")),
        (Quality.NOT_RELEVANT, _("Ikke relevant")),
    ]

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="measurements")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="measurements")
    value = figure(_("verdi"))
    numerator = figure(_("teller"))
    denominator = figure(_("nevner"))
    stated = figure(_("oppgitt i kilden"))
    quality = models.CharField(_("kvalitet"), max_length=15, choices=QualityChoices, default=Quality.FINAL)
    note = models.CharField(_("merknad"), max_length=500, blank=True)
    reason = models.CharField(_("hvorfor rettet"), max_length=300, blank=True)
    origin = models.CharField(_("hvor tallet kom fra"), max_length=12, choices=Origin, default=Origin.TYPED)
    source_name = models.CharField(_("fil eller kilde"), max_length=200, blank=True)
    source_place = models.CharField(_("rad"), max_length=120, blank=True)
    source_text = models.CharField(_("som skrevet i kilden"), max_length=120, blank=True)
    recorded_at = models.DateTimeField(_("registrert"))
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    history = HistoricalRecords()

    class Meta:
        ordering = ["indicator", "unit", "period_start", "period_kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "unit", "period_kind", "period_start"], name="one_measurement_per_indicator_unit_and_period"
            ),
            one_of("measurement_quality_is_known", "quality", Quality),
            one_of("measurement_period_kind_is_known", "period_kind", PeriodKind),
            models.CheckConstraint(
                name="measurement_without_a_figure_says_why",
                condition=Q(value__isnull=False) | Q(quality__in=[Quality.MISSING, Quality.NOT_MEASURED, Quality.NOT_RELEVANT]),
            ),
            models.CheckConstraint(
                name="measurement_denominator_is_not_negative", condition=Q(denominator__isnull=True) | Q(denominator__gte=0)
            ),
        ]
        indexes = [models.Index(fields=["unit", "period_start"], name="measurement_by_unit_and_time")]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.unit_id} {self.period_start} {self.value}"
