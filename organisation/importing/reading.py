"""An uploaded file as named cells, and the problems one can point at: row, column, and what to write instead."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organisation.rules.columns import column_of, looks_like_national_identity, names_national_identity

HEAD_WITHIN = 10
MOST_ROWS = 2000


@dataclass(frozen=True, slots=True)
class Problem:
    """`row` counts as the file does, from 1; 0 is the whole file. `column` is the head as it stands in the file."""

    row: int
    column: str
    text: str


@dataclass
class Line:
    """One row: cells by key, and the number the file gives it."""

    number: int
    cells: dict[str, str]


@dataclass
class Sheet:
    """The rows of a file, the heads as they stand, and what is wrong with it as a whole."""

    lines: list[Line] = field(default_factory=list)
    heads: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def complain(self, line: Line, key: str, text: str) -> None:
        """Notes what is wrong with a cell."""
        self.problems.append(Problem(line.number, self.heads.get(key, ""), text))

    def clean(self, line: Line, key: str, form_field: forms.Field) -> Any:
        """The cell as the field reads it; None and a noted problem where it cannot."""
        try:
            return form_field.clean(line.cells.get(key, ""))
        except ValidationError as error:
            self.complain(line, key, " ".join(error.messages))
            return None


def has_national_identity(rows: Sequence[Sequence[str]]) -> bool:
    """Whether any head or cell looks like a birth number: such a file is neither read nor kept."""
    return any(names_national_identity(cell) or looks_like_national_identity(cell) for row in rows for cell in row)


def sheet_of(
    rows: Sequence[Sequence[str]], columns: dict[str, tuple[str, ...]], required: Sequence[str], title: Callable[[str], str]
) -> Sheet:
    """The rows below the head. `title` says what a missing column is called on the screen."""
    sheet = Sheet()
    found: dict[str, int] = {}
    at = 0
    for at, row in enumerate(rows[:HEAD_WITHIN]):  # noqa: B007 - the place of the head is what is looked for
        found = {key: place for place, cell in reversed(list(enumerate(row))) if (key := column_of(cell, columns))}
        if len(found.keys() & set(required)) >= min(2, len(required)):
            break
    else:
        wanted = ", ".join(title(key) for key in required)
        sheet.problems.append(
            Problem(0, "", _("Fant ingen rad med overskrifter. Filen må ha kolonnene %(columns)s.") % {"columns": wanted})
        )
        return sheet
    if missing := [title(key) for key in required if key not in found]:
        sheet.problems.append(Problem(at + 1, "", _("Kolonnen mangler: %(columns)s.") % {"columns": ", ".join(missing)}))
        return sheet
    sheet.heads = {key: row[place] for key, place in found.items()}
    for number, cells in enumerate(rows[at + 1 :], at + 2):
        if any(cells):
            sheet.lines.append(Line(number, {key: cells[place] if place < len(cells) else "" for key, place in found.items()}))
    if len(sheet.lines) > MOST_ROWS:
        sheet.problems.append(Problem(0, "", _("Filen har flere enn %(most)s rader. Del den i flere.") % {"most": MOST_ROWS}))
        sheet.lines = []
    elif not sheet.lines:
        sheet.problems.append(Problem(0, "", _("Filen har overskrifter, men ingen rader.")))
    return sheet
