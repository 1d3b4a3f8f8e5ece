"""The consolidated report: what it would say from the approved reports now, what it does say, and which originals are newer."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _

from common import formats
from reporting.models import Cause, ConsolidatedText, MonthlyReport
from reporting.queries.consolidated import DistrictMonth, UnitMonth
from reporting.queries.wording import WORDS, listed, told_kroner
from reporting.rules.consolidation import Source, built_text, newer_units, paragraphs_of
from reporting.rules.economy import percent_of, word_of
from reporting.rules.kinds import ReportState
from reporting.rules.states import SETTLED

# The part about the whole district, and units whose budget stands in no area.
DISTRICT, NOWHERE = "", "-"
NAMED = 3
MILLION = Decimal(1_000_000)


@dataclass(frozen=True)
class Shown:
    """One paragraph, with the unit it is about («» for none). `is_newer`: the unit's report says something else by now."""

    text: str
    unit_code: str
    unit_name: str
    is_newer: bool


@dataclass(frozen=True)
class AreaText:
    """What the consolidated report says about one area. `version` 0: nobody has written anything, it follows the reports."""

    code: str
    name: str
    text: str
    paragraphs: tuple[Shown, ...]
    is_edited: bool
    version: int
    edited_at: datetime | None
    edited_by: str
    newer: tuple[str, ...]
    sources: tuple[Source, ...]


def sources_of(row: ConsolidatedText) -> tuple[Source, ...]:
    """What the text was built from, as it is kept: [report, version, unit's code, paragraph]."""
    return tuple(Source(code, report_id, version, paragraph) for report_id, version, code, paragraph in row.built_from)


def kept_sources(sources: Sequence[Source]) -> list[list[object]]:
    return [[source.report_id, source.version, source.unit_code, source.paragraph] for source in sources]


def present_sources(found: DistrictMonth) -> dict[str, tuple[Source, ...]]:
    """Per area, what the approved reports say now; the district's own part first. Two SQL statements (reports, causes)."""
    # What is kept is Norwegian, whatever language somebody reads the page in.
    with translation.override("nb"):
        causes = dict(Cause.objects.values_list("code", "label"))
        reports = {report.unit_id: report for report in _settled(found)}
        by_area: dict[str, list[Source]] = defaultdict(list)
        for unit in found.units:
            report = reports.get(unit.node.id)
            if report is not None:
                text = _paragraph(unit, report, found.month, causes)
                by_area[area_of(unit)].append(Source(unit.node.code, report.pk, report.version, text))
        version = sum(report.version for report in reports.values())
        whole = (Source("", 0, version, _summary(found)),) if reports else ()
    return {DISTRICT: whole, **{code: tuple(sources) for code, sources in by_area.items()}}


def area_of(unit: UnitMonth) -> str:
    """The area that a unit's text stands in: where most of its budget is."""
    return max(unit.areas, key=lambda code: (unit.areas[code].revised or Decimal(0), code), default="") or NOWHERE


def area_texts(found: DistrictMonth) -> tuple[AreaText, ...]:
    """The district first, then the areas in their order. Three SQL statements."""
    present = present_sources(found)
    rows = {row.area: row for row in _rows(found)}
    names = {unit.node.code: unit.node.name for unit in found.units}
    areas = {DISTRICT: found.district.name, **{area.code: area.name for area in found.areas if area.code}}
    for code in (*present, *rows):
        areas.setdefault(code, _("Uten funksjonsområde") if code == NOWHERE else "")
    return tuple(_area_text(code, name, rows.get(code), present.get(code, ()), names, found.is_locked) for code, name in areas.items())


def _area_text(
    code: str, name: str, row: ConsolidatedText | None, present: Sequence[Source], names: Mapping[str, str], is_locked: bool
) -> AreaText:
    stands = row if row is not None and (row.is_edited or is_locked) else None
    sources = sources_of(stands) if stands else tuple(present)
    newer = newer_units(sources, present)
    text = stands.text if stands else built_text(present)
    return AreaText(
        code=code,
        name=name,
        text=text,
        paragraphs=tuple(
            Shown(part.text, part.unit_code, names.get(part.unit_code, ""), bool(part.unit_code) and part.unit_code in newer)
            for part in paragraphs_of(text)
        ),
        is_edited=row.is_edited if row else False,
        version=row.version if row else 0,
        edited_at=row.edited_at if row else None,
        edited_by=row.edited_by.name if row and row.edited_by else "",
        newer=newer,
        sources=sources,
    )


def _rows(found: DistrictMonth) -> list[ConsolidatedText]:
    return list(ConsolidatedText.objects.filter(district_id=found.district.id, month=found.month).select_related("edited_by"))


def _settled(found: DistrictMonth) -> list[MonthlyReport]:
    """Approved reports, and of a locked month those that were: what was never delivered says nothing."""
    unit_ids = [unit.node.id for unit in found.units]
    rows = MonthlyReport.objects.filter(unit_id__in=unit_ids, month=found.month, state__in=SETTLED)
    return [row for row in rows if row.state != ReportState.LOCKED or row.submitted_at is not None]


def _paragraph(unit: UnitMonth, report: MonthlyReport, month: date, causes: Mapping[str, str]) -> str:
    variance = unit.variance(month)
    percent = percent_of(variance, unit.economy.revised)
    words = {"unit": unit.node.name, "variance": told_kroner(variance), "percent": formats.percent(abs(percent)) if percent else ""}
    if variance is None:
        has_none = unit.standing(month).forecast is None
        sentences = [(_("%(unit)s har ingen prognose.") if has_none else _("%(unit)s har ikke noe budsjett å måle prognosen mot.")) % words]
    elif not variance:
        sentences = [_("%(unit)s venter et resultat som budsjettet.") % words]
    elif percent is None:
        sentences = [_("%(unit)s venter %(variance)s ved årets slutt.") % words]
    else:
        sentences = [_("%(unit)s venter %(variance)s (%(percent)s) ved årets slutt.") % words]
    named = [causes.get(code, code).lower() for code in report.causes]
    if named:
        sentences.append(_("Årsak: %(causes)s.") % {"causes": listed(named)})
    sentences += [" ".join(text.split()) for text in (report.explanation,) if text.strip()]
    return " ".join(sentences)


def _summary(found: DistrictMonth) -> str:
    """The district in three sentences: the year, the year so far, and who weighs most."""
    total = found.total
    sentences = []
    if total.variance is not None:
        words = {"name": found.district.name, "variance": told_millions(total.variance)}
        sentences.append(_("%(name)s venter %(variance)s ved årets slutt.") % words)
    if total.amounts.variance is not None:
        sentences.append(_("Hittil i år er det %(variance)s.") % {"variance": told_millions(total.amounts.variance)})
    over = sorted((unit for unit in found.units if (unit.variance(found.month) or 0) < 0), key=lambda unit: unit.variance(found.month) or 0)
    if over:
        most = [f"{unit.node.name} ({told_millions(unit.variance(found.month))})" for unit in over[:NAMED]]
        sentences.append(_("Størst merforbruk ventes i %(units)s.") % {"units": listed(most)})
    return " ".join(sentences)


def told_millions(variance: Decimal | None) -> str:
    """«9,7 mill. kr merforbruk», for sentences about a whole district."""
    if variance is None:
        return formats.MISSING
    word = WORDS[word_of(variance)]
    return str(word) if not variance else f"{formats.number(abs(variance) / MILLION, 1)} {_('mill. kr')} {word}"
