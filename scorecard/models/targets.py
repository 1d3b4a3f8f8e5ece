"""Targets: what a unit shall reach, from a day on."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from common.constraints import one_of
from common.periods import Period, PeriodKind
from organisation.models import Unit, User
from scorecard.models.fields import figure
from scorecard.models.indicators import Benchmark, Indicator
from scorecard.rules.targets import Comparison, TargetKind


class Target(models.Model):
    """Valid from a day until the next one of the same unit; units without one inherit the nearest ancestor's.

    `value` is always the figure to reach. A relative target also keeps what it was computed from, and is computed again
    when that changes. `withdrawn` ends a unit's own target, so that it inherits again.
    """

    KindChoices: ClassVar = [
        (TargetKind.ABSOLUTE, _("Et tall")),
        (TargetKind.BASELINE, _("Sammenliknet med en tidligere verdi")),
        (TargetKind.BENCHMARK, _("Sammenliknet med andre")),
    ]
    ComparisonChoices: ClassVar = [(Comparison.PERCENT, _("prosent")), (Comparison.POINTS, _("poeng eller prosentpoeng"))]

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="targets")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="targets")
    valid_from = models.DateField(_("gjelder fra"))
    kind = models.CharField(_("hva slags mål"), max_length=10, choices=KindChoices, default=TargetKind.ABSOLUTE)
    value = figure(_("mål"))
    yellow_limit = figure(_("gulgrense"))
    low = figure(_("fra"))
    high = figure(_("til"))
    tolerance = figure(_("toleranse"))
    amount = figure(_("hvor mye bedre"))
    comparison = models.CharField(_("regnet i"), max_length=10, choices=ComparisonChoices, blank=True)
    baseline_start = models.DateField(null=True, blank=True)
    baseline_kind = models.CharField(max_length=10, blank=True, choices=[(kind.value, kind.value) for kind in PeriodKind])
    baseline_value = figure(_("verdien det sammenliknes med"))
    benchmark_group = models.CharField(_("sammenliknes med"), max_length=10, blank=True, choices=Benchmark.Group)
    withdrawn = models.BooleanField(default=False)
    reason = models.CharField(_("hvorfor"), max_length=300, blank=True)
    source = models.CharField(_("kilde"), max_length=200, blank=True)
    confirmed = models.BooleanField(_("bekreftet"), default=True)
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(_("registrert"))
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    history = HistoricalRecords()

    class Meta:
        ordering = ["indicator", "unit", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "unit", "valid_from"], name="one_target_per_indicator_unit_and_day"),
            one_of("target_kind_is_known", "kind", TargetKind),
            models.CheckConstraint(
                name="target_says_what_to_reach",
                condition=Q(withdrawn=True) | Q(value__isnull=False) | Q(low__isnull=False, high__isnull=False),
            ),
            models.CheckConstraint(
                name="target_range_has_a_width", condition=Q(low__isnull=True) | Q(high__isnull=True) | Q(high__gte=models.F("low"))
            ),
            models.CheckConstraint(
                name="relative_target_says_how", condition=Q(kind=TargetKind.ABSOLUTE) | (Q(amount__isnull=False) & ~Q(comparison=""))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.unit_id} {self.valid_from}"

    @property
    def baseline_period(self) -> Period | None:
        """The period a relative target compares with."""
        return Period(self.baseline_start, PeriodKind(self.baseline_kind)) if self.baseline_start else None
