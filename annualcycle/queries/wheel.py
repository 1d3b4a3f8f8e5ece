"""What the wheel shows of a district's year, and to whom."""

from dataclasses import dataclass
from datetime import date, timedelta

from annualcycle.models import Activity
from annualcycle.queries.activities import activities_of
from annualcycle.queries.collect import mine
from annualcycle.queries.standing import Progress, progress_of
from annualcycle.rules.kinds import Standing
from common.deadlines import Deadline
from organisation.models import Unit
from organisation.queries.access import Access
from organisation.queries.reach import below, ever_reached
from organisation.rules.access import Permission

# As many deadlines of one's own as stand beside the wheel, and how far ahead they are looked for.
MOST_OWN, AHEAD = 4, timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Shown:
    """One activity. Whoever may not know how far the units have come gets no progress."""

    activity: Activity
    due_on: date
    progress: Progress | None

    @property
    def standing(self) -> Standing:
        return self.progress.standing if self.progress else Standing.COMING


@dataclass(frozen=True)
class WheelYear:
    """In the order of days; `all_year` is what has no day."""

    shown: tuple[Shown, ...]
    all_year: tuple[Shown, ...]
    knows_progress: bool
    own: tuple[Deadline, ...]


def wheel_year(district: Unit, year: int, *, access: Access) -> WheelYear:
    """The activities of the year that are not cancelled; the public ones alone for those who see no tasks there. Fixed SQL statements."""
    reached = ever_reached(access, Permission.SEE_TASKS)
    knows = district.pk in reached
    found = [each for each in activities_of(district, year) if each.cancelled_at is None and (knows or each.is_public)]
    unit_ids = reached & (below(district, date(year, 1, 1)) | below(district, date(year, 12, 31)))
    progress = progress_of(found, unit_ids=unit_ids, today=access.day) if knows else {}
    shown = [_shown(each, progress.get(each.pk)) for each in found]
    shown.sort(key=lambda each: (each.due_on, each.activity.pk))
    own = mine(access, first=access.day - AHEAD, last=access.day + AHEAD) if knows and access.day.year == year else []
    return WheelYear(
        shown=tuple(each for each in shown if not each.activity.all_year),
        all_year=tuple(each for each in shown if each.activity.all_year),
        knows_progress=knows,
        own=tuple([deadline for deadline in own if not deadline.is_done][:MOST_OWN]),
    )


def _shown(activity: Activity, progress: Progress | None) -> Shown:
    """The day of the wheel; another app's own day where it is within the same year."""
    due_on = progress.due_on if progress and progress.due_on.year == activity.year else activity.due_on
    return Shown(activity, due_on, progress)
