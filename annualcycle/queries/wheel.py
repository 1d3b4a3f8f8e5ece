"""What the wheel shows of a district's year, and to whom."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from annualcycle.models import Activity
from annualcycle.queries.activities import activities_of
from annualcycle.queries.collect import all_deadlines, seen_by
from annualcycle.queries.doers import for_person
from annualcycle.queries.others import Others, others_in
from annualcycle.queries.own import reach_of
from annualcycle.queries.standing import Progress, progress_of
from annualcycle.rules.groups import group_of, window
from annualcycle.rules.kinds import Standing
from common.deadlines import Deadline
from organisation.models import Unit
from organisation.queries.access import Access
from organisation.queries.reach import below, ever_reached
from organisation.rules.access import Permission


@dataclass(frozen=True, slots=True)
class Shown:
    """One activity. Whoever may not know how far the units have come gets no progress."""

    activity: Activity
    due_on: date
    progress: Progress | None

    @property
    def standing(self) -> Standing:
        return self.progress.standing if self.progress else Standing.COMING

    @property
    def roles(self) -> frozenset[str]:
        """Who is responsible, and who takes part."""
        return frozenset((self.activity.responsible, *self.activity.participants)) - {""}


@dataclass(frozen=True)
class WheelYear:
    """In the order of days; `all_year` is what has no day. `own`: open ones, as far as reminders reach. `others`: deadlines of other apps
    that none of the activities counts.
    """

    shown: tuple[Shown, ...]
    all_year: tuple[Shown, ...]
    knows_progress: bool
    own: tuple[Deadline, ...]
    others: tuple[Others, ...]

    def of_role(self, role: str) -> "WheelYear":
        """What one role is responsible for or takes part in; other apps' deadlines are of no role."""
        shown, all_year = (tuple(each for each in rows if role in each.roles) for rows in (self.shown, self.all_year))
        return replace(self, shown=shown, all_year=all_year, others=())

    @property
    def everything(self) -> tuple[Shown, ...]:
        """With a day or without, in the order of days."""
        return tuple(sorted((*self.shown, *self.all_year), key=_place))


def wheel_year(district: Unit, year: int, *, access: Access, within: frozenset[int] | None = None, with_own: bool = False) -> WheelYear:
    """The activities of the year that are not cancelled; the public ones alone for those who see no tasks there. Fixed SQL statements.

    `within`: units of the district; what concerns none of them is left out, and how far it has come is counted over them.
    `with_own`: the person's own deadlines about today too, where it is this year's wheel.
    """
    with_own = with_own and access.day.year == year
    reached = ever_reached(access, Permission.SEE_TASKS)
    found = [each for each in activities_of(district, year) if each.cancelled_at is None]
    if district.pk not in reached:
        return _year([Shown(each, each.due_on, None) for each in found if each.is_public])
    unit_ids = reached & (below(district, date(year, 1, 1)) | below(district, date(year, 12, 31)))
    if within is not None:
        unit_ids &= within
    due = _due(access, year, unit_ids, with_own=with_own, only_there=within is not None)
    progress = progress_of(found, access=access, unit_ids=unit_ids, deadlines=due)
    counted = {group_of(each.link_kind, each.link_period) for each in found}
    first, last = date(year, 1, 1), date(year, 12, 31)
    beside = [each for each in due if each.group not in counted and each.unit_id in unit_ids and first <= each.due_on <= last]
    return _year(
        [_shown(each, progress[each.pk]) for each in found if within is None or progress[each.pk].total],
        knows_progress=True,
        own=_own(access, due) if with_own else (),
        others=others_in(access, beside),
    )


def _due(access: Access, year: int, unit_ids: frozenset[int], *, with_own: bool, only_there: bool) -> list[Deadline]:
    """Everything a page of the year is made of, asked for once: what the year's activities may count, and the person's own about today."""
    first, last = window([year])
    if with_own:
        own_first, own_last = reach_of(access.day)
        first, last = min(first, own_first), max(last, own_last)
    wanted = unit_ids | access.unit_ids(Permission.SEE_TASKS) if with_own and not only_there else unit_ids
    return all_deadlines(unit_ids=wanted, first=first, last=last)


def _own(access: Access, due: list[Deadline]) -> tuple[Deadline, ...]:
    """What «Mine frister» has as well, in the order of days."""
    first, last = reach_of(access.day)
    near = [each for each in due if each.is_open and first <= each.due_on <= last]
    now = access.unit_ids(Permission.SEE_TASKS)
    return tuple(for_person(access, [each for each in seen_by(access, near) if each.unit_id in now]))


def _year(
    shown: Iterable[Shown], *, knows_progress: bool = False, own: tuple[Deadline, ...] = (), others: tuple[Others, ...] = ()
) -> WheelYear:
    rows = sorted(shown, key=_place)
    return WheelYear(
        shown=tuple(each for each in rows if not each.activity.all_year),
        all_year=tuple(each for each in rows if each.activity.all_year),
        knows_progress=knows_progress,
        own=own,
        others=others,
    )


def _place(each: Shown) -> tuple[date, int]:
    return each.due_on, each.activity.pk


def _shown(activity: Activity, progress: Progress) -> Shown:
    """The day of the wheel; another app's own day where it is within the same year."""
    return Shown(activity, progress.due_on if progress.due_on.year == activity.year else activity.due_on, progress)
