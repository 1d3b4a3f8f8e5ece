"""A file of people: Navn, E-post, Rolle, Enhetskode, Fra, Til, Stedfortreder for."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from organisation.forms.fields import LineField, WhenField
from organisation.forms.people import AddressField
from organisation.importing.reading import Line, Sheet, sheet_of
from organisation.models import Unit
from organisation.rules.columns import PEOPLE_COLUMNS, PEOPLE_REQUIRED, role_of
from organisation.services.intake_people import PersonRow


def column_title(key: str) -> str:
    """The head of a column as the sample file has it."""
    return {
        "name": _("Navn"),
        "email": _("E-post"),
        "role": _("Rolle"),
        "unit": _("Enhetskode"),
        "from": _("Fra"),
        "to": _("Til"),
        "deputy_for": _("Stedfortreder for"),
    }[key]


def read_people(rows: Sequence[Sequence[str]], units: Mapping[str, Unit]) -> tuple[list[PersonRow], Sheet]:
    """The rows that can be read, and the sheet with every problem. `units`: by code, where the reader may give roles."""
    sheet = sheet_of(rows, PEOPLE_COLUMNS, PEOPLE_REQUIRED, column_title)
    found: list[PersonRow] = []
    for line in sheet.lines:
        row = _row(sheet, line, units)
        if row is not None:
            found.append(row)
    return found, sheet


def _row(sheet: Sheet, line: Line, units: Mapping[str, Unit]) -> PersonRow | None:
    before = len(sheet.problems)
    name = sheet.clean(line, "name", LineField(longest=120))
    email = sheet.clean(line, "email", AddressField())
    valid_from = sheet.clean(line, "from", WhenField(required=False))
    valid_to = sheet.clean(line, "to", WhenField(required=False))
    role, unit = role_of(line.cells.get("role", "")), units.get(line.cells.get("unit", ""))
    if role is None:
        text = line.cells.get("role", "")[:60]
        sheet.complain(
            line, "role", _("«%(text)s» er ikke en rolle. Skriv for eksempel resultatenhetsleder eller controller.") % {"text": text}
        )
    if unit is None:
        code = line.cells.get("unit", "")[:60]
        sheet.complain(line, "unit", _("Fant ikke enheten «%(code)s» blant dem du administrerer. Skriv enhetskoden.") % {"code": code})
    deputy_for = line.cells.get("deputy_for", "").strip()
    if deputy_for:
        deputy_for = sheet.clean(line, "deputy_for", AddressField()) or ""
    if valid_from and valid_to and valid_to < valid_from:
        sheet.complain(line, "to", _("Siste dag er før første dag. Skriv en dato som kommer etter."))
    if role is None or unit is None or len(sheet.problems) > before:
        return None
    return PersonRow(line.number, name, email, role, unit, valid_from, valid_to, deputy_for)
