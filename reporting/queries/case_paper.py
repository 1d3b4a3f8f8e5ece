"""A district's month as a case paper: function area by function area, forecasts month by month, and what the approved reports say.

Nothing here tells about a unit's people: sick leave is the district's alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats
from common.numbers import round_half_up
from reporting.models.sums import KronerSum
from reporting.queries.consolidated import AreaMonth, DistrictMonth, district_month, minus
from reporting.queries.consolidated_text import DISTRICT, area_texts
from reporting.queries.economy import table_of
from reporting.queries.known import known_since
from reporting.queries.sick_leave import sick_leave_of
from reporting.queries.wording import changed_after_lock, thousands
from reporting.rules.economy import NOTHING, Amounts

SUMS = ("original", "revised", "budget", "actual")


@dataclass(frozen=True)
class CaseLine:
    """One function area, or the sum. In kroner; None where nothing is known."""

    code: str
    name: str
    forecasts: tuple[Decimal | None, ...]
    actual: Decimal | None
    budget: Decimal | None
    revised: Decimal | None
    variance: Decimal | None
    forecast_variance: Decimal | None

    @property
    def figures(self) -> tuple[Decimal | None, ...]:
        """Everything after the forecasts, in the order of the columns."""
        return (self.actual, self.budget, self.revised, self.variance, self.forecast_variance)

    @property
    def title(self) -> str:
        return f"{self.code} {self.name}".strip()


@dataclass(frozen=True)
class CaseText:
    """What is said about one area: paragraphs, each with the unit it is about («» for none)."""

    title: str
    paragraphs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class CasePaper:
    """Everything in the paper, before it becomes a page or a file."""

    district: str
    code: str
    month: date
    title: str
    months: tuple[date, ...]
    lines: tuple[CaseLine, ...]
    total: CaseLine
    earmarked: tuple[CaseLine, ...]
    earmarked_total: CaseLine | None
    summary: tuple[str, ...]
    texts: tuple[CaseText, ...]
    sick_leave: str
    remarks: tuple[str, ...]
    has_figures: bool
    is_locked: bool

    @property
    def period(self) -> str:
        return formats.month_label(self.month)


def case_paper(*, district_id: int, month: date) -> CasePaper:
    """A fixed number of SQL statements, whatever the number of units and of years."""
    found = district_month(district_id=district_id, month=month)
    texts = {text.code: text for text in area_texts(found)}
    earmarked = _earmarked(found)
    whole = texts.pop(DISTRICT, None)
    period = formats.month_label(month)
    return CasePaper(
        district=found.district.name,
        code=found.district.code,
        month=month,
        title=_("Økonomisk status per %(month)s") % {"month": period},
        months=found.months,
        lines=tuple(_line(area, found.months, area.code, area.name or _("Uten funksjonsområde")) for area in found.areas),
        total=_line(found.total, found.months, "", _("Sum")),
        earmarked=_earmarked_lines(earmarked, found.areas),
        earmarked_total=_plain_line("", _("Sum"), sum(earmarked.values(), NOTHING)) if earmarked else None,
        summary=tuple(part.text for part in whole.paragraphs) if whole else (),
        texts=tuple(
            CaseText(
                f"{text.code} {text.name}".strip(), tuple((_unit(part.unit_code, part.unit_name), part.text) for part in text.paragraphs)
            )
            for text in texts.values()
            if text.paragraphs
        ),
        sick_leave=_sick_leave(found),
        remarks=_remarks(found),
        has_figures=found.figures_ready,
        is_locked=found.is_locked,
    )


def _line(area: AreaMonth, months: tuple[date, ...], code: str, name: str) -> CaseLine:
    amounts = area.amounts
    return CaseLine(
        code=code,
        name=name,
        forecasts=tuple(area.forecasts.get(month) for month in months),
        actual=amounts.actual,
        budget=amounts.budget,
        revised=amounts.revised,
        variance=amounts.variance,
        forecast_variance=minus(amounts.revised, area.forecast),
    )


def _plain_line(code: str, name: str, amounts: Amounts) -> CaseLine:
    return CaseLine(code, name, (), amounts.actual, amounts.budget, amounts.revised, amounts.variance, None)


def _earmarked(found: DistrictMonth) -> dict[str, Amounts]:
    """Money bound to a purpose, by function area. One SQL statement."""
    rows = (
        table_of(as_locked=found.is_locked)
        .filter(district_id=found.district.id, month=found.month, earmarked=True)
        .order_by()
        .values_list("area")
        .annotate(*(KronerSum(name) for name in SUMS))
    )
    # SQLite adds decimals as floating point; what stood there had two decimals.
    return {area: Amounts(*(None if each is None else round_half_up(each, 2) for each in sums)) for area, *sums in rows}


def _earmarked_lines(earmarked: Mapping[str, Amounts], areas: tuple[AreaMonth, ...]) -> tuple[CaseLine, ...]:
    names = {area.code: area.name for area in areas}
    order = {code: place for place, code in enumerate(names)}
    codes = sorted(earmarked, key=lambda code: (order.get(code, len(order)), code))
    return tuple(_plain_line(code, names.get(code) or _("Uten funksjonsområde"), earmarked[code]) for code in codes)


def _unit(code: str, name: str) -> str:
    return f"{code} {name}".strip()


def _remarks(found: DistrictMonth) -> tuple[str, ...]:
    """How to read the tables, and what is not settled."""
    confirmed = sum(unit.standing(found.month).is_confirmed for unit in found.units)
    words = {"count": confirmed, "all": len(found.units)}
    told = [_("Tall i 1000 kr. Minus betyr merforbruk. Øremerkede midler står for seg og er ikke med i de andre tallene.")]
    told.append(_("Tallene er rundet av hver for seg. Summen kan avvike med 1."))
    if confirmed < len(found.units):
        told.append(
            ngettext(
                "%(count)s av %(all)s enheter har levert prognosen. For de andre gjelder forrige prognose, eller budsjettet.",
                "%(count)s av %(all)s enheter har levert prognosen. For de andre gjelder forrige prognose, eller budsjettet.",
                confirmed,
            )
            % words
        )
    if not found.unallocated.is_empty:
        actual = thousands(found.unallocated.actual)
        told.append(_("Ikke fordelt på enheter: regnskap %(actual)s. Det er med i summene.") % {"actual": actual})
    if not found.is_locked:
        told.append(_("Måneden er ikke låst. Tallene kan endre seg."))
    if found.changed_since_lock:
        told.append(changed_after_lock())
    return tuple(told)


def _sick_leave(paper: DistrictMonth) -> str:
    """The district's month and its last twelve months, in a sentence; «» where nothing is delivered."""
    month, district_id = paper.month, paper.district.id
    known = known_since(paper.setting.locked_at if paper.setting else None, month)
    found = sick_leave_of(unit_ids=[district_id], month=month, access=None, known=known).get(district_id)
    if found is None or found.rate is None:
        return ""
    words = {
        "month": formats.month_label(month),
        "rate": formats.percent(found.rate),
        "year": formats.percent(found.year_rate),
    }
    if found.year_rate is None:
        told = _("Sykefraværet i bydelen var %(rate)s i %(month)s.") % words
    else:
        told = _("Sykefraværet i bydelen var %(rate)s i %(month)s, og %(year)s de siste tolv månedene.") % words
    return f"{told} {_('Tallet er foreløpig.')}" if found.preliminary else told
