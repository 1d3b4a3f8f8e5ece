"""What is written in a report and kept elsewhere: production figures, how actions go, and new actions."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal

from django.db import transaction

from actions.models import Action
from actions.rules.states import EffectKind, Status
from actions.services.actions import ActionClosed, StaleVersion, create_action, set_status
from organisation.models import User
from reporting.models import MonthlyReport, ReportAction
from reporting.queries.report_facts import open_parts_of
from reporting.rules.kinds import ReportState
from reporting.rules.states import may_edit
from reporting.services.report_fields import ReportClosed
from scorecard.models import Measurement
from scorecard.services.values import Entry, Recorded, Source, record_values


def record_figures(*, report: MonthlyReport, entries: Sequence[Entry], actor: User | None, now: datetime, today: date) -> Recorded:
    """The month's production figures become measurements. Raises ReportClosed, and ValuesRefused with every reason."""
    _check_open(report, "production")
    source = Source(origin=Measurement.Origin.REPORT, name=f"{report.month:%Y-%m}", checks_versions=False, asks_reason=False)
    return record_values(entries=entries, actor=actor, source=source, now=now, today=today)


@transaction.atomic
def add_action(
    *,
    report: MonthlyReport,
    title: str,
    amount: Decimal | None,
    due_on: date,
    owner: User,
    actor: User | None,
    now: datetime,
    today: date,
) -> Action:
    """A new action because of the month. Raises ReportClosed, and ActionRefused as actions do."""
    _check_open(report, "actions")
    action = create_action(
        unit=report.unit,
        title=title,
        owner=owner,
        due_on=due_on,
        actor=actor,
        now=now,
        today=today,
        effect_kind=EffectKind.AMOUNT if amount else EffectKind.OTHER,
        effect_amount=amount,
    )
    ReportAction.objects.get_or_create(action=action, defaults={"report": report, "part": "actions"})
    return action


def set_action_status(*, report: MonthlyReport, action: Action, status: Status, actor: User | None, now: datetime, today: date) -> Action:
    """How an action goes, said in the report. Raises ReportClosed, and what `set_status` raises."""
    _check_open(report, "actions")
    return set_status(action=action, status=status, text="", version=action.version, actor=actor, now=now, today=today)


@transaction.atomic
def log_lines(*, report: MonthlyReport, actions: Iterable[Action], actor: User | None, now: datetime, today: date) -> None:
    """What the report says about an action stands in the action's own log from when it is sent; sent again, the same is not said twice."""
    for action in actions:
        text = str(report.action_lines.get(str(action.pk), "")).strip()
        since = report.opened_at or datetime.combine(report.month, time(), tzinfo=UTC)
        if not text or action.updates.filter(text=text, at__gte=since).exists():
            continue
        try:
            set_status(action=action, status=Status(action.status), text=text, version=action.version, actor=actor, now=now, today=today)
        except (ActionClosed, StaleVersion):
            # Somebody is just writing about it in the action itself; the report keeps its line.
            continue


def _check_open(report: MonthlyReport, part: str) -> None:
    if not may_edit(ReportState(report.state), open_parts_of(report), part):
        raise ReportClosed(report.state, part)
