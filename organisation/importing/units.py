"""A file of units: Enhetskode, Enhet, Type, Overordnet, Gjelder fra, Årsverk."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from common.punkt.fields import FigureField
from organisation.forms.fields import CodeField, LineField, WhenField
from organisation.importing.reading import Line, Sheet, sheet_of
from organisation.rules.columns import UNIT_COLUMNS, UNIT_REQUIRED, kind_of
from organisation.rules.intake import UnitRow


def column_title(key: str) -> str:
    """The head of a column as the sample file has it."""
    return {
        "code": _("Enhetskode"),
        "name": _("Enhet"),
        "kind": _("Type"),
        "parent": _("Overordnet"),
        "from": _("Gjelder fra"),
        "fte": _("Årsverk"),
    }[key]


def read_units(rows: Sequence[Sequence[str]], today: date) -> tuple[list[UnitRow], Sheet]:
    """The rows that can be read, and the sheet with every problem found on the way."""
    sheet = sheet_of(rows, UNIT_COLUMNS, UNIT_REQUIRED, column_title)
    found: list[UnitRow] = []
    seen: dict[str, int] = {}
    for line in sheet.lines:
        before = len(sheet.problems)
        row = _row(sheet, line, today)
        if row.code.casefold() in seen:
            known = {"code": row.code, "row": seen[row.code.casefold()]}
            sheet.complain(line, "code", _("Koden %(code)s står også i rad %(row)s. Slett den ene.") % known)
        elif row.code:
            seen[row.code.casefold()] = line.number
        if len(sheet.problems) == before:
            found.append(row)
    return found, sheet


def _row(sheet: Sheet, line: Line, today: date) -> UnitRow:
    code = sheet.clean(line, "code", CodeField()) or ""
    name = sheet.clean(line, "name", LineField(longest=120)) or ""
    kind_text = line.cells.get("kind", "").strip()
    kind = kind_of(kind_text) or ""
    if kind_text and not kind:
        text = kind_text[:60]
        sheet.complain(line, "kind", _("«%(text)s» er ikke en type. Skriv bydel, resultatenhet, avdeling eller stab.") % {"text": text})
    parent = sheet.clean(line, "parent", CodeField(required=False)) or ""
    on = sheet.clean(line, "from", WhenField(required=False)) or today
    fte = sheet.clean(line, "fte", FigureField(required=False, places=2, low=0, high=99999, example="40,5"))
    return UnitRow(line.number, code, name, kind, parent, on, fte if isinstance(fte, Decimal) else None)
