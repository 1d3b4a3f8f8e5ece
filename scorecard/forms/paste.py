"""The form figures are pasted in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from scorecard.models import Indicator

DECIMALS, THOUSANDS = "decimals", "thousands"


class PasteForm(forms.Form):
    """Text, the indicator of a table that does not name it, and what only a person can say: what a point means, why figures are changed."""

    indicator = forms.ChoiceField(
        label=lazy("Indikator"),
        required=False,
        help_text=lazy("Bare når tabellen ikke har en egen kolonne for indikator."),
    )
    text = forms.CharField(
        label=lazy("Tall fra regneark"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "wrap": "off"}),
        help_text=lazy(
            "Ta med overskriftene: Enhetskode, Indikator, Periode, Teller, Nevner, Verdi, Kvalitet, Merknad. "
            "Eller enheter nedover og perioder bortover for én indikator. Høyst 5000 tall."
        ),
        error_messages={"required": lazy("Lim inn tallene først.")},
    )
    point = forms.ChoiceField(
        label=lazy("Hva betyr punktum i tallene?"),
        required=False,
        choices=[(DECIMALS, lazy("Desimaler: 1.234 er 1,234")), (THOUSANDS, lazy("Tusen: 1.234 er 1234"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=lazy("Hvorfor rettes tallene?"),
        max_length=300,
        required=False,
        help_text=lazy("Står ved hvert tall som endres. De gamle tallene blir stående i historikken."),
    )

    def __init__(self, *args: Any, indicators: Sequence[Indicator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"use_required_attribute": False})
        self.by_code = {indicator.code: indicator for indicator in indicators}
        choices = [("", str(lazy("Står i tabellen"))), *((each.code, each.name) for each in indicators)]
        self.fields["indicator"].choices = choices  # type: ignore[attr-defined]
        self.fields["reason"].widget.attrs.pop("maxlength", None)

    @property
    def chosen(self) -> Indicator | None:
        return self.by_code.get(self.cleaned_data.get("indicator", ""))

    @property
    def decimal_point(self) -> bool | None:
        point = self.cleaned_data.get("point")
        return point == DECIMALS if point else None
