"""What an administrator should be told about the rows of the month."""

from collections.abc import Mapping

from reporting.rules.deadlines import StepDue
from reporting.rules.kinds import FeedKind, Step

# What may betray persons below the district, and so fills only an indicator that is shielded there.
SHIELDED = frozenset({FeedKind.SICK_LEAVE})


def in_order(found: Mapping[Step, StepDue]) -> bool:
    """Whether every step is due at or after the one before it: nobody can report on figures that are not there."""
    moments = [found[step].at for step in Step if step in found]
    return moments == sorted(moments)


def may_fill(kind: FeedKind, *, is_shielded: bool) -> bool:
    """Whether the indicator shows this figure to nobody who may not see it where it comes from."""
    return is_shielded or kind not in SHIELDED
