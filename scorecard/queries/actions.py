"""Actions and the figures they shall change: what is red without one, and the figure before and now."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from actions.models import OPEN
from actions.queries.actions import ActionRow, actions_by_id
from actions.rules.evidence import Evidence
from common import formats
from organisation.queries.access import Access
from organisation.queries.tree import tree_on
from organisation.rules.tree import Node
from scorecard.models import Cell, Indicator, IndicatorAction, PlacedIndicator, Scorecard
from scorecard.queries.agreements import acceptances_on
from scorecard.queries.figures import figure_text, plain_text, target_text
from scorecard.queries.masking import masked_places
from scorecard.queries.older import judged_today
from scorecard.queries.standings import judged_value
from scorecard.queries.targets import limits_of_cell
from scorecard.rules.acceptance import apply
from scorecard.rules.lifecycle import IN_FORCE
from scorecard.rules.statuses import Limits, Status

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class RedCell:
    """A target that is not reached and that nobody has an open action for. Texts are finished."""

    unit_id: int
    unit_code: str
    unit_name: str
    indicator_code: str
    indicator_name: str
    critical: bool
    period: str
    period_code: str
    value: str
    target: str
    # For how many figures in a row.
    run: int
    url: str


def red_without_action(*, unit_ids: Collection[int], day: date, access: Access | None) -> list[RedCell]:
    """Those that have been red the longest first. Accepted deviations are no red cells, and masked figures are left out.

    At most ten SQL statements, whatever the number of units, indicators and years.
    """
    tree = tree_on(day)
    placed = _placed(unit_ids, day)
    indicators = {each.indicator_id: each.indicator for rows in placed.values() for each in rows.values()}
    wanted = {(unit_id, indicator_id) for unit_id, rows in placed.items() for indicator_id in rows}
    cells = [
        cell
        for cell in Cell.objects.filter(unit_id__in=placed, indicator_id__in=indicators).defer("trend")
        if (cell.unit_id, cell.indicator_id) in wanted and judged_value(cell) is not None
    ]
    red = _red(cells, indicators, day)
    answered = open_places({cell.unit_id for cell, _limits in red})
    masked = masked_places(list(indicators.values()), access, {cell.unit_id for cell, _limits in red})
    found = [
        _red_cell(cell, limits, placed[cell.unit_id][cell.indicator_id], tree.nodes[cell.unit_id])
        for cell, limits in red
        if (cell.unit_id, cell.indicator_id) not in answered and (cell.indicator_id, cell.unit_id) not in masked
    ]
    return sorted(found, key=lambda each: (-each.run, not each.critical, each.unit_code, each.indicator_name))


def _placed(unit_ids: Collection[int], day: date) -> dict[int, dict[int, PlacedIndicator]]:
    """By unit and indicator, what stands on the card that applies to the unit this year. Two SQL statements."""
    tree = tree_on(day)
    paths = {unit_id: tree.path(unit_id) for unit_id in unit_ids}
    above = {each for path in paths.values() for each in path}
    cards = dict(Scorecard.objects.filter(unit_id__in=above, year=day.year, state__in=IN_FORCE).order_by().values_list("unit_id", "pk"))
    by_card: dict[int, dict[int, PlacedIndicator]] = defaultdict(dict)
    rows = PlacedIndicator.objects.filter(factor__area__scorecard_id__in=cards.values()).select_related("indicator", "factor__area")
    for row in rows:
        by_card[row.factor.area.scorecard_id][row.indicator_id] = row
    nearest = {unit_id: next((cards[each] for each in path if each in cards), None) for unit_id, path in paths.items()}
    return {unit_id: by_card[card] for unit_id, card in nearest.items() if card is not None}


def _red(cells: Collection[Cell], indicators: Mapping[int, Indicator], day: date) -> list[tuple[Cell, Limits]]:
    """As the overviews judge them: figures from before this year by this year's targets, accepted deviations left out."""
    older = {cell.pk: (cell.unit_id, cell.indicator_id) for cell in cells if cell.period_start.year < day.year}
    judged = judged_today(older, indicators, day)
    accepted = acceptances_on(day, unit_ids={cell.unit_id for cell in cells})
    found = []
    for cell in cells:
        kept = limits_of_cell(cell, indicators[cell.indicator_id].direction)
        status, _points, limits = judged.get(cell.pk, (Status(cell.status), None, kept))
        if apply(status, accepted.get((cell.unit_id, cell.indicator_id)), today=day, value=cell.value) == Status.NOT_REACHED:
            found.append((cell, limits or kept))
    return found


def _red_cell(cell: Cell, limits: Limits, placed: PlacedIndicator, node: Node) -> RedCell:
    indicator = placed.indicator
    return RedCell(
        unit_id=node.id,
        unit_code=node.code,
        unit_name=node.name,
        indicator_code=indicator.code,
        indicator_name=indicator.name,
        critical=placed.critical,
        period=formats.period_label(cell.period),
        period_code=cell.period.code,
        value=figure_text(indicator, cell.value, limits, cell.quality),
        target=target_text(indicator, limits),
        run=cell.red_run,
        url=reverse("scorecard:indicator", args=[node.code, indicator.code]),
    )


def open_places(unit_ids: Collection[int]) -> set[Place]:
    """(unit, indicator) with an open action. One SQL statement."""
    rows = IndicatorAction.objects.filter(unit_id__in=unit_ids, action__status__in=OPEN)
    return set(rows.order_by().values_list("unit_id", "indicator_id"))


def actions_for(indicator: Indicator, unit_id: int) -> list[ActionRow]:
    """Every action that was made for the figure of a unit, the last due first. Two SQL statements."""
    ids = IndicatorAction.objects.filter(indicator=indicator, unit_id=unit_id).values_list("action_id", flat=True)
    found = actions_by_id(list(ids)) if ids else {}
    return sorted(found.values(), key=lambda row: (row.due_on, row.id), reverse=True)


def evidence(action_ids: Collection[int], *, access: Access | None) -> dict[int, list[Evidence]]:
    """The indicator an action was made for: its figure then, what it shall become, and now. Two SQL statements and those of formulas."""
    rows = list(IndicatorAction.objects.filter(action_id__in=action_ids).select_related("indicator", "unit"))
    if not rows:
        return {}
    unit_ids = {row.unit_id for row in rows}
    indicators = {row.indicator_id: row.indicator for row in rows}
    masked = masked_places(list(indicators.values()), access, unit_ids)
    cells = {(cell.unit_id, cell.indicator_id): cell for cell in Cell.objects.filter(unit_id__in=unit_ids, indicator_id__in=indicators)}
    return {
        row.action_id: [_evidence(row, cells.get((row.unit_id, row.indicator_id)), hidden=(row.indicator_id, row.unit_id) in masked)]
        for row in rows
    }


def _evidence(row: IndicatorAction, cell: Cell | None, *, hidden: bool) -> Evidence:
    indicator = row.indicator
    label = f"{indicator.name}, {formats.period_label(row.period)}"
    url = reverse("scorecard:indicator", args=[row.unit.code, indicator.code])
    if hidden:
        return Evidence("indicator", label, url, hidden=True)
    shown = cell if cell is not None and judged_value(cell) is not None else None
    after = f"{figure_text(indicator, shown.value, None, shown.quality)} ({formats.period_label(shown.period)})" if shown else ""
    return Evidence(
        kind="indicator",
        label=label,
        url=url,
        before_text="" if row.before is None else figure_text(indicator, row.before),
        expected_text="" if row.expected is None else plain_text(indicator, row.expected),
        after_text=after,
        measured_after=shown is not None and shown.period_start > row.period_start,
    )
