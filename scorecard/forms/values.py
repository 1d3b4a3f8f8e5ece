"""One figure as fields: what may be typed for it, what it was, and the entry it comes to."""

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from common import formats
from common.numbers import Mark, ParsedNumber, parse_number
from common.periods import PeriodKind
from common.punkt.fields import FigureField
from scorecard.forms.problems import SLIPS
from scorecard.models import Indicator, Measurement
from scorecard.queries.entry import Place
from scorecard.rules.rollup import Method
from scorecard.rules.statuses import Quality
from scorecard.rules.typed_values import EMPTY, Contradiction, Written, meaning

FIGURES = ("numerator", "denominator", "value")
WITHOUT_FIGURE = frozenset(quality.value for quality in Quality if not quality.has_figure)
LABELS = {
    "numerator": lazy("Teller"),
    "denominator": lazy("Nevner"),
    "value": lazy("Verdi"),
    "answers": lazy("Antall svar"),
    "weight": lazy("Vekt"),
}


class MarkedFigureField(FigureField):
    """A figure with its mark: «ca. 97» is an estimate, «??» is missing, «-» is no entry."""

    def to_python(self, value: Any) -> ParsedNumber:  # type: ignore[override]
        """Raises ValidationError with what to write instead."""
        super().to_python(value)
        return parse_number("" if value is None else str(value))

    def validate(self, value: Any) -> None:
        """Which fields must be there together is decided for the figure as a whole."""


def figure_fields(indicator: Indicator, kind: PeriodKind) -> dict[str, str]:
    """The fields of a figure, in the order they are typed, each with the name of its label.

    A rate comes with its parts; only a year beside the indicator's own shorter rhythm may be a rate that somebody printed.
    """
    method = Method(indicator.rollup)
    if method is Method.RATIO:
        bare = {} if kind is indicator.kind else {"value": "value"}
        return {"numerator": "numerator", "denominator": "denominator", **bare}
    if method is Method.POOLED:
        return {"value": "value", "denominator": "answers"}
    return {"value": "value", "denominator": "weight"} if method is Method.WEIGHTED else {"value": "value"}


class ValueForm(forms.Form):
    """The fields of one figure. `cleaned_data["meant"]` is what they come to."""

    quality = forms.ChoiceField(label=lazy("Kvalitet"), choices=Measurement.QualityChoices, required=False)
    note = forms.CharField(label=lazy("Merknad"), max_length=500, required=False)
    reason = forms.CharField(label=lazy("Hvorfor rettes tallet?"), max_length=300, required=False)

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        kwargs |= {"initial": initial_of(place), "prefix": place.key, "use_required_attribute": False}
        super().__init__(*args, **kwargs)
        self.place = place
        for name, label in figure_fields(place.indicator, place.period.kind).items():
            self.fields[name] = MarkedFigureField(label=LABELS[label], required=False, example="10,5")
        self.order_fields(self.field_order or FIGURES)
        for field in self.fields.values():
            # A browser would cut what is pasted, silently; the server says how long it may be.
            field.widget.attrs.pop("maxlength", None)

    @property
    def texts(self) -> dict[str, str]:
        """The fields as they were typed, or as they stand."""
        return {name: str(self[name].value() or "").strip() for name in self.fields}

    @cached_property
    def seen(self) -> dict[str, str]:
        """The fields as they were when the page was made; what differs from it was typed."""
        if not self.is_bound:
            return self.texts
        return _texts(self.data.get(self.add_prefix("seen"), ""))

    @property
    def seen_text(self) -> str:
        """For the hidden field that comes back with the form."""
        return json.dumps(self.seen)

    @property
    def touched(self) -> set[str]:
        """The fields somebody wrote in. A lone dash is no entry, so it is like leaving an empty field alone."""
        typed = {name for name, text in self.texts.items() if text != self.seen.get(name, "")}
        return {name for name in typed if not (name in FIGURES and _is_empty(self.texts[name]) and not self.seen.get(name))}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        touched = self.touched
        was_without = self.seen.get("quality") in WITHOUT_FIGURE
        chosen = None if was_without and "quality" not in touched and touched & set(FIGURES) else cleaned.get("quality")
        written = Written(
            value=cleaned.get("value", self._standing_rate()),
            numerator=cleaned.get("numerator", EMPTY),
            denominator=cleaned.get("denominator", EMPTY),
            quality=Quality(chosen) if chosen else None,
            is_ratio=Method(self.place.indicator.rollup) is Method.RATIO,
            stands=self.place.measurement is not None and self.place.measurement.value is not None,
            touched=bool(touched & set(FIGURES)),
        )
        try:
            cleaned["meant"] = meaning(written)
        except Contradiction as error:
            self.add_error(next(iter(self.fields)), str(SLIPS[error.slip]))
        return cleaned

    def _standing_rate(self) -> ParsedNumber:
        """A rate that was printed without its parts goes on standing as long as nobody writes them."""
        row = self.place.measurement
        if Method(self.place.indicator.rollup) is not Method.RATIO or row is None or row.value is None or row.denominator is not None:
            return EMPTY
        return ParsedNumber(row.value, Mark.EXACT)


class FullValueForm(ValueForm):
    """With what a source printed, where that is another figure."""

    stated = MarkedFigureField(
        label=lazy("Oppgitt i kilden"),
        required=False,
        example="10,5",
        help_text=lazy("Bare hvis kilden oppgir et annet tall enn det som er regnet ut. Begge vises."),
    )
    field_order = (*FIGURES, "stated", "quality", "note", "reason")


def initial_of(place: Place) -> dict[str, str]:
    """What stands there, as it is typed."""
    row = place.measurement
    if row is None:
        return {"quality": Quality.FINAL.value}
    return {
        "numerator": _typed(row.numerator),
        "denominator": _typed(row.denominator),
        "value": _typed(row.value),
        "stated": _typed(row.stated),
        "quality": row.quality,
        "note": row.note,
    }


def _typed(value: Decimal | None) -> str:
    return "" if value is None else formats.number(value)


def _is_empty(text: str) -> bool:
    try:
        return parse_number(text).mark is Mark.EMPTY
    except ValueError:
        return False


def _texts(posted: str) -> dict[str, str]:
    """The hidden field as it came back; anything else than what the page sent is as if nothing had stood there."""
    try:
        found = json.loads(posted)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, Mapping):
        return {}
    return {name: text for name, text in found.items() if isinstance(text, str)}
