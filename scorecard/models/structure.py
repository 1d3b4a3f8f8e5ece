"""A scorecard of a year and a unit: focus areas, success factors and placed indicators."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from common.constraints import one_of
from organisation.models import Unit, User
from scorecard.models.indicators import Indicator
from scorecard.rules.lifecycle import State


class Scorecard(models.Model):
    """What a unit and everything below it steers by in one year. The nearest one at or above a unit applies."""

    StateChoices: ClassVar = [
        (State.DRAFT, _("Utkast")),
        (State.PROPOSED, _("Til godkjenning")),
        (State.PUBLISHED, _("Publisert")),
        (State.LOCKED, _("Låst")),
    ]

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="scorecards")
    year = models.PositiveSmallIntegerField(_("år"), validators=[MinValueValidator(1990), MaxValueValidator(2100)])
    title = models.CharField(_("tittel"), max_length=120, blank=True)
    state = models.CharField(_("tilstand"), max_length=10, choices=StateChoices, default=State.DRAFT)
    # How the seed or another source has been read; shown under the table.
    source_note = models.TextField(_("slik er kilden lest"), blank=True)
    max_per_area = models.PositiveSmallIntegerField(_("flest indikatorer per fokusområde"), default=5)
    min_coverage = models.DecimalField(_("minste dekning for poeng"), max_digits=4, decimal_places=3, default="0.600")
    copied_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(_("publisert"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    history = HistoricalRecords()

    class Meta:
        ordering = ["-year", "unit"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], name="one_scorecard_per_unit_and_year"),
            one_of("scorecard_state_is_known", "state", State),
            models.CheckConstraint(name="scorecard_coverage_is_a_share", condition=Q(min_coverage__gte=0, min_coverage__lte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.unit_id}"


class FocusArea(models.Model):
    """One of the (usually four) sides of the work that are followed together."""

    scorecard = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="areas")
    name = models.CharField(_("fokusområde"), max_length=120)
    short_name = models.CharField(_("kortnavn"), max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["scorecard", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["scorecard", "name"], name="one_focus_area_per_name")]

    def __str__(self) -> str:
        return self.name


class SuccessFactor(models.Model):
    """What must succeed for the focus area (kritisk suksessfaktor)."""

    area = models.ForeignKey(FocusArea, on_delete=models.CASCADE, related_name="factors")
    name = models.CharField(_("kritisk suksessfaktor"), max_length=160)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["area", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["area", "name"], name="one_success_factor_per_name")]

    def __str__(self) -> str:
        return self.name


class FactorLink(models.Model):
    """An arrow of the strategy map: success in one factor helps another."""

    source = models.ForeignKey(SuccessFactor, on_delete=models.CASCADE, related_name="leads_to")
    goal = models.ForeignKey(SuccessFactor, on_delete=models.CASCADE, related_name="helped_by")

    class Meta:
        ordering = ["source", "goal"]
        constraints = [
            models.UniqueConstraint(fields=["source", "goal"], name="one_arrow_per_pair"),
            models.CheckConstraint(name="arrow_leads_elsewhere", condition=~Q(source=F("goal"))),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} > {self.goal_id}"


class PlacedIndicator(models.Model):
    """An indicator's place on a scorecard, with its weight inside the focus area."""

    factor = models.ForeignKey(SuccessFactor, on_delete=models.CASCADE, related_name="placements")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="placements")
    order = models.PositiveSmallIntegerField(default=0)
    weight = models.DecimalField(_("vekt"), max_digits=6, decimal_places=2, default=0)
    # While a critical indicator is missed, its focus area is never green.
    critical = models.BooleanField(_("må nås"), default=False)
    target_confirmed = models.BooleanField(_("målet er bekreftet"), default=True)

    class Meta:
        ordering = ["factor", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["factor", "indicator"], name="one_place_per_factor_and_indicator"),
            models.CheckConstraint(name="placement_weight_is_a_share", condition=Q(weight__gte=0, weight__lte=100)),
        ]

    def __str__(self) -> str:
        return f"{self.factor_id} {self.indicator_id}"
