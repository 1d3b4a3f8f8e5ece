"""A draft becomes rows: only what differs is written."""

import uuid
from datetime import datetime

from django.db.models import F

from organisation.models import ParentLink, Succession, TreeChange, Unit, UnitName
from organisation.rules.reorganisation import Draft


def write(draft: Draft) -> dict[int, Unit]:
    """Writes units, names, places and successions; the new units by the negative ids of the draft."""
    created = {row.id: Unit.objects.create(code=row.code, name=row.name, kind=row.kind, valid_from=row.valid_from) for row in draft.created}

    def real(unit_id: int) -> int:
        return created[unit_id].pk if unit_id < 0 else unit_id

    for row in draft.after.units:
        if row.id > 0 and row != draft.before.by_id[row.id]:
            Unit.objects.filter(pk=row.id).update(name=row.name, valid_to=row.valid_to)
    gone_names, new_names = set(draft.before.names) - set(draft.after.names), set(draft.after.names) - set(draft.before.names)
    for name in gone_names:
        UnitName.objects.filter(unit_id=name.unit_id, valid_from=name.valid_from).delete()
    UnitName.objects.bulk_create(
        UnitName(unit_id=real(name.unit_id), name=name.name, valid_from=name.valid_from, valid_to=name.valid_to) for name in new_names
    )
    gone_links, new_links = set(draft.before.links) - set(draft.after.links), set(draft.after.links) - set(draft.before.links)
    for link in gone_links:
        ParentLink.objects.filter(unit_id=link.unit_id, valid_from=link.valid_from).delete()
    ParentLink.objects.bulk_create(
        ParentLink(unit_id=real(link.unit_id), parent_id=real(link.parent_id), valid_from=link.valid_from, valid_to=link.valid_to)
        for link in new_links
    )
    touched = {row.unit_id for row in gone_names | new_names} | {row.unit_id for row in gone_links | new_links} | set(draft.closed)
    Unit.objects.filter(pk__in=[unit_id for unit_id in touched if unit_id > 0]).update(version=F("version") + 1)
    Succession.objects.bulk_create(
        Succession(predecessor_id=real(row.predecessor_id), successor_id=real(row.successor_id), on=row.on, whole=row.whole)
        for row in set(draft.after.successions) - set(draft.before.successions)
    )
    return created


def ask_for_new_sums(draft: Draft, created: dict[int, Unit], now: datetime) -> TreeChange:
    """One row that says whose sums may be others from the day on; whoever keeps sums claims it."""
    unit_ids = sorted(created[unit_id].pk if unit_id < 0 else unit_id for unit_id in draft.unit_ids)
    return TreeChange.objects.create(token=uuid.uuid4().hex, on=draft.on, unit_ids=unit_ids, recorded_at=now)
