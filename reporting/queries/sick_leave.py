"""Units' sick leave in a month: what it came to, how it has gone, and its details where they tell of nobody."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet

from common.periods import Period
from organisation.models import Unit
from organisation.queries import tree as organisation_tree
from organisation.queries.access import Access
from organisation.rules.access import Permission as P
from organisation.rules.tree import OrganisationHistory, UnitTree
from reporting.models import Delivery, FigureFeed, SickLeaveMonth, SickLeaveShield
from reporting.queries.known import Known
from reporting.queries.owners import month_end
from reporting.rules.kinds import DeliveryKind, FeedKind
from reporting.rules.ledger import Filed, counted_at
from reporting.rules.sick_leave import YEAR, Days, ShieldLimits, Split, also_hidden, hide_each_other, shows_split, total, year_to
from scorecard.queries.masking import WIDE_KINDS
from scorecard.queries.series import limits_finder
from scorecard.queries.targets import targets_by_indicator
from scorecard.rules.statuses import Limits, Status, status_of

# So many months are shown, each with the twelve that end in it.
SHOWN = 13


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a unit, and the twelve months that end with it; None where there are no figures, or too few for a year."""

    month: date
    rate: Decimal | None
    year_rate: Decimal | None


@dataclass(frozen=True)
class SickLeave:
    """One unit in one month. `days` is None where the file had nothing. `masked`: details exist and are not shown."""

    unit_id: int
    month: date
    days: Days | None
    year: Days | None
    trend: tuple[Month, ...]
    split: Split | None
    masked: bool
    preliminary: bool
    limits: Limits | None

    @property
    def rate(self) -> Decimal | None:
        return self.days.rate if self.days else None

    @property
    def year_rate(self) -> Decimal | None:
        return self.year.rate if self.year else None

    @property
    def same_month_last_year(self) -> Decimal | None:
        return self.trend[0].rate

    @property
    def status(self) -> Status:
        return status_of(self.year_rate, self.limits)

    @property
    def over_target(self) -> tuple[Decimal | None, ...]:
        """Percentage points over the target, the newest month first; empty where there is no target."""
        target = self.limits.target if self.limits else None
        if target is None:
            return ()
        return tuple(None if each.year_rate is None else each.year_rate - target for each in reversed(self.trend))


def sick_leave_of(*, unit_ids: Collection[int], month: date, access: Access | None, known: Known | None = None) -> dict[int, SickLeave]:
    """Every unit the person may see with figures in the last year. A fixed number of SQL statements. Without `access` nothing is hidden
    but what the limits hide from everybody. `known`: what files and targets said when the month was locked."""
    past = organisation_tree.history()
    tree = past.on(month_end(month))
    seen = [unit_id for unit_id in unit_ids if may_see(access, tree, unit_id)]
    below = {unit_id: tree.subtree(unit_id) or (unit_id,) for unit_id in seen}
    months = _months(month)
    files = _Files(known, months[0].year)
    together = {unit_id: _with_predecessors(ids, month, past) for unit_id, ids in below.items()}
    found, newest = _days({each for ids in together.values() for each in ids}, months, files)
    targets = _targets(below, tree, month, known)
    hidden = _hidden(below, month, shield_on(month), tree, files)
    details = {each: hidden[each] for each in below if access is None or access.may_in(P.SEE_SICK_LEAVE_SPLIT, each)}
    return {
        unit_id: _sick_leave(unit_id, month, months, _added_up(ids, found), targets.get(unit_id), details.get(unit_id), newest)
        for unit_id, ids in together.items()
        if any(each in found for each in ids)
    }


