"""People and what they are in which unit, for a time."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from common.sorting import norwegian_key
from organisation.models.fields import WorkedOutField
from organisation.models.units import Unit, ends_after_start
from organisation.rules.access import Role


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str, password: str | None = None) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user


def alphabetical_key(user: "User") -> str:
    """Norwegian order in any collation: the letters of the sort key as hexadecimal digits."""
    return norwegian_key(user.name)[0].encode().hex()


def searched_text(user: "User") -> str:
    """Name and address in small letters, æ, ø and å too, which SQLite would not fold by itself."""
    return f"{user.name} {user.email}".casefold()


class User(AbstractBaseUser):
    """A person who signs in with the municipality's e-mail address. What the person may do stands in RoleAssignment."""

    email = models.EmailField(_("e-postadresse"), max_length=254, unique=True)
    name = models.CharField(_("navn"), max_length=120)
    is_active = models.BooleanField(_("kan logge inn"), default=True)
    language = models.CharField(_("språk"), max_length=5, blank=True)
    # Counts the changes to the person's own row, so that two people cannot overwrite each other.
    version = models.PositiveIntegerField(default=1)
    sort_key = WorkedOutField(max_length=240, db_index=True, of=alphabetical_key)
    search_text = WorkedOutField(max_length=400, of=searched_text)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    class Meta:
        ordering = ["sort_key", "email"]
        constraints = [models.UniqueConstraint(Lower("email"), name="one_user_per_email")]

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        return self.name.split(" ", 1)[0]

    @property
    def initials(self) -> str:
        words = self.name.split()
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper() if words else "?"


class RoleAssignment(models.Model):
    """A role reaches its unit and everything below. A deputy has the role for a time, in somebody's place."""

    RoleChoices: ClassVar[list[tuple[str, object]]] = [
        (Role.EMPLOYEE, _("Ansatt")),
        (Role.REPORTER, _("Rapportør")),
        (Role.SUB_UNIT_LEADER, _("Avdelingsleder")),
        (Role.UNIT_LEADER, _("Resultatenhetsleder")),
        (Role.LEADERSHIP, _("Lederteam")),
        (Role.DIRECTOR, _("Bydelsdirektør")),
        (Role.CONTROLLER, _("Controller")),
        (Role.QUALITY, _("Kvalitetsrådgiver")),
        (Role.HR, _("HR")),
        (Role.ADMINISTRATOR, _("Systemadministrator")),
        (Role.SAFETY_REP, _("Verneombud")),
        (Role.CHIEF_SAFETY_REP, _("Hovedverneombud")),
        (Role.UNION_REP, _("Tillitsvalgt")),
        (Role.PRIVACY_OFFICER, _("Personvernombud")),
        (Role.PROJECT_LEADER, _("Prosjektleder")),
        (Role.POLITICIAN, _("Medlem av bydelsutvalget")),
        (Role.RAPPORTEUR, _("Saksordfører")),
        (Role.AUDITOR, _("Revisor")),
    ]

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(_("rolle"), max_length=20, choices=RoleChoices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments")
    valid_from = models.DateField(_("gjelder fra"))
    valid_to = models.DateField(_("gjelder til"), null=True, blank=True)
    deputy_for = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="deputies")

    class Meta:
        ordering = ["user", "unit", "role", "valid_from"]
        constraints = [
            ends_after_start("assignment_ends_after_start"),
            models.UniqueConstraint(fields=["user", "role", "unit", "valid_from"], name="one_assignment_per_person_role_unit_and_day"),
            models.CheckConstraint(
                name="deputy_has_an_end_and_is_somebody_else",
                condition=Q(deputy_for__isnull=True) | (Q(valid_to__isnull=False) & ~Q(user=F("deputy_for"))),
            ),
            models.CheckConstraint(name="assignment_role_is_known", condition=Q(role__in=[role.value for role in Role])),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.unit_id}"
