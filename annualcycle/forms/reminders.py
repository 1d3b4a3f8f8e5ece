"""When people are reminded of deadlines: what an administrator decides."""

from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.functional import lazy as lazily
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from annualcycle.models import CycleSetting
from common.punkt.layout import form_helper
from organisation.forms.versioned import VersionedForm

WEEKDAYS = (lazy("mandag"), lazy("tirsdag"), lazy("onsdag"), lazy("torsdag"), lazy("fredag"))
HOURS = range(6, 21)
_beginning = lazily(capfirst, str)


class ReminderSettingForm(VersionedForm):
    """Weekday and hour of the overview, quiet months, and when the level above is told."""

    digest_weekday = forms.TypedChoiceField(
        label=lazy("Ukens oversikt kommer på"),
        coerce=int,
        choices=[(number, _beginning(words)) for number, words in enumerate(WEEKDAYS)],
        help_text=lazy("Er det en fridag, kommer oversikten første arbeidsdag etter."),
        error_messages={"required": lazy("Velg en dag."), "invalid_choice": lazy("Velg fra listen.")},
    )
    hour = forms.TypedChoiceField(
        label=lazy("Påminnelser sendes fra klokken"),
        coerce=int,
        choices=[(hour, f"{hour:02}.00") for hour in HOURS],
        error_messages={"required": lazy("Velg et klokkeslett."), "invalid_choice": lazy("Velg fra listen.")},
    )
    escalate_after = forms.IntegerField(
        label=lazy("Arbeidsdager over fristen før nivået over får vite det"),
        min_value=0,
        max_value=60,
        help_text=lazy("0 betyr dagen etter fristen. En aktivitet kan ha sitt eget tall."),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), lazy("Skriv et helt tall fra 0 til 60.")),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "al-figure"}),
    )
    quiet_months = forms.TypedMultipleChoiceField(
        label=lazy("Måneder uten påminnelser"),
        coerce=int,
        required=False,
        choices=[(number, _beginning(words)) for number, words in MONTHS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": lazy("Velg fra listen.")},
    )

    def __init__(self, data: Any = None, *, back: str, row: CycleSetting) -> None:
        names = ("digest_weekday", "hour", "escalate_after", "quiet_months", "version")
        super().__init__(data, initial={name: getattr(row, name) for name in names})
        self.helper = form_helper(_("Lagre"), back, "version", "digest_weekday", "hour", "escalate_after", "quiet_months")

    def clean_quiet_months(self) -> list[int]:
        """All twelve would switch reminders off for everybody, and nobody would see why."""
        months: list[int] = sorted(self.cleaned_data["quiet_months"])
        if len(months) == len(MONTHS):
            raise forms.ValidationError(_("La minst én måned være igjen. Ellers minnes ingen på noe."))
        return months