class _Files:
    """The files that count, or that counted for each unit at the moment its figures are of. One SQL statement with `known`, else none."""

    def __init__(self, known: Known | None, first_year: int) -> None:
        self.known, self.by_moment = known, dict[datetime, frozenset[int]]()
        if known is None:
            self.ids: Collection[int] | QuerySet[Delivery] = Delivery.objects.filter(kind=DeliveryKind.SICK_LEAVE, is_current=True)
            return
        there = Delivery.objects.filter(kind=DeliveryKind.SICK_LEAVE, delivered_at__lte=known.last, year__gte=first_year)
        files = [
            Filed(*row) for row in there.values_list("pk", "district_id", "year", "number", "version", "delivered_at", "rolled_back_at")
        ]
        self.by_moment = {moment: counted_at(files, moment) for moment in {known.at, *known.newer.values()}}
        self.ids = frozenset[int]().union(*self.by_moment.values())

    def rows(self, **about: object) -> Iterator[SickLeaveMonth]:
        """Their rows about units that count by that file, the first delivered first. One SQL statement."""
        for row in SickLeaveMonth.objects.filter(delivery__in=self.ids, **about).order_by("month", "delivery__delivered_at"):
            if self.known is None or row.delivery_id in self.by_moment[self.known.of(row.unit_id)]:
                yield row


def _with_predecessors(unit_ids: Iterable[int], month: date, past: OrganisationHistory) -> set[int]:
    """The units and all that went into them whole until then: their days are the successor's, as sums."""
    day = month_end(month)
    found, waiting = set[int](), list(unit_ids)
    while waiting:
        unit_id = waiting.pop()
        if unit_id not in found:
            found.add(unit_id)
            waiting += [row.predecessor_id for row in past.predecessors(unit_id) if row.whole and row.on <= day]
    return found


def may_see(access: Access | None, tree: UnitTree, unit_id: int) -> bool:
    """A district as a whole is for everybody in it; a unit's own figure is for those who answer for it."""
    if access is None or access.may_in(P.SEE_RESTRICTED, unit_id):
        return True
    wide = unit_id in tree.nodes and tree.nodes[unit_id].kind in WIDE_KINDS
    return wide and access.may_in(P.SEE_SCORECARD, unit_id)


def shield_on(day: date) -> ShieldLimits:
    """The limits in force. One SQL statement."""
    row = SickLeaveShield.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
    return ShieldLimits(row.min_fte, row.min_persons, row.tolerance) if row else ShieldLimits()


def _months(month: date) -> list[date]:
    """The months that are shown and the year before the first of them, oldest first."""
    period = Period.month(month.year, month.month)
    return [period.previous(back).start for back in range(SHOWN + YEAR - 2, 0, -1)] + [month]


def _days(unit_ids: Collection[int], months: Collection[date], files: _Files) -> tuple[dict[int, dict[date, Days]], dict[int, date]]:
    """What the current files say, and each unit's newest month: late sick notes may still come for that one."""
    found: dict[int, dict[date, Days]] = defaultdict(dict)
    newest: dict[int, date] = {}
    for row in files.rows(unit_id__in=unit_ids, month__gte=min(months)):
        newest[row.unit_id] = row.month
        if row.month <= max(months) and row.lost is not None:
            found[row.unit_id][row.month] = _of_row(row)
    return dict(found), newest


def _of_row(row: SickLeaveMonth) -> Days:
    return Days(row.lost or Decimal(0), row.contracted, _split(row), row.fte, row.persons_absent)


def _split(row: SickLeaveMonth) -> Split | None:
    if row.self_certified is None or row.certified is None or row.short is None or row.long is None:
        return None
    return Split(row.self_certified, row.certified, row.short, row.long)


def _added_up(unit_ids: Iterable[int], found: Mapping[int, Mapping[date, Days]]) -> dict[date, Days]:
    together: dict[date, Days] = {}
    for unit_id in unit_ids:
        for month, days in found.get(unit_id, {}).items():
            together[month] = together[month] + days if month in together else days
    return together


def _sick_leave(
    unit_id: int,
    month: date,
    months: list[date],
    by_month: Mapping[date, Days],
    limits: Limits | None,
    hidden: bool | None,
    newest: Mapping[int, date],
) -> SickLeave:
    days = by_month.get(month)
    trend = tuple(_month(each, by_month) for each in months[-SHOWN:])
    has_split = days is not None and days.split is not None
    return SickLeave(
        unit_id=unit_id,
        month=month,
        days=days,
        year=year_to(month, by_month),
        trend=trend,
        split=days.split if days is not None and hidden is False else None,
        masked=has_split and hidden is True,
        preliminary=max(newest.values(), default=month) <= month,
        limits=limits,
    )


