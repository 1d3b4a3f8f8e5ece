"""Activities of a year's wheel, and one task for each unit."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from annualcycle.rules.kinds import DateRule, LinkKind, Moves, Scope, TaskState
from common.constraints import one_of
from common.deadlines import Lane
from organisation.models import Unit, User

MONTHS = (MinValueValidator(1), MaxValueValidator(12))


class Activity(models.Model):
    """Something a district does in a year, by a day that a rule finds.

    `series` is the same in every year, so that a wheel rolled to the next year doubles nothing. `due_on`, `starts_on` and `rule_day`
    are what the rule gave, kept so that lists cost nothing: `rule_day` is the day before it was moved to a working day. `fixed_on` is a
    day somebody has set for this year alone. `responsible` and `participants` are roles; `lead_days` are days before the day on which
    reminders go. A cancelled activity stays with its reason.
    """

    RuleChoices = [
        (DateRule.FIXED, _("På en bestemt dato")),
        (DateRule.MONTH, _("Siste dag i en måned")),
        (DateRule.WEEK, _("I en bestemt uke i måneden")),
        (DateRule.WORKDAY, _("På en bestemt arbeidsdag i måneden")),
        (DateRule.RELATIVE, _("Før eller etter en annen aktivitet")),
    ]
    MoveChoices = [
        (Moves.BEFORE, _("Siste arbeidsdag før")),
        (Moves.AFTER, _("Første arbeidsdag etter")),
        (Moves.STAYS, _("Flyttes ikke")),
    ]
    ScopeChoices = [
        (Scope.DISTRICT, _("Bydelen, én oppgave")),
        (Scope.UNITS, _("Alle resultatenheter, én oppgave hver")),
        (Scope.CHOSEN, _("Noen enheter, én oppgave hver")),
        (Scope.NONE, _("Ingen, den bare skjer")),
    ]
    LaneChoices = [
        (Lane.REPORT, _("Rapport")),
        (Lane.MEETING, _("Møte, samtale")),
        (Lane.SURVEY, _("Undersøkelse")),
        (Lane.PLAN, _("Plan og vedtak")),
    ]
    LinkChoices = [
        (LinkKind.NONE, _("Ikke noe i Alna")),
        (LinkKind.REPORT, _("Månedsrapporten")),
        (LinkKind.SCORECARD, _("Målekartet")),
        (LinkKind.SURVEY, _("En undersøkelse")),
        (LinkKind.MEETING, _("Et møte")),
        (LinkKind.DOCUMENTS, _("Gjennomgang av dokumenter")),
    ]

    district = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="activities")
    year = models.PositiveSmallIntegerField(_("år"))
    series = models.UUIDField(editable=False)
    title = models.CharField(_("aktivitet"), max_length=120)
    # Beside the wheel, where room is short.
    short = models.CharField(_("kort navn"), max_length=28)
    description = models.TextField(_("hva skal gjøres"), max_length=2000, blank=True)
    lane = models.CharField(_("bane i hjulet"), max_length=10, choices=LaneChoices)

    rule = models.CharField(_("når"), max_length=10, choices=RuleChoices)
    month = models.PositiveSmallIntegerField(_("måned"), null=True, blank=True, validators=MONTHS)
    day = models.PositiveSmallIntegerField(_("dag"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(31)])
    number = models.SmallIntegerField(_("nummer"), null=True, blank=True)
    weekday = models.PositiveSmallIntegerField(_("ukedag"), null=True, blank=True, validators=[MaxValueValidator(6)])
    anchor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followers")
    offset = models.SmallIntegerField(_("dager"), null=True, blank=True)
    offset_in_workdays = models.BooleanField(_("arbeidsdager"), default=False)
    moves = models.CharField(_("faller dagen på helg eller helligdag"), max_length=10, choices=MoveChoices, default=Moves.BEFORE)
    # Where the activity lasts: the day it begins, as month and day of the same year.
    start_month = models.PositiveSmallIntegerField(_("begynner i måned"), null=True, blank=True, validators=MONTHS)
    start_day = models.PositiveSmallIntegerField(
        _("begynner på dag"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    fixed_on = models.DateField(_("egen dato i år"), null=True, blank=True)
    rule_day = models.DateField()
    due_on = models.DateField(_("frist"))
    starts_on = models.DateField(null=True)
    # The whole year through: drawn below the wheel, not on it.
    all_year = models.BooleanField(_("gjelder hele året"), default=False)

    # Words of organisation.rules.access.Role; empty where it only happens.
    responsible = models.CharField(_("ansvarlig"), max_length=30, blank=True)
    participants = models.JSONField(_("deltar"), default=list, blank=True)
    scope = models.CharField(_("hvem får oppgaven"), max_length=10, choices=ScopeChoices, default=Scope.DISTRICT)
    units = models.ManyToManyField(Unit, related_name="+", blank=True, verbose_name=_("enheter"))
    lead_days = models.JSONField(_("påminnelser, dager før"), default=list, blank=True)
    # Working days after the day before the level above is told; empty: as the setting says.
    escalate_after = models.PositiveSmallIntegerField(_("arbeidsdager over fristen før nivået over får vite det"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("omtrent hvor mange minutter"), null=True, blank=True)
    link_kind = models.CharField(_("gjelder"), max_length=12, choices=LinkChoices, default=LinkKind.NONE)
    # The report's month (its first day), or the first day of the målekart's year.
    link_period = models.DateField(null=True, blank=True)
    is_public = models.BooleanField(_("vises for folkevalgte og i kalenderen utad"), default=False)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_reason = models.CharField(_("hvorfor"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    history = HistoricalRecords()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["district", "year", "due_on"], name="activity_by_year")]
        constraints = [
            models.UniqueConstraint(fields=["district", "year", "series"], name="one_activity_of_a_series_a_year"),
            one_of("activity_rule_is_known", "rule", DateRule),
            one_of("activity_moves_is_known", "moves", Moves),
            one_of("activity_scope_is_known", "scope", Scope),
            models.CheckConstraint(
                name="activity_is_done_by_somebody",
                condition=Q(scope=Scope.NONE, responsible="") | (~Q(scope=Scope.NONE) & ~Q(responsible="")),
            ),
            one_of("activity_lane_is_known", "lane", Lane),
            one_of("activity_link_is_known", "link_kind", LinkKind),
            models.CheckConstraint(
                name="activity_starts_before_its_day", condition=Q(starts_on__isnull=True) | Q(starts_on__lte=F("due_on"))
            ),
            models.CheckConstraint(name="relative_activity_has_an_anchor", condition=~Q(rule=DateRule.RELATIVE) | Q(anchor__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.year}"


class Task(models.Model):
    """What one unit shall do because of an activity. `product` is the path or address of what came of it."""

    StateChoices = [
        (TaskState.OPEN, _("Ikke gjort")),
        (TaskState.DONE, _("Ferdig")),
        (TaskState.NOT_NEEDED, _("Gjelder ikke")),
    ]

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="tasks")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=StateChoices, default=TaskState.OPEN)
    # The day it was done; a day somebody says, not later than today.
    done_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    product = models.CharField(_("lenke til det som kom ut av det"), max_length=500, blank=True)
    product_name = models.CharField(_("hva det er"), max_length=120, blank=True)
    note = models.CharField(_("merknad"), max_length=300, blank=True)
    # When the next level was told that the day has passed; once.
    escalated_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    history = HistoricalRecords()

    class Meta:
        ordering = ["activity", "unit"]
        indexes = [models.Index(fields=["unit", "state"], name="task_by_unit_and_state")]
        constraints = [
            models.UniqueConstraint(fields=["activity", "unit"], name="one_task_of_a_unit"),
            one_of("task_state_is_known", "state", TaskState),
            models.CheckConstraint(
                name="only_what_is_done_has_a_day",
                condition=Q(state=TaskState.DONE, done_on__isnull=False) | (~Q(state=TaskState.DONE) & Q(done_on__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.unit_id} {self.state}"


class CycleSetting(models.Model):
    """What an administrator decides about reminders; one row."""

    # 0 is Monday.
    digest_weekday = models.PositiveSmallIntegerField(_("ukens oversikt kommer på"), default=0, validators=[MaxValueValidator(4)])
    hour = models.PositiveSmallIntegerField(_("klokken"), default=8, validators=[MinValueValidator(6), MaxValueValidator(20)])
    # Months without reminders, 1-12.
    quiet_months = models.JSONField(_("stille måneder"), default=list)
    escalate_after = models.PositiveSmallIntegerField(_("arbeidsdager over fristen før nivået over får vite det"), default=5)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(name="one_cycle_setting", condition=Q(pk=1))]

    def __str__(self) -> str:
        return f"{self.digest_weekday} {self.hour}"


class ReminderRun(models.Model):
    """The last morning on which a district was told of its deadlines; claimed by a conditional update."""

    district = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.district_id} {self.day}"
