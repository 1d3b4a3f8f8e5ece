"""Wheels of the year to come that nobody has set up yet."""

from datetime import date

from django.db.models import Q

from annualcycle.models import Activity
from organisation.models import Unit
from organisation.queries.access import Access
from organisation.rules.access import Permission
from organisation.rules.tree import Node

# From the first day of this month there is little time left.
SOON_MONTH = 11


def empty_next_year(access: Access, day: date) -> list[Node]:
    """Districts with activities this year and none the next, by code: for those who set up the wheel there, from 1 November.

    One SQL statement; none before, nor for others.
    """
    nodes = access.tree.nodes
    mine = [pk for pk in access.unit_ids(Permission.EDIT_CYCLE) if pk in nodes and nodes[pk].kind == Unit.Kind.DISTRICT]
    if day.month < SOON_MONTH or not mine:
        return []
    rows = Activity.objects.filter(Q(year=day.year, cancelled_at__isnull=True) | Q(year=day.year + 1), district_id__in=mine)
    known = set(rows.order_by().values_list("district_id", "year").distinct())
    empty = [nodes[pk] for pk in mine if (pk, day.year) in known and (pk, day.year + 1) not in known]
    return sorted(empty, key=lambda node: node.code)
