"""What the director's list says about a unit, in words."""

from datetime import date, datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from common import formats
from common.numbers import round_half_up
from common.oslo import OSLO
from reporting.models import MonthlyReport, ReportReturn
from reporting.queries.wording import THOUSAND, WORDS
from reporting.rules.economy import percent_of, word_of
from reporting.rules.kinds import ReportState

S = ReportState
LENGTH = 140
# As the parts are called in the report, in its order.
PARTS: dict[str, Promise] = {
    "forecast": lazy("Prognose"),
    "explanation": lazy("Forklaring"),
    "actions": lazy("Tiltak"),
    "sick_leave": lazy("Sykefravær"),
    "production": lazy("Produksjonstall"),
}
GROUPS: dict[str, Promise] = {
    "look": lazy("Se på disse (%(count)s)"),
    "waiting": lazy("Venter på enheten (%(count)s)"),
    "green": lazy("Grønne, klare til godkjenning (%(count)s)"),
    "done": lazy("Ferdig (%(count)s)"),
    "over": lazy("Over budsjettet (%(count)s)"),
    "unknown": lazy("Uten økonomitall (%(count)s)"),
    "within": lazy("Innenfor budsjettet (%(count)s)"),
}


def group_title(key: str, count: int) -> str:
    return str(GROUPS[key]) % {"count": count}


def day_told(at: datetime | date | None) -> str:
    """«10. oktober», in Oslo for a moment."""
    if at is None:
        return ""
    day = at.astimezone(OSLO).date() if isinstance(at, datetime) else at
    return f"{formats.day_of_month(day)} {formats.month_name(day)}"


def reading_url(unit_code: str, month: date) -> str:
    """The delivered report, for whoever may read it."""
    return reverse("reporting:report_read", args=[unit_code, month])


def state_told(report: MonthlyReport | None, question: ReportReturn | None) -> str:
    """«Levert 10. oktober», «Ikke startet», «Ikke levert» …"""
    if report is None:
        return _("Ikke startet")
    match S(report.state):
        case S.NOT_STARTED:
            return _("Ikke startet")
        case S.BEGUN:
            return _("Påbegynt")
        case S.DELIVERED:
            return _("Levert %(day)s") % {"day": day_told(report.submitted_at)}
        case S.RETURNED:
            return _("Returnert %(day)s") % {"day": day_told(question.at if question else report.saved_at)}
        case S.APPROVED:
            return _("Godkjent %(day)s") % {"day": day_told(report.approved_at)}
    return _locked_told(report)


def _locked_told(report: MonthlyReport) -> str:
    if report.revision > 1:
        return _("Rettet etter låsing, versjon %(number)s") % {"number": report.revision}
    if report.submitted_at is None:
        return _("Ikke levert")
    return _("Godkjent og låst") if report.approved_at else _("Låst uten svar")


def explanation(report: MonthlyReport | None, question: ReportReturn | None, before: str) -> str:
    """The beginning of what the unit says, or why it says nothing. «»: nothing is asked for."""
    if report is None or report.state == S.NOT_STARTED:
        return _("Ingen tekst ennå. Prognosen fra %(month)s er brukt.") % {"month": before} if before else _("Ingen tekst ennå.")
    if report.state == S.BEGUN:
        return _("Rapporten er påbegynt, men ikke sendt.")
    if report.state == S.LOCKED and report.submitted_at is None:
        return _("Ikke levert. Prognosen er ikke bekreftet.")
    if report.state == S.RETURNED and question is not None:
        words = {"part": PARTS.get(question.part, question.part), "day": day_told(question.due_at)}
        return _("Spurt om: %(part)s. Svarfrist %(day)s.") % words
    return Truncator(" ".join((report.explanation or report.change_text).split())).chars(LENGTH)


def percent_told(variance: Decimal | None, revised: Decimal | None, *, is_income: bool = False, places: int = 1) -> str:
    """«−2,2 %, merforbruk», «som budsjett»; a percentage that would read 0,0 gets its decimals."""
    if variance is None:
        return ""
    # Beside an amount in 1000 kr: what reads 0 there has neither word nor percentage.
    if not round_half_up(variance / THOUSAND, 0):
        return _("som budsjett")
    word = WORDS[word_of(variance, is_income=is_income)]
    percent = percent_of(variance, revised)
    if percent is None:
        return str(word)
    places = places if round_half_up(percent, places) else places + 1
    return f"{formats.number(percent, places, signed=True)}{formats.HARD_SPACE}%, {word}"


def moved(now: Decimal | None, before: Decimal | None, month: str) -> str:
    """«550 000 kr mer enn i august»."""
    if now is None or before is None or not month:
        return ""
    if now == before:
        return _("Som i %(month)s") % {"month": month}
    words = {"amount": formats.money(abs(now - before)), "month": month}
    return _("%(amount)s mer enn i %(month)s") % words if now > before else _("%(amount)s mindre enn i %(month)s") % words
