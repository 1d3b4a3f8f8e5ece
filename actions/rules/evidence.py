"""What caused an action, and what it covers: told by the apps above, which point at their tellers in their AppConfig."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why an action was made, as a reader meets it; every text is finished, and empty where there is nothing to tell.

    `before_text` is the figure it was made from, `expected_text` what it shall become, `after_text` the latest figure.
    `measured_after`: whether that one was measured after the action was made. Of a masked figure `hidden` is all that is told.
    """

    kind: str
    label: str
    url: str = ""
    before_text: str = ""
    expected_text: str = ""
    after_text: str = ""
    measured_after: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Cover:
    """An overspend that a unit expects, in kroner, which its actions shall cover. `label` says where the figure is from."""

    overspend: Decimal
    label: str
    url: str = ""


def covered_percent(effect: Decimal, overspend: Decimal) -> int:
    """How much of the overspend the actions cover, in whole percent, cut at 100 and never rounded up to it."""
    if overspend <= 0:
        return 100
    return max(0, min(100, int(effect * 100 / overspend)))
