"""What a locked month knew: the moment its figures are of, and the production figures that stood in them then."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from common.periods import Period, PeriodKind
from organisation.queries.tree import history
from reporting.models import FigureFeed, MonthlyReport
from reporting.queries.months import months_of
from reporting.queries.owners import owned_by, tree_of
from scorecard.models import Indicator, Measurement
from scorecard.queries.figures import figure_text
from scorecard.queries.known import versions_at
from scorecard.queries.series import limits_finder
from scorecard.queries.targets import targets_by_indicator
from scorecard.rules.statuses import Limits, Quality


@dataclass(frozen=True)
class Known:
    """`at` is when the month was locked: its actions, targets and names are of then. Figures are, too, but in units where a correction
    has taken in later ones: `newer` says of when."""

    at: datetime
    newer: Mapping[int, datetime] = field(default_factory=dict)

    def of(self, unit_id: int) -> datetime:
        """The moment the unit's figures are of."""
        return self.newer.get(unit_id, self.at)

    @property
    def last(self) -> datetime:
        return max([self.at, *self.newer.values()])


def known_in(unit_id: int, month: date) -> Known | None:
    """What the month knew in the district of this unit; None where it is open. Two SQL statements."""
    return known_since(months_of(unit_id, month).values_list("locked_at", flat=True).first(), month)


def known_since(locked_at: datetime | None, month: date) -> Known | None:
    """The same where one knows when it was locked. One SQL statement for a locked month, else none."""
    if locked_at is None:
        return None
    tree, newer = tree_of(month), dict[int, datetime]()
    corrected = MonthlyReport.objects.filter(month=month, known_at__isnull=False).order_by("known_at")
    for unit_id, moment in corrected.values_list("unit_id", "known_at"):
        if moment is not None:
            # What stands below a unit was taken in with it.
            newer |= dict.fromkeys(owned_by(tree, unit_id), moment)
    return Known(locked_at, newer)


@dataclass(frozen=True)
class Figure:
    """One unit's figure of a month as it is shown. `now` is today's, which is another where something has come since the lock."""

    indicator: Indicator
    limits: Limits | None
    shown: Measurement | None
    now: Measurement | None

    @property
    def shown_text(self) -> str:
        return figure_told(self.indicator, self.shown, self.limits)

    @property
    def now_text(self) -> str:
        return figure_told(self.indicator, self.now, self.limits)

    @property
    def is_changed(self) -> bool:
        """Whether the reader would see another figure; what differs behind the decimals is the same report."""
        return self.shown_text != self.now_text


Place = tuple[int, int]
Measured = dict[Place, Measurement]


def figures_known(*, unit_ids: Collection[int], month: date, known: Known | None) -> dict[int, list[Figure]]:
    """What each unit has said of the month, by the indicators' names; what files of economy and sick leave come to is left out.

    With `known` as the month was locked, else as it stands. Five SQL statements at most, whatever the number of units.
    """
    shown, now = _measured(unit_ids, month, known)
    fed = frozenset(FigureFeed.objects.values_list("indicator_id", flat=True))
    indicators = _indicators({indicator_id for _unit_id, indicator_id in shown.keys() | now.keys()} - fed, month, known)
    past, period = history(), Period.month(month.year, month.month)
    above = {each for unit_id in unit_ids for each in (unit_id, *past.on(period.last_day).path(unit_id))}
    targets = targets_by_indicator(list(indicators), above, known_at=known.at if known else None)
    found: dict[int, list[Figure]] = defaultdict(list)
    places = [place for place in shown.keys() | now.keys() if place[1] in indicators]
    for place in sorted(places, key=lambda place: (indicators[place[1]].name, place)):
        unit_id, indicator = place[0], indicators[place[1]]
        limits = limits_finder(unit_id, targets.get(indicator.pk, ()), past)(period)
        found[unit_id].append(Figure(indicator, limits, shown.get(place), now.get(place)))
    return dict(found)


def figure_told(indicator: Indicator, row: Measurement | None, limits: Limits | None) -> str:
    """A figure of the report as text, «–» where there is none."""
    return figure_text(indicator, row.value if row else None, limits, row.quality if row else Quality.FINAL)


def _measured(unit_ids: Collection[int], month: date, known: Known | None) -> tuple[Measured, Measured]:
    """What is shown, and what stands now. One SQL statement."""
    about = {"unit_id__in": unit_ids, "period_kind": PeriodKind.MONTH, "period_start": month}
    if known is None:
        stands = {(row.unit_id, row.indicator_id): row for row in Measurement.objects.filter(**about)}
        return stands, stands
    shown: dict[Place, Any] = {}
    now: dict[Place, Any] = {}
    for row in Measurement.history.filter(**about).order_by("history_date", "history_id"):
        place = row.unit_id, row.indicator_id
        now[place] = row
        if row.history_date <= known.of(row.unit_id):
            shown[place] = row
    return _there(shown), _there(now)


def _there(versions: Mapping[Place, Any]) -> Measured:
    return {place: row.instance for place, row in versions.items() if row.history_type != "-"}


def _indicators(ids: Collection[int], month: date, known: Known | None) -> dict[int, Indicator]:
    """Those that are given month by month and were in use, named as they were then. One SQL statement, two for a locked month."""
    in_use = Q(retired_on__isnull=True) | Q(retired_on__gte=month)
    rows = Indicator.objects.filter(in_use, pk__in=ids, frequency=PeriodKind.MONTH, formula="")
    found = {row.pk: row for row in rows}
    if known is not None:
        found |= {row.pk: row for row in versions_at(Indicator.history, known.at, id__in=list(found))}
    return found
