"""One search over everything the person may see, asked of the apps that know.

An app points to a function of its own in its AppConfig: `search = "app.queries.search.find"`. It gets the reader's access, the text and
how many of each kind are wanted, and answers with groups of plain values (common/found.py); what the person may not see is not in them.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.utils.module_loading import import_string

from common.found import FoundGroup
from common.searching import Wanted
from organisation.queries.access import Access

FEW, MANY = 8, 100


def found(access: Access, text: str, *, only: str = "") -> list[FoundGroup]:
    """The groups, the one with the nearest hit first; with `only` that one alone, and more of it.

    As many SQL statements as the apps need, whatever there is to find.
    """
    wanted = Wanted.of(text)
    if not wanted.is_enough:
        return []
    limit = MANY if only else FEW
    groups = [group for find in _finders() for group in find(access, text, limit) if only in ("", group.key)]
    return sorted(groups, key=lambda group: wanted.distance(group.hits[0].title))


def _finders() -> Iterator[Callable[..., Any]]:
    for config in apps.get_app_configs():
        if place := getattr(config, "search", ""):
            yield import_string(place)
