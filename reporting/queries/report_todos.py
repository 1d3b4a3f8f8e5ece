"""The cards of «Dette trenger deg», and the sums they name."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats
from reporting.queries import report_forecast
from reporting.queries.report_facts import ReportFacts
from reporting.queries.wording import thousands, told_thousands
from reporting.rules.forecast import forecast_variance
from reporting.rules.kinds import RuleKind
from scorecard.queries.figures import target_text


@dataclass(frozen=True)
class Todo:
    """A card of «Dette trenger deg»; `number` is the figure that stands out in the text."""

    url: str
    title: str
    before: str
    number: str
    after: str
    ready: bool


ANCHORS = {
    "economy": "okonomi",
    "forecast": "prognose",
    "explanation": "forklaring",
    "actions": "tiltak",
    "sick_leave": "sykefravaer",
    "production": "produksjon",
}


class TodoWords:
    """What waits in each part of one report, in words."""

    def __init__(self, facts: ReportFacts) -> None:
        self.facts = facts
        self.report = facts.report

    @property
    def overspend(self) -> Decimal:
        """What the forecast goes over the budget by."""
        return max(-(forecast_variance(self.facts.amounts.revised, self.report.forecast) or Decimal(0)), Decimal(0))

    @property
    def cover_rest(self) -> str:
        return _("av %(amount)s i ventet merforbruk") % {"amount": thousands(self.overspend)}

    def todo(self, code: str, ready: bool) -> Todo:
        words = {
            "forecast": self._forecast_todo,
            "explanation": self._explanation_todo,
            "actions": self._actions_todo,
            "sick_leave": self._sick_leave_todo,
            "production": self._production_todo,
        }
        title, before, number, after = words[code]()
        return Todo(f"#{ANCHORS[code]}", title, before, number, after, ready)

    def _forecast_todo(self) -> tuple[str, str, str, str]:
        title, forecast = _("Si hva dere tror om resten av året"), self.report.forecast
        before = self.facts.forecast_before
        if forecast is not None:
            return title, _("Du skrev"), f"{formats.money(forecast)}.", report_forecast.change_line(self.facts) and self._change_in_kroner()
        if before is not None and before.forecast is not None:
            return title, _("Sist skrev dere"), f"{formats.money(before.forecast)}.", ""
        return title, _("Budsjettet er"), f"{formats.money(self.facts.amounts.revised)}.", ""

    def _change_in_kroner(self) -> str:
        before, now = self.facts.forecast_before, self.report.forecast
        if before is None or before.forecast is None or now is None or now == before.forecast:
            return _("Som sist.")
        words = {"amount": formats.money(abs(now - before.forecast))}
        return (_("Det er %(amount)s mer enn sist.") if now > before.forecast else _("Det er %(amount)s mindre enn sist.")) % words

    def _explanation_todo(self) -> tuple[str, str, str, str]:
        variance = forecast_variance(self.facts.amounts.revised, self.report.forecast)
        to_date = any(struck.kind is RuleKind.VARIANCE_TO_DATE for struck in self.facts.struck)
        amount = self.facts.amounts.variance if to_date else variance
        title = _("Forklar merforbruket") if (amount or 0) < 0 else _("Forklar mindreforbruket")
        if to_date:
            more = _("mer enn budsjettert. Én setning holder.") if (amount or 0) < 0 else _("mindre enn budsjettert. Én setning holder.")
            return title, _("Dere har brukt"), formats.money(abs(amount or Decimal(0))), more
        return title, _("Prognosen sier"), told_thousands(amount), _("i 1000 kr. Én setning holder.")

    def _actions_todo(self) -> tuple[str, str, str, str]:
        overdue = len(self.facts.overdue)
        if overdue:
            words = {"count": formats.count_word(overdue)}
            text = ngettext("%(count)s tiltak er over fristen.", "%(count)s tiltak er over fristen.", overdue) % words
            return _("Si hva som er ny plan"), "", "", text[:1].upper() + text[1:]
        reds = [struck.label for struck in self.facts.struck if struck.kind is RuleKind.RED_INDICATOR]
        if reds:
            return _("Lag tiltak for det som ikke er nådd"), "", "", ", ".join(reds[:3])
        return _("Lag et tiltak mot merforbruket"), _("Tiltakene dekker"), thousands(self.facts.effect), self.cover_rest

    def _sick_leave_todo(self) -> tuple[str, str, str, str]:
        found = self.facts.sick_leave
        words = {"target": target_text(found.indicator, found.limits)} if found.indicator else {"target": formats.MISSING}
        after = _("siste 12 måneder, mål %(target)s. Skriv hva dere gjør fremover.") % words
        return _("Sykefraværet er over målet"), "", formats.percent(found.rate), after

    @property
    def sick_reason(self) -> str:
        """Why a comment on sick leave is asked for."""
        struck = next((each for each in self.facts.struck if each.kind is RuleKind.SICK_LEAVE), None)
        if struck is None:
            return ""
        words = {"points": formats.points(struck.rule.limit_percent, None), "periods": formats.count_word(struck.rule.periods)}
        return _("Sykefraværet har vært mer enn %(points)s over målet i %(periods)s måneder. Da trenger vi noen ord.") % words

    def _production_todo(self) -> tuple[str, str, str, str]:
        names = ", ".join(place.indicator.name for place in self.facts.unfilled[:3])
        return _("Skriv tallene som mangler"), "", "", names
