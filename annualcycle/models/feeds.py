"""Addresses under which a calendar program reads somebody's or a unit's deadlines."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisation.models import Unit, User


class CalendarFeed(models.Model):
    """One secret address of one person: their own deadlines, or those of a unit. Only a hash of the secret is kept.

    It shows what the person may see that day, nothing at all once the roles have ended, and dies when it is revoked.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="calendar_feeds")
    # None: the person's own.
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("enhet"))
    secret_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "unit"], condition=models.Q(revoked_at__isnull=True), name="one_living_feed_of_a_unit"),
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(revoked_at__isnull=True, unit__isnull=True), name="one_living_feed_of_ones_own"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.unit_id}"
