"""Which role leads which kind of unit: what a list of units without a leader asks for."""

from organisation.rules.access import Role

LEADS: dict[str, Role] = {
    "district": Role.DIRECTOR,
    "result_unit": Role.UNIT_LEADER,
    "staff_unit": Role.UNIT_LEADER,
    "sub_unit": Role.SUB_UNIT_LEADER,
}


def leads(role: str, kind: str) -> bool:
    """Whether a person with this role in a unit of this kind is its leader."""
    return LEADS.get(kind) == role
