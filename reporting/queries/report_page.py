"""What a unit's report looks like right now: what waits, what is ready, what is said in each part. Plain values for the templates."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats
from reporting.queries import report_economy
from reporting.queries.report_todos import ANCHORS, Todo, TodoWords
from reporting.queries.report_words import Lack, lack
from reporting.queries.wording import shared_budget, thousands, told_thousands
from reporting.rules.completeness import EXPLAINED, WITH_ACTION
from reporting.rules.demands import Struck
from reporting.rules.forecast import forecast_variance
from reporting.rules.kinds import Duty, ReportState, RuleKind
from reporting.rules.states import PARTS, may_edit


@dataclass(frozen=True)
class Part:
    """One part of the report: ready, or waiting for the leader."""

    code: str
    anchor: str
    label: str
    ready: bool
    mark: str


class ReportPage(TodoWords):
    """The words of one report."""

    # How far it has come

    @cached_property
    def lacks(self) -> tuple[Lack, ...]:
        return tuple(lack(missing) for missing in self.facts.missing)

    def may_edit(self, part: str) -> bool:
        return may_edit(ReportState(self.report.state), self.facts.open_parts, part)

    @property
    def editable(self) -> dict[str, bool]:
        return {part: self.may_edit(part) for part in PARTS}

    @cached_property
    def parts(self) -> list[Part]:
        lacking = {each.part for each in self.lacks} | self.facts.unanswered
        found = [Part("economy", ANCHORS["economy"], _("Økonomi"), not self.facts.amounts.is_empty, self._economy_mark)]
        if self.facts.duty is Duty.FULL:
            labels = {"forecast": _("Prognose"), "explanation": _("Forklaring"), "actions": _("Tiltak"), "sick_leave": _("Sykefravær")}
            found += [Part(code, ANCHORS[code], label, code not in lacking, self._mark(code in lacking)) for code, label in labels.items()]
        found.append(
            Part("production", ANCHORS["production"], _("Produksjonstall"), "production" not in lacking, self._production_mark(lacking))
        )
        return found

    @property
    def part(self) -> dict[str, Part]:
        return {part.code: part for part in self.parts}

    @property
    def _economy_mark(self) -> str:
        return _("Ikke kommet ennå") if self.facts.amounts.is_empty else _("Klar")

    def _mark(self, lacking: bool) -> str:
        return _("Trenger deg") if lacking else _("Klar")

    def _production_mark(self, lacking: Collection[str]) -> str:
        count = len(self.facts.unfilled)
        if not count:
            return self._mark("production" in lacking)
        words = {"count": formats.count_word(count)}
        text = ngettext("%(count)s tall mangler", "%(count)s tall mangler", count) % words
        return text[:1].upper() + text[1:]

    @property
    def ready_count(self) -> int:
        return sum(part.ready for part in self.parts)

    @property
    def progress(self) -> dict[str, object]:
        ready, total = self.ready_count, len(self.parts)
        words = {"ready": ready, "total": total}
        return {
            "label": _("%(ready)s av %(total)s deler er klare") % words,
            "share": formats.percent(Decimal(ready * 100) / total, 0),
            "value": ready,
            "max": total,
        }

    @property
    def lead(self) -> str:
        """«To ting og ett tall gjenstår. Det tar omtrent tre minutter.»"""
        if self.report.state == ReportState.RETURNED:
            count = len(self.facts.open_parts)
            words = {"count": formats.count_word(count)}
            return ngettext("Bydelsdirektøren har %(count)s spørsmål.", "Bydelsdirektøren har %(count)s spørsmål.", count) % words
        figures = len(self.facts.unfilled)
        things = len({each.part for each in self.lacks} - {"production"})
        if not figures and not things:
            return _("Alt er klart. Se over og send inn.")
        told = []
        if things:
            told.append(ngettext("%(count)s ting", "%(count)s ting", things) % {"count": formats.count_word(things)})
        if figures:
            told.append(ngettext("%(count)s tall", "%(count)s tall", figures) % {"count": formats.count_word(figures)})
        left = _(" og ").join(told)
        minutes = things + (figures + 1) // 2
        time = ngettext("ett minutt", "%(count)s minutter", minutes) % {"count": formats.count_word(minutes)}
        return _("%(left)s gjenstår. Det tar omtrent %(time)s.") % {"left": left[:1].upper() + left[1:], "time": time}

    # What waits

    @cached_property
    def todos(self) -> list[Todo]:
        lacking = {each.part for each in self.lacks} | self.facts.unanswered
        asked = [code for code in PARTS if code in lacking or code in self._asked]
        return [self.todo(code, code not in lacking) for code in asked]

    @cached_property
    def _asked(self) -> set[str]:
        """Parts that a rule asks about, answered or not."""
        if self.facts.duty is not Duty.FULL:
            return set()
        asked = {"forecast"}
        for struck in self.facts.struck:
            if struck.kind in EXPLAINED:
                asked.add("explanation")
                if struck.rule.demand in WITH_ACTION:
                    asked.add("actions")
            elif struck.kind is RuleKind.SICK_LEAVE:
                asked.add("sick_leave")
            elif struck.kind in {RuleKind.RED_INDICATOR, RuleKind.OVERDUE_ACTION}:
                asked.add("actions")
        return asked

    # What each part says

    @cached_property
    def sentence(self) -> report_economy.Sentence | None:
        return report_economy.sentence(self.facts.economy)

    @cached_property
    def bar(self) -> report_economy.Bar | None:
        return report_economy.bar(self.facts.amounts, self.report.forecast)

    @cached_property
    def groups(self) -> list[report_economy.GroupBar]:
        return report_economy.group_bars(self.facts.economy)

    @property
    def shared_budget(self) -> str:
        """That the budget is not divided between the unit's departments; «» where it is, or where there are none."""
        return shared_budget() if self.facts.economy.has_shared_budget else ""

    @property
    def cover(self) -> dict[str, object] | None:
        """How much of the expected overspend the actions make up for; None where there is none."""
        over, effect = self.overspend, self.facts.effect
        if not over:
            return None
        left = max(over - effect, Decimal(0))
        return {
            "effect": thousands(effect),
            "over": thousands(over),
            "left": thousands(left) if left else "",
            "share": formats.percent(min(effect / over * 100, Decimal(100)), 0),
            "value": int(min(effect, over)),
            "max": int(over),
        }

    @property
    def corrected(self) -> Decimal | None:
        """The variance to date without what is timing alone."""
        variance = self.facts.amounts.variance
        return None if variance is None or self.report.timing is None else variance + self.report.timing

    @property
    def demands(self) -> list[str]:
        """Why an explanation is asked for, in numbers."""
        return [text for struck in self.facts.struck if (text := reason(struck))]

    @cached_property
    def ticks(self) -> list[dict[str, object]]:
        """The summary before sending."""
        forecast = self.report.forecast
        variance = forecast_variance(self.facts.amounts.revised, forecast)
        said = {
            "forecast": f"{thousands(forecast)}, {told_thousands(variance)}",
            "actions": _("Dekker %(effect)s av %(over)s") % self.cover if self.cover else _("%(n)s åpne") % {"n": len(self.facts.actions)},
        }
        return [
            {
                "label": part.label,
                "ready": part.ready,
                "text": said.get(part.code, part.mark) if part.ready else part.mark,
            }
            for part in self.parts
            if part.code != "economy"
        ]


def reason(struck: Struck) -> str:
    """«Avviket hittil er 1 470 000 kr, 2,9 %. Da trenger vi årsaken og én setning.»"""
    words = {"amount": formats.money(abs(struck.amount or Decimal(0))), "percent": formats.percent(abs(struck.percent or Decimal(0)))}
    match struck.kind:
        case RuleKind.VARIANCE_TO_DATE:
            return _("Avviket hittil i år er %(amount)s, eller %(percent)s. Da trenger vi årsaken og én setning.") % words
        case RuleKind.FORECAST_OVERSPEND:
            return _("Prognosen er %(amount)s over budsjettet. Da trenger vi årsaken, én setning og minst ett tiltak.") % words
        case RuleKind.UNDERSPEND:
            return (
                _("Prognosen er %(percent)s under budsjettet. Er tjenesten mindre, er stillinger ledige, eller er noe feil periodisert?")
                % words
            )
    return ""
