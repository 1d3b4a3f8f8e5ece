"""Date rules, moved days and refusals in words."""

from datetime import date

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from annualcycle.models import Activity
from annualcycle.rules.kinds import DateRule, LinkKind, Moves
from annualcycle.rules.refusals import Problem
from common import formats
from common.workdays import holiday_name, is_workday

ORDINALS: dict[int, Promise] = {
    1: lazy("første"),
    2: lazy("andre"),
    3: lazy("tredje"),
    4: lazy("fjerde"),
    -1: lazy("siste"),
}
PROBLEMS: dict[Problem, Promise] = {
    Problem.NO_MONTH: lazy("Velg en måned."),
    Problem.NO_SUCH_DAY: lazy("Den dagen finnes ikke i måneden. Skriv en dag som finnes, eller velg «Siste dag i en måned»."),
    Problem.NO_SUCH_WEEK: lazy("Velg første til fjerde, eller siste. Ikke alle måneder har flere."),
    Problem.NO_SUCH_WORKDAY: lazy("Velg en arbeidsdag fra listen."),
    Problem.NO_WEEKDAY: lazy("Velg en ukedag."),
    Problem.NO_ANCHOR: lazy("Velg aktiviteten dagen regnes fra."),
    Problem.ANCHOR_ELSEWHERE: lazy("Velg en aktivitet i samme bydel og år."),
    Problem.ANCHOR_IN_A_CIRCLE: lazy("Den aktiviteten regner sin dag fra denne. Velg en annen, ellers går de i ring."),
    Problem.OUTSIDE_THE_YEAR: lazy("Dagen havner i et annet år. Skriv færre dager."),
    Problem.OTHER_YEAR: lazy("Datoen er i et annet år enn hjulet. Skriv en dato i hjulets år."),
    Problem.NO_START_MONTH: lazy("Velg måneden den begynner i, eller la begge feltene stå tomme."),
    Problem.NO_SUCH_START: lazy("Den dagen finnes ikke i måneden. Skriv en dag som finnes."),
    Problem.STARTS_AFTER: lazy("Den begynner etter fristen. Skriv en dag før fristen, eller flytt fristen."),
    Problem.NO_UNITS: lazy("Velg minst én enhet, eller la alle få oppgaven."),
    Problem.UNIT_ELSEWHERE: lazy("En av enhetene hører ikke til bydelen den dagen. Ta den bort."),
    Problem.NO_PERIOD: lazy("Velg hvilken det gjelder."),
    Problem.FOLLOWER_LEAVES: lazy("«%(name)s» regner sin dag fra denne og ville havnet i et annet år. Endre den først."),
}


def rule_words(activity: Activity) -> str:
    """«28. februar», «siste fredag i mars», «21 dager etter Medarbeiderundersøkelse»."""
    rule = DateRule(activity.rule)
    month = str(MONTHS.get(activity.month or 0, ""))
    if activity.fixed_on is not None:
        return _("egen dato i år")
    if rule is DateRule.FIXED:
        return _("%(day)s. %(month)s") % {"day": activity.day, "month": month}
    if rule is DateRule.MONTH:
        return _("siste dag i %(month)s") % {"month": month}
    if rule is DateRule.WEEK:
        which = {"which": ORDINALS[activity.number or 1], "weekday": weekday_name(activity.weekday or 0), "month": month}
        return _("%(which)s %(weekday)s i %(month)s") % which
    if rule is DateRule.WORKDAY:
        return _("%(which)s arbeidsdag i %(month)s") % {"which": workday_words(activity.number or 1), "month": month}
    return _relative(activity)


