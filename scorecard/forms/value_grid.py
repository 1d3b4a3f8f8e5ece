"""Many figures on one page: which rows were written in, what is wrong with them, and the entries they come to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext as _

from common import formats
from common.punkt.errors import ErrorLine
from organisation.models import Unit
from scorecard.forms.problems import conflict_sentence, far_sentence, field_of, measurement_text, problem_sentence
from scorecard.forms.values import FIGURES, LABELS, ValueForm, figure_fields
from scorecard.queries.entry import Place
from scorecard.queries.figures import figure_text, target_text
from scorecard.rules.statuses import Quality
from scorecard.rules.typed_values import is_far
from scorecard.rules.values import Problem
from scorecard.services.values import Entry, Refusal, completed_value

COLUMNS = ("numerator", "denominator", "value", "answers", "weight")
SETTLED = (Quality.FINAL, Quality.ESTIMATE)


@dataclass(frozen=True)
class Cell:
    """One cell of a row: a field, or a text where there is nothing to write (None: the column is not this row's)."""

    label: str
    field: BoundField | None = None
    text: str | None = None


class ValueRow:
    """One figure on the page."""

    def __init__(self, place: Place, label: str, data: Mapping[str, Any] | None, *, form_class: type[ValueForm] = ValueForm) -> None:
        self.place, self.label, self.form_class = place, label, form_class
        self.fields = figure_fields(place.indicator, place.period.kind)
        self.problems: list[str] = []
        self.far: Decimal | None = None
        self.question = ""
        self.computed: Decimal | None = None
        self.conflict = False
        self.touched = False
        self.form = self.form_class(place=place)
        if data is not None and f"{place.key}-seen" in data:
            bound = self.form_class(data, place=place)
            if bound.touched:
                self.form, self.touched = bound, True
        self._posted_version = str(data.get(f"{place.key}-version", "")) if data is not None else ""
        self._sure = str(data.get(self.sure_name, "")) if data is not None else ""

    @property
    def sure_name(self) -> str:
        return f"{self.place.key}-sure"

    @property
    def version(self) -> int | None:
        """What the writer saw; what stands now where nothing was written, or where the conflict has been shown."""
        if self.touched and not self.conflict:
            text = self._posted_version
            return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
        return self.place.measurement.version if self.place.measurement else None

    @property
    def seen_text(self) -> str:
        return self.form_class(place=self.place).seen_text if self.conflict else self.form.seen_text

    def entry(self, unit: Unit) -> Entry | None:
        """What the row comes to; None where its fields cannot be read."""
        if not self.form.is_valid():
            return None
        cleaned, row = self.form.cleaned_data, self.place.measurement
        meant = cleaned["meant"]
        # A sum of answers that came with a survey stands as long as nobody writes another figure.
        keeps = row is not None and not self.form.touched & set(FIGURES) and meant.has_figure
        return Entry(
            indicator=self.place.indicator,
            unit=unit,
            period=self.place.period,
            value=row.value if keeps and row else meant.value,
            numerator=row.numerator if keeps and row else meant.numerator,
            denominator=row.denominator if keeps and row else meant.denominator,
            quality=meant.quality,
            note=cleaned["note"],
            stated=cleaned["stated"].value if "stated" in cleaned else row.stated if row else None,
            reason=cleaned["reason"],
            version=self.version,
        )

    def look_twice(self, entry: Entry) -> None:
        """Asks about a figure far from the last one, until somebody has said that this very figure is right."""
        last, value = self.place.last, completed_value(entry)
        if value is None or last is None or not self.form.touched & set(FIGURES) or not is_far(value, last.value):
            return
        self.far = value
        if not self.is_sure:
            self.question = far_sentence(value, last, self.place.indicator)

    @property
    def is_sure(self) -> bool:
        return self.far is not None and self._sure == self.sure_value

    @property
    def sure_value(self) -> str:
        return formats.number(self.far)

    def refuse(self, problem: Problem, value: Decimal | None) -> None:
        """Says at the right field why the figure was not recorded."""
        indicator, row = self.place.indicator, self.place.measurement
        if problem is Problem.STALE:
            self.conflict = True
        if problem is Problem.STALE and row is not None:
            self.problems.append(conflict_sentence(row, indicator))
            return
        sentence = problem_sentence(problem, indicator=indicator, unit_name=self.place.unit.name, period=self.place.period, value=value)
        field = field_of(problem, indicator)
        if field in self.form.fields:
            self.form.add_error(field, sentence)
        else:
            self.problems.append(sentence)

    # What the page shows

    @property
    def lines(self) -> list[ErrorLine]:
        """Everything to put right, each with its field."""
        first = self.form[next(iter(self.form.fields))].id_for_label
        found = [ErrorLine(first, f"{self.label}: {text}") for text in self.problems]
        found += [ErrorLine(f"id_{self.sure_name}", f"{self.label}: {self.question}")] if self.question else []
        if self.touched:
            for field in self.form:
                found += [ErrorLine(field.id_for_label, f"{self.label}, {str(field.label).rstrip('?')}: {error}") for error in field.errors]
            found += [ErrorLine(first, f"{self.label}: {error}") for error in self.form.non_field_errors()]
        return found

    def cells(self, columns: Sequence[str]) -> list[Cell]:
        """The figure's own cells, one per column of the page."""
        own = {label: name for name, label in self.fields.items()}
        shown = []
        for column in columns:
            label = str(LABELS[column])
            if column in own:
                shown.append(Cell(label, field=self.form[own[column]]))
            else:
                shown.append(Cell(label, text=self.value_text if column == "value" else None))
        return shown

    @cached_property
    def value_text(self) -> str:
        """The computed value of a rate: of what was typed where that can be read, else what stands."""
        if self.touched and self.computed is not None:
            return figure_text(self.place.indicator, self.computed, self.place.limits)
        row = self.place.measurement
        return formats.MISSING if row is None or self.touched else measurement_text(row, self.place.indicator)

    @property
    def last_text(self) -> str:
        """«Sist 10,5 % (august 2026).»"""
        last = self.place.last
        if last is None:
            return str(_("Ikke målt før"))
        words = {"figure": measurement_text(last, self.place.indicator), "period": formats.period_short(last.period)}
        return _("Sist %(figure)s (%(period)s)") % words

    @property
    def target_text(self) -> str:
        limits = self.place.limits
        if limits is None or not limits.has_target:
            return str(_("Uten mål"))
        return _("Mål %(target)s") % {"target": target_text(self.place.indicator, limits)}

    @property
    def asks_reason(self) -> bool:
        """Whether a change of this figure must say why."""
        row = self.place.measurement
        return self.place.locked or (row is not None and row.quality in SETTLED)

    @property
    def reason_open(self) -> bool:
        return bool(self.form["reason"].errors or self.form["reason"].value()) or (self.conflict and self.asks_reason)


class ValueGrid:
    """The rows of a page. `errors` is empty as long as nothing is wrong."""

    def __init__(
        self,
        places: Iterable[Place],
        *,
        by_unit: bool = False,
        data: Mapping[str, Any] | None = None,
        form_class: type[ValueForm] = ValueForm,
    ) -> None:
        """`by_unit`: the rows are named by unit, else by indicator."""
        self.rows = [ValueRow(place, place.unit.name if by_unit else place.indicator.name, data, form_class=form_class) for place in places]

    @cached_property
    def touched(self) -> list[ValueRow]:
        return [row for row in self.rows if row.touched]

    def entries(self, units: Mapping[int, Unit]) -> list[Entry]:
        """What the written rows come to; rows that cannot be read, or that somebody should look at again, have `errors`."""
        found = []
        for row in self.touched:
            entry = row.entry(units[row.place.unit.id])
            if entry is not None:
                row.computed = completed_value(entry)
                row.look_twice(entry)
                found.append(entry)
        return found

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Puts each refusal at its row; the entries are those of `entries`, all of them read."""
        for refusal in refusals:
            row = self.touched[refusal.entry]
            row.refuse(refusal.problem, row.computed)

    @property
    def errors(self) -> list[ErrorLine]:
        return [line for row in self.rows for line in row.lines]

    @property
    def title(self) -> str | None:
        """The heading of the list; None says how many things there are to put right."""
        return _("Se over tallene før du lagrer") if all(line.target.endswith("-sure") for line in self.errors) else None

    @property
    def columns(self) -> list[str]:
        """The columns that any row has; a rate shows its computed value."""
        used = {label for row in self.rows for label in row.fields.values()}
        used |= {"value"} if "numerator" in used else set()
        return [column for column in COLUMNS if column in used]

    @property
    def headings(self) -> list[str]:
        return [str(LABELS[column]) for column in self.columns]

    @property
    def table(self) -> list[tuple[ValueRow, list[Cell]]]:
        columns = self.columns
        return [(row, row.cells(columns)) for row in self.rows]


def saved_sentence(new: int, corrected: int) -> str:
    """«3 tall lagret, 1 rettet.»"""
    if not new and not corrected:
        return _("Ingenting var endret, så ingenting er lagret.")
    if not corrected:
        return _("%(new)s tall lagret.") % {"new": new}
    if not new:
        return _("%(corrected)s tall rettet.") % {"corrected": corrected}
    return _("%(new)s tall lagret, %(corrected)s rettet.") % {"new": new, "corrected": corrected}


def units_of(places: Iterable[Place]) -> dict[int, Unit]:
    """The units of these places as rows. One SQL statement."""
    return Unit.objects.in_bulk({place.unit.id for place in places})
