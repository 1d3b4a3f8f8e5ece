"""What rolling a wheel to the next year would give, before anything is done."""

from dataclasses import dataclass
from datetime import date

from annualcycle.models import Activity
from annualcycle.queries.activities import activities_of
from annualcycle.rules.kinds import LinkKind, Scope
from annualcycle.rules.rolling import Landed, Source, carried_on, landed, next_name
from organisation.models import Unit
from organisation.queries.tree import history
from organisation.rules.tree import Node, OrganisationHistory

# Rule and words are copied as they are.
COPIED = (
    "lane", "rule", "month", "day", "number", "weekday", "offset", "offset_in_workdays", "moves", "start_month", "start_day",
    "all_year", "responsible", "participants", "scope", "lead_days", "escalate_after", "minutes", "link_kind", "is_public",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rolled:
    """An activity and where it comes to stand.

    `is_there`: it has been rolled or made already, and stays as it is. `on_its_own`: what it counted from does not come along.
    `heirs` are units that have come after chosen ones; `has_nobody`: no chosen unit is left, nor any that came after it.
    """

    source: Activity
    title: str
    due_on: date
    rule_day: date
    is_there: bool = False
    on_its_own: bool = False
    heirs: tuple[Node, ...] = ()
    has_nobody: bool = False

    @property
    def is_moved(self) -> bool:
        """Not where it follows the monthly report: the wheel's own day is shown nowhere then."""
        return self.source.link_kind != LinkKind.REPORT and self.rule_day != self.due_on


def preview(district: Unit, year: int) -> list[Rolled]:
    """What rolling to `year` would give, in the order of the new days. Writes nothing."""
    sources, there = sources_of(district, year)
    found, past = days_of(sources, there, year), history()
    lines = [_line(source, there.get(source.series), found.get(source.pk), past) for source in sources]
    return sorted(lines, key=lambda line: (line.due_on, line.source.pk))


def sources_of(district: Unit, year: int) -> tuple[list[Activity], dict[object, Activity]]:
    """Those of the year before that were not cancelled, and by series those that stand in the year already."""
    before = [activity for activity in activities_of(district, year - 1) if activity.cancelled_at is None]
    return before, {activity.series: activity for activity in activities_of(district, year)}


def days_of(sources: list[Activity], there: dict[object, Activity], year: int) -> dict[int, Landed]:
    """By primary key, where those come to stand that are not there."""
    known = {source.pk: there[source.series].due_on for source in sources if source.series in there}
    wanted = [Source(source.pk, source.anchor_id, source.rule_day, _without_own_day(source)) for source in sources]
    return landed([source for source in wanted if source.key not in known], year, known)


def units_on(source: Activity, day: date, past: OrganisationHistory) -> set[int]:
    """The chosen units as they are on a day, and whatever has come after those that are not there any more. None of another district."""
    if source.scope != Scope.CHOSEN or source.district_id not in past.on(day).nodes:
        return set()
    return carried_on([unit.pk for unit in source.units.all()], day, past) & set(past.on(day).subtree(source.district_id))


def _without_own_day(source: Activity) -> Activity:
    """A day set for one year counts for that year alone. Never saved."""
    if source.fixed_on is None:
        return source
    dated = Activity(**{name: getattr(source, name) for name in COPIED})
    dated.anchor_id = source.anchor_id
    return dated


def _line(source: Activity, other: Activity | None, found: Landed | None, past: OrganisationHistory) -> Rolled:
    if other is not None or found is None:
        known = other or source
        return Rolled(source, known.title, known.due_on, known.rule_day, is_there=True)
    days = found.days
    units = units_on(source, days.due_on, past)
    new = [past.on(days.due_on).nodes[unit_id] for unit_id in units - {unit.pk for unit in source.units.all()}]
    return Rolled(
        source,
        next_name(source.title, source.year),
        days.due_on,
        days.rule_day,
        on_its_own=found.on_its_own,
        heirs=tuple(sorted(new, key=lambda node: node.code)),
        has_nobody=source.scope == Scope.CHOSEN and not units,
    )
