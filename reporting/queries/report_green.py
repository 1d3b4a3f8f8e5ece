"""The short report of a unit where nothing is out of bounds: what was checked, and that one number is asked for."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from common import formats
from reporting.queries.report_facts import ReportFacts
from reporting.queries.wording import told_kroner
from reporting.rules.forecast import forecast_variance
from reporting.rules.kinds import RuleKind
from scorecard.queries.figures import target_text


@dataclass(frozen=True)
class Checked:
    """One thing that is within its limits, with the limit in small print."""

    label: str
    small: str
    text: str


@dataclass(frozen=True)
class Green:
    budget: str
    before: str
    lines: tuple[Checked, ...]


def green_lines(facts: ReportFacts) -> Green:
    amounts, before = facts.amounts, facts.forecast_before
    lines = [Checked(_("Avvik hittil i år"), _limit(facts), _variance(facts))]
    note = ""
    if before is not None and before.forecast is not None:
        month = {"month": formats.month_name(before.month)}
        lines.append(Checked(_("Prognose i %(month)s") % month, _budget(facts), formats.money(before.forecast)))
        same = before.forecast == amounts.revised
        note = _("Som i %(month)s. Avvik 0.") % month if same else told_kroner(forecast_variance(amounts.revised, before.forecast))
    leave = facts.sick_leave
    if leave.rate is not None and leave.indicator is not None:
        goal = _("Mål: %(target)s") % {"target": target_text(leave.indicator, leave.limits)}
        lines.append(Checked(_("Sykefravær siste 12 måneder"), goal, formats.percent(leave.rate)))
    filled = sum(place.measurement is not None for place in facts.places)
    if facts.places:
        names = ", ".join(place.indicator.name for place in facts.places[:3])
        lines.append(
            Checked(_("Produksjonstall"), names, _("%(filled)s av %(all)s fylt ut") % {"filled": filled, "all": len(facts.places)})
        )
    lines.append(Checked(_("Tiltak"), _("Ingen over fristen"), _("%(n)s åpne") % {"n": len(facts.actions)}))
    return Green(formats.money(amounts.revised), note, tuple(lines))


def _variance(facts: ReportFacts) -> str:
    percent = facts.amounts.variance_percent
    told = told_kroner(facts.amounts.variance)
    return told if percent is None else f"{told} ({formats.percent(abs(percent))})"


def _budget(facts: ReportFacts) -> str:
    return _("Budsjett %(amount)s") % {"amount": formats.money(facts.amounts.revised)}


def _limit(facts: ReportFacts) -> str:
    """«Grense: 2 % og 100 000 kr»"""
    rule = next((rule for rule in facts.rules if rule.kind is RuleKind.VARIANCE_TO_DATE), None)
    if rule is None:
        return ""
    parts = [formats.percent(rule.limit_percent, None)] if rule.limit_percent is not None else []
    parts += [formats.money(rule.limit_amount)] if rule.limit_amount is not None else []
    joined = (_(" og ") if rule.needs_both else _(" eller ")).join(parts)
    return _("Grense: %(limits)s") % {"limits": joined} if parts else ""
