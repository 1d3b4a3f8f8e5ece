"""One's own deadlines beside the wheel: the same as on «Mine frister», as few lines as one takes in at a glance."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from annualcycle.forms.wording import left_words
from annualcycle.queries.own import Matter
from common import formats

# As many lines, and as many of them at most about what is over: old things shall not hide what comes.
MOST, MOST_LATE = 5, 2


def own_lines(matters: Iterable[Matter], day: date) -> dict[str, Any]:
    """`lines`: what is over, then what comes, a line for the same in several units. `more`: «og ni til over fristen», or nothing."""
    alike: dict[tuple[date, str], list[Matter]] = defaultdict(list)
    for matter in matters:
        alike[matter.due_on, matter.title].append(matter)
    late = [same for (due_on, _title), same in alike.items() if due_on < day]
    coming = [same for (due_on, _title), same in alike.items() if due_on >= day]
    shown = late[:MOST_LATE]
    left = sum(len(same) for same in late[MOST_LATE:])
    return {"lines": [_line(same, day) for same in [*shown, *coming[: MOST - len(shown)]]], "more": _more(left)}


def _line(same: Sequence[Matter], day: date) -> dict[str, Any]:
    """Several things have no page together but «Mine frister»."""
    one, names = same[0], [name for matter in same for name in matter.unit_names]
    n = len(names)
    return {
        "title": one.title,
        "url": one.url if len(same) == 1 else reverse("annualcycle:mine"),
        "number": one.due_on.day,
        "month": formats.month_short(one.due_on),
        "unit": names[0] if n == 1 else ngettext("%(n)s enhet", "%(n)s enheter", n) % {"n": n},
        "when": left_words(one.due_on, day),
    }


def _more(left: int) -> str:
    """Counted as «Mine frister» counts."""
    return ngettext("og én til over fristen", "og %(n)s til over fristen", left) % {"n": formats.count_word(left)} if left else ""
