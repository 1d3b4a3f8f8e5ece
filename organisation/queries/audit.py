"""The audit trail as far as a person may read it, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from common.oslo import OSLO
from organisation.models import AuditEntry
from organisation.queries.access import Access
from organisation.queries.reach import ever_reached
from organisation.rules.access import Permission, Reach, reach_of

PAGE_SIZE = 50
TOPS = {"city", "district"}


@dataclass(frozen=True)
class AuditFilter:
    """What the trail is narrowed to. `unit_ids` None: everything that may be read. Days are days in Oslo, both included."""

    who: str = ""
    action: str = ""
    unit_ids: frozenset[int] | None = None
    first: date | None = None
    last: date | None = None
    after: int | None = None


@dataclass(frozen=True)
class AuditPage:
    """`next_after`: the key of the next page, None at the end."""

    entries: tuple[AuditEntry, ...]
    next_after: int | None


def audit_where(access: Access) -> Q:
    """Entries of units within reach; entries of no unit only for those whose reach has a district or the top in it."""
    units = Q(unit_id__in=ever_reached(access, Permission.SEE_AUDIT))
    return units | Q(unit__isnull=True) if _reaches_a_top(access) else units


def _reaches_a_top(access: Access) -> bool:
    for role, unit_id in access.held:
        reach = reach_of(role, Permission.SEE_AUDIT)
        top = access.tree.district_of(unit_id) if reach is Reach.DISTRICT else unit_id
        node = access.tree.nodes.get(top) if reach is not None and top is not None else None
        if node is not None and (node.kind in TOPS or node.parent_id is None):
            return True
    return False


def audit_page(visible: Q, wanted: AuditFilter, size: int = PAGE_SIZE) -> AuditPage:
    """One page. At most two SQL statements: the key and the entries with their units."""
    entries = AuditEntry.objects.filter(visible)
    rows = _narrowed(entries, wanted)
    if wanted.after is not None:
        last = entries.filter(pk=wanted.after).values_list("at", "pk").first()
        if last is not None:
            rows = rows.filter(Q(at__lt=last[0]) | Q(at=last[0], pk__lt=last[1]))
    found: Sequence[AuditEntry] = list(rows.select_related("unit").order_by("-at", "-pk")[: size + 1])
    return AuditPage(tuple(found[:size]), found[size - 1].pk if len(found) > size else None)


def _narrowed(rows: QuerySet[AuditEntry], wanted: AuditFilter) -> QuerySet[AuditEntry]:
    if wanted.action:
        rows = rows.filter(action=wanted.action)
    if wanted.unit_ids is not None:
        rows = rows.filter(unit_id__in=wanted.unit_ids)
    if wanted.first is not None:
        rows = rows.filter(at__gte=_midnight(wanted.first))
    if wanted.last is not None:
        rows = rows.filter(at__lt=_midnight(wanted.last + timedelta(days=1)))
    for word in wanted.who.split():
        # A name begins with a capital letter or stands as typed; SQLite does not fold æ, ø and å.
        rows = rows.filter(Q(actor_name__icontains=word) | Q(actor_name__icontains=word.lower()) | Q(actor_name__icontains=word.title()))
    return rows


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=OSLO)
