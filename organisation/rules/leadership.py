"""Which role leads which kind of unit, and who answers above it."""

from collections.abc import Iterable, Mapping, Sequence

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


def next_level(path: Sequence[int], people: Mapping[int, Sequence[int]], doers: Iterable[int], *, at_top: bool = False) -> tuple[int, ...]:
    """Those who answer in the nearest unit above that has somebody besides the doers; a district's own where it is the top.

    `path` goes from the unit upward, `people` are by unit. Empty where there is nobody.
    """
    done = frozenset(doers)
    for unit_id in path if at_top else path[1:]:
        found = tuple(user_id for user_id in people.get(unit_id, ()) if user_id not in done)
        if found:
            return found
    return ()
