"""What becomes of roles, sites and cost centres of units that end."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from organisation.models import CostCentre, RoleAssignment, ServiceSite, Staffing
from organisation.queries.validity import still_on
from organisation.rules.validity import day_before

Holding = RoleAssignment | ServiceSite | CostCentre
Heir = Callable[[int, int], int | None]


@dataclass
class Handed:
    """What went on with an heir and what ended, by name, for the audit trail."""

    went_on: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)


def hand_on(model: type[Holding], unit_ids: Iterable[int], heir: Heir, on: date) -> Handed:
    """From that day every row of these units belongs to `heir(unit id, row id)`; where that is None it ends the day before.

    What would begin later begins with the heir, or not at all.
    """
    handed = Handed()
    for row in _rows(model, unit_ids, on):
        receiver, ends, begins = heir(row.unit_id, row.pk), row.valid_to, row.valid_from
        if begins >= on:
            model.objects.filter(pk=row.pk).delete()
        else:
            row.valid_to = day_before(on)
            row.save(update_fields=["valid_to"])
        if receiver is not None and _give(row, receiver, max(begins, on), ends):
            handed.went_on.append(_label(row))
        else:
            handed.ended.append(_label(row))
    return handed


def _rows(model: type[Holding], unit_ids: Iterable[int], on: date) -> list[Holding]:
    """A person's own role before the same role as a deputy: where both meet in one heir, the first stays."""
    rows: list[Holding] = list(model.objects.filter(still_on(on), unit_id__in=list(unit_ids)).order_by("pk"))
    return sorted(rows, key=lambda row: getattr(row, "deputy_for_id", None) is not None)


def _give(row: Holding, unit_id: int, valid_from: date, valid_to: date | None) -> bool:
    """A copy with the heir, where the heir has not the same already."""
    copied = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name not in _OWN}
    what_it_is = {name: value for name, value in copied.items() if name != "deputy_for_id"}
    rows = type(row).objects.filter(still_on(valid_from), unit_id=unit_id, **what_it_is)
    if valid_to is not None:
        rows = rows.filter(valid_from__lte=valid_to)
    if rows.exists():
        return False
    type(row).objects.create(unit_id=unit_id, valid_from=valid_from, valid_to=valid_to, **copied)
    return True


_OWN = {"id", "unit", "valid_from", "valid_to"}


def _label(row: Holding) -> str:
    return f"{row.user.name} ({row.get_role_display()})" if isinstance(row, RoleAssignment) else str(row)


def sum_staffing(predecessor_ids: Iterable[int], successor_id: int, on: date) -> Decimal | None:
    """The successor has the full-time equivalents of those it takes over from, and its own; None where nobody has said any."""
    latest: dict[int, Decimal] = {}
    rows = Staffing.objects.filter(unit_id__in=[*predecessor_ids, successor_id], valid_from__lte=on).order_by("valid_from")
    for row in rows:
        latest[row.unit_id] = row.fte
    if not latest:
        return None
    total = sum(latest.values(), Decimal(0))
    Staffing.objects.update_or_create(unit_id=successor_id, valid_from=on, defaults={"fte": total})
    return total