def _relative(activity: Activity) -> str:
    days, name = abs(activity.offset or 0), activity.anchor.title if activity.anchor else ""
    if days == 0:
        return _("samme dag som %(name)s") % {"name": name}
    if activity.offset_in_workdays:
        count = ngettext("%(n)s arbeidsdag", "%(n)s arbeidsdager", days) % {"n": days}
    else:
        count = ngettext("%(n)s dag", "%(n)s dager", days) % {"n": days}
    pattern = _("%(count)s før %(name)s") if (activity.offset or 0) < 0 else _("%(count)s etter %(name)s")
    return pattern % {"count": count, "name": name}


def workday_words(number: int) -> str:
    """«3.», «siste», «nest siste», «3. siste»."""
    if number > 0:
        return f"{number}."
    return _("siste") if number == -1 else _("nest siste") if number == -2 else _("%(number)s. siste") % {"number": -number}


def weekday_name(weekday: int) -> str:
    return str(WEEKDAYS[weekday]).lower() if _is_norwegian() else str(WEEKDAYS[weekday])


def day_words(day: date) -> str:
    """«fredag 27. februar»."""
    return _("%(weekday)s %(day)s. %(month)s") % {"weekday": weekday_name(day.weekday()), "day": day.day, "month": MONTHS[day.month]}


def due_words(activity: Activity, day: date, of_report: date | None) -> tuple[str, str]:
    """Its day in a year, and whose day that is where it is not its own: what follows a report has the report's and is given no other."""
    if activity.link_kind != LinkKind.REPORT:
        return day_words(day), ""
    follows = _("Følger månedsrapportens frist")
    return (day_words(of_report), follows) if of_report else (follows, "")


def holiday_words(day: date) -> str:
    """«Andre pinsedag», in the language of the page; nothing for other days."""
    return holiday_name(day, "nb" if _is_norwegian() else "en")


def moved_words(rule_day: date, due_on: date) -> str:
    """«Flyttet fra lørdag 28. februar», «Flyttet fra 25. mai, andre pinsedag»; nothing where it was not moved."""
    if rule_day == due_on:
        return ""
    holiday = holiday_words(rule_day)
    if not holiday:
        return _("Flyttet fra %(day)s") % {"day": day_words(rule_day)}
    # Two holidays can fall on one day.
    first, *more = [_in_a_sentence(each) for each in holiday.split("; ")]
    name = _("%(first)s og %(second)s") % {"first": first, "second": more[0]} if more else first
    return _("Flyttet fra %(day)s. %(month)s, %(name)s") % {"day": rule_day.day, "month": MONTHS[rule_day.month], "name": name}


def stays_words(activity: Activity, day: date) -> str:
    """«Flyttes ikke», where nobody works that day and it stands there all the same; nothing for what follows a report."""
    stays = activity.moves == Moves.STAYS and activity.link_kind != LinkKind.REPORT
    return _("Flyttes ikke") if stays and not is_workday(day) else ""


def _in_a_sentence(holiday: str) -> str:
    """«andre pinsedag», «grunnlovsdagen»."""
    if not _is_norwegian():
        return holiday
    return "grunnlovsdagen" if holiday == "Grunnlovsdag" else holiday[:1].lower() + holiday[1:]


def becomes(rule_day: date, due_on: date) -> str:
    """«Blir fredag 27. februar 2026. Flyttet fra lørdag 28. februar.»"""
    said = _("Blir %(weekday)s %(date)s.") % {"weekday": weekday_name(due_on.weekday()), "date": formats.date_long(due_on)}
    moved = moved_words(rule_day, due_on)
    return f"{said} {moved}." if moved else said


def _is_norwegian() -> bool:
    return (get_language() or "nb").split("-")[0] in {"nb", "nn", "no"}


def left_words(due_on: date, day: date) -> str:
    """«Frist i dag», «14 dager igjen», «39 dager over fristen»."""
    left = (due_on - day).days
    if left == 0:
        return _("Frist i dag")
    if left > 0:
        return ngettext("%(n)s dag igjen", "%(n)s dager igjen", left) % {"n": left}
    return ngettext("%(n)s dag over fristen", "%(n)s dager over fristen", -left) % {"n": -left}
