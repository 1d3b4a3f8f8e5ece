"""How long people have: when they are reminded, by when a question is answered, for how long a report can be taken back."""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True)
class Times:
    """Days are working days. Reminders are counted from the deadline's day, an answer from the day of the question."""

    remind_before: int = 3
    reminds_on_day: bool = True
    remind_after: int = 1
    tell_leadership: int = 2
    answer_days: int = 1
    answer_by: time = time(15)
    regret_minutes: int = 10


USUAL = Times()
