"""Why actions were made and what they shall cover, asked of the apps that know.

Apps further up point to a function of theirs in their AppConfig: `action_evidence(action_ids, on=, access=)` gives evidence by action,
`action_cover(unit_ids, on=, access=)` the overspend by unit. They leave out, or hide, what the person may not see.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import Any

from django.apps import apps
from django.utils.module_loading import import_string

from actions.rules.evidence import Cover, Evidence
from organisation.queries.access import Access


def _tellers(attribute: str) -> Iterator[Callable[..., Any]]:
    for config in apps.get_app_configs():
        if place := getattr(config, attribute, ""):
            yield import_string(place)


def evidence_of(action_ids: Collection[int], *, on: date, access: Access | None) -> dict[int, list[Evidence]]:
    """By action, from every app that has something to say. As many SQL statements as those need, whatever the number of actions."""
    found: dict[int, list[Evidence]] = defaultdict(list)
    for tell in _tellers("action_evidence"):
        for action_id, evidence in tell(action_ids, on=on, access=access).items():
            found[action_id] += evidence
    return dict(found)


def covers_of(unit_ids: Collection[int], *, on: date, access: Access | None) -> dict[int, Cover]:
    """By unit, the overspend that is expected; only units that have one and whose figures the person may see."""
    found: dict[int, Cover] = {}
    for tell in _tellers("action_cover"):
        found |= tell(unit_ids, on=on, access=access)
    return found
