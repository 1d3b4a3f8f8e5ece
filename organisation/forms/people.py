"""Forms of people and their roles."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.forms.fields import LineField, PickField, WhenField
from organisation.forms.units import ordered_days
from organisation.forms.versioned import VersionedForm
from organisation.models import RoleAssignment, User
from organisation.rules.access import Role

Choices = list[tuple[str, str]]


def role_choices() -> Choices:
    """Every role with its words."""
    return [(str(value), str(label)) for value, label in RoleAssignment.RoleChoices]


def role_label(role: str) -> str:
    """The words for one role, nothing for none."""
    return dict(role_choices())[role] if role else ""


class AddressField(forms.EmailField):
    """An e-mail address, in small letters."""

    default_error_messages = {
        "required": gettext_lazy("Skriv en e-postadresse."),
        "invalid": gettext_lazy("Skriv en e-postadresse, for eksempel navn@kommunen.no."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=254, **kwargs)
        self.widget.attrs["autocomplete"] = "off"
        for validator in self.validators:
            if isinstance(validator, ProhibitNullCharactersValidator):
                validator.message = self.error_messages["invalid"]
            elif hasattr(validator, "limit_value"):
                validator.message = gettext_lazy("Skriv en kortere adresse.")  # type: ignore[attr-defined]

    def clean(self, value: Any) -> str:
        """Addresses are compared without regard to capitals."""
        return str(super().clean(value)).lower()


class PeriodForm(forms.Form):
    valid_from = WhenField(label=gettext_lazy("Gjelder fra"))
    valid_to = WhenField(label=gettext_lazy("Til og med"), required=False, help_text=gettext_lazy("La stå tomt hvis det ikke er bestemt."))

    def clean(self) -> dict[str, Any]:
        return ordered_days(self)


class RoleForm(PeriodForm):
    """`units`: (code, label) of the units where the person who fills in may give roles."""

    role = PickField(label=gettext_lazy("Rolle"))
    unit = PickField(label=gettext_lazy("Enhet"), help_text=gettext_lazy("Rollen gjelder enheten og alt under den."))
    field_order = ["name", "email", "role", "unit", "valid_from", "valid_to"]

    def __init__(self, *args: Any, units: Choices, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].offer(role_choices(), _("Velg rolle"))  # type: ignore[attr-defined]
        self.fields["unit"].offer(units, _("Velg enhet"))  # type: ignore[attr-defined]
        self.fields["valid_from"].initial = today

    def clean_role(self) -> Role:
        """The role as a value of the access table."""
        return Role(self.cleaned_data["role"])


class NewPersonForm(RoleForm):
    """A person always gets a first role, so that somebody answers for them."""

    name = LineField(label=gettext_lazy("Navn"), longest=120)
    email = AddressField(label=gettext_lazy("E-postadresse"), help_text=gettext_lazy("Personen logger inn med denne adressen."))


class PersonForm(VersionedForm):
    name = LineField(label=gettext_lazy("Navn"), longest=120)
    email = AddressField(label=gettext_lazy("E-postadresse"), help_text=gettext_lazy("Personen logger inn med denne adressen."))


class EndRoleForm(forms.Form):
    last_day = WhenField(label=gettext_lazy("Siste dag"), help_text=gettext_lazy("Stedfortredere for rollen slutter samme dag."))


class PersonPickField(AddressField):
    """Another person by address, from those the list knows; `people` is set by the form."""

    people: dict[str, User]

    def clean(self, value: Any) -> Any:
        """The person. Says what to do where the address is unknown."""
        address = super().clean(value)
        if address not in self.people:
            raise forms.ValidationError(_("Fant ingen med adressen %(email)s. Legg inn personen først.") % {"email": address})
        return self.people[address]


class DeputyForm(forms.Form):
    deputy = PersonPickField(label=gettext_lazy("Stedfortreder"), help_text=gettext_lazy("E-postadressen til den som tar over for en tid."))
    valid_from = WhenField(label=gettext_lazy("Fra og med"))
    valid_to = WhenField(label=gettext_lazy("Til og med"), help_text=gettext_lazy("En stedfortreder har alltid en siste dag."))

    def __init__(self, *args: Any, people: dict[str, User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].people = people  # type: ignore[attr-defined]
        self.fields["deputy"].widget.attrs["list"] = "personer"

    def clean(self) -> dict[str, Any]:
        return ordered_days(self)


class HandoverForm(forms.Form):
    """`roles`: what the leaving person holds."""

    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roller som overdras"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Velg minst én rolle."), "invalid_choice": gettext_lazy("Velg fra listen.")},
    )
    receiver = PersonPickField(label=gettext_lazy("Overdras til"), help_text=gettext_lazy("E-postadressen til den som tar over."))
    on = WhenField(label=gettext_lazy("Gjelder fra"), help_text=gettext_lazy("Første dag for den som tar over."))

    def __init__(self, *args: Any, roles: Choices, people: dict[str, User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = roles  # type: ignore[attr-defined]
        self.fields["roles"].initial = [value for value, _label in roles]
        self.fields["receiver"].people = people  # type: ignore[attr-defined]
        self.fields["receiver"].widget.attrs["list"] = "personer"
