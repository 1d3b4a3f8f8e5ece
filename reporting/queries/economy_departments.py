"""What stands with a unit itself, and with each of its departments: budget and spending where the ledger has them, nothing divided."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from organisation.models import Unit
from reporting.queries.economy import economies
from reporting.queries.economy_rows import AmountRow, row_of
from reporting.queries.lines import nearest_tree
from reporting.rules.economy import NOTHING, Amounts


@dataclass(frozen=True)
class Department:
    """One part of the unit; `code` is empty for what stands with the unit itself."""

    code: str
    row: AmountRow
    amounts: Amounts


def departments(unit: Unit, unit_ids: Collection[int], month: date) -> list[Department]:
    """Ordinary operation by department; empty for a unit whose ledger is all its own. Two SQL statements, none without departments."""
    if len(unit_ids) < 2:
        return []
    tree = nearest_tree(unit, month)
    found = {unit_id: each.ordinary for unit_id, each in economies(unit_ids=unit_ids, month=month).items()}
    if not found.keys() - {unit.pk}:
        return []
    own = [_department("", _("Felles for enheten"), found.get(unit.pk, NOTHING))] if unit.pk in found else []
    for node in tree.children(unit.pk):
        amounts = sum((found[each] for each in tree.subtree(node.id) if each in found), NOTHING)
        if not amounts.is_empty:
            own.append(_department(node.code, node.name, amounts))
    return own


def is_shared(parts: Sequence[Department]) -> bool:
    """Whether some spend without a budget of their own, since it stands elsewhere in the unit."""
    return any(part.amounts.budget for part in parts) and any(part.amounts.actual and not part.amounts.budget for part in parts)


def _department(code: str, name: str, amounts: Amounts) -> Department:
    return Department(code, row_of(code, name, amounts), amounts)
