"""Why an activity does not take place this year."""

from django import forms
from django.utils.translation import gettext_lazy as lazy

from organisation.forms.fields import LineField
from organisation.forms.versioned import VersionedForm


class CancelForm(VersionedForm, forms.Form):
    """One sentence, read by all who would have had the task."""

    reason = LineField(
        label=lazy("Hvorfor tas den ut i år?"),
        longest=300,
        help_text=lazy("Ikke skriv navn på personer."),
        error_messages={"required": lazy("Skriv kort hvorfor.")},
    )
