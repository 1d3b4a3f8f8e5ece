"""What is said with a published snapshot, and with one that is withdrawn."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as lazy

from common import formats
from common.periods import Period


class PublishForm(forms.Form):
    """Which period, under which title, with which comment; and that figures which are not final have been seen."""

    period = forms.ChoiceField(label=lazy("Tall til og med"), help_text=lazy("Bare perioder som er over."))
    title = forms.CharField(label=lazy("Tittel"), max_length=120, help_text=lazy("Står øverst på siden og i lista."))
    comment = forms.CharField(
        label=lazy("Slik leser vi tallene"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=lazy("Noen setninger til dem som ikke kjenner tallene. Skriv ikke navn eller helseopplysninger."),
    )
    confirmed = forms.BooleanField(label=lazy("Jeg har sett hvilke tall som ikke er endelige"), required=False)

    def __init__(self, *args: Any, periods: Iterable[Period], asks_confirmation: bool, **kwargs: Any) -> None:
        """`asks_confirmation` shows the tick where there is something to confirm."""
        super().__init__(*args, **kwargs)
        field = self.fields["period"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - what the class says
        field.choices = [(period.code, formats.period_label(period).capitalize()) for period in periods]
        if not asks_confirmation:
            del self.fields["confirmed"]


class WithdrawForm(forms.Form):
    """Why a snapshot is taken back."""

    reason = forms.CharField(label=lazy("Hvorfor trekkes den tilbake?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
