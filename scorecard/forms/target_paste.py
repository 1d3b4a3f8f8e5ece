"""A piece of a spreadsheet with units in rows and indicators in columns, or the other way round, as cells of the target table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from common.tables import UnreadableFile, read_pasted
from organisation.forms.asking import AskingForm
from scorecard.queries.target_grid import Key, TargetGrid

INHERIT = {"arver", "arv"}
# Columns a spreadsheet has beside the code, such as the one this application exports.
BESIDE = {"enhet", "enhetsnavn", "navn", "unit", "name"}
LONGEST = 500_000
MAX_PROBLEMS = 50


class PasteForm(AskingForm):
    """The pasted text."""

    text = forms.CharField(
        label=lazy("Lim inn fra regneark"),
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=lazy("Første rad er indikatorer, første kolonne er enheter, med kode eller navn. Tomme ruter endres ikke."),
    )


@dataclass
class Pasted:
    """Cells by place, and everything that could not be placed."""

    texts: dict[Key, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def read_paste(text: str, grid: TargetGrid) -> Pasted:
    """Rows and columns are found by code or name; a cell with «arver» takes the unit's own target away, an empty one changes nothing."""
    found = Pasted()
    try:
        rows = read_pasted(text)
    except UnreadableFile:
        found.problems.append(_("Teksten kan ikke leses som en tabell. Kopier rutene fra regnearket og lim dem inn her."))
        return found
    units = _names((unit.id, unit.code, unit.name) for unit in grid.units)
    indicators = _names((each.indicator_id, each.indicator.code, each.indicator.name) for each in grid.placed)
    if _matches(rows, indicators) < _matches(_turned(rows), indicators):
        rows = _turned(rows)
    head = rows[0][1:] if rows else []
    columns = [indicators.get(_key(cell)) for cell in head]
    found.problems += [
        _("Kolonnen «%(name)s» er ingen indikator i dette målekartet.") % {"name": cell[:60]}
        for cell, pk in zip(head, columns, strict=True)
        if pk is None and cell.strip() and _key(cell) not in BESIDE
    ]
    if not any(columns):
        found.problems.append(_("Første rad må ha kode eller navn på indikatorene."))
        return found
    for row in rows[1:]:
        _read_row(row, units, columns, found)
    if not found.texts and not found.problems:
        found.problems.append(_("Det er ingen mål i det du limte inn."))
    del found.problems[MAX_PROBLEMS:]
    return found


def _read_row(row: Sequence[str], units: dict[str, int], columns: Sequence[int | None], found: Pasted) -> None:
    cells = row[1:]
    if not any(cell.strip() for cell in row):
        return
    unit = units.get(_key(row[0]))
    if unit is None:
        if any(cell.strip() for cell in cells):
            found.problems.append(_("Raden «%(name)s» er ingen enhet i dette målekartet.") % {"name": row[0][:60]})
        return
    for column, cell in zip(columns, cells, strict=False):
        if column is None or not cell.strip():
            continue
        if (column, unit) in found.texts:
            found.problems.append(_("«%(name)s» står flere ganger. Behold én av radene.") % {"name": row[0][:60]})
        found.texts[column, unit] = "" if _key(cell) in INHERIT else cell.strip()


def _names(rows: Iterable[tuple[int, str, str]]) -> dict[str, int]:
    """Codes and names to ids. A name that two share finds neither; the code does."""
    found: dict[str, int] = {}
    names: dict[str, list[int]] = {}
    for pk, code, name in rows:
        found[_key(code)] = pk
        names.setdefault(_key(name), []).append(pk)
    return {name: ids[0] for name, ids in names.items() if len(ids) == 1} | found


def _matches(rows: Sequence[Sequence[str]], names: dict[str, int]) -> int:
    return sum(_key(cell) in names for cell in rows[0]) if rows else 0


def _turned(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    width = max((len(row) for row in rows), default=0)
    return [[row[column] if column < len(row) else "" for row in rows] for column in range(width)]


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()
