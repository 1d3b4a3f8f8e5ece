"""What somebody should know before an activity is cancelled or taken away."""

from dataclasses import dataclass
from enum import StrEnum

from annualcycle.models import Activity
from annualcycle.queries.activity_page import units_under
from annualcycle.queries.standing import Progress, progress_of
from annualcycle.rules.kinds import TaskState
from organisation.queries.access import Access


class Stays(StrEnum):
    """Why an activity cannot be taken away."""

    BEGUN = "begun"
    FOLLOWED = "followed"


@dataclass(frozen=True, slots=True)
class Ending:
    """How far it has come, and the titles of what counts from its day."""

    progress: Progress
    followers: tuple[str, ...]


def ending_of(access: Access, activity: Activity) -> Ending:
    """A fixed number of SQL statements."""
    progress = progress_of([activity], access=access, unit_ids=units_under(activity))[activity.pk]
    titles = activity.followers.filter(cancelled_at__isnull=True).order_by("due_on", "pk").values_list("title", flat=True)
    return Ending(progress, tuple(titles))


def stays_because(activity: Activity) -> Stays | None:
    """Something has been said about one of its tasks, or another counts from its day. At most two SQL statements."""
    if activity.tasks.exclude(state=TaskState.OPEN).exists():
        return Stays.BEGUN
    return Stays.FOLLOWED if activity.followers.exists() else None
