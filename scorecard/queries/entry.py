"""What a page for entering figures needs: which indicators, what stands there, the last figure, the target."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Q

from common.periods import Period, PeriodKind
from organisation.queries import tree as organisation_tree
from organisation.rules.tree import Node, OrganisationHistory
from scorecard.models import Indicator, Measurement, PlacedIndicator, Scorecard
from scorecard.queries.series import limits_finder
from scorecard.queries.structure import locked_years
from scorecard.queries.targets import targets_by_indicator
from scorecard.rules.lifecycle import IN_FORCE
from scorecard.rules.rollup import Method
from scorecard.rules.statuses import Limits
from scorecard.rules.targets import TargetRow

# How far back the last figure is looked for: two years, or as many periods as there are kinds of.
REACH_DAYS = {PeriodKind.MONTH: 750, PeriodKind.QUARTER: 1100, PeriodKind.TERTIAL: 1100, PeriodKind.YEAR: 3700}
MOST_VERSIONS = 50


@dataclass(frozen=True)
class EntryCard:
    """The scorecard whose indicators are entered, in its own order. `year` differs from the period's where that year has no card."""

    year: int
    indicators: list[Indicator]


@dataclass(frozen=True)
class Place:
    """One figure to enter: what stands there now, and what one compares it with. `last` is the newest figure of an earlier period.

    `adds_up`: without a figure of its own, the unit has what those below it come to.
    """

    indicator: Indicator
    unit: Node
    period: Period
    measurement: Measurement | None
    last: Measurement | None
    limits: Limits | None
    locked: bool
    adds_up: bool = False

    @property
    def key(self) -> str:
        return f"{self.indicator.pk}-{self.unit.id}"


class Ground(NamedTuple):
    """What places stand on besides figures: the targets by indicator, and (unit, year) where the card in force is locked."""

    targets: Mapping[int, Sequence[TargetRow]]
    locked: Collection[tuple[int, int]]


def entry_card(unit_id: int, year: int) -> EntryCard | None:
    """The card in force nearest in the tree; without one for the year, that of the nearest year. Two SQL statements besides the tree's."""
    path = _path(organisation_tree.history(), unit_id, date(year, 12, 31))
    cards = Scorecard.objects.filter(unit_id__in=path, state__in=IN_FORCE)
    card = min(cards, key=lambda card: (abs(card.year - year), -card.year, path.index(card.unit_id)), default=None)
    if card is None:
        return None
    placed = PlacedIndicator.objects.filter(factor__area__scorecard=card).select_related("indicator")
    ordered = placed.order_by("factor__area__order", "factor__area_id", "factor__order", "factor_id", "order", "pk")
    return EntryCard(card.year, list(dict.fromkeys(each.indicator for each in ordered)))


def _path(history: OrganisationHistory, unit_id: int, day: date) -> tuple[int, ...]:
    return history.on(day).path(unit_id) or history.on(history.by_id[unit_id].valid_from).path(unit_id)


def units_at(unit_id: int, period: Period) -> list[Node]:
    """The unit and those right below it on the period's last day; a unit that did not exist yet stands alone, by its first name."""
    history = organisation_tree.history()
    tree = history.on(period.last_day)
    if unit_id not in tree.nodes:
        tree = history.on(history.by_id[unit_id].valid_from)
        return [tree.nodes[unit_id]]
    return [tree.nodes[unit_id], *tree.children(unit_id)]


def ground_of(indicators: Sequence[Indicator], units: Sequence[Node], period: Period) -> Ground:
    """The ground of these indicators and units. Two SQL statements besides the tree's."""
    history = organisation_tree.history()
    above = {each for unit in units for each in _path(history, unit.id, period.last_day)}
    return Ground(targets_by_indicator({each.pk for each in indicators}, above), locked_years({unit.id for unit in units}))


def places(indicators: Sequence[Indicator], units: Sequence[Node], period: Period, ground: Ground | None = None) -> list[Place]:
    """A place for every indicator and unit, in the order given.

    Four SQL statements besides the tree's, however many there are; two where the ground is known.
    """
    here, before = _measured({each.pk for each in indicators}, {unit.id for unit in units}, period)
    history = organisation_tree.history()
    targets, locked = ground_of(indicators, units, period) if ground is None else ground
    return [
        Place(
            indicator=indicator,
            unit=unit,
            period=period,
            measurement=here.get((indicator.pk, unit.id)),
            last=before.get((indicator.pk, unit.id)),
            limits=limits_finder(unit.id, targets.get(indicator.pk, ()), history)(period),
            locked=(unit.id, period.year) in locked,
            adds_up=indicator.rollup != Method.NONE and bool(history.on(period.last_day).children(unit.id)),
        )
        for indicator in indicators
        for unit in units
    ]


Found = dict[tuple[int, int], Measurement]


def _measured(indicator_ids: Collection[int], unit_ids: Collection[int], period: Period) -> tuple[Found, Found]:
    """What stands in the period, and the newest figure before it. Two SQL statements: which rows, and these rows."""
    oldest = period.start - timedelta(days=REACH_DAYS[period.kind])
    within = Measurement.objects.filter(indicator_id__in=indicator_ids, unit_id__in=unit_ids, period_kind=period.kind)
    within = within.filter(Q(period_start=period.start) | Q(value__isnull=False), period_start__range=(oldest, period.start))
    known = within.order_by("period_start", "pk").values_list("pk", "indicator_id", "unit_id", "period_start")
    places = {(indicator_id, unit_id, start == period.start): pk for pk, indicator_id, unit_id, start in known}
    here: Found = {}
    before: Found = {}
    for row in Measurement.objects.filter(pk__in=places.values()).select_related("recorded_by").order_by():
        (here if row.period_start == period.start else before)[row.indicator_id, row.unit_id] = row
    return here, before


def versions(measurement: Measurement) -> list[Measurement]:
    """The versions of a figure, newest first, each as the row it was. One SQL statement."""
    found = measurement.history.select_related("recorded_by").order_by("-version", "-history_id")[:MOST_VERSIONS]
    newest: dict[int, Measurement] = {}
    for row in found:
        newest.setdefault(row.version, row)
    return list(newest.values())


def by_kind(indicators: Sequence[Indicator]) -> dict[PeriodKind, list[Indicator]]:
    """The indicators by their rhythm, shortest first; only the rhythms there are."""
    grouped: dict[PeriodKind, list[Indicator]] = defaultdict(list)
    for indicator in indicators:
        grouped[indicator.kind].append(indicator)
    return {kind: grouped[kind] for kind in PeriodKind if kind in grouped}
