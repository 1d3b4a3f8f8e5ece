"""The life of an action, and what its effect can turn out to be."""

from enum import StrEnum


class Status(StrEnum):
    """How far it has come. What is done or cancelled is closed."""

    NOT_STARTED = "not_started"
    ON_TRACK = "on_track"
    DELAYED = "delayed"
    DONE = "done"
    CANCELLED = "cancelled"

    @property
    def is_open(self) -> bool:
        return self not in {Status.DONE, Status.CANCELLED}


class EffectKind(StrEnum):
    """What is expected to change: money, the figure of an indicator, or something that is described in words."""

    AMOUNT = "amount"
    INDICATOR = "indicator"
    OTHER = "other"


class Outcome(StrEnum):
    """What came of it, judged when it is closed."""

    AS_EXPECTED = "as_expected"
    MORE = "more"
    LESS = "less"
    NONE = "none"


# What a person chooses while the work goes on; the two ways to end it ask for more.
CHOICES = (Status.NOT_STARTED, Status.ON_TRACK, Status.DELAYED)
