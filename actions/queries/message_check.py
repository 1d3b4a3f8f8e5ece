"""Whether a message about an action is still true just before its e-mail leaves."""

import re
from collections.abc import Sequence
from datetime import datetime

from actions.models import Action
from actions.rules.states import Status
from notifications.models import Message
from notifications.rules.checking import Fresh

# What a message is about stands in its key: the action, and the deadline that has passed.
KEY = re.compile(r"action:(?P<action>\d+):(?:owner:\d+|lifted:(?P<due_on>\d{4}-\d\d-\d\d)):\d+")


def still_true(messages: Sequence[Message], _now: datetime) -> dict[int, Fresh | None]:
    """None for those whose action is finished, somebody else's, or due on another day by now. One SQL statement, none without such."""
    about = {row.pk: (row.recipient_id, key) for row in messages if (key := KEY.fullmatch(row.key))}
    if not about:
        return {}
    rows = Action.objects.filter(pk__in={int(key["action"]) for _person, key in about.values()})
    actions = {action.pk: action for action in rows.only("status", "owner_id", "due_on")}
    return {pk: None for pk, (person_id, key) in about.items() if not _is_so(actions[int(key["action"])], person_id, key["due_on"])}


def _is_so(action: Action, person_id: int, due_on: str | None) -> bool:
    """`due_on`: the deadline that was told of as passed; None where the person was told that it is theirs."""
    meant = action.owner_id == person_id if due_on is None else action.due_on.isoformat() == due_on
    return meant and Status(action.status).is_open
