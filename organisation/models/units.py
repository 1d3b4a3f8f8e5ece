"""Units, their places in the tree, names, sites and cost centres: everything with the days it is valid."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


def ends_after_start(name: str) -> models.CheckConstraint:
    """A span may be open, but never ends before it begins."""
    return models.CheckConstraint(
        name=name,
        condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
        violation_error_message=_("Sluttdatoen er før startdatoen. Skriv en dato som kommer etter."),
    )


class Unit(models.Model):
    """A place in the organisation with a life of its own. `name` is the latest; earlier names are UnitName rows."""

    class Kind(models.TextChoices):
        CITY = "city", _("Kommune")
        DISTRICT = "district", _("Bydel")
        RESULT_UNIT = "result_unit", _("Resultatenhet")
        SUB_UNIT = "sub_unit", _("Avdeling")
        STAFF_UNIT = "staff_unit", _("Stab")

    code = models.CharField(_("enhetskode"), max_length=20, unique=True)
    name = models.CharField(_("navn"), max_length=120)
    kind = models.CharField(_("type"), max_length=20, choices=Kind)
    valid_from = models.DateField(_("gjelder fra"))
    valid_to = models.DateField(_("gjelder til"), null=True, blank=True)
    # Counts the changes to this unit's own rows, so that two people cannot overwrite each other.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["code"]
        constraints = [ends_after_start("unit_ends_after_start")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class UnitName(models.Model):
    """What a unit is called from a day on. Old reports keep old names."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("navn"), max_length=120)
    valid_from = models.DateField(_("gjelder fra"))
    valid_to = models.DateField(_("gjelder til"), null=True, blank=True)

    class Meta:
        ordering = ["unit", "valid_from"]
        constraints = [
            ends_after_start("unit_name_ends_after_start"),
            models.UniqueConstraint(fields=["unit", "valid_from"], name="one_name_per_unit_and_day"),
        ]

    def __str__(self) -> str:
        return self.name


class ParentLink(models.Model):
    """Where a unit stands in the tree, from a day on. A root has none."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="parent_links")
    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="child_links")
    valid_from = models.DateField(_("gjelder fra"))
    valid_to = models.DateField(_("gjelder til"), null=True, blank=True)

    class Meta:
        ordering = ["unit", "valid_from"]
        constraints = [
            ends_after_start("parent_link_ends_after_start"),
            models.UniqueConstraint(fields=["unit", "valid_from"], name="one_parent_per_unit_and_day"),
            models.CheckConstraint(name="unit_is_not_its_own_parent", condition=~Q(unit=F("parent"))),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} < {self.parent_id}"


class Succession(models.Model):
    """What became what. `whole`: all of the predecessor went into this successor, so its history can be counted there."""

    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successor_links")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="predecessor_links")
    on = models.DateField(_("fra dato"))
    whole = models.BooleanField(_("hele enheten"), default=True)

    class Meta:
        ordering = ["on", "predecessor", "successor"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="one_succession_per_pair"),
            models.CheckConstraint(name="unit_does_not_succeed_itself", condition=~Q(predecessor=F("successor"))),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} > {self.successor_id} {self.on}"


class ServiceSite(models.Model):
    """A physical place where a unit gives its service, such as one kindergarten."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="sites")
    name = models.CharField(_("navn"), max_length=120)
    valid_from = models.DateField(_("gjelder fra"))
    valid_to = models.DateField(_("gjelder til"), null=True, blank=True)

    class Meta:
        ordering = ["unit", "name"]
        constraints = [
            ends_after_start("site_ends_after_start"),
            models.UniqueConstraint(fields=["unit", "name", "valid_from"], name="one_site_per_unit_name_and_day"),
        ]

    def __str__(self) -> str:
        return self.name


class CostCentre(models.Model):
    """A ledger code and the unit that answers for it, for a time. Codes are text: zeros in front belong to them."""

    code = models.CharField(_("ansvar"), max_length=20)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cost_centres")
    valid_from = models.DateField(_("gjelder fra"))
    valid_to = models.DateField(_("gjelder til"), null=True, blank=True)

    class Meta:
        ordering = ["code", "valid_from"]
        constraints = [
            ends_after_start("cost_centre_ends_after_start"),
            models.UniqueConstraint(fields=["code", "valid_from"], name="one_unit_per_cost_centre_and_day"),
        ]

    def __str__(self) -> str:
        return self.code


class Staffing(models.Model):
    """Full-time equivalents of a unit from a day on; small units are shielded by this number."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="staffing")
    fte = models.DecimalField(_("årsverk"), max_digits=8, decimal_places=2)
    valid_from = models.DateField(_("gjelder fra"))

    class Meta:
        ordering = ["unit", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="one_staffing_per_unit_and_day"),
            models.CheckConstraint(name="staffing_is_not_negative", condition=Q(fte__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.fte}"


class OrganisationVersion(models.Model):
    """One row whose token changes with every change to units, so that a process knows when its loaded tree is old."""

    token = models.CharField(max_length=32)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.token
