"""What is left out where everybody in a room can read along: figures of small units, and names of persons."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from organisation.models import RoleAssignment, Staffing, User
from organisation.rules.tree import Node
from overview.queries.talk import Talk
from overview.rules.names import without_names
from overview.rules.small import too_small
from reporting.queries.sick_leave import shield_on
from scorecard.queries.masking import WIDE_KINDS


def small_units(nodes: Iterable[Node], day: date) -> frozenset[int]:
    """Units whose restricted figures could tell of somebody: fewer full-time equivalents than the limit, or nobody knows how many.

    Two SQL statements.
    """
    unit_ids = [node.id for node in nodes if node.kind not in WIDE_KINDS]
    rows = Staffing.objects.filter(unit_id__in=unit_ids, valid_from__lte=day).order_by("valid_from")
    known: dict[int, Decimal] = dict(rows.values_list("unit_id", "fte"))
    return too_small({unit_id: known.get(unit_id) for unit_id in unit_ids}, shield_on(day).min_fte)


def nameless(found: Iterable[Talk], unit_ids: Collection[int]) -> list[Talk]:
    """The same with nobody named: neither in leaders' words nor in titles of actions. One SQL statement."""
    holders = RoleAssignment.objects.filter(unit_id__in=unit_ids).order_by().values("user_id")
    names = list(User.objects.filter(pk__in=holders).order_by().values_list("name", flat=True))
    instead = _("[navn]")

    def clean(text: str) -> str:
        return without_names(text, names, instead)

    return [
        replace(
            talk,
            said=replace(talk.said, text=clean(talk.said.text)) if talk.said else None,
            actions=tuple(replace(action, title=clean(action.title)) for action in talk.actions),
        )
        for talk in found
    ]
