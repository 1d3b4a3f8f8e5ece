"""How a scorecard is asked for: whose targets, and as known on which day."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as lazy

from common.punkt.fields import DayField

OWN, INHERITED = "eget", "bydel"
EARLIEST = date(1990, 1, 1)


class ReadingForm(forms.Form):
    """The choices in an address. Unknown words about targets mean the unit's own; a day must have been."""

    mal = forms.CharField(required=False)
    kjent = DayField(label=lazy("Slik det var kjent på dato"), required=False, widget=forms.TextInput())

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """`today` is the last day one can ask for."""
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_kjent(self) -> date | None:
        day: date | None = self.cleaned_data["kjent"]
        if day is not None and day > self.today:
            raise ValidationError(lazy("Den dagen har ikke vært ennå. Skriv en dato til og med i dag."))
        if day is not None and day < EARLIEST:
            raise ValidationError(lazy("Vi har ingen tall fra så langt tilbake. Skriv en dato etter 1990."))
        return day

    @property
    def own_targets(self) -> bool:
        return self.cleaned_data.get("mal") != INHERITED

    @property
    def known_on(self) -> date | None:
        return self.cleaned_data.get("kjent")

    @property
    def typed_day(self) -> str:
        """What was typed, as it was typed."""
        return str(self.data.get("kjent", "")).strip()[:20]
