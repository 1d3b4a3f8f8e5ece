"""What an administrator should be told about the rows of the month."""

from collections.abc import Mapping

from reporting.rules.deadlines import Deadline
from reporting.rules.kinds import Step


def in_order(found: Mapping[Step, Deadline]) -> bool:
    """Whether every step is due at or after the one before it: nobody can report on figures that are not there."""
    moments = [found[step].at for step in Step if step in found]
    return moments == sorted(moments)
