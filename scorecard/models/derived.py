"""What is kept beside the measurements so that a page costs the cells it shows. All of it can be rebuilt from them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.models import Unit
from scorecard.models.fields import PeriodMixin, figure
from scorecard.models.indicators import Indicator


class PeriodValue(PeriodMixin, models.Model):
    """One unit's figure for one period: its own where measured, else added up from the units below.

    `sum_*` are always the sums over the children, also where an own figure wins, so that a correction changes them by the
    difference. `numerator`, `denominator` and `value` are what counts.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    value = figure()
    numerator = figure()
    denominator = figure()
    quality = models.CharField(max_length=15)
    # What the unit's own measurement says, empty where it has none.
    own_quality = models.CharField(max_length=15, blank=True)
    # As text, since sums must come back exactly when a part is taken out again and SQLite keeps decimals as floating point.
    sum_numerator = models.CharField(max_length=60, default="0")
    sum_denominator = models.CharField(max_length=60, default="0")
    sum_count = models.PositiveIntegerField(default=0)
    # Children with a figure, children to whom the indicator does not apply, and how many of the figures are not final.
    covered = models.PositiveIntegerField(default=0)
    excluded = models.PositiveIntegerField(default=0)
    preliminary = models.PositiveIntegerField(default=0)
    estimates = models.PositiveIntegerField(default=0)
    # Counted from the units this one was made of.
    restated = models.BooleanField(default=False)

    class Meta:
        ordering = ["indicator", "unit", "period_start", "period_kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "unit", "period_kind", "period_start"], name="one_period_value_per_indicator_unit_and_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.unit_id} {self.period_start} {self.value}"

    @property
    def own(self) -> bool:
        return bool(self.own_quality)


class Cell(PeriodMixin, models.Model):
    """The present state of one indicator in one unit: what every overview shows. The period is the latest with a figure."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="cells")
    value = figure()
    numerator = figure()
    denominator = figure()
    quality = models.CharField(max_length=15)
    own = models.BooleanField(default=False)
    restated = models.BooleanField(default=False)
    covered = models.PositiveIntegerField(default=0)
    expected = models.PositiveIntegerField(default=0)
    # A later period than the one shown was reported without a figure: its quality says why.
    newest_start = models.DateField(null=True)
    newest_quality = models.CharField(max_length=15, blank=True)
    previous = figure()
    year_before = figure()
    target = figure()
    yellow_limit = figure()
    low = figure()
    high = figure()
    tolerance = figure()
    own_target = models.BooleanField(default=False)
    status = models.CharField(_("status"), max_length=15)
    score = figure()
    # How many points the score moved since the period before, both against the present target.
    score_change = figure()
    # better, worse or same against the period before, where the change is larger than the indicator's gap.
    effect = models.CharField(max_length=10, blank=True)
    red_run = models.PositiveSmallIntegerField(default=0)
    # The last twelve figures as text, oldest first, empty where there is none: reading arrays costs more than the query.
    trend = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["unit", "indicator"]
        constraints = [models.UniqueConstraint(fields=["unit", "indicator"], name="one_cell_per_unit_and_indicator")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.indicator_id} {self.status}"


class DataStamp(models.Model):
    """Changes with everything a page about this unit shows, so that an unchanged page is not made again."""

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, primary_key=True, related_name="+")
    token = models.CharField(max_length=32)

    class Meta:
        ordering = ["unit"]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.token}"
