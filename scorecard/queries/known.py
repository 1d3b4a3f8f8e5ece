"""What was known at a moment: the versions of that moment, and what they came to."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from common.oslo import OSLO
from common.periods import Period
from organisation.rules.tree import OrganisationHistory
from scorecard.models import Indicator, Measurement
from scorecard.rules.aggregate import Aggregate, effective, roll_up
from scorecard.rules.cells import SeriesPoint
from scorecard.rules.formulas import Formula, parse
from scorecard.rules.rollup import Method, Part
from scorecard.rules.statuses import Quality
from scorecard.rules.stored import stored

Series = dict[int, list[SeriesPoint]]


def end_of(day: date) -> datetime:
    """The last moment of the day in Oslo: what was known that day."""
    return datetime.combine(day + timedelta(days=1), time(), OSLO) - timedelta(microseconds=1)


def versions_at(history: Any, moment: datetime, **filters: object) -> list[Any]:
    """The rows of a model's history as they were at the moment, without the deleted ones. One SQL statement.

    Of two versions from the same moment the one written last counts, which the history's own `as_of` leaves open.
    """
    latest: dict[int, Any] = {}
    for record in history.filter(history_date__lte=moment, **filters).order_by("history_date", "history_id"):
        latest[record.id] = record
    return [record.instance for record in latest.values() if record.history_type != "-"]


def ever_below(history: OrganisationHistory, unit_id: int) -> set[int]:
    """The unit, everything that ever stood below it, and what these were made of: all whose figures may count here."""
    parts: dict[int, set[int]] = defaultdict(set)
    for link in history.links:
        parts[link.parent_id].add(link.unit_id)
    for succession in history.successions:
        parts[succession.successor_id].add(succession.predecessor_id)
    return _reached(unit_id, parts)


def ever_above(history: OrganisationHistory, unit_id: int) -> set[int]:
    """The unit and everything it ever stood below: all whose targets may count here."""
    found, new = {unit_id}, {unit_id}
    # A few steps up: going through the links for each is less work than sorting all of them by unit.
    while new:
        new = {link.parent_id for link in history.links if link.unit_id in new} - found
        found |= new
    return found


def _reached(start: int, steps: dict[int, set[int]]) -> set[int]:
    found, queue = {start}, [start]
    for current in queue:
        new = steps.get(current, set()) - found
        found |= new
        queue.extend(new)
    return found


def measurements_at(indicator: Indicator, unit_ids: Collection[int], moment: datetime) -> list[Measurement]:
    """The own figures of these units as they were at the moment. One SQL statement."""
    return versions_at(Measurement.history, moment, indicator_id=indicator.pk, unit_id__in=unit_ids)


def series_at(indicator: Indicator, measured: Iterable[Measurement], history: OrganisationHistory) -> Series:
    """What every unit came to, from the own figures of a moment: what the kept rows would have been then."""
    by_period: dict[Period, dict[int, Part]] = defaultdict(dict)
    for row in measured:
        by_period[row.period][row.unit_id] = Part(row.numerator, row.denominator, row.value, quality=Quality(row.quality))
    found: Series = defaultdict(list)
    method = Method(indicator.rollup)
    for period, own in sorted(by_period.items()):
        for unit_id, aggregate in roll_up(method, indicator.factor, own, period=period, history=history).items():
            found[unit_id].append(_point(indicator, unit_id, period, aggregate, history))
    return found


def _point(indicator: Indicator, unit_id: int, period: Period, aggregate: Aggregate, history: OrganisationHistory) -> SeriesPoint:
    part = effective(Method(indicator.rollup), aggregate, indicator.factor)
    return SeriesPoint(
        period=period,
        value=part.value,
        numerator=part.numerator,
        denominator=part.denominator,
        quality=Quality(part.quality),
        covered=aggregate.sums.units,
        expected=len(history.on(period.last_day).children(unit_id)) - aggregate.excluded,
        restated=aggregate.restated,
        own=aggregate.own is not None,
    )


def calculated_at(indicator: Indicator, unit_ids: Collection[int], moment: datetime, history: OrganisationHistory) -> Series:
    """What a formula came to at the moment, in every unit for itself. One SQL statement more for each indicator it names."""
    formula = parse(indicator.formula)
    parts = {
        named.code: calculated_at(named, unit_ids, moment, history)
        if named.formula
        else series_at(named, measurements_at(named, unit_ids, moment), history)
        for named in Indicator.objects.filter(code__in=formula.codes)
    }
    found: Series = {}
    for unit_id in unit_ids:
        values: dict[Period, dict[str, SeriesPoint]] = defaultdict(dict)
        for code, series in parts.items():
            for point in series.get(unit_id, []):
                values[point.period][code] = point
        found[unit_id] = calculated_points(formula, values)
    return found


def calculated_points(formula: Formula, parts: Mapping[Period, Mapping[str, SeriesPoint]]) -> list[SeriesPoint]:
    """A formula period by period, oldest first, from the figures of one unit as they are kept: now and then come to the same."""
    found = []
    for period, named in sorted(parts.items()):
        result = formula.result({code: (stored(point.value), point.quality) for code, point in named.items()})
        if result is not None:
            found.append(SeriesPoint(period, stored(result[0]), quality=result[1]))
    return found
