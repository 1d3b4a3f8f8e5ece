"""The reports: one per unit and month, what happened to it, and the consolidated texts that are built from them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from actions.models import Action
from common.constraints import one_of
from common.periods import Period
from organisation.models import Unit, User
from reporting.models.ledger import kroner
from reporting.rules.kinds import ForecastMethod, ReportState


class ReportingMonth(models.Model):
    """One month of a district: when its figures were ready and told, and when it was locked."""

    district = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    figures_ready_at = models.DateTimeField(null=True, blank=True)
    leaders_told_at = models.DateTimeField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    locked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["district", "-month"]
        constraints = [models.UniqueConstraint(fields=["district", "month"], name="one_reporting_month_per_district")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class MonthlyReport(models.Model):
    """What a unit's leader says about one month. Every saved field is a version of the row; each way from state to state is an event.

    Amounts are kroner. `forecast` is what the whole year is expected to come to; every month's is kept, so that they can be shown side
    by side and judged at the end of the year. `timing` is what the leader takes out of the variance because it is timing alone.
    `figures` are the month's figures as they stood when the report was delivered.
    """

    StateChoices = [
        (ReportState.NOT_STARTED, _("Ikke startet")),
        (ReportState.BEGUN, _("Påbegynt")),
        (ReportState.DELIVERED, _("Levert")),
        (ReportState.RETURNED, _("Returnert")),
        (ReportState.APPROVED, _("Godkjent")),
        (ReportState.LOCKED, _("Låst")),
    ]
    MethodChoices = [
        (ForecastMethod.BUDGET, _("Som budsjettet")),
        (ForecastMethod.NO_MORE, _("Avviket fortsetter ikke")),
        (ForecastMethod.SAME_PACE, _("Samme takt")),
        (ForecastMethod.LAST_YEAR, _("Som i fjor")),
        (ForecastMethod.KEPT, _("Som forrige måned")),
        (ForecastMethod.OWN, _("Eget tall")),
    ]

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reports")
    month = models.DateField()
    state = models.CharField(max_length=12, choices=StateChoices, default=ReportState.NOT_STARTED)
    forecast = kroner(_("prognose for året"))
    method = models.CharField(_("forslag"), max_length=12, choices=MethodChoices, blank=True)
    # Nobody has confirmed it: last month's, carried over where no report came.
    is_unconfirmed = models.BooleanField(default=False)
    change_text = models.TextField(_("hva er endret"), max_length=1000, blank=True)
    timing = kroner(_("periodisering som jevner seg ut"))
    timing_text = models.CharField(_("hva gjelder det"), max_length=300, blank=True)
    # Codes of Cause.
    causes = models.JSONField(default=list, blank=True)
    explanation = models.TextField(_("hva skjer, og hva venter dere fremover"), max_length=2000, blank=True)
    # For how many months the explanation has stood unchanged, this one included; 0 where it is new.
    unchanged_months = models.PositiveSmallIntegerField(default=0)
    sick_causes = models.JSONField(default=list, blank=True)
    sick_text = models.TextField(_("hva gjør dere fremover"), max_length=2000, blank=True)
    # {indicator code: text} and {action id: text} for what the rules ask a line about.
    indicator_lines = models.JSONField(default=dict, blank=True)
    action_lines = models.JSONField(default=dict, blank=True)
    figures = models.JSONField(default=dict, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    # Seconds somebody has worked on it, counted from field to field; long pauses do not count.
    seconds_spent = models.PositiveIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    # Set where a deputy delivered in somebody's place.
    on_behalf_of = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    # A file changed the month's figures after the report was delivered.
    figures_changed_at = models.DateTimeField(null=True, blank=True)
    # A correction after the lock took in the production figures and the sick leave of that moment; empty where they are the lock's.
    known_at = models.DateTimeField(null=True, blank=True)
    # Counts the corrections after the lock: 1 is the report as it was locked.
    revision = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)

    history = HistoricalRecords()

    class Meta:
        ordering = ["month", "unit"]
        indexes = [models.Index(fields=["month", "state"], name="report_by_month_and_state")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "month"], name="one_report_per_unit_and_month"),
            one_of("report_state_is_known", "state", ReportState),
            one_of("report_method_is_known", "method", ["", *ForecastMethod]),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.month:%Y-%m}"

    @property
    def period(self) -> Period:
        return Period.month(self.month.year, self.month.month)


class ReportEvent(models.Model):
    """One step in a report's life: who, when, from which state to which, and what was said. Added to, never changed."""

    report = models.ForeignKey(MonthlyReport, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    on_behalf_of = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    from_state = models.CharField(max_length=12, choices=MonthlyReport.StateChoices)
    to_state = models.CharField(max_length=12, choices=MonthlyReport.StateChoices)
    comment = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["report", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.from_state} > {self.to_state}"


class ReportReturn(models.Model):
    """A report sent back with a question about one part of it; the leader changes that part only."""

    report = models.ForeignKey(MonthlyReport, on_delete=models.CASCADE, related_name="returns")
    part = models.CharField(max_length=20)
    reason = models.CharField(_("hva trenger du svar på"), max_length=1000)
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["report", "at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "part"], condition=Q(answered_at__isnull=True), name="one_open_return_per_report_and_part"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.part}"


class ReportAction(models.Model):
    """An action that was agreed on because of a report's month; `agreed_by_director` where the director asked for it."""

    report = models.ForeignKey(MonthlyReport, on_delete=models.CASCADE, related_name="agreed_actions")
    action = models.OneToOneField(Action, on_delete=models.CASCADE, related_name="+")
    part = models.CharField(max_length=20)
    agreed_by_director = models.BooleanField(default=False)

    class Meta:
        ordering = ["report", "action"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.action_id}"


class ConsolidatedText(models.Model):
    """The editable layer of the consolidated report: one text per function area, and one («») for the whole district.

    `built_from` lists the reports and versions it was made of: [[report id, version], …]. An unedited text follows the reports.
    """

    district = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    area = models.CharField(max_length=10, blank=True)
    text = models.TextField(_("tekst"), max_length=20_000, blank=True)
    built_from = models.JSONField(default=list, blank=True)
    is_edited = models.BooleanField(default=False)
    edited_at = models.DateTimeField(null=True, blank=True)
    edited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    history = HistoricalRecords()

    class Meta:
        ordering = ["district", "month", "area"]
        constraints = [models.UniqueConstraint(fields=["district", "month", "area"], name="one_consolidated_text_per_month_and_area")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.area}"


class ForecastAccuracy(models.Model):
    """How a year's forecasts of a unit turned out, by method («leader» is what was delivered). In kroner over the months with one.

    `bias` is the mean of forecast minus result: positive where too much was expected. `error` is the mean absolute error, `percent` the
    same in percent of the budget.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=12)
    months = models.PositiveSmallIntegerField()
    bias = models.DecimalField(max_digits=16, decimal_places=2)
    error = models.DecimalField(max_digits=16, decimal_places=2)
    percent = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    computed_at = models.DateTimeField()

    class Meta:
        ordering = ["unit", "-year", "method"]
        constraints = [models.UniqueConstraint(fields=["unit", "year", "method"], name="one_accuracy_per_unit_year_and_method")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year} {self.method}"
