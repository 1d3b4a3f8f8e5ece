"""What other systems deliver each month: ledger lines and sick leave, with the file and row each came from."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.constraints import one_of
from organisation.models import Unit, User
from reporting.rules.kinds import DeliveryKind


def kroner(label: Any = None, **options: Any) -> "models.DecimalField[Any, Any]":
    """An amount in kroner with øre; expense is positive and income negative, as in KOSTRA."""
    return models.DecimalField(label, max_digits=16, decimal_places=2, null=True, blank=True, **options)


class Delivery(models.Model):
    """One file's figures for one period of a district. A corrected file is a new version; the earlier stays and no longer counts.

    `number` is the ledger's period: 1–12, and 13–15 for the closing of the year, which counts as December. `cumulative` says that
    amounts are from January to the period; otherwise they are the month's own.
    """

    KindChoices = [(DeliveryKind.ECONOMY, _("Økonomi")), (DeliveryKind.SICK_LEAVE, _("Sykefravær"))]

    kind = models.CharField(max_length=12, choices=KindChoices)
    district = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    cumulative = models.BooleanField(default=True)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, blank=True)
    rows = models.PositiveIntegerField(default=0)
    delivered_at = models.DateTimeField()
    delivered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    rolled_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-year", "-number", "kind", "-version"]
        constraints = [
            one_of("delivery_kind_is_known", "kind", DeliveryKind),
            models.UniqueConstraint(fields=["kind", "district", "year", "number", "version"], name="one_delivery_per_period_and_version"),
            models.UniqueConstraint(
                fields=["kind", "district", "year", "number"], condition=Q(is_current=True), name="one_current_delivery_per_period"
            ),
            models.CheckConstraint(name="delivery_number_is_a_period", condition=Q(number__gte=1, number__lte=15)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}-{self.number:02} v{self.version}"


class LedgerLine(models.Model):
    """One row of a ledger file, kept as it was read. `unit` is empty where no cost centre says whose it is.

    A million rows are written at once. So the database does not look delivery and unit up for every one of them, as both come from it
    in the same transaction; nor that row and number are not negative, as both are counted; and the index by unit is narrow: a unit has
    some hundred lines in a delivery, and whoever asks for some of its accounts reads them all.
    """

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="lines", db_index=False, db_constraint=False)
    row = models.IntegerField()
    number = models.SmallIntegerField()
    cost_centre = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False)
    account = models.CharField(max_length=20)
    account_name = models.CharField(max_length=80, blank=True)
    function = models.CharField(max_length=20, blank=True)
    project = models.CharField(max_length=20, blank=True)
    original = kroner()
    revised = kroner()
    budget = kroner()
    actual = kroner()

    class Meta:
        ordering = ["delivery", "row"]
        constraints = [models.UniqueConstraint(fields=["delivery", "row"], name="one_ledger_line_per_delivery_and_row")]
        indexes = [models.Index(fields=["delivery", "unit"], name="ledger_line_by_unit")]

    def __str__(self) -> str:
        return f"{self.delivery_id}:{self.row}"


class Sums(models.Model):
    """What the lines of a month come to, by function area and group of accounts. A missing unit is «Ikke fordelt».

    `original` and `revised` are the whole year's budget; `budget` and `actual` are from January to the month.
    """

    district = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, related_name="+")
    month = models.DateField()
    area = models.CharField(max_length=10, blank=True)
    group = models.CharField(max_length=20, blank=True)
    earmarked = models.BooleanField(default=False)
    original = kroner()
    revised = kroner()
    budget = kroner()
    actual = kroner()

    class Meta:
        abstract = True
        ordering = ["district", "month", "unit", "area", "group"]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month} {self.group}"


class Balance(Sums):
    """What a unit's ledger comes to at the end of a month: what pages read. Added up from the current deliveries."""

    class Meta(Sums.Meta):
        indexes = [models.Index(fields=["district", "month"], name="balance_by_district_and_month")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "month", "area", "group", "earmarked"], name="one_balance_per_unit_month_and_group"),
            models.UniqueConstraint(
                fields=["district", "month", "area", "group", "earmarked"],
                condition=Q(unit__isnull=True),
                name="one_balance_of_nobody_per_month_and_group",
            ),
        ]


class LockedBalance(Sums):
    """The balances of a month as they stood when it was locked: what was printed. Later files leave them alone; a correction of a
    report can take in the unit's new ones."""

    class Meta(Sums.Meta):
        indexes = [models.Index(fields=["district", "month"], name="locked_balance_by_district")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "month", "area", "group", "earmarked"], name="one_locked_balance_per_unit_month_and_group"
            ),
            models.UniqueConstraint(
                fields=["district", "month", "area", "group", "earmarked"],
                condition=Q(unit__isnull=True),
                name="one_locked_balance_of_nobody_per_month_and_group",
            ),
        ]


class SickLeaveMonth(models.Model):
    """One unit's sick leave in one month, in person days. The denominator comes from the file and is never worked out."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="sick_leave")
    row = models.PositiveIntegerField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    fte = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    contracted = models.DecimalField(max_digits=12, decimal_places=2)
    lost = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    self_certified = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    certified = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    short = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    long = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    persons_absent = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["unit", "month", "delivery"]
        indexes = [models.Index(fields=["unit", "month"], name="sick_leave_by_unit_and_month")]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "unit", "month"], name="one_sick_leave_row_per_delivery_unit_and_month"),
            models.CheckConstraint(name="contracted_days_are_not_negative", condition=Q(contracted__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month}"
