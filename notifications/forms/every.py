"""The filter above the list of every message."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext_lazy

from notifications.models import Message
from organisation.forms.fields import LineField, PickField, WhenField, field_of
from organisation.forms.units import ordered_days


class EveryForm(forms.Form):
    """`kinds`: words by kind."""

    hvem = LineField(label=lazy("Mottaker"), longest=100, required=False)
    slag = PickField(label=pgettext_lazy("message", "Gjelder"), required=False)
    status = PickField(label=lazy("E-post"), required=False)
    fra = WhenField(label=lazy("Fra og med"), required=False)
    til = WhenField(label=lazy("Til og med"), required=False)
    etter = forms.IntegerField(required=False, min_value=0, max_value=10**15, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kinds: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "slag", PickField).offer(sorted(kinds.items(), key=lambda pair: pair[1]), _("Alt"))
        field_of(self, "status", PickField).offer([(str(value), str(words)) for value, words in Message.MailChoices], _("Alle"))

    def clean(self) -> dict[str, Any]:
        return ordered_days(self, "fra", "til")
