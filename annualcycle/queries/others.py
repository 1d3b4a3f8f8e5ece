"""What other apps have among their deadlines and no activity counts: one line for each matter and day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from annualcycle.queries.collect import seen_by
from annualcycle.queries.tasks import OWN_TASKS
from annualcycle.rules.groups import is_told_of_all
from common.deadlines import Deadline
from organisation.queries.access import Access


@dataclass(frozen=True)
class Others:
    """The same matter on the same day, in one unit or several. `seen` are those the person may know of, never none; `done`, `late` (open
    after the day) and `total` are counted over them, and over all units where that is no secret.
    """

    seen: tuple[Deadline, ...]
    done: int
    late: int
    total: int

    @property
    def first(self) -> Deadline:
        return self.seen[0]

    @property
    def kind(self) -> str:
        """Which app tells, and of what: "reporting.report"."""
        return self.first.key.split(":")[0]

    @property
    def title(self) -> str:
        """Things of one kind with titles of their own have the one that is theirs together."""
        return self.first.title if len({deadline.title for deadline in self.seen}) == 1 else self.first.public_title

    @property
    def url(self) -> str:
        """Only one thing can be led to."""
        return self.first.url if self.total == 1 else ""

    def apart(self, today: date) -> list["Others"]:
        """A line for every title."""
        if self.title == self.first.title:
            return [self]
        titles: dict[str, list[Deadline]] = defaultdict(list)
        for deadline in self.seen:
            titles[deadline.title].append(deadline)
        return [_line(seen, seen, today) for seen in titles.values()]


def others_in(access: Access, deadlines: Iterable[Deadline]) -> tuple[Others, ...]:
    """Of deadlines in any units, in their order. No SQL statement."""
    alike: dict[tuple[date, str, str], list[Deadline]] = defaultdict(list)
    for deadline in deadlines:
        if not deadline.key.startswith(OWN_TASKS):
            alike[deadline.due_on, deadline.key.split(":")[0], deadline.public_title].append(deadline)
    known = {deadline.key for deadline in seen_by(access, (each for same in alike.values() for each in same))}
    found = []
    for same in alike.values():
        seen = [deadline for deadline in same if deadline.key in known]
        if seen:
            found.append(_line(seen, same if is_told_of_all(seen[0].group) else seen, access.day))
    return tuple(found)


def _line(seen: list[Deadline], counted: list[Deadline], today: date) -> Others:
    done = sum(deadline.is_done for deadline in counted)
    late = sum(deadline.is_open and deadline.is_late(today) for deadline in counted)
    return Others(tuple(seen), done, late, len(counted))
