"""The form of how long people have with a report."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from reporting.forms.setup import FromMonthForm, clock_field


class TimesForm(FromMonthForm):
    """Days are working days."""

    remind_before = forms.IntegerField(label=lazy("Minn enheten så mange arbeidsdager før fristen"), min_value=1, max_value=10)
    reminds_on_day = forms.BooleanField(label=lazy("Minn også på dagen fristen er"), required=False)
    remind_after = forms.IntegerField(label=lazy("Minn enheten igjen så mange arbeidsdager etter fristen"), min_value=1, max_value=10)
    tell_leadership = forms.IntegerField(
        label=lazy("Send ledelsen listen over hvem som mangler, så mange arbeidsdager etter fristen"), min_value=2, max_value=10
    )
    answer_days = forms.IntegerField(
        label=lazy("Arbeidsdager til å svare på et spørsmål"), min_value=1, max_value=10, help_text=lazy("1 er neste arbeidsdag.")
    )
    answer_by = clock_field(lazy("Svar innen klokken"))
    regret_minutes = forms.IntegerField(label=lazy("Minutter til å angre en innsending"), min_value=0, max_value=120)

    def clean(self) -> dict[str, Any]:
        """The leadership is told after the unit itself."""
        cleaned = super().clean() or {}
        after, leadership = cleaned.get("remind_after"), cleaned.get("tell_leadership")
        if after is not None and leadership is not None and leadership <= after:
            self.add_error("tell_leadership", _("Enheten minnes før ledelsen får listen. Skriv %(day)s eller mer.") % {"day": after + 1})
        return cleaned
