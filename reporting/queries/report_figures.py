"""A month's production figures, what is not reached and what is being done, as a unit's report has them: as they stand, or as they
were when the month was locked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from actions.models import OPEN, Action
from actions.queries.known import open_at, open_now
from common.periods import Period, PeriodKind
from reporting.queries.known import Known, figures_known
from reporting.queries.production import given_ids, monthly_indicators
from reporting.queries.report_stamp import ReportStamp, remembered
from reporting.rules.demands import RedIndicator
from scorecard.models import Cell, Indicator, IndicatorAction
from scorecard.queries import entry
from scorecard.queries.agreements import accepted_ids
from scorecard.rules.statuses import Status


@dataclass(frozen=True)
class Doing:
    """`places` are the month's figures, filled or not; `red` what is not reached; `actions` those that are open, the first due first.

    Of a locked month nothing is asked any more, so nothing is red.
    """

    places: tuple[entry.Place, ...]
    red: tuple[RedIndicator, ...]
    actions: tuple[Action, ...]


def doing_now(
    unit_id: int, period: Period, feeds: Collection[int], today: date, stamp: ReportStamp | None, *, sees_restricted: bool
) -> Doing:
    """As it stands; remembered where nothing is new."""
    places, red = remembered(
        stamp,
        "figures",
        ["figures", "feeds", "cards", "targets", "actions"],
        lambda: _figures(unit_id, period, feeds, sees_restricted, today, stamp),
        sees_restricted,
        today,
    )
    return Doing(places, red, remembered(stamp, "actions", ["actions", "roles"], lambda: tuple(open_now([unit_id]))))


def doing_then(unit_id: int, period: Period, known: Known, *, sees_restricted: bool) -> Doing:
    """As a locked month has it. A fixed number of SQL statements."""
    found = figures_known(unit_ids=[unit_id], month=period.start, known=known).get(unit_id, [])
    there = (each for each in found if each.shown is not None and (sees_restricted or not each.indicator.restricted))
    unit = entry.units_at(unit_id, period)[0]
    places = tuple(entry.Place(each.indicator, unit, period, each.shown, None, each.limits, locked=True) for each in there)
    return Doing(places, (), tuple(open_at(unit_ids=[unit_id], moment=known.at)))


def _figures(
    unit_id: int, period: Period, feeds: Collection[int], sees: bool, today: date, stamp: ReportStamp | None
) -> tuple[tuple[entry.Place, ...], tuple[RedIndicator, ...]]:
    """The month's production figures, and what on the unit's card is not reached."""
    card = remembered(stamp, "card", ["cards", "feeds"], lambda: entry.entry_card(unit_id, period.year))
    indicators = [each for each in card.indicators if sees or not each.restricted] if card else []
    others = [each for each in _others(unit_id, period.start, stamp) if sees or not each.restricted]
    # Fed figures have their own parts.
    counted = [each for each in dict.fromkeys([*indicators, *others]) if each.pk not in feeds]
    return _places(unit_id, period, counted, stamp), _red(unit_id, indicators, feeds, today)


def _others(unit_id: int, month: date, stamp: ReportStamp | None) -> list[Indicator]:
    """What the unit gives figures of month by month, whether its card has it or not."""
    monthly = remembered(stamp, "monthly", ["feeds"], monthly_indicators)
    given = given_ids(unit_id=unit_id, month=month)
    return [each for each in monthly if each.pk in given]


def _places(unit_id: int, period: Period, indicators: Collection[Indicator], stamp: ReportStamp | None) -> tuple[entry.Place, ...]:
    """The figures of each month that this unit has given before, or has given now."""
    monthly = [each for each in indicators if each.kind is PeriodKind.MONTH and not each.formula and _is_in_use(each, period)]
    if not monthly:
        return ()
    units = entry.units_at(unit_id, period)[:1]
    wanted = tuple(each.pk for each in monthly)
    ground = remembered(stamp, "ground", ["cards", "targets", "feeds"], lambda: entry.ground_of(monthly, units, period), wanted)
    found = entry.places(monthly, units, period, ground)
    return tuple(place for place in found if place.last is not None or place.measurement is not None)


def _is_in_use(indicator: Indicator, period: Period) -> bool:
    return indicator.retired_on is None or indicator.retired_on >= period.first_day


def _red(unit_id: int, indicators: Collection[Indicator], feeds: Collection[int], today: date) -> tuple[RedIndicator, ...]:
    names = {each.pk: each for each in indicators if each.pk not in feeds}
    missed = Cell.objects.filter(unit_id=unit_id, status=Status.NOT_REACHED, red_run__gt=0).order_by("indicator_id")
    found = [(names[pk], run) for pk, run in missed.values_list("indicator_id", "red_run") if pk in names]
    if not found:
        return ()
    done = accepted_ids(today, unit_id) | _answered(unit_id)
    return tuple(RedIndicator(each.code, each.name, run, answered=each.pk in done) for each, run in found)


def _answered(unit_id: int) -> set[int]:
    """Indicators that an open action has been made for. One SQL statement."""
    answers = IndicatorAction.objects.filter(unit_id=unit_id, action__status__in=OPEN).order_by()
    return set(answers.values_list("indicator_id", flat=True))
