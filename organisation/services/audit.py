"""The audit trail is written by every service that changes something."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db.models import Model
from django.utils import timezone

from organisation.models import AuditEntry, Unit, User


def record(
    *, actor: User | None, action: str, target: Model, unit: Unit | int | None = None, details: Mapping[str, object] | None = None
) -> None:
    """Adds one line: who did what to which object. `actor` None is the system itself (demo data, imports by schedule)."""
    AuditEntry.objects.create(
        at=timezone.now(),
        actor=actor,
        actor_name=actor.name if actor else "Alna",
        action=action,
        unit_id=unit.pk if isinstance(unit, Unit) else unit,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        target_label=str(target)[:200],
        details={key: _plain(value) for key, value in (details or {}).items()},
    )


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, date | Decimal):
        return str(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    return str(value)
