"""One search over everything the person may see, asked of the apps that know.

An app points to a function of its own in its AppConfig: `search = "app.queries.search.find"`. It gets the reader's access, the text and
how many of each kind are wanted, and answers with groups of plain values (common/found.py); what the person may not see is not in them.
"""

from common.found import FoundGroup
from common.searching import Wanted
from common.told import told_by_apps
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
    # Every app is asked also where one kind is wanted: which kinds it has, it says in its answer, and nobody else keeps a list of them.
    groups = [group for find in told_by_apps("search").values() for group in find(access, text, limit) if only in ("", group.key)]
    return sorted(groups, key=lambda group: wanted.distance(group.hits[0].title))
