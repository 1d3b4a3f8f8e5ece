"""Forms of moves, merges, splits and closings. Each asks; the plan is worked out by the service."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.forms.fields import CodeField, LineField, PickField, WhenField
from organisation.models import CostCentre, RoleAssignment, ServiceSite, Unit
from organisation.rules.reorganisation import NewUnit
from organisation.rules.tree import Node
from organisation.services.reorganise import Shares

PARTS = 4
Choices = list[tuple[str, str]]


class MoveForm(forms.Form):
    parent = PickField(label=gettext_lazy("Ny enhet over"))
    on = WhenField(
        label=gettext_lazy("Gjelder fra"), help_text=gettext_lazy("Første dag på det nye stedet. Det kan være en dag som kommer.")
    )

    def __init__(self, *args: Any, parents: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].offer(parents, _("Velg enhet"))  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    last_day = WhenField(label=gettext_lazy("Siste dag"), help_text=gettext_lazy("Roller, steder og ansvar avsluttes samme dag."))


class MergeForm(forms.Form):
    """`siblings`: units beside the one the page is about. No successor chosen means a new unit."""

    siblings = forms.MultipleChoiceField(label=gettext_lazy("Slås sammen med"), required=False, widget=forms.CheckboxSelectMultiple)
    others = forms.CharField(
        label=gettext_lazy("Andre enheter"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("Enhetskoder med komma mellom, hvis enhetene står et annet sted."),
    )
    successor = PickField(label=gettext_lazy("Videreføres i"), required=False)
    code = CodeField(label=gettext_lazy("Kode for ny enhet"), required=False)
    name = LineField(label=gettext_lazy("Navn på ny enhet"), longest=120, required=False)
    parent = PickField(label=gettext_lazy("Enhet over den nye"), required=False)
    on = WhenField(label=gettext_lazy("Gjelder fra"), help_text=gettext_lazy("Første dag som én enhet. De gamle har siste dag dagen før."))
    roles_follow = forms.BooleanField(label=gettext_lazy("Rollene følger med til den nye enheten"), required=False, initial=True)

    def __init__(self, *args: Any, siblings: Choices, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = units
        self.fields["siblings"].choices = siblings  # type: ignore[attr-defined]
        self.fields["siblings"].error_messages["invalid_choice"] = _("Velg fra listen.")
        self.fields["successor"].offer(units, _("En ny enhet"))  # type: ignore[attr-defined]
        self.fields["parent"].offer(units, _("Velg enhet"))  # type: ignore[attr-defined]

    def clean_others(self) -> list[str]:
        """Codes of units the person reaches; says which are not."""
        known = {code for code, _label in self.units}
        codes = [part.strip() for part in self.cleaned_data["others"].replace(";", ",").split(",") if part.strip()]
        unknown = [code for code in codes if code not in known]
        if unknown:
            raise forms.ValidationError(_("Fant ikke %(codes)s. Skriv enhetskoder, for eksempel 402, 403.") % {"codes": ", ".join(unknown)})
        return codes

    def clean(self) -> dict[str, Any]:
        """A new unit needs a code, a name and a place."""
        cleaned = self.cleaned_data
        if not cleaned.get("successor"):
            for name, words in (
                ("code", _("Skriv en kode, eller velg en enhet som finnes.")),
                ("name", _("Skriv et navn, eller velg en enhet som finnes.")),
                ("parent", _("Velg hvor den nye enheten skal stå.")),
            ):
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, words)
        return cleaned


class SplitForm(forms.Form):
    """Two to four new units, and which of them takes over each thing the old unit has."""

    on = WhenField(
        label=gettext_lazy("Gjelder fra"), help_text=gettext_lazy("Første dag for de nye enhetene. Den gamle har siste dag dagen før.")
    )

    def __init__(
        self,
        *args: Any,
        unit: Unit,
        children: tuple[Node, ...],
        sites: tuple[ServiceSite, ...],
        cost_centres: tuple[CostCentre, ...],
        roles: tuple[RoleAssignment, ...],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit
        for number in range(1, PARTS + 1):
            self.fields[f"code_{number}"] = CodeField(label=_("Kode, ny enhet %(number)s") % {"number": number}, required=number < 3)
            self.fields[f"name_{number}"] = LineField(
                label=_("Navn, ny enhet %(number)s") % {"number": number}, longest=120, required=number < 3
            )
        self.things: dict[str, list[tuple[str, int]]] = {"child": [], "site": [], "centre": [], "role": []}
        for node in children:
            self._ask("child", node.id, f"{node.code} {node.name}", leave=False)
        for site in sites:
            self._ask("site", site.pk, site.name, leave=False)
        for centre in cost_centres:
            self._ask("centre", centre.pk, _("Ansvar %(code)s") % {"code": centre.code}, leave=True)
        for role in roles:
            words = _("%(name)s (%(role)s, stedfortreder)") if role.deputy_for_id else _("%(name)s (%(role)s)")
            self._ask("role", role.pk, words % {"name": role.user.name, "role": role.get_role_display()}, leave=True)

    def _ask(self, kind: str, pk: int, label: str, *, leave: bool) -> None:
        name = f"{kind}_{pk}"
        field = PickField(label=label, required=not leave)
        parts = [(str(number), _("Ny enhet %(number)s") % {"number": number}) for number in range(1, PARTS + 1)]
        field.offer(parts, _("Følger ikke med") if leave else None)
        field.initial = "" if leave else "1"
        self.fields[name] = field
        self.things[kind].append((name, pk))

    def clean(self) -> dict[str, Any]:
        """Code and name belong together, and only units with a code can take something over."""
        cleaned = self.cleaned_data
        for number in range(3, PARTS + 1):
            code, name = cleaned.get(f"code_{number}"), cleaned.get(f"name_{number}")
            if bool(code) != bool(name):
                self.add_error(f"name_{number}" if code else f"code_{number}", _("Skriv både kode og navn, eller la begge stå tomme."))
        filled = {number for number in range(1, PARTS + 1) if cleaned.get(f"code_{number}")}
        for field, _pk in (thing for things in self.things.values() for thing in things):
            chosen = cleaned.get(field)
            if chosen and int(chosen) not in filled:
                self.add_error(field, _("Velg en av de nye enhetene du har gitt kode og navn."))
        return cleaned

    @property
    def part_fields(self) -> list[forms.BoundField]:
        """Code and name of every possible part."""
        return [self[f"{what}_{number}"] for number in range(1, PARTS + 1) for what in ("code", "name")]

    @property
    def thing_fields(self) -> list[tuple[str, list[forms.BoundField]]]:
        """What the old unit has, in groups with a heading."""
        groups = {"child": _("Enheter under"), "site": _("Tjenestesteder"), "centre": _("Ansvar i regnskapet"), "role": _("Roller")}
        return [(label, [self[name] for name, _pk in self.things[kind]]) for kind, label in groups.items() if self.things[kind]]

    @property
    def _numbers(self) -> list[int]:
        return [number for number in range(1, PARTS + 1) if self.cleaned_data.get(f"code_{number}")]

    def parts(self) -> list[NewUnit]:
        """The new units, of the same kind as the old one."""
        cleaned = self.cleaned_data
        return [NewUnit(cleaned[f"code_{number}"], cleaned[f"name_{number}"], self.unit.kind) for number in self._numbers]

    def shares(self) -> Shares:
        """What goes to which part, by the part's place in `parts()`."""
        return Shares(
            **{
                name: dict(self._shared(kind))
                for name, kind in (("children", "child"), ("sites", "site"), ("cost_centres", "centre"), ("roles", "role"))
            }
        )

    def _shared(self, kind: str) -> Iterator[tuple[int, int]]:
        for field, pk in self.things[kind]:
            if chosen := self.cleaned_data.get(field):
                yield pk, self._numbers.index(int(chosen))


def first_of_next_month(today: date) -> date:
    """The day most changes begin."""
    return date(today.year + today.month // 12, today.month % 12 + 1, 1)
