"""An empty field says what is missing, by its own name."""

from django import forms
from django.utils.translation import gettext as _


def ask(form: forms.BaseForm) -> None:
    """Puts the field's name into the message of every required field that has no sentence of its own."""
    for field in form.fields.values():
        own = type(field).default_error_messages.get("required") or forms.Field.default_error_messages["required"]
        if str(field.error_messages.get("required")) == str(own):
            pattern = _("Velg «%(label)s».") if isinstance(field, forms.ChoiceField | forms.ModelChoiceField) else _("Fyll ut «%(label)s».")
            field.error_messages["required"] = pattern % {"label": field.label}


class AskingForm(forms.Form):
    """A form whose empty fields say what they want."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        ask(self)
