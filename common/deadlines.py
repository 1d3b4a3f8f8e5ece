"""What has to be done by a day, as every app tells it: plain values, so that one wheel, one list and one calendar show them all.

An app offers its own by `deadlines = "app.queries.deadlines.deadlines"` in its AppConfig, a `Provider`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol


class Lane(StrEnum):
    """The four lanes of the wheel."""

    REPORT = "report"
    MEETING = "meeting"
    SURVEY = "survey"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One thing in one unit. `key` is the same as long as the thing is; `group` joins the units' things of one matter ("report:2026-09").

    Who shall do it: `owner_id` and stand-ins, else whoever holds `permission` in the very unit, else whoever has one of the roles `roles`
    there or in the nearest unit above where somebody has; with `needs`, `permission` is not enough, that must be held there too. Whoever
    may see it holds `seen_with` in the unit, and one of `and_one_of` where there are any; who may not see it is not told of it either.
    `title` and `public_title` are in the active language; `public_title` says nothing of a person and stands where others may read it, as
    in a calendar. `minutes`: about how long it takes. `reminds_itself`: its app sends its own reminders. `is_closed`: nothing can be done
    about it any more, done or not. `lead_days`: on which days before its day it is reminded of (after it where negative); none: as the
    reminders themselves say. `version` grows whenever somebody changes it; 0 where its app does not count.
    """

    key: str
    group: str
    title: str
    public_title: str
    unit_id: int
    due_on: date
    url: str
    lane: Lane
    seen_with: str
    and_one_of: tuple[str, ...] = ()
    owner_id: int | None = None
    permission: str = ""
    needs: str = ""
    roles: tuple[str, ...] = ()
    done_on: date | None = None
    minutes: int | None = None
    is_closed: bool = False
    reminds_itself: bool = False
    lead_days: tuple[int, ...] = ()
    version: int = 0

    @property
    def is_done(self) -> bool:
        return self.done_on is not None

    @property
    def is_open(self) -> bool:
        """Somebody can still do it."""
        return self.done_on is None and not self.is_closed

    def is_late(self, today: date) -> bool:
        """Not done, and the day has passed."""
        return self.done_on is None and self.due_on < today


class Provider(Protocol):
    """What one app has to tell of these units, from `first` up to and including `last`, in a fixed number of SQL statements."""

    def __call__(self, *, unit_ids: Collection[int], first: date, last: date) -> list[Deadline]: ...
