"""Who did what, when. Rows are added and read, never changed."""

from typing import Never

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.models.people import User
from organisation.models.units import Unit


class AppendOnly(TypeError):
    """The audit trail is added to, never changed."""


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    def update(self, **kwargs: object) -> Never:
        raise AppendOnly

    def delete(self) -> Never:
        raise AppendOnly


class AuditEntry(models.Model):
    """One act. `actor_name` and `target_label` are kept as they were read that day."""

    at = models.DateTimeField(_("tidspunkt"), db_index=True)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(_("hvem"), max_length=120)
    action = models.CharField(_("handling"), max_length=60)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    target_type = models.CharField(max_length=60)
    target_id = models.CharField(max_length=40)
    target_label = models.CharField(_("gjelder"), max_length=200)
    details = models.JSONField(default=dict)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["target_type", "target_id"], name="audit_by_target"),
            models.Index(fields=["unit", "-at"], name="audit_by_unit"),
            models.Index(fields=["actor", "-at"], name="audit_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.action} {self.target_label}"
