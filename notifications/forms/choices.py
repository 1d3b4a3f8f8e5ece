"""How a person wants to be told."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from common.punkt.layout import form_helper
from notifications.rules.states import Rhythm
from organisation.forms.versioned import VersionedForm

YES, NO = "1", "0"


class ChoiceForm(VersionedForm):
    """Overview or each deadline; e-mail, or on the page alone."""

    rhythm = forms.ChoiceField(
        label=lazy("Påminnelser om frister"),
        choices=[
            (Rhythm.DIGEST.value, lazy("Én oversikt i uken, og en melding dagen før")),
            (Rhythm.SINGLE.value, lazy("Én melding om hver frist, og en melding dagen før")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": lazy("Velg hvordan du vil bli minnet på."), "invalid_choice": lazy("Velg fra listen.")},
    )
    by_mail = forms.ChoiceField(
        label=lazy("Hvor vil du ha meldinger?"),
        choices=[(YES, lazy("I Alna og på e-post")), (NO, lazy("Bare i Alna"))],
        widget=forms.RadioSelect,
        help_text=lazy("Det gjelder alle meldinger fra Alna."),
        error_messages={"required": lazy("Velg hvor du vil ha meldinger."), "invalid_choice": lazy("Velg fra listen.")},
    )

    def __init__(self, data: Any = None, *, back: str, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.helper = form_helper(_("Lagre"), back, "version", "rhythm", "by_mail")

    @property
    def wants_mail(self) -> bool:
        return bool(self.cleaned_data["by_mail"] == YES)