def _month(month: date, by_month: Mapping[date, Days]) -> Month:
    alone, year = by_month.get(month), year_to(month, by_month)
    return Month(month, alone.rate if alone else None, year.rate if year else None)


def _targets(unit_ids: Collection[int], tree: UnitTree, month: date, known: Known | None) -> dict[int, Limits | None]:
    """The target of the indicator that sick leave becomes. Two SQL statements."""
    feed = FigureFeed.objects.filter(kind=FeedKind.SICK_LEAVE).first()
    if feed is None or not unit_ids:
        return {}
    history = organisation_tree.history()
    above = {each for unit_id in unit_ids for each in (*tree.path(unit_id), unit_id)}
    rows = targets_by_indicator([feed.indicator_id], above, known_at=known.at if known else None).get(feed.indicator_id, [])
    return {unit_id: limits_finder(unit_id, rows, history)(Period.month(month.year, month.month)) for unit_id in unit_ids}


def _hidden(below: Mapping[int, Collection[int]], month: date, limits: ShieldLimits, tree: UnitTree, files: _Files) -> dict[int, bool]:
    """Whether each unit's details are hidden from everybody, decided for the whole district at once, so that no two pages together tell
    more than each. One SQL statement."""
    order = [each for top in {tree.path(unit_id)[-1] for unit_id in below if tree.path(unit_id)} for each in tree.subtree(top)]
    wanted = {*order, *(each for ids in below.values() for each in ids)}
    own = {row.unit_id: _of_row(row) for row in files.rows(unit_id__in=wanted, month=month, lost__isnull=False)}
    parts = {unit_id: tree.subtree(unit_id) or (unit_id,) for unit_id in wanted}
    wholes = {unit_id: whole for unit_id, ids in parts.items() if (whole := total(own[each] for each in ids if each in own))}
    hidden = {unit_id: not shows_split(own.get(unit_id, whole), limits) for unit_id, whole in wholes.items()}
    inside = {unit_id: {node.id: wholes[node.id] for node in tree.children(unit_id) if node.id in wholes} for unit_id in order}
    while True:
        found = dict(hidden)
        for unit_id, parts_of_it in inside.items():
            is_hidden_sum = unit_id not in own and found.get(unit_id, False)
            found |= dict.fromkeys(_with_others(parts_of_it, found, limits, is_sum=is_hidden_sum), True)
        # Where even all of them together are too few, their sum is hidden, and what stands beside it is looked at again.
        bare = [each for each in order if each not in own and not found.get(each, True) and _is_bare(inside[each], found, limits)]
        if not bare:
            return {unit_id: found.get(unit_id, True) for unit_id in below}
        hidden |= dict.fromkeys(bare, True)


def _is_bare(parts: Mapping[int, Days], hidden: Mapping[int, bool], limits: ShieldLimits) -> bool:
    return bool(parts) and all(hidden[each] for each in parts) and not hide_each_other(parts.values(), limits)


def _with_others(parts: Mapping[int, Days], hidden: Mapping[int, bool], limits: ShieldLimits, *, is_sum: bool) -> Collection[int]:
    """Which more of the units below one are hidden, because the one above shows the sum of all. Where that one is hidden itself and
    nothing but their sum, one of them at least is hidden too."""
    found = [unit_id for unit_id in parts if hidden[unit_id]]
    if is_sum and not found and parts:
        return [min(parts, key=lambda unit_id: (parts[unit_id].contracted, unit_id))]
    return also_hidden(parts, found, limits)


def units_below(unit: Unit, month: date) -> list[int]:
    """The units right below one in the month."""
    tree = organisation_tree.history().on(month_end(month))
    return [node.id for node in tree.children(unit.pk)]
