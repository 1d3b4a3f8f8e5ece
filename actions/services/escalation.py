"""An action that is overdue goes up one level, once."""

import logging
from datetime import date, datetime

from django.db import transaction

from actions.models import OPEN, Action, ActionSetting
from actions.services.telling import tell_lifted
from common.workdays import latest_due
from organisation.models import User
from organisation.queries.holders import Holder, holders_in
from organisation.queries.tree import tree_on
from organisation.rules.access import Permission
from organisation.rules.leadership import next_level
from organisation.services import audit

logger = logging.getLogger("alna")


class StaleSetting(Exception):
    """Somebody has saved the setting since the page was opened."""


def setting() -> ActionSetting:
    """The one row, or what stands until somebody has decided."""
    return ActionSetting.objects.filter(pk=1).first() or ActionSetting(pk=1, version=0)


@transaction.atomic
def save_setting(*, escalate_after: int, version: int, actor: User | None) -> None:
    """After how many working days. Raises StaleSetting."""
    if version == 0:
        row, created = ActionSetting.objects.get_or_create(pk=1, defaults={"escalate_after": escalate_after})
        if not created:
            raise StaleSetting
    elif not ActionSetting.objects.filter(pk=1, version=version).update(escalate_after=escalate_after, version=version + 1):
        raise StaleSetting
    else:
        row = ActionSetting.objects.get(pk=1)
    audit.record(actor=actor, action="actions.setting_saved", target=row, details={"escalate_after": escalate_after})


def escalate(*, now: datetime, today: date) -> int:
    """Lifts every action that has been overdue for long enough, each in its own transaction, and gives how many.

    Claimed by a conditional update, so that two who run at once tell nobody twice. Where nobody stands above, it is tried again
    the next time.
    """
    due = Action.objects.filter(status__in=OPEN, escalated_at__isnull=True, due_on__lte=latest_due(today, setting().escalate_after))
    actions = list(due.select_related("unit", "owner").order_by("pk"))
    tree = tree_on(today)
    above = {unit_id for action in actions for unit_id in tree.path(action.unit_id)[1:]}
    people = holders_in(Permission.FOLLOW_UP, above, today) if above else {}
    ids = {unit_id: [holder.user_id for holder in holders] for unit_id, holders in people.items()}
    known = {holder.user_id: holder for holders in people.values() for holder in holders}
    lifted = 0
    for action in actions:
        wanted = [known[user_id] for user_id in next_level(tree.path(action.unit_id), ids, [action.owner_id])]
        if not wanted:
            _note_stranded(action, now)
            continue
        lifted += _lift(action, wanted, now)
    return lifted


def _note_stranded(action: Action, now: datetime) -> None:
    """Says it once for each deadline, not at every run: whoever reads the log cannot mend it within the hour."""
    if action.stranded_at is None and Action.objects.filter(pk=action.pk, stranded_at__isnull=True).update(stranded_at=now):
        logger.warning("action %s is overdue and nobody stands above", action.pk)


@transaction.atomic
def _lift(action: Action, people: list[Holder], now: datetime) -> int:
    mine = Action.objects.filter(pk=action.pk, status__in=OPEN, escalated_at__isnull=True, due_on=action.due_on)
    if not mine.update(escalated_at=now):
        return 0
    owner = Holder(action.owner_id, action.owner.name, action.owner.language, None)
    tell_lifted(action=action, people=[*people, owner], now=now)
    details = {"due_on": action.due_on, "told": [holder.name for holder in people]}
    audit.record(actor=None, action="action.lifted", target=action, unit=action.unit_id, details=details)
    return 1
