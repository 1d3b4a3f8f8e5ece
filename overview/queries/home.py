"""«Hjem»: what needs the person, and how the person's unit stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from common import formats
from common.marks import Change
from common.periods import Period, PeriodKind
from common.sparklines import Sparkline, sparkline
from organisation.queries.access import Access
from organisation.rules.access import Permission
from scorecard.models import Cell, Indicator, Scorecard
from scorecard.queries.agreements import acceptances_on
from scorecard.queries.card_stamp import card_stamp, kept_places
from scorecard.queries.figures import bare_text, difference_text, target_text, unit_word
from scorecard.queries.masking import masked_ids
from scorecard.queries.older import judged_today
from scorecard.queries.standings import judged_value
from scorecard.queries.targets import limits_of_cell
from scorecard.rules.acceptance import apply
from scorecard.rules.cells import parse_trend
from scorecard.rules.scores import WORST_FIRST
from scorecard.rules.statuses import Direction, Limits, Quality, Status

MOST_CARDS = 8


@dataclass(frozen=True)
class Kpi:
    """One number, for components/kpi.html."""

    label: str
    url: str
    value: str
    unit: str
    before: str
    goal: str
    quality: str
    spark: Sparkline | None
    spark_label: str
    status: str
    change: Change | None


def kpis(access: Access, unit_id: int, card: Scorecard | None, day: date) -> list[Kpi]:
    """How the unit stands on its card, the most urgent first. At most six SQL statements besides the tree's, and those for formulas."""
    if card is None or not access.may_in(Permission.SEE_SCORECARD, unit_id):
        return []
    stamp = card_stamp(card, [unit_id], day)
    indicators = {each.indicator_id: each.indicator for each in kept_places(card, stamp)}
    order = {indicator_id: place for place, indicator_id in enumerate(indicators)}
    cells = list(Cell.objects.filter(unit_id=unit_id, indicator_id__in=order).order_by())
    _hold_older(cells, indicators, day)
    node = access.tree.nodes[unit_id]
    masked = masked_ids([indicators[cell.indicator_id] for cell in cells], access, unit_id, node.kind)
    statuses = _statuses(unit_id, cells, day, any_accepted=bool(stamp.accepted))
    shown = [cell for cell in cells if cell.indicator_id not in masked]
    shown.sort(key=lambda cell: (WORST_FIRST.index(statuses[cell.indicator_id]), order[cell.indicator_id]))
    return [_kpi(cell, indicators[cell.indicator_id], statuses[cell.indicator_id], node.code) for cell in shown[:MOST_CARDS]]


def _hold_older(cells: Sequence[Cell], indicators: Mapping[int, Indicator], day: date) -> None:
    """Figures from before this year are held against this year's targets, in memory only, as on the card."""
    older = {
        cell.pk: (cell.unit_id, cell.indicator_id) for cell in cells if cell.period_start.year < day.year and cell.status != Status.NO_VALUE
    }
    judged = judged_today(older, indicators, day)
    for cell in cells:
        if cell.pk in judged:
            status, _points, limits = judged[cell.pk]
            cell.status = status.value
            held = limits or Limits(Direction(indicators[cell.indicator_id].direction))
            cell.target, cell.yellow_limit, cell.low, cell.high, cell.tolerance = (
                held.target, held.yellow_limit, held.low, held.high, held.tolerance,
            )  # fmt: skip


def _statuses(unit_id: int, cells: Sequence[Cell], day: date, *, any_accepted: bool) -> dict[int, Status]:
    """By indicator, with the deviations that are accepted today."""
    accepted = acceptances_on(day, unit_ids=[unit_id]) if any_accepted else {}
    return {
        cell.indicator_id: apply(Status(cell.status), accepted.get((unit_id, cell.indicator_id)), today=day, value=cell.value)
        for cell in cells
    }


def _kpi(cell: Cell, indicator: Indicator, status: Status, unit_code: str) -> Kpi:
    value = judged_value(cell)
    limits = limits_of_cell(cell, indicator.direction)
    trend = parse_trend(cell.trend)
    period = formats.period_label(Period(cell.newest_start or cell.period_start, PeriodKind(cell.period_kind))).capitalize()
    goal = _("Mål: %(goal)s. %(period)s") % {"goal": target_text(indicator, limits), "period": period} if limits.has_target else period
    return Kpi(
        label=indicator.name,
        url=reverse("scorecard:indicator", args=[unit_code, indicator.code]),
        value="" if value is None else bare_text(indicator, value, limits, cell.quality),
        unit=unit_word(indicator),
        before=_("ca.") if cell.quality == Quality.ESTIMATE else "",
        goal=goal,
        quality=cell.quality if value is not None else cell.newest_quality,
        spark=sparkline(trend, cell.target),
        spark_label=_spark_label(trend, indicator),
        status=status.value,
        change=None if value is None else _change(cell, indicator, limits),
    )


def _spark_label(trend: Sequence[Decimal | None], indicator: Indicator) -> str:
    known = [value for value in trend if value is not None]
    if len(known) < 2:
        return ""
    first, last = (formats.number(value, indicator.places) for value in (known[0], known[-1]))
    return _("Utvikling over %(n)s målinger: fra %(first)s til %(last)s.") % {"n": len(known), "first": first, "last": last}


def _change(cell: Cell, indicator: Indicator, limits: Limits) -> Change | None:
    if cell.value is None or cell.previous is None or not cell.effect:
        return None
    delta = cell.value - cell.previous
    if cell.effect == "same" or delta == 0:
        return Change("flat", "flat", _("Omtrent som sist"))
    size = difference_text(indicator, cell.value, cell.previous, limits)
    pattern = _("%(size)s høyere") if delta > 0 else _("%(size)s lavere")
    return Change("up" if delta > 0 else "down", cell.effect, pattern % {"size": size})
