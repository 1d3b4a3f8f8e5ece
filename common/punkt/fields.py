"""Form fields for what Norwegians write: numbers with comma, dates with full stops."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from common import formats
from common.numbers import AmbiguousNumber, NotANumber, parse_number, round_half_up


class FigureInput(forms.TextInput):
    """A text field that brings up the number keyboard. Never type=number: browsers refuse the comma."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Right-aligned with tabular figures."""
        super().__init__({"inputmode": "decimal", "autocomplete": "off", "class": "al-figure", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """A stored number in Norwegian; what a person typed stays as typed."""
        return formats.number(value) if isinstance(value, Decimal | int) else super().format_value(value)


class FigureField(forms.Field):
    """A Decimal typed in any Norwegian spelling; None when left empty.

    `places`: the most decimals a value may have (None: any). Errors say what to write.
    """

    widget = FigureInput
    default_error_messages = {
        "required": _("Skriv et tall."),
        "invalid": _("Skriv et tall, for eksempel %(example)s."),
        "ambiguous": _("«%(text)s» kan leses på to måter. Skriv %(whole)s eller %(decimals)s."),
        "places": _("Skriv tallet med høyst %(places)s desimaler."),
        "low": _("Skriv %(limit)s eller mer."),
        "high": _("Skriv %(limit)s eller mindre."),
    }

    def __init__(
        self,
        *,
        places: int | None = None,
        low: Decimal | int | None = None,
        high: Decimal | int | None = None,
        example: str = "69 500",
        **kwargs: Any,
    ) -> None:
        """`low` and `high` are inclusive limits; `example` is what the error message shows."""
        super().__init__(**kwargs)
        self.places = places
        self.example = example
        for limit, validator, code in ((low, MinValueValidator, "low"), (high, MaxValueValidator, "high")):
            if limit is not None:
                text = self.error_messages[code] % {"limit": formats.number(limit)}
                self.validators.append(validator(limit, message=text))

    def to_python(self, value: Any) -> Decimal | None:
        """The number, or None. Raises ValidationError with what to write instead."""
        text = "" if value is None else str(value)
        try:
            found = parse_number(text).value
        except AmbiguousNumber:
            known = {"text": text.strip(), "whole": text.replace(".", "").strip(), "decimals": text.replace(".", ",").strip()}
            raise ValidationError(self.error_messages["ambiguous"], code="ambiguous", params=known) from None
        except NotANumber:
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"example": self.example}) from None
        if found is not None and self.places is not None and found != round_half_up(found, self.places):
            raise ValidationError(self.error_messages["places"], code="places", params={"places": self.places})
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compared as numbers: «4,50» is not a change from 4.5."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class DayField(forms.DateField):
    """A date, typed in the browser's date field or as 31.12.2026."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {
        "required": _("Skriv en dato, for eksempel 31.12.2026."),
        "invalid": _("Skriv en dato, for eksempel 31.12.2026."),
    }

    def __init__(self, **kwargs: Any) -> None:
        """ISO from the date field first, then the Norwegian spellings."""
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"])
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        """The date, or None when left empty."""
        return super().to_python(value.strip() if isinstance(value, str) else value)
