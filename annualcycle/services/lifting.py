"""A task that has been overdue for long enough goes to the next level, once."""

import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from annualcycle.models import Activity, Task
from annualcycle.queries.lifting import Late
from annualcycle.rules.kinds import TaskState
from organisation.services import audit

logger = logging.getLogger("alna")


def lift(late: Sequence[Late], district_id: int, now: datetime) -> list[Late]:
    """Claims the tasks and says in the trail who was told; gives those that were still open. For the transaction that tells them.

    Where nobody stands above, the task is tried again the next morning, and the log says how many they are.
    """
    alone = sum(not each.above for each in late)
    if alone:
        logger.warning("%s overdue tasks of district %s have nobody above", alone, district_id)
    wanted = [each.task_id for each in late if each.above]
    if not wanted:
        return []
    Task.objects.filter(pk__in=wanted, state=TaskState.OPEN, escalated_at__isnull=True).update(escalated_at=now)
    mine = set(Task.objects.filter(pk__in=wanted, state=TaskState.OPEN, escalated_at=now).values_list("pk", flat=True))
    lifted = [each for each in late if each.task_id in mine]
    by_activity: dict[int, list[Late]] = defaultdict(list)
    for each in lifted:
        by_activity[each.activity_id].append(each)
    for activity in Activity.objects.filter(pk__in=by_activity):
        some = by_activity[activity.pk]
        told = list(dict.fromkeys(name for each in some for name in each.told))
        details = {"due_on": activity.due_on, "number": len(some), "told": told}
        audit.record(actor=None, action="cycle.task_lifted", target=activity, unit=district_id, details=details)
    return lifted
