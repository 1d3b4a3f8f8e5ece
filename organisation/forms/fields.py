"""Fields that say in Norwegian what to write."""

from datetime import date
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, ProhibitNullCharactersValidator, RegexValidator
from django.utils.translation import gettext_lazy as _

from common.lines import breaks_a_line
from common.punkt.fields import DayField

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
Kind = TypeVar("Kind", bound=forms.Field)


class LineField(forms.CharField):
    """One line of text: kept as it is written, without line breaks and other control characters and with something to see in it.

    What stands in a line goes into letters and calendars, where a line break would begin a paragraph of its own.
    """

    default_error_messages = {
        "required": _("Fyll ut feltet."),
        "invisible": _("Skriv minst ett tegn som synes."),
        "not_one_line": _("Skriv det på én linje, uten linjeskift og tabulator."),
    }

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.longest = longest
        self.widget.attrs["maxlength"] = str(longest)
        self.validators = [
            ProhibitNullCharactersValidator(message=_("Teksten har et usynlig tegn (NUL) som ikke kan lagres. Skriv den på nytt."))
        ]

    def validate(self, value: str) -> None:
        """Too long, or nothing to see: says so, and how long it is."""
        super().validate(value)
        if len(value) > self.longest:
            params = {"most": self.longest, "length": len(value)}
            raise ValidationError(_("Skriv høyst %(most)s tegn. Nå er det %(length)s."), code="max_length", params=params)
        if value and not any(sign.isprintable() and not sign.isspace() for sign in value):
            raise ValidationError(self.error_messages["invisible"], code="invisible")
        # NUL has words of its own.
        if breaks_a_line(value.replace("\0", "")):
            raise ValidationError(self.error_messages["not_one_line"], code="not_one_line")


class CodeField(LineField):
    """A code that can stand in an address: letters, digits, full stop and hyphen."""

    def __init__(self, *, longest: int = 20, **kwargs: Any) -> None:
        super().__init__(longest=longest, **kwargs)
        message = _("Skriv bare bokstaver, tall, punktum og bindestrek, for eksempel 402 eller 402-1.")
        self.validators.append(RegexValidator(r"^[^\W_][\w.\-]*$", message=message))
        self.widget.attrs["autocomplete"] = "off"


class WhenField(DayField):
    """A day between 1900 and 2100."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.error_messages["required"] = _("Skriv en dato, for eksempel 31.12.2026.")
        message = _("Skriv en dato mellom 1900 og 2100.")
        self.validators += [MinValueValidator(FIRST_DAY, message=message), MaxValueValidator(LAST_DAY, message=message)]


class PickField(forms.ChoiceField):
    """A choice from a list that the view gives; what is not on the list does not exist."""

    default_error_messages = {
        "required": _("Velg fra listen."),
        "invalid_choice": _("Velg fra listen."),
    }

    def offer(self, choices: list[tuple[str, str]], empty: str | None = None) -> None:
        """The list, with a first line that stands for nothing chosen."""
        self.choices = ([("", empty)] if empty is not None else []) + choices


def field_of(form: forms.BaseForm, name: str, kind: type[Kind]) -> Kind:
    """A field of the form, which the class has declared as this kind; a form only knows that it is a field. Raises TypeError."""
    field = form.fields[name]
    if not isinstance(field, kind):
        raise TypeError(f"{name} is a {type(field).__name__}, not a {kind.__name__}")
    return field
