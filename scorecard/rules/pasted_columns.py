"""Which column of a pasted table is what: by its heading, in a long table or in a cross table of units and periods. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from common.periods import InvalidPeriod, Period, PeriodKind, parse_period_text
from scorecard.rules.statuses import Quality

HEADINGS: dict[str, tuple[str, ...]] = {
    "unit_code": ("enhetskode", "enhetsnummer", "enhetsnr", "unit code"),
    "unit": ("enhet", "enhetsnavn", "resultatenhet", "unit"),
    "indicator": ("indikator", "indikatorkode", "indicator"),
    "period": ("periode", "måned", "kvartal", "tertial", "år", "period"),
    "numerator": ("teller", "numerator"),
    "denominator": ("nevner", "antall svar", "vekt", "denominator"),
    "value": ("verdi", "resultat", "value"),
    "quality": ("kvalitet", "quality"),
    "note": ("merknad", "kommentar", "note"),
}
MEANINGS = {heading: meaning for meaning, headings in HEADINGS.items() for heading in headings}
QUALITIES = {
    Quality.FINAL: ("endelig", "final"),
    Quality.PRELIMINARY: ("foreløpig", "preliminary"),
    Quality.ESTIMATE: ("anslag", "ca", "ca.", "estimate"),
    Quality.MISSING: ("mangler", "??", "missing"),
    Quality.NOT_MEASURED: ("ikke målt", "ikke målt i år", "not measured"),
    Quality.NOT_RELEVANT: ("ikke relevant", "not relevant"),
}
QUALITY_WORDS = {word: quality for quality, words in QUALITIES.items() for word in words}
FIGURES = ("numerator", "denominator", "value")
PERSONAL = {"fødselsnummer", "fødselsnr", "fnr", "personnummer", "ansattnummer", "ansattnr", "personnavn"}
SUMS = ("sum", "totalt", "total", "delsum", "i alt")
# Title lines may stand before the headings.
HEAD_ROWS = 20


class UnreadableTable(ValueError):
    """The table cannot be read at all; `code` says why, `shown` is what to name."""

    def __init__(self, code: str, shown: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.shown = shown


@dataclass(frozen=True)
class Layout:
    """Where things stand. `columns` by meaning; in a cross table `periods` by column. `unread` are headings that mean nothing here."""

    head: int
    columns: dict[str, int]
    periods: dict[int, Period] = field(default_factory=dict)
    unread: tuple[str, ...] = ()

    @property
    def is_cross(self) -> bool:
        return bool(self.periods)


def layout_of(rows: Sequence[Sequence[str]], kind: PeriodKind | None) -> Layout:
    """The layout of a pasted table. `kind` is the rhythm of the indicator that was chosen above it, None without one.

    Raises UnreadableTable with no_head, no_unit, no_period, no_figures, no_indicator or personal.
    """
    for number, row in enumerate(rows[:HEAD_ROWS]):
        meanings = _meanings(row)
        periods = {at: period for at, cell in enumerate(row) if (period := period_in(cell, kind)) is not None}
        if "period" in meanings and meanings.keys() & {"unit", "unit_code"}:
            return _long(number, row, meanings, chosen=kind is not None)
        # A year alone in a title line stands first; in a cross table the units do.
        if periods and min(periods) > 0 and "period" not in meanings:
            return _cross(number, row, meanings, periods, chosen=kind is not None)
        if len(meanings) >= 3:
            raise UnreadableTable("no_unit" if "period" in meanings else "no_period")
    raise UnreadableTable("no_head")


def _meanings(row: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(row):
        heading = _heading(cell)
        if heading in PERSONAL:
            raise UnreadableTable("personal", cell)
        if heading in MEANINGS:
            found.setdefault(MEANINGS[heading], at)
    return found


def _heading(cell: str) -> str:
    return " ".join(cell.casefold().strip(" .:*").split())


def _long(number: int, row: Sequence[str], meanings: dict[str, int], *, chosen: bool) -> Layout:
    if not meanings.keys() & {*FIGURES, "quality"}:
        raise UnreadableTable("no_figures")
    if "indicator" not in meanings and not chosen:
        raise UnreadableTable("no_indicator")
    unread = tuple(cell for at, cell in enumerate(row) if cell and at not in meanings.values())
    return Layout(number, meanings, unread=unread)


def _cross(number: int, row: Sequence[str], meanings: dict[str, int], periods: dict[int, Period], *, chosen: bool) -> Layout:
    if not chosen:
        raise UnreadableTable("no_indicator")
    columns = {name: at for name, at in meanings.items() if name in ("unit", "unit_code") and at not in periods}
    columns = columns or {"unit": 0}
    known = {*columns.values(), *periods}
    return Layout(number, columns, periods, tuple(cell for at, cell in enumerate(row) if cell and at not in known))


def period_in(text: str, kind: PeriodKind | None) -> Period | None:
    """The period somebody wrote, read first as one of the indicator's rhythm; None where it is none."""
    for wanted in (kind, None) if kind else (None,):
        try:
            return parse_period_text(text, kind=wanted)
        except InvalidPeriod:
            continue
    return None


def is_sum(text: str) -> bool:
    """«Sum», «Totalt», «Sum 402»: a row that adds up others."""
    return text.casefold().strip(" :*").split(" ")[0] in SUMS or text.casefold().strip(" :*") in SUMS
