"""What an administrator decides about the month: areas, account groups, what must be explained, causes and deadlines. All with validity."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.constraints import one_of
from reporting.models.ledger import kroner
from reporting.rules.kinds import CausePart, Demand, Duty, FeedKind, RuleKind, Step
from scorecard.models import Indicator


def years_in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(last_year__isnull=True) | Q(last_year__gte=F("first_year")))


class FunctionArea(models.Model):
    """A grouping of the district's budget (FO1, FO2A …). Names change with the years."""

    code = models.CharField(_("kode"), max_length=10)
    name = models.CharField(_("navn"), max_length=80)
    first_year = models.PositiveSmallIntegerField(_("fra år"))
    last_year = models.PositiveSmallIntegerField(_("til år"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    class Meta:
        ordering = ["order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["code", "first_year"], name="one_function_area_per_code_and_year"),
            years_in_order("function_area_years_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class FunctionCode(models.Model):
    """Which area a KOSTRA function belongs to; the longest beginning of the code decides."""

    area = models.ForeignKey(FunctionArea, on_delete=models.CASCADE, related_name="functions")
    prefix = models.CharField(_("funksjon begynner med"), max_length=20)

    class Meta:
        ordering = ["prefix"]
        constraints = [models.UniqueConstraint(fields=["area", "prefix"], name="one_function_code_per_area_and_prefix")]

    def __str__(self) -> str:
        return self.prefix


class AccountGroup(models.Model):
    """A group of accounts that is explained as one, such as «Vikarer»; the longest beginning of the account decides."""

    code = models.CharField(_("kode"), max_length=20, unique=True)
    name = models.CharField(_("navn"), max_length=80)
    # Beginnings of account codes, with a comma between.
    prefixes = models.CharField(_("kontoer som begynner med"), max_length=200)
    order = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name


class EarmarkedProject(models.Model):
    """A ledger project with money bound to a purpose: reported apart from ordinary operation."""

    prefix = models.CharField(_("prosjekt begynner med"), max_length=20)
    name = models.CharField(_("navn"), max_length=80)
    first_year = models.PositiveSmallIntegerField(_("fra år"))
    last_year = models.PositiveSmallIntegerField(_("til år"), null=True, blank=True)

    class Meta:
        ordering = ["prefix", "first_year"]
        constraints = [
            models.UniqueConstraint(fields=["prefix", "first_year"], name="one_earmarked_project_per_prefix_and_year"),
            years_in_order("earmarked_project_years_in_order"),
        ]

    def __str__(self) -> str:
        return self.name


class ReportingRule(models.Model):
    """When something must be explained, and what is asked for. From a day on, until the next row of the same kind.

    `needs_both`: over both limits, otherwise over one of them. `limit_percent` is percentage points for sick leave.
    `periods` is how many months in a row.
    """

    KindChoices = [
        (RuleKind.VARIANCE_TO_DATE, _("Avvik hittil i år")),
        (RuleKind.FORECAST_OVERSPEND, _("Prognose over budsjettet")),
        (RuleKind.FORECAST_CHANGED, _("Prognosen er endret siden forrige måned")),
        (RuleKind.FORECAST_OFF_PACE, _("Prognosen er langt fra «samme takt»")),
        (RuleKind.UNDERSPEND, _("Stort mindreforbruk i prognosen")),
        (RuleKind.SICK_LEAVE, _("Sykefravær over målet")),
        (RuleKind.RED_INDICATOR, _("Indikator ikke nådd flere perioder på rad")),
        (RuleKind.OVERDUE_ACTION, _("Tiltak over fristen")),
    ]
    DemandChoices = [
        (Demand.COMMENT, _("Årsak og forklaring")),
        (Demand.COMMENT_AND_ACTION, _("Forklaring og minst ett tiltak")),
        (Demand.ACTION, _("Minst ett tiltak")),
        (Demand.STATUS_LINE, _("En linje om status")),
    ]

    kind = models.CharField(_("regel"), max_length=20, choices=KindChoices)
    limit_percent = models.DecimalField(_("grense i prosent"), max_digits=6, decimal_places=2, null=True, blank=True)
    limit_amount = kroner(_("grense i kroner"))
    needs_both = models.BooleanField(_("begge grensene må være passert"), default=False)
    periods = models.PositiveSmallIntegerField(_("måneder på rad"), default=1)
    min_length = models.PositiveSmallIntegerField(_("minste lengde på teksten"), default=20)
    demand = models.CharField(_("da kreves"), max_length=20, choices=DemandChoices, default=Demand.COMMENT)
    is_active = models.BooleanField(_("i bruk"), default=True)
    valid_from = models.DateField(_("gjelder fra"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["kind", "valid_from"]
        constraints = [
            one_of("reporting_rule_kind_is_known", "kind", RuleKind),
            one_of("reporting_rule_demand_is_known", "demand", Demand),
            models.UniqueConstraint(fields=["kind", "valid_from"], name="one_reporting_rule_per_kind_and_day"),
        ]

    def __str__(self) -> str:
        return self.kind


class Cause(models.Model):
    """A cause that can be chosen in an explanation, countable over units and months."""

    PartChoices = [(CausePart.ECONOMY, _("Økonomi")), (CausePart.SICK_LEAVE, _("Sykefravær"))]

    code = models.CharField(_("kode"), max_length=30, unique=True)
    label = models.CharField(_("årsak"), max_length=80)
    part = models.CharField(_("brukes om"), max_length=12, choices=PartChoices)
    is_active = models.BooleanField(_("kan velges"), default=True)
    order = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    class Meta:
        ordering = ["part", "order", "code"]
        constraints = [one_of("cause_part_is_known", "part", CausePart)]

    def __str__(self) -> str:
        return self.label


class DeadlineRule(models.Model):
    """When a step of the closing is due: a working day or a day of the month after the reported one. A row for one month wins."""

    StepChoices = [
        (Step.PERIOD_CLOSED, _("Perioden er lukket og filen laget")),
        (Step.FIGURES_READY, _("Tallene er klare")),
        (Step.UNIT_REPORT, _("Enheten leverer rapporten")),
        (Step.CONTROL, _("Controller går gjennom")),
        (Step.LOCK, _("Direktøren godkjenner og låser")),
    ]
    DutyChoices = [(Duty.FULL, _("Hele rapporten")), (Duty.FIGURES, _("Bare tall")), (Duty.NONE, _("Ingen rapport"))]

    step = models.CharField(_("trinn"), max_length=15, choices=StepChoices)
    # The number of the reported month this row is for; empty for all.
    month = models.PositiveSmallIntegerField(_("bare for måned"), null=True, blank=True)
    workday = models.PositiveSmallIntegerField(_("arbeidsdag nummer"), null=True, blank=True)
    day = models.PositiveSmallIntegerField(_("dag i måneden"), null=True, blank=True)
    # Counted from the month after the reported one: 0 is that month, 1 the next.
    months_later = models.PositiveSmallIntegerField(_("måneder senere"), default=0)
    time = models.TimeField(_("klokken"))
    duty = models.CharField(_("enheten leverer"), max_length=10, choices=DutyChoices, default=Duty.FULL)
    valid_from = models.DateField(_("gjelder fra"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["step", "month", "valid_from"]
        constraints = [
            one_of("deadline_step_is_known", "step", Step),
            one_of("deadline_duty_is_known", "duty", Duty),
            models.UniqueConstraint(fields=["step", "month", "valid_from"], name="one_deadline_per_step_month_and_day"),
            models.UniqueConstraint(
                fields=["step", "valid_from"], condition=Q(month__isnull=True), name="one_general_deadline_per_step_and_day"
            ),
            models.CheckConstraint(
                name="deadline_has_a_workday_or_a_day",
                condition=Q(workday__isnull=True, day__gte=1, day__lte=31) | Q(day__isnull=True, workday__gte=1, workday__lte=23),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.month or ''}"


class FigureFeed(models.Model):
    """Which indicator a figure of the month becomes a measurement of, without anybody typing it."""

    KindChoices = [
        (FeedKind.FORECAST_RESULT, _("Prognose i prosent av budsjettet")),
        (FeedKind.SPENT_TO_DATE, _("Forbruk hittil i prosent av budsjettet")),
        (FeedKind.SICK_LEAVE, _("Sykefravær")),
    ]

    kind = models.CharField(_("tall"), max_length=20, choices=KindChoices, unique=True)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["kind"]
        constraints = [one_of("feed_kind_is_known", "kind", FeedKind)]

    def __str__(self) -> str:
        return self.kind


class ReportTimes(models.Model):
    """How long people have with a report: reminders, answers, taking it back. From a day on, until the next row. Days are working days."""

    remind_before = models.PositiveSmallIntegerField(_("påminnelse før fristen"))
    reminds_on_day = models.BooleanField(_("påminnelse på fristens dag"))
    remind_after = models.PositiveSmallIntegerField(_("påminnelse etter fristen"))
    tell_leadership = models.PositiveSmallIntegerField(_("liste til ledelsen etter fristen"))
    answer_days = models.PositiveSmallIntegerField(_("dager til å svare"))
    answer_by = models.TimeField(_("svar innen klokken"))
    regret_minutes = models.PositiveSmallIntegerField(_("minutter til å angre"))
    valid_from = models.DateField(_("gjelder fra"), unique=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["valid_from"]
        constraints = [
            models.CheckConstraint(name="unit_is_reminded_before_the_leadership", condition=Q(tell_leadership__gt=F("remind_after"))),
            models.CheckConstraint(name="answer_takes_a_day", condition=Q(answer_days__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from}"


class SickLeaveShield(models.Model):
    """From which size on a unit's sick leave may be shown with its details, and how far its files may be off. From a day on, until the
    next row."""

    min_fte = models.DecimalField(_("minste antall årsverk"), max_digits=6, decimal_places=1)
    min_persons = models.PositiveSmallIntegerField(_("minste antall med fravær"))
    # How many days the two ways of splitting the days of a row may differ by.
    tolerance = models.DecimalField(_("største forskjell i dagsverk"), max_digits=4, decimal_places=1, default=Decimal("0.5"))
    valid_from = models.DateField(_("gjelder fra"), unique=True)

    class Meta:
        ordering = ["valid_from"]
        constraints = [
            models.CheckConstraint(name="sick_leave_shield_is_not_negative", condition=Q(min_fte__gte=0, tolerance__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from}"
