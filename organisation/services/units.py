"""New units and new names."""

from datetime import date

from django.db import transaction

from organisation.models import Unit, User
from organisation.queries.tree import load_history, mark_changed
from organisation.rules import reorganisation
from organisation.rules.reorganisation import NewUnit
from organisation.services import audit, drafts
from organisation.services.versions import begin, claim_unit


@transaction.atomic
def create_unit(*, code: str, name: str, kind: str, parent: Unit | None, valid_from: date, actor: User | None) -> Unit:
    """A unit from that day, below `parent` (None: at the top). Raises rules.refusals.CodeTaken or UnitOutsideLife."""
    begin()
    draft = reorganisation.create(load_history(), NewUnit(code, name, kind), parent.pk if parent else None, valid_from)
    unit = drafts.write(draft)[-1]
    mark_changed()
    details = {"code": code, "name": name, "kind": kind, "parent": str(parent) if parent else None, "from": valid_from}
    audit.record(actor=actor, action="unit.created", target=unit, unit=unit, details=details)
    return unit


@transaction.atomic
def rename_unit(*, unit: Unit, name: str, on: date, version: int, actor: User | None) -> None:
    """Another name from that day, also a day to come; earlier days keep the earlier name.

    Raises StaleVersion, rules.refusals.UnitOutsideLife or NothingChanges.
    """
    begin()
    claim_unit(unit, version)
    history = load_history()
    draft = reorganisation.rename(history, unit.pk, name, on)
    drafts.write(draft)
    mark_changed()
    details = {"before": history.name_of(unit.pk, on), "after": name, "from": on}
    audit.record(actor=actor, action="unit.renamed", target=unit, unit=unit, details=details)
