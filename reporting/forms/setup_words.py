"""Rules, deadlines and feeds as sentences."""

from datetime import date

from django.utils.dates import MONTHS
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from common import formats
from common.periods import Period
from reporting.models import DeadlineRule, ReportingRule
from reporting.rules.deadlines import StepDue
from reporting.rules.kinds import Duty, RuleKind, Step

# What each rule looks at, where its name does not say it.
MEANINGS: dict[RuleKind, Promise] = {
    RuleKind.VARIANCE_TO_DATE: lazy("Regnskapet hittil i år mot budsjettet hittil i år, begge veier."),
    RuleKind.FORECAST_OVERSPEND: lazy("Prognosen for året er høyere enn det reviderte budsjettet."),
    RuleKind.FORECAST_CHANGED: lazy("Prognosen er en annen enn forrige måned, begge veier."),
    RuleKind.FORECAST_OFF_PACE: lazy("Lederens eget tall mot prognosen hvis resten av året går i samme takt."),
    RuleKind.UNDERSPEND: lazy("Prognosen for året er lavere enn det reviderte budsjettet."),
    RuleKind.SICK_LEAVE: lazy("Sykefraværet siste 12 måneder mot målet."),
    RuleKind.RED_INDICATOR: lazy("En indikator på målekartet når ikke målet."),
    RuleKind.OVERDUE_ACTION: lazy("Et tiltak er ikke ferdig når fristen er ute."),
}
STEPS_SHORT: dict[Step, Promise] = {
    Step.PERIOD_CLOSED: lazy("Perioden lukkes"),
    Step.FIGURES_READY: lazy("Tallene er klare"),
    Step.UNIT_REPORT: lazy("Enhetene leverer"),
    Step.CONTROL: lazy("Controller går gjennom"),
    Step.LOCK: lazy("Godkjennes og låses"),
}


def limits(rule: ReportingRule) -> str:
    """«Over 2 % og over 100 000 kr»"""
    parts = []
    if rule.limit_percent is not None:
        is_points = rule.kind == RuleKind.SICK_LEAVE
        shown = formats.points(rule.limit_percent, None) if is_points else formats.percent(rule.limit_percent, None)
        parts.append(_("over %(limit)s") % {"limit": shown})
    if rule.limit_amount is not None:
        parts.append(_("over %(limit)s") % {"limit": formats.money(rule.limit_amount)})
    text = (_(" og ") if rule.needs_both else _(" eller ")).join(parts)
    if rule.periods > 1:
        months = ngettext("%(count)s måned på rad", "%(count)s måneder på rad", rule.periods) % {"count": formats.count_word(rule.periods)}
        text = f"{text}, {months}" if text else months
    return text[:1].upper() + text[1:]


def demand(rule: ReportingRule) -> str:
    """What a leader must then write."""
    if not rule.is_active:
        return _("Ikke i bruk")
    return _("%(demand)s, minst %(count)s tegn") % {"demand": rule.get_demand_display(), "count": rule.min_length}


def due(row: DeadlineRule) -> str:
    """«Arbeidsdag 6 kl. 08.00 måneden etter»"""
    words = {"number": row.workday or row.day, "clock": formats.clock(row.time)}
    text = _("Arbeidsdag %(number)s kl. %(clock)s") % words if row.workday else _("Den %(number)s. kl. %(clock)s") % words
    if row.months_later:
        later = ngettext("%(count)s måned senere enn vanlig", "%(count)s måneder senere enn vanlig", row.months_later)
        text = f"{text}, {later % {'count': formats.count_word(row.months_later)}}"
    if row.step == Step.UNIT_REPORT and row.duty != Duty.FULL:
        text = f"{text}. {row.get_duty_display()}"
    return text


def which_months(number: int | None) -> str:
    """«Juni», or all months."""
    return _("Alle måneder") if number is None else str(MONTHS[number]).capitalize()


def report_month(valid_from: date, *, deadline: bool) -> str:
    """The first report a row counts for. A deadline begins on the first day of the month after the reported one."""
    period = Period.month(valid_from.year, valid_from.month)
    return formats.period_label(period.previous() if deadline else period)


def begins(valid_from: date, *, deadline: bool = False) -> str:
    """«Fra rapporten for oktober 2026», or that it has been there all along."""
    if valid_from.year <= 2000:
        return _("Fra starten")
    return _("Fra rapporten for %(month)s") % {"month": report_month(valid_from, deadline=deadline)}


def preview(month: date, found: dict[Step, StepDue]) -> tuple[str, list[str]]:
    """One reported month, and for every step the day and the clock it is due."""
    cells = []
    for step in Step:
        deadline = found.get(step)
        text = formats.MISSING
        if deadline:
            text = _("%(day)s. %(month)s kl. %(clock)s") % {
                "day": deadline.at.day,
                "month": MONTHS[deadline.at.month],
                "clock": formats.clock(deadline.at),
            }
            if step is Step.UNIT_REPORT and deadline.duty is not Duty.FULL:
                text = f"{text} ({_('bare tall') if deadline.duty is Duty.FIGURES else _('ingen rapport')})"
            if deadline.is_moved:
                text = f"{text} ({_('flyttet')})"
        cells.append(text)
    return formats.month_label(month).capitalize(), cells
