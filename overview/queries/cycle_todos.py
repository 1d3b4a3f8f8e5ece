"""Tasks of the annual cycle as lines of «Dette trenger deg»."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annualcycle.queries.next_year import empty_next_year
from annualcycle.queries.waiting import Waiting, waiting_for
from common import formats
from organisation.queries.access import Access

AHEAD = timedelta(days=14)


def cycle_lines(access: Access, day: date) -> list[tuple[Waiting, str, str]]:
    """Each with its text and where it is done: the task itself where there is one, else the activity with its units."""
    return [(waiting, _text(waiting, day), _url(waiting)) for waiting in waiting_for(access, until=day + AHEAD)]


def next_year_lines(access: Access, day: date) -> list[tuple[str, str, str]]:
    """Title, text and address of the next year's wheel of each district where it is time to set it up."""
    year = day.year + 1
    return [
        (
            _("Styringshjulet for %(year)s er tomt") % {"year": year},
            _("%(district)s. Rull aktivitetene over fra i år, så får alle fristene sine.") % {"district": node.name},
            reverse("annualcycle:roll", args=[node.code, year]),
        )
        for node in empty_next_year(access, day)
    ]


def _text(waiting: Waiting, day: date) -> str:
    n = len(waiting.unit_names)
    units = waiting.unit_names[0] if n == 1 else ngettext("%(n)s enhet gjenstår", "%(n)s enheter gjenstår", n) % {"n": n}
    pattern = _("%(units)s. Fristen var %(day)s.") if waiting.due_on < day else _("%(units)s. Frist %(day)s.")
    return pattern % {"units": units, "day": formats.date_long(waiting.due_on)}


def _url(waiting: Waiting) -> str:
    if waiting.task_id is not None:
        return reverse("annualcycle:task", args=[waiting.task_id])
    return reverse("annualcycle:activity", args=[waiting.activity_id])
