"""Which figures a page for entering shows: of one unit in one period, or of one indicator in the unit and those right below."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from common.http import Request
from common.periods import InvalidPeriod, Period, PeriodKind
from organisation.models import Unit
from organisation.queries.access import Access
from organisation.rules.access import Permission
from organisation.rules.tree import Node
from scorecard.models import Indicator
from scorecard.queries import entry
from scorecard.views.period_links import Picker, latest_over, period_picker
from scorecard.views.reach import access_in, unit_or_404

TABS = {
    PeriodKind.MONTH: lazy("Månedlig"),
    PeriodKind.QUARTER: lazy("Kvartal"),
    PeriodKind.TERTIAL: lazy("Tertial"),
    PeriodKind.YEAR: lazy("År"),
}


@dataclass(frozen=True)
class EntryPage:
    """`chosen` is the indicator of «Én indikator», None for «Enheten». `hidden` counts indicators this person may not enter here."""

    unit: Unit
    access: Access
    period: Period
    card: entry.EntryCard | None
    chosen: Indicator | None
    indicators: list[Indicator]
    calculated: list[Indicator]
    hidden: int

    @property
    def shown(self) -> list[Indicator]:
        if self.chosen is not None:
            return [self.chosen]
        return [indicator for indicator in self.indicators if indicator.kind is self.period.kind]

    @property
    def units(self) -> list[Node]:
        """The rows' units: for one indicator also those right below, as far as the person may enter there."""
        units = entry.units_at(self.unit.pk, self.period)
        if self.chosen is None:
            return units[:1]
        return [unit for unit in units if may_enter(self.access, self.chosen, unit.id)]

    def places(self) -> list[entry.Place]:
        return entry.places(self.shown, self.units, self.period) if self.shown else []

    # Ways to other figures

    def url(self, **query: str) -> str:
        address = reverse("scorecard:values", args=[self.unit.code])
        return f"{address}?{urlencode(query)}" if query else address

    def views(self) -> list[dict[str, object]]:
        first = self.shown[0] if self.shown else self.indicators[0] if self.indicators else None
        tabs: list[dict[str, object]] = [{"label": _("Enheten"), "url": self.url(rytme=self.period.kind), "current": self.chosen is None}]
        if first is not None:
            tabs.append({"label": _("Én indikator"), "url": self.url(indikator=first.code), "current": self.chosen is not None})
        return tabs

    def rhythms(self) -> list[dict[str, object]]:
        """Chips; none where there is nothing to choose between."""
        kinds = list(entry.by_kind(self.indicators))
        if self.chosen is not None or len(kinds) < 2:
            return []
        return [{"label": str(TABS[kind]), "url": self.url(rytme=kind), "current": kind is self.period.kind} for kind in kinds]

    def picker(self, today: date) -> Picker:
        kept = {"indikator": self.chosen.code} if self.chosen else {}
        return period_picker(self.period, lambda period: self.url(periode=period.code, **kept), today)

    def choices(self) -> list[dict[str, object]]:
        """The select of «Én indikator»."""
        if self.chosen is None:
            return []
        options = [(each.code, each.name, each == self.chosen) for each in self.indicators]
        return [{"id": "indikator", "name": "indikator", "label": _("Indikator"), "options": options}]


def may_enter(access: Access, indicator: Indicator, unit_id: int) -> bool:
    """Figures that may betray persons are entered by those who may also see them."""
    if not access.may_in(Permission.ENTER_VALUES, unit_id):
        return False
    return not indicator.restricted or access.may_in(Permission.SEE_RESTRICTED, unit_id)


def period_or_404(code: str) -> Period:
    try:
        return Period.parse(code)
    except InvalidPeriod:
        raise Http404 from None


def entry_page(request: Request, unit_code: str, today: date) -> EntryPage:
    """Raises Http404 for a unit that is not reached, a wrong period or an indicator that is not on the card."""
    access = access_in(request)
    unit = unit_or_404(access, Permission.ENTER_VALUES, unit_code)
    asked = period_or_404(request.GET["periode"]) if "periode" in request.GET else None
    card = entry.entry_card(unit.pk, asked.year if asked else today.year)
    on_card = card.indicators if card else []
    may = [indicator for indicator in on_card if may_enter(access, indicator, unit.pk)]
    typed = [indicator for indicator in may if not indicator.formula]
    chosen = _chosen(request.GET.get("indikator"), typed)
    period = asked or latest_over(chosen.kind if chosen else _rhythm(request.GET.get("rytme"), typed), today)
    if chosen is not None and period.kind not in (chosen.kind, PeriodKind.YEAR):
        raise Http404
    in_use = [each for each in typed if each == chosen or each.retired_on is None or each.retired_on >= period.first_day]
    calculated = [indicator for indicator in may if indicator.formula]
    return EntryPage(unit, access, period, card, chosen, in_use, calculated, hidden=len(on_card) - len(may))


def _chosen(code: str | None, indicators: list[Indicator]) -> Indicator | None:
    if code is None:
        return None
    found = next((indicator for indicator in indicators if indicator.code == code), None)
    if found is None:
        raise Http404
    return found


def _rhythm(wanted: str | None, indicators: list[Indicator]) -> PeriodKind:
    if wanted is not None:
        if wanted not in list(PeriodKind):
            raise Http404
        return PeriodKind(wanted)
    return next(iter(entry.by_kind(indicators)), PeriodKind.MONTH)
