"""The filter above the audit trail."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.forms.fields import LineField, PickField, WhenField
from organisation.forms.units import ordered_days


class AuditForm(forms.Form):
    """`actions`: (code, words) of everything that can be done."""

    hvem = LineField(label=gettext_lazy("Hvem"), longest=100, required=False)
    handling = PickField(label=gettext_lazy("Handling"), required=False)
    fra = WhenField(label=gettext_lazy("Fra og med"), required=False)
    til = WhenField(label=gettext_lazy("Til og med"), required=False)
    etter = forms.IntegerField(required=False, min_value=0, max_value=10**15, widget=forms.HiddenInput)

    def __init__(self, *args: Any, actions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handling"].offer(actions, _("Alle handlinger"))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        return ordered_days(self, "fra", "til")
