"""A file of units, all of it or nothing."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from organisation.models import Staffing, Unit, UploadedTable, User
from organisation.queries.tree import history, load_history, mark_changed
from organisation.rules.intake import Outcome, Step, UnitRow, take_in
from organisation.rules.tree import OrganisationHistory
from organisation.services import audit, drafts, uploads
from organisation.services.versions import OrganisationChanged, begin

ACTIONS = {"create": "unit.created", "rename": "unit.renamed", "move": "unit.moved", "staffing": "staffing.set"}


def plan_units(*, rows: Sequence[UnitRow], reached: Collection[int]) -> Outcome:
    """What the rows would do. Writes nothing."""
    return _planned(history(), rows, reached)


def digest(outcome: Outcome) -> str:
    """Names what was seen: the same steps have the same digest."""
    seen = "\n".join(f"{step.row.number}|{step.what}|{step.before}|{step.row}" for step in outcome.steps)
    return hashlib.sha256(seen.encode()).hexdigest()[:32]


@transaction.atomic
def import_units(
    *, upload: UploadedTable, rows: Sequence[UnitRow], reached: Collection[int], seen: str, actor: User, now: datetime
) -> Outcome:
    """Does what was seen. Raises OrganisationChanged where the rows would do something else now, uploads.AlreadyConfirmed."""
    uploads.claim(upload, now)
    begin()
    outcome = _planned(load_history(), rows, reached)
    if outcome.problems or digest(outcome) != seen:
        raise OrganisationChanged
    draft = outcome.as_draft()
    created = drafts.write(draft)
    units = created | {unit.pk: unit for unit in Unit.objects.filter(pk__in=[step.unit_id for step in outcome.steps])}
    for step in outcome.steps:
        unit = units[step.unit_id]
        if step.what == "staffing" and step.row.fte is not None:
            Staffing.objects.update_or_create(unit=unit, valid_from=step.row.on, defaults={"fte": step.row.fte})
        audit.record(actor=actor, action=ACTIONS[step.what], target=unit, unit=unit, details=_details(step))
    if outcome.unit_ids:
        drafts.ask_for_new_sums(draft, created, now)
    mark_changed()
    audit.record(actor=actor, action="units.imported", target=upload, details={"file": upload.file_name, "changed": len(outcome.steps)})
    return outcome


def _planned(past: OrganisationHistory, rows: Sequence[UnitRow], reached: Collection[int]) -> Outcome:
    staffing: dict[int, list[tuple[date, Decimal]]] = {}
    for unit_id, valid_from, fte in Staffing.objects.filter(unit__code__in=[row.code for row in rows]).values_list(
        "unit_id", "valid_from", "fte"
    ):
        staffing.setdefault(unit_id, []).append((valid_from, fte))
    return take_in(past, rows, reached, staffing)


def _details(step: Step) -> dict[str, object]:
    after = {"create": step.row.name, "rename": step.row.name, "move": step.row.parent, "staffing": step.row.fte}[step.what]
    return {"before": step.before, "after": after, "from": step.row.on}
