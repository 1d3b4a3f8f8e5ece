"""The case paper's tables as prepared cells, and the Word file and workbook that are built from the same cells."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _

from common.tables import Column, to_xlsx
from common.word import WordFile
from reporting.queries.case_paper import CaseLine, CasePaper
from reporting.queries.wording import THOUSAND, thousands, word_in_thousands


@dataclass(frozen=True)
class CaseCell:
    """One figure as text. `word` says which way a variance goes; `extra` is left out on a phone; `now` is the month itself."""

    label: str
    text: str
    word: str = ""
    extra: bool = False
    now: bool = False


@dataclass(frozen=True)
class CaseRow:
    title: str
    cells: tuple[CaseCell, ...]


@dataclass(frozen=True)
class CaseTable:
    """A finished table: its heads (the first is of the row's name), rows and sum."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[CaseRow, ...]
    total: CaseRow | None


def main_table(paper: CasePaper) -> CaseTable:
    """«Prognose per mars: januar | februar | mars | regnskap hittil …»."""
    months = tuple(_("Prognose %(month)s") % {"month": str(MONTHS_3[month.month]).lower()} for month in paper.months)
    ledger = _ledger_heads()
    head = (_("Funksjonsområde"), *months, *ledger, _("Prognoseavvik"))
    caption = _("Økonomi per funksjonsområde, %(month)s, uten øremerkede midler. Tall i 1000 kr") % {"month": paper.period}
    rows = tuple(_row(line, months, (*ledger, _("Prognoseavvik"))) for line in paper.lines)
    return CaseTable(caption, head, rows, _row(paper.total, months, (*ledger, _("Prognoseavvik"))))


def earmarked_table(paper: CasePaper) -> CaseTable | None:
    """What is bound to a purpose, apart; None where there is none."""
    if paper.earmarked_total is None:
        return None
    ledger = _ledger_heads()
    caption = _("Øremerkede midler per funksjonsområde, %(month)s. Tall i 1000 kr") % {"month": paper.period}
    rows = tuple(_row(line, (), ledger) for line in paper.earmarked)
    return CaseTable(caption, (_("Funksjonsområde"), *ledger), rows, _row(paper.earmarked_total, (), ledger))


def _ledger_heads() -> tuple[str, ...]:
    return (_("Regnskap hittil i år"), _("Justert budsjett hittil i år"), _("Justert budsjett totalt"), _("Avvik hittil i år"))


def _row(line: CaseLine, months: Sequence[str], heads: Sequence[str]) -> CaseRow:
    last = len(months) - 1
    forecasts = [
        CaseCell(label, thousands(amount), extra=place < last, now=place == last)
        for place, (label, amount) in enumerate(zip(months, line.forecasts, strict=True))
    ]
    figures = [
        CaseCell(label, thousands(amount), word_in_thousands(amount) if place >= 3 else "")
        for place, (label, amount) in enumerate(zip(heads, line.figures, strict=False))
    ]
    return CaseRow(line.title, (*forecasts, *figures))


def word_file(paper: CasePaper, *, now: datetime) -> bytes:
    """The paper as a Word file that people go on writing in."""
    made = WordFile(title=paper.title, made_at=now, landscape=True)
    for text in paper.summary:
        made.paragraph(text)
    made.heading(_("Økonomi per funksjonsområde"))
    for table in (main_table(paper), earmarked_table(paper)):
        if table is not None:
            made.table(table.head, _texts(table), caption=table.caption, total=table.total is not None)
    for remark in paper.remarks:
        made.paragraph(remark, quiet=True)
    made.turn(landscape=False)
    if paper.sick_leave:
        made.heading(_("Sykefravær"))
        made.paragraph(paper.sick_leave)
    if paper.texts:
        made.heading(_("Forklaringer per funksjonsområde"))
    for part in paper.texts:
        made.heading(part.title, 2)
        for _unit, text in part.paragraphs:
            made.paragraph(text)
    made.foot(f"{paper.district}, {paper.title.lower()}")
    return made.content()


def _texts(table: CaseTable) -> list[list[str]]:
    rows = [*table.rows, *([table.total] if table.total else [])]
    return [[row.title, *(f"{cell.text}\n{cell.word}" if cell.word else cell.text for cell in row.cells)] for row in rows]


def workbook(paper: CasePaper) -> bytes:
    """The same figures as real numbers, in 1000 kr; the texts on a sheet of their own."""
    return to_xlsx(_columns(paper), _file_rows(paper), title=_("Økonomi"), notes=_notes(paper), notes_title=_("Tekst"))


def _columns(paper: CasePaper) -> list[Column]:
    unit = _("1000 kr")
    titles = (*_ledger_heads(), _("Prognoseavvik"))
    months = [
        Column(f"forecast{month.month}", _("Prognose %(month)s") % {"month": str(MONTHS_3[month.month]).lower()}, "number", 0, unit)
        for month in paper.months
    ]
    figures = [Column(f"figure{place}", title, "number", 0, unit) for place, title in enumerate(titles)]
    words = [Column("word3", _("Avvik hittil i år, i ord")), Column("word4", _("Prognoseavvik, i ord"))]
    head = [Column("kind", _("Midler")), Column("code", _("Kode"), "code"), Column("name", _("Funksjonsområde"))]
    return [*head, *months, *figures, *words]


def _file_rows(paper: CasePaper) -> Iterable[Mapping[str, object]]:
    ordinary, earmarked = _("Ordinær drift"), _("Øremerkede midler")
    lines = [(ordinary, line) for line in (*paper.lines, paper.total)]
    lines += [(earmarked, line) for line in (*paper.earmarked, *([paper.earmarked_total] if paper.earmarked_total else []))]
    for kind, line in lines:
        forecasts = {f"forecast{month.month}": _in_thousands(amount) for month, amount in zip(paper.months, line.forecasts, strict=False)}
        figures = {f"figure{place}": _in_thousands(amount) for place, amount in enumerate(line.figures)}
        words = {"word3": word_in_thousands(line.variance), "word4": word_in_thousands(line.forecast_variance)}
        yield {"kind": kind, "code": line.code, "name": line.name, **forecasts, **figures, **words}


def _in_thousands(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount / THOUSAND


def _notes(paper: CasePaper) -> list[str]:
    texts = [f"{part.title}: {text}" for part in paper.texts for _unit, text in part.paragraphs]
    return [f"{paper.title}, {paper.district}", *paper.summary, *texts, *filter(None, [paper.sick_leave]), *paper.remarks]
