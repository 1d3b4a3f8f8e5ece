"""After units have moved, merged, split or closed: sums follow the new tree from its day, merged units get their predecessors' history."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from common.periods import Period
from organisation.models import TreeChange
from organisation.queries import tree as organisation_tree
from organisation.rules.tree import OrganisationHistory
from scorecard.models import Indicator, Measurement, PeriodValue
from scorecard.rules.rollup import Part
from scorecard.services import derive, period_values
from scorecard.services.period_values import Place
from scorecard.services.stamps import touch

Measured = dict[Period, dict[int, Part]]


def catch_up() -> int:
    """Rebuilds what waiting changes of the tree have made wrong; how many changes. Each is claimed once, whoever asks."""
    handled = 0
    for change in TreeChange.objects.filter(handled_at__isnull=True).order_by("pk"):
        with transaction.atomic():
            if TreeChange.objects.filter(pk=change.pk, handled_at__isnull=True).update(handled_at=timezone.now()):
                apply(unit_ids=change.unit_ids, on=change.on)
                handled += 1
    return handled


def apply(*, unit_ids: Collection[int], on: date) -> None:
    """Sums from `on`, and the history of the units that carry on from others."""
    history = organisation_tree.history()
    scope = _everything_around(history, unit_ids, on)
    merged = _carried_on(history, unit_ids)
    for indicator in Indicator.objects.filter(measurements__unit_id__in=scope, formula="").distinct().order_by("pk"):
        changed = _from_the_day(indicator, scope, on, history) | _before_the_day(indicator, merged, history)
        scope |= derive.rows_replaced(indicator, changed)
    touch(scope)


def _carried_on(history: OrganisationHistory, unit_ids: Collection[int]) -> set[int]:
    """The units that wholly carry on from any of these, and from those in turn, with these themselves where they carry on."""
    whole = [row for row in history.successions if row.whole]
    found = {row.successor_id for row in whole if {row.successor_id, row.predecessor_id} & set(unit_ids)}
    queue = list(found)
    for current in queue:
        more = {row.successor_id for row in whole if row.predecessor_id == current} - found
        queue.extend(more)
        found |= more
    return found


def _everything_around(history: OrganisationHistory, unit_ids: Collection[int], on: date) -> set[int]:
    """All units of the trees that any of these stands in, from the day before the change."""
    days = {date.fromordinal(on.toordinal() - 1), on, date.max}
    found = set(unit_ids)
    for tree in (history.on(day) for day in days):
        for unit_id in unit_ids:
            path = tree.path(unit_id)
            if path:
                found.update(tree.subtree(path[-1]))
    return found


def _from_the_day(indicator: Indicator, scope: Collection[int], on: date, history: OrganisationHistory) -> set[Place]:
    """Every row of these units from the day on."""
    since = date(on.year, 1, 1)
    measured = _measured(indicator, scope, since, lambda period: period.last_day >= on)
    kept = PeriodValue.objects.filter(indicator=indicator, unit_id__in=scope, period_start__gte=since)
    return _replaced([row for row in kept if row.period.last_day >= on], period_values.computed(indicator, measured, history))


def _replaced(stale: Sequence[PeriodValue], rows: Sequence[PeriodValue]) -> set[Place]:
    PeriodValue.objects.filter(pk__in=[row.pk for row in stale]).delete()
    PeriodValue.objects.bulk_create(rows, batch_size=1000)
    return {(row.unit_id, row.period) for row in (*stale, *rows)}


def _before_the_day(indicator: Indicator, merged: Collection[int], history: OrganisationHistory) -> set[Place]:
    """Only the rows of the merged units, counted from what their predecessors and everything below these had."""
    if not merged:
        return set()
    below = _ever_below(history, {row.predecessor_id for row in history.successions if row.successor_id in merged})
    measured = _measured(indicator, below, date.min, lambda _period: True)
    rows = [row for row in period_values.computed(indicator, measured, history) if row.unit_id in merged and row.restated]
    return _replaced(list(PeriodValue.objects.filter(indicator=indicator, unit_id__in=merged, restated=True)), rows)


def _ever_below(history: OrganisationHistory, unit_ids: set[int]) -> set[int]:
    found, queue = set(unit_ids), list(unit_ids)
    for current in queue:
        more = {link.unit_id for link in history.links if link.parent_id == current}
        more |= {row.predecessor_id for row in history.successions if row.successor_id == current and row.whole}
        queue.extend(more - found)
        found |= more
    return found


def _measured(indicator: Indicator, unit_ids: Collection[int], since: date, wanted: Callable[[Period], bool]) -> Measured:
    found: Measured = defaultdict(dict)
    for row in Measurement.objects.filter(indicator=indicator, unit_id__in=unit_ids, period_start__gte=since):
        if wanted(row.period):
            found[row.period][row.unit_id] = period_values.part_of_measurement(row)
    return found


def differences(indicators: Iterable[Indicator] | None = None) -> list[str]:
    """Every kept row that is not what the measurements come to: «indicator unit period: kept / computed». Empty when all is well."""
    found = []
    history = organisation_tree.history()
    for indicator in Indicator.objects.filter(formula="").order_by("pk") if indicators is None else indicators:
        units = set(Measurement.objects.filter(indicator=indicator).order_by().values_list("unit_id", flat=True).distinct())
        right = {
            (row.unit_id, row.period): _figures(row)
            for row in period_values.computed(indicator, _measured(indicator, units, date.min, lambda _period: True), history)
        }
        kept = {(row.unit_id, row.period): _figures(row) for row in PeriodValue.objects.filter(indicator=indicator)}
        found += [
            f"{indicator.code} {place[0]} {place[1]}: {kept.get(place)} / {right.get(place)}"
            for place in sorted(kept.keys() | right.keys(), key=str)
            if kept.get(place) != right.get(place)
        ]
    return found


def _figures(row: PeriodValue) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in period_values.FIELDS)
