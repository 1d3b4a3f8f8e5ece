"""Rows that others take up later: what a reorganisation asks to have worked out again, and uploads that wait for a yes."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.models.people import User


class TreeChange(models.Model):
    """Units whose place in the tree, and so their sums, are others from a day on. Whoever keeps sums claims the row."""

    token = models.CharField(max_length=32, unique=True)
    on = models.DateField(_("fra dato"))
    unit_ids = models.JSONField(default=list)
    recorded_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["handled_at"], name="tree_change_waiting")]

    def __str__(self) -> str:
        return f"{self.on} {self.token}"


class UploadedTable(models.Model):
    """The rows of a file between the page that shows what they would do and the yes. They are forgotten after it."""

    class Kind(models.TextChoices):
        UNITS = "units", _("Enheter")
        PEOPLE = "people", _("Personer")

    kind = models.CharField(max_length=10, choices=Kind)
    file_name = models.CharField(max_length=200)
    rows = models.JSONField(default=list)
    uploaded_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name}"
