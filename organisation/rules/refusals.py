"""Why a change of the organisation cannot be made. Each carries the facts; the words are made where the page is."""

from dataclasses import dataclass
from datetime import date


class Refused(ValueError):
    """A change that would leave the organisation wrong. Nothing was changed."""


@dataclass(eq=False)
class CodeTaken(Refused):
    """Another unit has, or has had, this code."""

    code: str
    name: str


@dataclass(eq=False)
class BelowItself(Refused):
    """From that day the unit would stand below itself."""

    unit: str
    parent: str
    day: date


@dataclass(eq=False)
class UnitOutsideLife(Refused):
    """The unit does not exist on a day where the change needs it."""

    unit: str
    day: date
    valid_from: date
    valid_to: date | None


@dataclass(eq=False)
class ParentOutsideLife(Refused):
    """The unit above does not exist for as long as the unit stands below it."""

    unit: str
    parent: str
    day: date


@dataclass(eq=False)
class UnitEndsAlready(Refused):
    """It is already decided when the unit ends."""

    unit: str
    last_day: date


@dataclass(eq=False)
class HasOpenChildren(Refused):
    """Units still stand below this one after its last day."""

    unit: str
    children: tuple[str, ...]


@dataclass(eq=False)
class SuccessorBelowPredecessor(Refused):
    """What shall take over stands below what ends."""

    successor: str
    predecessor: str


@dataclass(eq=False)
class WideBelowNarrow(Refused):
    """A district stands below a city and nothing else, a city below nothing: its figures are everybody's."""

    unit: str
    parent: str


class NothingChanges(Refused):
    """It is so already."""


class TooFewUnits(Refused):
    """Merging takes two units or more, splitting gives two or more."""


class SameUnitTwice(Refused):
    """A unit cannot take over from itself."""
