"""The table of targets as a form: one text per cell, read by the goal linter, all errors at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from common.punkt.fields import DayField
from organisation.forms.asking import AskingForm
from organisation.models import Unit, User
from scorecard.forms.wording import readings, target_sentence
from scorecard.models import PlacedIndicator
from scorecard.queries.target_grid import GridCell, Key, TargetGrid
from scorecard.queries.target_reading import Comparables, Place, Terms, read_cell
from scorecard.rules.compact_targets import figure
from scorecard.services.targets import Grounds, TargetChange

SALT = "scorecard.target_grid"
LONGEST = 200
Seen = dict[str, list[Any]]


class GroundsForm(AskingForm):
    """What a change in the middle of a year asks for."""

    valid_from = DayField(label=lazy("Gjelder fra"), help_text=lazy("Måneder før dette beholder fargen sin."))
    reason = forms.CharField(label=lazy("Hvorfor"), max_length=300)
    approver = forms.ChoiceField(label=lazy("Godkjent av"))

    def __init__(self, *args: Any, approvers: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(user.pk): user for user in approvers}
        approver = self.fields["approver"]
        assert isinstance(approver, forms.ChoiceField)  # noqa: S101 - tells the type
        approver.choices = [("", _("Velg hvem")), *((pk, user.name) for pk, user in self.people.items())]

    @property
    def grounds(self) -> Grounds:
        cleaned = self.cleaned_data
        return Grounds(cleaned["valid_from"], cleaned["reason"], self.people.get(cleaned["approver"]))


@dataclass
class CellField:
    """One cell on the screen."""

    cell: GridCell
    text: str
    choice: str = ""
    errors: list[str] = field(default_factory=list)
    choices: list[tuple[str, str]] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    terms: Terms | None = None
    changed: bool = False

    @property
    def name(self) -> str:
        return cell_name(self.cell.key)

    @property
    def becomes(self) -> str:
        """The figures of the new target, yellow limit included; as typed while something blocks."""
        terms = self.terms
        if terms is None:
            return self.text
        main, limit = figure(terms.value), terms.yellow_limit
        if terms.low is not None or terms.high is not None:
            main, limit = f"{figure(terms.low)}–{figure(terms.high)}", terms.tolerance
        return main if limit is None else f"{main} / {figure(limit)}"

    @property
    def placeholder(self) -> str:
        """The inherited target, so that an empty cell shows what holds."""
        return self.cell.inherited_text


def cell_name(key: Key) -> str:
    return f"c-{key[0]}-{key[1]}"


class TargetGridForm:
    """Reads the posted cells against what was on the screen. Only what the person changed counts, so two may work in one table."""

    def __init__(self, grid: TargetGrid, data: Mapping[str, Any] | None = None, *, texts: Mapping[Key, str] | None = None) -> None:
        self.grid = grid
        self.data = data
        self.seen = _seen_now(grid) if data is None else _seen_then(data)
        self.too_old = data is not None and self.seen is None
        self.fields = {key: self._field(cell, texts) for key, cell in grid.cells.items()}
        self.problems: list[str] = [_("Siden er for gammel til å lagre. Se over målene og lagre på nytt.")] if self.too_old else []

    def _field(self, cell: GridCell, texts: Mapping[Key, str] | None) -> CellField:
        if texts is not None:
            typed = texts.get(cell.key)
            made = CellField(cell, cell.text if typed is None else typed)
            made.changed = typed is not None and typed.strip() != cell.text
            return made
        if self.data is None:
            return CellField(cell, cell.text)
        name = cell_name(cell.key)
        then = (self.seen or {}).get(name, [cell.text])
        typed = self.data.get(name)
        choice = str(self.data.get(f"v-{name}", ""))
        # Sent twice, the second one finds its own text in place.
        if typed is None or str(typed).strip() in (then[0], cell.text):
            return CellField(cell, cell.text, choice)
        return CellField(cell, str(typed), choice, changed=True)

    @property
    def changed(self) -> list[CellField]:
        return [each for each in self.fields.values() if each.changed]

    @property
    def signed(self) -> str:
        """What stands in the table now, for the next round."""
        return signing.dumps(_seen_now(self.grid), salt=SALT, compress=True)

    def same_as(self, data: Mapping[str, Any]) -> bool:
        """Whether the cells that change stand as they stood when the page that now comes back was shown."""
        then = _seen_then(data)
        return then is not None and all(
            then.get(each.name) == [each.cell.text, *(each.cell.seen or ())] or each.text.strip() == each.cell.text for each in self.changed
        )

    @property
    def faulty(self) -> list[CellField]:
        return [each for each in self.fields.values() if each.errors]

    @property
    def valid(self) -> bool:
        return not self.faulty and not self.problems

    def read(self, known: Comparables, valid_from: date) -> None:
        """Every changed cell through the goal linter."""
        for each in self.changed:
            self._conflict(each)
            if not each.text.strip():
                continue
            if len(each.text) > LONGEST:
                each.errors.append(_("Teksten er for lang. Skriv for eksempel 4,5 / 4,2."))
                continue
            cell = each.cell
            place = Place(cell.indicator, cell.unit.id, valid_from, cell.limits)
            reading = read_cell(each.text, place, known, choice=each.choice)
            each.terms = reading.terms
            for finding in reading.blocking:
                each.errors.append(target_sentence(finding, cell.indicator))
                if finding.code == "percent_ambiguous":
                    each.choices = readings(finding, cell.indicator)
            each.hints = [target_sentence(finding, cell.indicator) for finding in reading.hints if finding.code != "no_yellow"]

    def _conflict(self, each: CellField) -> None:
        then = (self.seen or {}).get(each.name)
        if self.data is not None and then is not None and [each.cell.text, *(each.cell.seen or ())] != list(then):
            shown = each.cell.text or _("arver målet")
            each.errors.append(_("Noen har endret dette målet mens du skrev. Nå står det: %(text)s.") % {"text": shown})

    def changes(self, units: Mapping[int, Unit]) -> list[TargetChange]:
        """For the service, after `read` without errors."""
        return [TargetChange(each.cell.indicator, units[each.cell.unit.id], each.terms, each.cell.seen) for each in self.changed]

    def rows(self) -> list[tuple[Any, list[CellField]]]:
        """Units with their cells in the order of the columns."""
        return [(unit, [self.fields[placed.indicator_id, unit.id] for placed in self.grid.placed]) for unit in self.grid.units]

    @property
    def columns(self) -> list[PlacedIndicator]:
        return self.grid.placed


def _seen_now(grid: TargetGrid) -> Seen:
    return {cell_name(key): [cell.text, *(cell.seen or ())] for key, cell in grid.cells.items()}


def _seen_then(data: Mapping[str, Any]) -> Seen | None:
    try:
        seen = signing.loads(str(data.get("seen", "")), salt=SALT)
    except signing.BadSignature:
        return None
    return seen if isinstance(seen, dict) else None
