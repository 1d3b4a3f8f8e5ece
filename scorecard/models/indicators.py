"""The library of indicators: defined once, used by many scorecards through the years."""

from decimal import Decimal
from typing import ClassVar

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from common.constraints import one_of
from common.periods import PeriodKind
from scorecard.models.fields import PeriodMixin, figure
from scorecard.rules.rollup import Method
from scorecard.rules.scores import SURVEY_FLOOR
from scorecard.rules.statuses import Direction


class Indicator(models.Model):
    """What is measured, how, and how its values are read and added up."""

    class Measure(models.TextChoices):
        SCALE = "scale", _("Skala")
        PERCENT = "percent", _("Prosent")
        COUNT = "count", _("Antall")
        KRONER = "kroner", _("Kroner")
        DAYS = "days", _("Dager")
        INDEX = "index", _("Indeks")

    DirectionChoices: ClassVar = [
        (Direction.HIGHER, _("Høyere er bedre")),
        (Direction.LOWER, _("Lavere er bedre")),
        (Direction.RANGE, _("Innenfor et område")),
    ]
    MethodChoices: ClassVar = [
        (Method.RATIO, _("Sum av tellere delt på sum av nevnere")),
        (Method.SUM, _("Sum")),
        (Method.WEIGHTED, _("Snitt vektet med nevneren")),
        (Method.POOLED, _("Alle svar teller likt")),
        (Method.MEAN, _("Uvektet snitt")),
        (Method.LATEST, _("Siste verdi")),
        (Method.NONE, _("Legges ikke sammen")),
    ]
    FrequencyChoices: ClassVar = [
        (PeriodKind.MONTH, _("Hver måned")),
        (PeriodKind.QUARTER, _("Hvert kvartal")),
        (PeriodKind.TERTIAL, _("Hvert tertial")),
        (PeriodKind.YEAR, _("Hvert år")),
    ]

    code = models.CharField(
        _("kode"),
        max_length=60,
        unique=True,
        validators=[RegexValidator(r"^[a-z][a-z0-9_]*$", _("Bruk små bokstaver, tall og understrek."))],
    )
    name = models.CharField(_("navn"), max_length=120)
    definition = models.TextField(_("hva tallet måler"), blank=True)
    numerator_text = models.CharField(_("teller"), max_length=200, blank=True)
    denominator_text = models.CharField(_("nevner"), max_length=200, blank=True)
    method_text = models.CharField(_("målemetode"), max_length=120, blank=True)
    source = models.CharField(_("kilde"), max_length=200, blank=True)
    owner_role = models.CharField(_("eier"), max_length=120, blank=True)
    measure = models.CharField(_("måles i"), max_length=10, choices=Measure)
    unit_text = models.CharField(_("benevning"), max_length=20, blank=True)
    direction = models.CharField(_("retning"), max_length=10, choices=DirectionChoices)
    rollup = models.CharField(_("legges sammen"), max_length=10, choices=MethodChoices)
    # A ratio is stored as numerator and denominator and shown as numerator / denominator x factor.
    factor = models.DecimalField(_("ganges med"), max_digits=12, decimal_places=4, default=1)
    frequency = models.CharField(_("hvor ofte"), max_length=10, choices=FrequencyChoices)
    # Sick leave of one month says little: it is shown for the last twelve together.
    window = models.PositiveSmallIntegerField(_("vises for så mange perioder samlet"), default=1, validators=[MinValueValidator(1)])
    due_days = models.PositiveSmallIntegerField(_("klar antall dager etter perioden"), default=10)
    places = models.PositiveSmallIntegerField(_("desimaler"), default=1, validators=[MinValueValidator(0)])
    scale_min = figure(_("laveste mulige verdi"))
    scale_max = figure(_("høyeste mulige verdi"))
    score_floor = figure(_("verdi som gir 0 poeng"))
    info_below = figure(_("merkes når verdien er under"))
    change_gap = figure(_("minste endring som vises"))
    minutes = models.PositiveSmallIntegerField(_("minutter å rapportere"), default=0)
    formula = models.CharField(_("regnes ut av"), max_length=300, blank=True)
    # Figures that may betray persons: a unit's own are shown to its leaders only, everybody else sees the whole district's.
    restricted = models.BooleanField(_("skjermes for andre enheter"), default=False)
    is_demo = models.BooleanField(default=False)
    retired_on = models.DateField(_("tatt ut av bruk"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    history = HistoricalRecords()

    class Meta:
        ordering = ["name", "code"]
        constraints = [
            one_of("indicator_direction_is_known", "direction", Direction),
            one_of("indicator_rollup_is_known", "rollup", Method),
            one_of("indicator_frequency_is_known", "frequency", PeriodKind),
            models.CheckConstraint(
                name="indicator_scale_has_a_width",
                condition=Q(scale_min__isnull=True) | Q(scale_max__isnull=True) | Q(scale_max__gt=models.F("scale_min")),
                violation_error_message=_("Den høyeste mulige verdien må være større enn den laveste."),
            ),
            models.CheckConstraint(name="indicator_factor_is_positive", condition=Q(factor__gt=0)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zero(self) -> Decimal | None:
        """The value that gives no points; None leaves it to the rule. A survey's own lowest answer, 1 of 6, would be too kind."""
        is_survey = self.measure == self.Measure.SCALE and (self.scale_min, self.scale_max) == (1, 6) and self.direction == Direction.HIGHER
        return SURVEY_FLOOR if self.score_floor is None and is_survey else self.score_floor

    @property
    def kind(self) -> PeriodKind:
        return PeriodKind(self.frequency)


class Benchmark(PeriodMixin, models.Model):
    """What others have: Oslo, the country, the highest and lowest. `bodies` is how many are behind the figure."""

    class Group(models.TextChoices):
        OSLO = "oslo", _("Oslo")
        NORWAY = "norway", _("Snitt Norge")
        HIGHEST = "highest", _("Høyest kommune")
        LOWEST = "lowest", _("Lavest kommune")
        PEERS = "peers", _("Andre bydeler")

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="benchmarks")
    group = models.CharField(_("hvem"), max_length=10, choices=Group)
    value = models.DecimalField(_("verdi"), max_digits=18, decimal_places=6)
    bodies = models.PositiveIntegerField(_("antall bak tallet"), null=True, blank=True)
    source = models.CharField(_("kilde"), max_length=200, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["indicator", "group", "period_start"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "group", "period_kind", "period_start"], name="one_benchmark_per_group_and_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.group} {self.period_start}"
