"""Sources with their profiles, the files that came, and the codes nobody knew."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.constraints import one_of
from imports.rules.states import BatchState, CodeState, SourceKind, Way
from organisation.models import Unit, User
from reporting.models import Delivery
from reporting.models.ledger import kroner
from scorecard.models import Indicator
from scorecard.models.fields import PeriodMixin

KINDS = [
    (SourceKind.ECONOMY, _("Økonomi")),
    (SourceKind.SICK_LEAVE, _("Sykefravær")),
    (SourceKind.FIGURES, _("Produksjonstall og andre indikatorer")),
    (SourceKind.SURVEYS, _("Publiserte undersøkelser")),
    (SourceKind.BENCHMARKS, _("Sammenlikningstall")),
]


class Profile(models.Model):
    """How a source's files are read: columns by alias, signs, unit of amounts, encoding. The definition is a profile file's content."""

    code = models.CharField(_("kode"), max_length=40, unique=True)
    name = models.CharField(_("navn"), max_length=120)
    kind = models.CharField(_("slags"), max_length=12, choices=KINDS)
    definition = models.JSONField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["kind", "name"]
        constraints = [one_of("profile_kind_is_known", "kind", SourceKind)]

    def __str__(self) -> str:
        return self.name


class Source(models.Model):
    """A system that delivers files for a district, and when they are expected. `folder` is its place below ALNA_INBOX."""

    code = models.CharField(_("kode"), max_length=40, unique=True)
    name = models.CharField(_("navn"), max_length=120)
    kind = models.CharField(_("slags"), max_length=12, choices=KINDS)
    district = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="sources")
    folder = models.CharField(_("mappe"), max_length=80, unique=True)
    # Working day of the month on which the file is expected; empty where none is.
    expected_workday = models.PositiveSmallIntegerField(_("ventes arbeidsdag nummer"), null=True, blank=True)
    # The newest month there was when it was set up: of earlier ones no file is asked for. Empty: not known.
    first_month = models.DateField(null=True, editable=False)
    # A file from the folder that passes every check is saved without anybody looking.
    saves_by_itself = models.BooleanField(_("lagres uten kontroll når alt stemmer"), default=False)
    is_active = models.BooleanField(_("i bruk"), default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            one_of("source_kind_is_known", "kind", SourceKind),
            models.CheckConstraint(
                name="source_workday_is_in_a_month",
                condition=Q(expected_workday__isnull=True) | Q(expected_workday__gte=1, expected_workday__lte=23),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Batch(models.Model):
    """One file on its way in. Claimed by a conditional update, so that two workers never take the same.

    `findings` is what the control page shows, worked out once: see imports.rules.findings. `progress` is per mille of the file read.
    """

    StateChoices = [
        (BatchState.RECEIVED, _("Mottatt")),
        (BatchState.READING, _("Leses")),
        (BatchState.CHECKED, _("Klar til kontroll")),
        (BatchState.REFUSED, _("Kan ikke leses inn")),
        (BatchState.SAVING, _("Lagres")),
        (BatchState.SAVED, _("Lagret")),
        (BatchState.REJECTED, _("Avvist")),
        (BatchState.ROLLED_BACK, _("Angret")),
        (BatchState.SAME, _("Allerede lest inn")),
    ]
    WayChoices = [(Way.BROWSER, _("Lastet opp")), (Way.FOLDER, _("Hentet fra mappe")), (Way.COMMAND, _("Lest inn fra kommandolinjen"))]

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="batches")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    # Name of the kept file below the data folder.
    stored_as = models.CharField(max_length=100)
    way = models.CharField(max_length=10, choices=WayChoices)
    state = models.CharField(max_length=12, choices=StateChoices, default=BatchState.RECEIVED)
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveSmallIntegerField(null=True)
    # Somebody chose the period; otherwise it is the file's own.
    period_chosen = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    # Who works on it now, and when it last gave a sign of life: a claim without one is taken over.
    claimed_by = models.CharField(max_length=80, blank=True)
    heartbeat_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    progress = models.PositiveSmallIntegerField(default=0)
    rows_read = models.PositiveIntegerField(default=0)
    checked_at = models.DateTimeField(null=True)
    findings = models.JSONField(default=dict)
    # Where figures of the period stand already: [{"unit_id": …, "before": "…", "after": "…"}] of the units that become others.
    differences = models.JSONField(default=list)
    # Why it was refused: {"code": …, …} turned into a sentence where it is shown.
    refusal = models.JSONField(default=dict)
    # The profile it was read with where that is not the source's own; empty otherwise.
    definition = models.JSONField(default=dict)
    # Findings somebody has seen and accepted before saving.
    acknowledged = models.JSONField(default=list)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, null=True, related_name="+")
    rolled_back_at = models.DateTimeField(null=True)
    rolled_back_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    rolled_back_reason = models.CharField(max_length=300, blank=True)
    leaders_told_at = models.DateTimeField(null=True)
    # The name it has in its folder while it is on its way; empty where it did not come from one.
    folder_name = models.CharField(max_length=260, blank=True)
    # What stood where this file's comparison figures stand now, so that they can be put back.
    benchmarks_before = models.JSONField(default=list)

    class Meta:
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["state", "heartbeat_at"], name="batch_by_state")]
        constraints = [one_of("batch_state_is_known", "state", BatchState), one_of("batch_way_is_known", "way", Way)]

    def __str__(self) -> str:
        return self.file_name


class UnknownCode(models.Model):
    """A cost centre or unit code of a file that belongs to nobody: in a queue until somebody maps it or leaves it unallocated."""

    StateChoices = [(CodeState.OPEN, _("Venter")), (CodeState.MAPPED, _("Koblet til en enhet")), (CodeState.LEFT, _("Fordeles ikke"))]

    district = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=KINDS)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=StateChoices, default=CodeState.OPEN)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="unknown_codes")
    rows = models.PositiveIntegerField(default=0)
    amount = kroner()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["state", "code"]
        constraints = [
            one_of("unknown_code_state_is_known", "state", CodeState),
            models.UniqueConstraint(fields=["district", "kind", "code"], name="one_unknown_code_per_district_and_kind"),
        ]

    def __str__(self) -> str:
        return self.code


class FileCode(models.Model):
    """Which unit a code means in files of one kind, from a day on, until the next row. It says nothing of any other kind: what a ledger's
    codes mean are the units' cost centres."""

    district = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=KINDS)
    code = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()

    class Meta:
        ordering = ["code", "valid_from"]
        constraints = [
            one_of("file_code_kind_is_known", "kind", SourceKind),
            models.CheckConstraint(name="file_code_is_of_no_ledger", condition=~Q(kind=SourceKind.ECONOMY)),
            models.UniqueConstraint(fields=["district", "kind", "code", "valid_from"], name="one_file_code_per_kind_and_day"),
        ]

    def __str__(self) -> str:
        return self.code


class RecordedFigure(PeriodMixin, models.Model):
    """A measurement that a batch wrote: it is taken back with the batch, and leads to its page."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="figures")
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    row = models.PositiveIntegerField()

    class Meta:
        ordering = ["batch", "row"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "indicator", "unit", "period_kind", "period_start"], name="one_recorded_figure_per_batch_and_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.row}"
