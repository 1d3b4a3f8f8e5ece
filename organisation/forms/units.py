"""Forms of one unit: new, new name, sites, cost centres, full-time equivalents."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from common.punkt.fields import FigureField
from organisation.forms.fields import CodeField, LineField, PickField, WhenField
from organisation.forms.versioned import VersionedForm
from organisation.models import Unit


class DayForm(forms.Form):
    """The day a page shows."""

    dato = WhenField(label=_("Vis slik det var eller blir"), required=False)


class NewUnitForm(forms.Form):
    """`parents`: (code, label) of the units the person may place it under."""

    code = CodeField(label=_("Enhetskode"), help_text=_("Koden brukes i filer og adresser. Den kan ikke endres senere."))
    name = LineField(label=_("Navn"), longest=120)
    kind = PickField(label=_("Type"))
    parent = PickField(label=_("Enhet over"))
    valid_from = WhenField(label=_("Gjelder fra"))

    def __init__(self, *args: Any, parents: list[tuple[str, str]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].offer([(str(value), str(label)) for value, label in Unit.Kind.choices])  # type: ignore[attr-defined]
        self.fields["parent"].offer(parents, str(_("Velg enhet")))  # type: ignore[attr-defined]
        self.fields["kind"].initial = Unit.Kind.RESULT_UNIT
        self.fields["valid_from"].initial = today


class RenameForm(VersionedForm):
    name = LineField(label=_("Nytt navn"), longest=120)
    on = WhenField(label=_("Gjelder fra"), help_text=_("Eldre rapporter beholder det gamle navnet."))


class SiteForm(VersionedForm):
    name = LineField(label=_("Navn på stedet"), longest=120)
    valid_from = WhenField(label=_("Gjelder fra"))
    valid_to = WhenField(label=_("Til og med"), required=False, help_text=_("La stå tomt hvis det ikke er bestemt."))

    def clean(self) -> dict[str, Any]:
        return ordered_days(self)


class CostCentreForm(VersionedForm):
    code = CodeField(label=_("Ansvar"), help_text=_("Koden i regnskapet. Nuller foran hører med."))
    valid_from = WhenField(label=_("Gjelder fra"))
    valid_to = WhenField(label=_("Til og med"), required=False, help_text=_("La stå tomt hvis det ikke er bestemt."))

    def clean(self) -> dict[str, Any]:
        return ordered_days(self)


class StaffingForm(VersionedForm):
    fte = FigureField(label=_("Årsverk"), low=0, high=99999, places=2, example="40,5")
    valid_from = WhenField(label=_("Gjelder fra"))


class LastDayForm(VersionedForm):
    last_day = WhenField(label=_("Siste dag"))


def ordered_days(form: forms.Form, first: str = "valid_from", last: str = "valid_to") -> dict[str, Any]:
    """The last day does not come before the first."""
    cleaned = form.cleaned_data
    if cleaned.get(first) and cleaned.get(last) and cleaned[last] < cleaned[first]:
        form.add_error(last, str(_("Siste dag er før første dag. Skriv en dato som kommer etter.")))
    return cleaned
