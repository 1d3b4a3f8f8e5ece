"""Taking away an activity that was made by mistake: as long as nobody has done anything about it."""

from django.db import transaction

from annualcycle.models import Activity
from annualcycle.queries.ending import stays_because
from annualcycle.services.activities import StaleVersion
from annualcycle.services.turns import one_at_a_time
from organisation.models import User
from organisation.services import audit


class NotRemoved(Exception):
    """Somebody has done something about it, or another activity counts from its day."""


@transaction.atomic
def remove(*, activity: Activity, version: int, actor: User | None) -> None:
    """It and its open tasks are gone; their histories stay. Raises StaleVersion, NotRemoved."""
    one_at_a_time(activity.district)
    row = Activity.objects.select_for_update().filter(pk=activity.pk, version=version).first()
    if row is None:
        raise StaleVersion
    # Of two who come at once, the one who says that a task is done waits for this, and the other way round.
    list(row.tasks.select_for_update().values("pk"))
    if stays_because(row):
        raise NotRemoved
    details = {"due_on": row.due_on, "year": row.year}
    audit.record(actor=actor, action="cycle.activity_removed", target=row, unit=row.district_id, details=details)
    row.delete()
