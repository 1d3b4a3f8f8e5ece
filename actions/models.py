"""Actions, and what has happened to them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from actions.rules.states import EffectKind, Outcome, Status
from common.constraints import one_of
from organisation.models import Unit, User

OPEN = [status.value for status in Status if status.is_open]


class Action(models.Model):
    """Something the owner shall do in a unit by a day. Why stands with whoever asked for it: upper apps point here.

    `effect_amount` is kroner that the unit's year ends better by, always positive. A done action has an evaluated effect.
    """

    StatusChoices = [
        (Status.NOT_STARTED, _("Ikke startet")),
        (Status.ON_TRACK, _("I rute")),
        (Status.DELAYED, _("Forsinket")),
        (Status.DONE, _("Gjennomført")),
        (Status.CANCELLED, _("Avbrutt")),
    ]
    EffectChoices = [
        (EffectKind.AMOUNT, _("Kroner")),
        (EffectKind.INDICATOR, _("En indikator")),
        (EffectKind.OTHER, _("Noe annet")),
    ]
    OutcomeChoices = [
        (Outcome.AS_EXPECTED, _("Som ventet")),
        (Outcome.MORE, _("Mer enn ventet")),
        (Outcome.LESS, _("Mindre enn ventet")),
        (Outcome.NONE, _("Ingen virkning")),
    ]

    title = models.CharField(_("tiltak"), max_length=160)
    description = models.TextField(_("hva skal gjøres"), max_length=2000, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="actions")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="owned_actions")
    due_on = models.DateField(_("frist"))
    status = models.CharField(_("status"), max_length=15, choices=StatusChoices, default=Status.NOT_STARTED)
    effect_kind = models.CharField(_("ventet virkning"), max_length=10, choices=EffectChoices, default=EffectKind.OTHER)
    effect_amount = models.DecimalField(_("kroner i år"), max_digits=14, decimal_places=2, null=True, blank=True)
    effect_from = models.DateField(_("virker fra"), null=True, blank=True)
    effect_text = models.CharField(_("hva vi venter"), max_length=300, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    # The day it was done or cancelled, and what came of it.
    closed_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(_("virkning"), max_length=15, choices=OutcomeChoices, blank=True)
    outcome_amount = models.DecimalField(_("oppnådd, kroner"), max_digits=14, decimal_places=2, null=True, blank=True)
    outcome_text = models.CharField(_("hva kom ut av det"), max_length=500, blank=True)
    evaluated_at = models.DateTimeField(null=True, blank=True)
    evaluated_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    # When the next level was told that the deadline has passed; once.
    escalated_at = models.DateTimeField(null=True, blank=True)
    # When it was found that there is nobody to tell; written to the server's log once.
    stranded_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    history = HistoricalRecords()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["unit", "status", "due_on"], name="action_by_unit_and_status")]
        constraints = [
            one_of("action_status_is_known", "status", Status),
            one_of("action_effect_kind_is_known", "effect_kind", EffectKind),
            models.CheckConstraint(name="action_effect_is_positive", condition=Q(effect_amount__isnull=True) | Q(effect_amount__gt=0)),
            models.CheckConstraint(
                name="action_is_closed_on_a_day", condition=Q(status__in=OPEN, closed_on__isnull=True) | Q(closed_on__isnull=False)
            ),
            models.CheckConstraint(name="done_action_is_evaluated", condition=~Q(status=Status.DONE) | Q(evaluated_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.title


class ActionUpdate(models.Model):
    """One line of an action's log: a new status, or what the owner says about it. Added to, never changed."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="updates")
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    status = models.CharField(max_length=15, choices=Action.StatusChoices)
    text = models.CharField(_("hva er nytt"), max_length=500, blank=True)

    class Meta:
        ordering = ["action", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.action_id} {self.status}"


class ActionSetting(models.Model):
    """What an administrator decides about all actions; one row."""

    # So many working days after the deadline the level above is told, once.
    escalate_after = models.PositiveSmallIntegerField(_("arbeidsdager over fristen før nivået over får vite det"), default=5)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(name="one_action_setting", condition=Q(pk=1))]

    def __str__(self) -> str:
        return f"{self.escalate_after}"
