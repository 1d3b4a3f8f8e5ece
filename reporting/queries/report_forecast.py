"""The forecast as the report asks for it: what was said before, what the ledger suggests, and what each choice comes to."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from common import formats
from reporting.queries.report_facts import ReportFacts
from reporting.queries.wording import thousands, told_thousands
from reporting.rules.completeness import CHANGED
from reporting.rules.consolidation import result_status
from reporting.rules.forecast import forecast_percent, forecast_variance
from reporting.rules.kinds import ForecastMethod
from scorecard.rules.statuses import Status


@dataclass(frozen=True)
class MonthForecast:
    """One month's forecast beside the others; empty text where there was none."""

    label: str
    text: str


@dataclass(frozen=True)
class Choice:
    """One way to the forecast, with what it would mean. `asks_why`: a rule then wants to know what has changed."""

    method: ForecastMethod
    name: str
    value: str
    variance: str
    status: str
    why: str
    asks_why: bool
    is_chosen: bool


def month_row(facts: ReportFacts) -> list[MonthForecast]:
    """This year's forecasts from January to now."""
    said = {report.month: report.forecast for report in facts.earlier if report.month.year == facts.month.year}
    said[facts.month] = facts.report.forecast
    row = []
    for number in range(1, facts.month.month + 1):
        month = date(facts.month.year, number, 1)
        amount = said.get(month)
        row.append(MonthForecast(_short(month, facts.month), "" if amount is None else thousands(amount)))
    return row


def _short(month: date, now: date) -> str:
    label = formats.month_short(month)
    return _("%(month)s, nå") % {"month": label} if month == now else label


def last_year_line(facts: ReportFacts) -> str:
    """«I fjor på denne tiden skrev dere 66 900. Året endte på 67 350. Dere bommet med 450, eller 0,7 %.»"""
    then = date(facts.month.year - 1, facts.month.month, 1)
    said = next((report.forecast for report in facts.earlier if report.month == then), None)
    ended = facts.last_year.whole_year
    if said is None:
        return "" if ended is None else _("I fjor endte året på %(ended)s.") % {"ended": thousands(ended)}
    line = _("I fjor på denne tiden skrev dere %(said)s.") % {"said": thousands(said)}
    if not ended:
        return line
    if said == ended:
        return f"{line} {_('Året endte akkurat der.')}"
    words = {
        "ended": thousands(ended),
        "missed": thousands(abs(said - ended)),
        "percent": formats.percent(abs(said - ended) / abs(ended) * 100),
    }
    return line + " " + _("Året endte på %(ended)s. Dere bommet med %(missed)s, eller %(percent)s.") % words


def suggested(facts: ReportFacts) -> list[Choice]:
    """A, B and C, as far as they can be worked out."""
    found = facts.suggestions
    rows = [
        (ForecastMethod.NO_MORE, _("A Avviket fortsetter ikke"), found.no_more, _("Resten av året går som budsjettert.")),
        (ForecastMethod.SAME_PACE, _("B Samme takt"), found.same_pace, _("Forbruket fortsetter som nå.")),
        (ForecastMethod.LAST_YEAR, _("C Som i fjor"), found.last_year, _("Resten av året går som i fjor.")),
    ]
    return [_choice(facts, method, name, amount, why) for method, name, amount, why in rows if amount is not None]


def others(facts: ReportFacts) -> list[Choice]:
    """To keep last month's, to stay at the budget, or to write another number."""
    before = facts.forecast_before
    choices = []
    if before is not None and before.forecast is not None:
        words = {"amount": thousands(before.forecast), "month": formats.month_name(before.month)}
        choices.append(_choice(facts, ForecastMethod.KEPT, _("Behold %(amount)s fra %(month)s") % words, before.forecast, ""))
    elif facts.amounts.revised is not None:
        name = _("Som budsjettet, %(amount)s") % {"amount": thousands(facts.amounts.revised)}
        choices.append(_choice(facts, ForecastMethod.BUDGET, name, facts.amounts.revised, ""))
    own = facts.report.method == ForecastMethod.OWN
    asks = own and asks_why(facts, facts.report.forecast)
    choices.append(Choice(ForecastMethod.OWN, _("Eget tall"), "", _("Skriv det under"), "", "", asks, own))
    return choices


def _choice(facts: ReportFacts, method: ForecastMethod, name: str, amount: Decimal, why: str) -> Choice:
    revised = facts.amounts.revised
    asks = asks_why(facts, amount)
    if asks and why:
        why = _("%(why)s Krever én setning om hva som er endret.") % {"why": why}
    return Choice(
        method,
        name,
        thousands(amount),
        told_thousands(forecast_variance(revised, amount)).capitalize(),
        _status(amount, revised),
        why,
        asks,
        facts.report.method == method,
    )


def asks_why(facts: ReportFacts, forecast: Decimal | None) -> bool:
    return any(struck.kind in CHANGED for struck in facts.struck_by(forecast))


def amount_of(facts: ReportFacts, method: ForecastMethod) -> Decimal | None:
    """What a choice comes to; None for an own number, and where it cannot be worked out."""
    if method is ForecastMethod.BUDGET:
        return facts.amounts.revised
    if method is ForecastMethod.KEPT:
        return facts.forecast_before.forecast if facts.forecast_before else None
    return facts.suggestions.of(method)


@dataclass(frozen=True)
class Result:
    """What the present forecast means."""

    amount: str
    word: str
    status: str
    text: str


def result(facts: ReportFacts) -> Result | None:
    forecast, revised = facts.report.forecast, facts.amounts.revised
    variance = forecast_variance(revised, forecast)
    if variance is None or forecast is None:
        return None
    lines = []
    percent = forecast_percent(revised, forecast)
    if percent is not None and variance:
        sentence = _("%(percent)s over budsjettet.") if variance < 0 else _("%(percent)s under budsjettet.")
        lines.append(sentence % {"percent": formats.percent(abs(percent))})
    lines.append(change_line(facts))
    word = told_thousands(variance)
    return Result(
        thousands(abs(variance)), word.split(" ")[0] if variance else word, _status(forecast, revised), " ".join(filter(None, lines))
    )


def change_line(facts: ReportFacts) -> str:
    """«200 mer enn i august.»"""
    before, now = facts.forecast_before, facts.report.forecast
    if before is None or before.forecast is None or now is None:
        return ""
    change = now - before.forecast
    words = {"amount": thousands(abs(change)), "month": formats.month_name(before.month)}
    if not change:
        return _("Som i %(month)s.") % words
    return (_("%(amount)s mer enn i %(month)s.") if change > 0 else _("%(amount)s mindre enn i %(month)s.")) % words


def _status(forecast: Decimal | None, revised: Decimal | None) -> str:
    found = result_status(forecast, revised)
    return "" if found is Status.NO_VALUE else found.value
