"""What reminders say, in the active language. Titles are those that may stand where others read them; no names of people."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from annualcycle.rules.reminders import Kind
from common import formats
from common.deadlines import Deadline
from common.lines import one_line
from organisation.rules.tree import UnitTree

# The text of a message is short: so many lines below each heading, the rest is on the page.
MOST_LINES = 6
LONGEST_LINE = 130


@dataclass(frozen=True, slots=True)
class Words:
    """`url`: the one page to open."""

    subject: str
    text: str
    url: str


def words_of(kind: Kind, deadlines: Sequence[Deadline], tree: UnitTree, today: date) -> Words:
    """The message about these deadlines, as of the day."""
    # The page of several lists all the person is to do, so what is told here stands there.
    url = deadlines[0].url if len({each.url for each in deadlines}) == 1 else reverse("annualcycle:mine")
    if kind is Kind.OVER:
        return Words(_lifted_subject(deadlines, tree), "\n".join([_("Avtal ny frist, eller følg opp."), *_lines(deadlines, tree)]), url)
    late = [each for each in deadlines if each.due_on < today]
    parts = [
        (_("Over fristen:"), late),
        (_("I dag:"), [each for each in deadlines if each.due_on == today]),
        (_("Kommer:"), [each for each in deadlines if each.due_on > today]),
    ]
    text = "\n".join(line for heading, found in parts if found for line in (heading, *_lines(found, tree)))
    subject = _week_subject(len(late), len(deadlines) - len(late)) if kind is Kind.WEEK else _subject(deadlines, today)
    return Words(subject, text, url)


def _week_subject(late: int, coming: int) -> str:
    over = ngettext("én frist er passert", "%(n)s frister er passert", late) % {"n": late}
    ahead = ngettext("én frist kommer", "%(n)s frister kommer", coming) % {"n": coming}
    return _("Uken din: %(what)s") % {"what": ", ".join([*([over] if late else []), *([ahead] if coming else [])])}


def _subject(deadlines: Sequence[Deadline], today: date) -> str:
    first = min(each.due_on for each in deadlines)
    if len(deadlines) > 1:
        same = all(each.due_on == first for each in deadlines)
        words = _("%(count)s frister %(when)s") if same else _("%(count)s frister, den første %(when)s")
        return words % {"count": len(deadlines), "when": _when(first, today)}
    one = deadlines[0]
    words = _("Fristen er passert: %(title)s") if one.due_on < today else _("Frist %(when)s: %(title)s")
    return words % {"when": _when(first, today), "title": one.public_title}


def _when(day: date, today: date) -> str:
    if day == today:
        return _("i dag")
    return _("i morgen") if day == today + timedelta(days=1) else formats.date_long(day)


def _lifted_subject(deadlines: Sequence[Deadline], tree: UnitTree) -> str:
    """One thing in one unit, or how many units it is late in."""
    title, units = deadlines[0].public_title, {each.unit_id for each in deadlines}
    if len(units) == 1:
        return _("%(unit)s er over fristen: %(title)s") % {"unit": _unit(tree, deadlines[0].unit_id), "title": title}
    return _("%(count)s enheter er over fristen: %(title)s") % {"count": len(units), "title": title}


def _lines(deadlines: Iterable[Deadline], tree: UnitTree) -> list[str]:
    """One line for each matter and day; the units are counted where there are several. The longest waiting first."""
    matters: dict[tuple[date, str], list[int]] = defaultdict(list)
    for each in deadlines:
        matters[each.due_on, one_line(each.public_title)].append(each.unit_id)
    lines = [_line(title, day, units, tree) for (day, title), units in sorted(matters.items())[:MOST_LINES]]
    more = len(matters) - MOST_LINES
    return lines + ([ngettext("– og én til", "– og %(n)s til", more) % {"n": more}] if more > 0 else [])


def _line(title: str, day: date, unit_ids: Sequence[int], tree: UnitTree) -> str:
    units = set(unit_ids)
    where = _unit(tree, unit_ids[0]) if len(units) == 1 else _("%(n)s enheter") % {"n": len(units)}
    if len(unit_ids) > len(units) == 1:
        title = f"{title} ({len(unit_ids)})"
    tail = f", {where}, {_day(day, get_language() or '')}"
    room = LONGEST_LINE - len(tail)
    return f"– {title if len(title) <= room else title[: room - 1] + '…'}{tail}"


@lru_cache(maxsize=2048)
def _day(day: date, _language: str) -> str:
    """A district says the same few days thousands of times."""
    return formats.date_long(day)


def _unit(tree: UnitTree, unit_id: int) -> str:
    node = tree.nodes.get(unit_id)
    return one_line(node.name) if node is not None else ""
