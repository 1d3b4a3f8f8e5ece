"""Why actions were made and what they shall cover, asked of the apps that know.

Apps further up point to a function of theirs in their AppConfig: `action_evidence(action_ids, access=)` gives evidence by action,
`action_cover(unit_ids, on=, access=)` the overspend by unit. They leave out, or hide, what the person may not see.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from actions.rules.evidence import Cover, Evidence
from common.told import told_by_apps
from organisation.queries.access import Access


def evidence_of(action_ids: Collection[int], *, access: Access | None) -> dict[int, list[Evidence]]:
    """By action, from every app that has something to say. As many SQL statements as those need, whatever the number of actions."""
    found: dict[int, list[Evidence]] = defaultdict(list)
    for tell in told_by_apps("action_evidence").values():
        for action_id, evidence in tell(action_ids, access=access).items():
            found[action_id] += evidence
    return dict(found)


def covers_of(unit_ids: Collection[int], *, on: date, access: Access | None) -> dict[int, Cover]:
    """By unit, the overspend that is expected; only units that have one and whose figures the person may see."""
    found: dict[int, Cover] = {}
    for tell in told_by_apps("action_cover").values():
        found |= tell(unit_ids, on=on, access=access)
    return found
