"""What the units do about it: actions with owners, deadlines and expected effect, and what has become of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from actions.models import OPEN, Action, ActionUpdate
from actions.rules.states import EffectKind, Status
from alna.demo.data_files import rows
from alna.demo.plan import moment
from alna.demo.world import World, add_missing, add_with_history
from common.versions import dated
from reporting.models import MonthlyReport, ReportAction
from scorecard.models import Cell, IndicatorAction

# An action that should have ended so long ago has ended.
AFTER = timedelta(days=60)
FORGOTTEN = "Gjennomført etter fristen."


@dataclass(frozen=True)
class Planned:
    """One row of the list, on the days of the live year."""

    row: Mapping[str, str]
    created: datetime
    due_on: date
    status: Status

    @property
    def is_done(self) -> bool:
        return self.status is Status.DONE


def fill(world: World) -> None:
    """Those that were agreed by today."""
    planned = {each.row["title"]: each for each in _planned(world) if each.created.date() <= world.plan.today}
    new = add_with_history(world, [_action(world, each) for each in planned.values()], "unit_id", "title")
    titles = {action.title for action in new}
    kept = Action.objects.filter(title__in=titles)
    updates = [update for action in kept for update in _updates(world, action, planned[action.title])]
    if updates:
        ActionUpdate.objects.bulk_create(updates)
        world.count("actionupdate", len(updates))


def link(world: World) -> None:
    """To the reports they were agreed in, and when all is derived, to the figures they shall change."""
    actions = {action.title: action for action in Action.objects.all()}
    reports = {(report.unit_id, report.month): report for report in MonthlyReport.objects.filter(month__year=world.plan.year)}
    agreed, aimed = [], []
    cells = {(cell.indicator_id, cell.unit_id): cell for cell in Cell.objects.filter(unit__in=world.units.values())}
    for row in rows("actions"):
        action = actions.get(row["title"])
        if action is None:
            continue
        report = reports.get((action.unit_id, action.created_at.date().replace(day=1)))
        if report is not None and row["kind"] == EffectKind.AMOUNT:
            agreed.append(ReportAction(report=report, action=action, part="actions"))
        cell = cells.get((world.indicators[row["indicator"]].pk, action.unit_id)) if row["indicator"] else None
        if cell is not None:
            aimed.append(_aim(action, cell))
    add_missing(world, agreed, "action_id")
    add_missing(world, aimed, "action_id")


def _aim(action: Action, cell: Cell) -> IndicatorAction:
    found = IndicatorAction(
        action=action, indicator_id=cell.indicator_id, unit_id=cell.unit_id, before=cell.previous or cell.value, expected=cell.target
    )
    found.period = cell.period
    return found


def overdue_lines(world: World) -> dict[int, dict[str, str]]:
    """What each unit's report says of its actions over their deadline, by unit and number of the action."""
    news = {row["title"]: row["news"] for row in rows("actions")}
    found: dict[int, dict[str, str]] = {}
    for action in Action.objects.filter(status__in=OPEN, due_on__lt=world.plan.today):
        found.setdefault(action.unit_id, {})[str(action.pk)] = news.get(action.title) or "Vi følger opp."
    return found


def _planned(world: World) -> Iterator[Planned]:
    year = world.plan.year
    for row in rows("actions"):
        due = _day(year, row["due"])
        status = Status(row["status"])
        if status in OPEN and due + AFTER < world.plan.today:
            status = Status.DONE
        yield Planned(row, moment(_day(year, row["created"]), 10, 15), due, status)


def _day(year: int, text: str) -> date:
    return date.fromisoformat(f"{year}-{text}")


def _action(world: World, each: Planned) -> Action:
    row, owner = each.row, world.people[each.row["owner"]]
    is_open = each.status in OPEN
    ended = min(each.due_on, world.plan.today)
    action = Action(
        title=row["title"],
        unit=world.units[row["unit"]],
        owner=owner,
        due_on=each.due_on,
        status=each.status,
        effect_kind=row["kind"],
        effect_amount=Decimal(row["amount"]) * 1000 if row["amount"] else None,
        effect_from=each.due_on if row["amount"] else None,
        effect_text=row["text"],
        created_at=each.created,
        created_by=owner,
        closed_on=None if is_open else ended,
        outcome=(row["outcome"] or "as_expected") if each.is_done else "",
        outcome_text=(row["outcome_text"] or FORGOTTEN) if each.is_done else "",
        evaluated_at=moment(ended, 14) if each.is_done else None,
        evaluated_by=owner if each.is_done else None,
    )
    return dated(action, each.created)


def _updates(world: World, action: Action, each: Planned) -> Iterator[ActionUpdate]:
    """That it was made, and the latest about it."""
    yield ActionUpdate(action=action, at=each.created, by=action.owner, status=Status.NOT_STARTED)
    told = min(moment(each.due_on, 13), moment(world.plan.today) - timedelta(days=1))
    if each.row["news"] and each.status is not Status.NOT_STARTED and told > each.created:
        yield ActionUpdate(action=action, at=told, by=action.owner, status=each.status, text=each.row["news"])
