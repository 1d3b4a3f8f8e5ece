"""Forms of one action: made, changed, followed up, closed, cancelled."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from crispy_forms.layout import Div, Row
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from actions.forms.words import PROBLEMS, STATUS_WORDS
from actions.models import Action
from actions.rules.demands import Problem
from actions.rules.states import CHOICES, EffectKind, Outcome
from actions.services.actions import Effect
from common.punkt.fields import FigureField
from common.punkt.layout import Suffix, form_helper
from organisation.forms.fields import LineField, PickField, WhenField, field_of
from organisation.forms.versioned import VersionedForm
from organisation.queries.holders import Holder

MOST_KRONER = 999_999_999_999
NO_NAMES = lazy("Ikke skriv navn på brukere eller helseopplysninger.")


class Refusable(forms.Form):
    """A form that shows what a service refuses beside its fields."""

    def add_problems(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            name, text = PROBLEMS[problem]
            self.add_error(name if name in self.fields else None, str(text))


class Versioned(VersionedForm, Refusable):
    """A form about an action that exists."""


class PlanForm(Refusable):
    """What shall be done, by whom and when. `owners`: who may have the responsibility."""

    title = LineField(
        label=lazy("Hva skal dere gjøre?"), longest=160, help_text=lazy("Kort, for eksempel «To faste stillinger på kveld og helg».")
    )
    description = forms.CharField(
        label=lazy("Mer om tiltaket"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=NO_NAMES,
        error_messages={"max_length": lazy("Teksten er for lang. Skriv høyst %(limit_value)d tegn.")},
    )
    owner = PickField(label=lazy("Hvem har ansvaret?"))
    due_on = WhenField(label=lazy("Frist"))

    def offer(self, owners: Iterable[Holder]) -> None:
        field_of(self, "owner", PickField).offer([(str(owner.user_id), owner.name) for owner in owners], _("Velg en person"))


class ActionForm(PlanForm):
    """The same with what is expected to change: the economy, or something else."""

    kinds: Sequence[tuple[str, Promise]] = ((EffectKind.AMOUNT, lazy("Økonomien")), (EffectKind.OTHER, lazy("Noe annet")))

    effect_kind = forms.ChoiceField(
        label=lazy("Hva skal det virke på?"),
        widget=forms.RadioSelect,
        error_messages={"required": lazy("Velg hva tiltaket skal virke på."), "invalid_choice": lazy("Velg fra listen.")},
    )
    # Asked for only where the economy is chosen: `clean` takes the demand away elsewhere, and the browser must not make it.
    use_required_attribute = False
    effect_amount = FigureField(
        label=lazy("Hvor mye gir det i år?"),
        places=2,
        high=MOST_KRONER,
        help_text=lazy("I hele kroner."),
        error_messages={"required": PROBLEMS[Problem.AMOUNT_MISSING][1]},
    )
    effect_from = WhenField(label=lazy("Når begynner det å virke?"), required=False)
    effect_text = LineField(label=lazy("Hva venter dere at blir annerledes?"), longest=300, required=False)

    def __init__(self, data: Any = None, *, owners: Iterable[Holder], back: str, label: str = "", initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.offer(owners)
        field_of(self, "effect_kind", forms.ChoiceField).choices = [(str(value), words) for value, words in self.kinds]
        self.helper = form_helper(label or _("Lagre tiltaket"), back, *self.layout())

    def layout(self) -> list[object]:
        return [
            *(["version"] if "version" in self.fields else []),
            "title",
            "description",
            Row("owner", "due_on"),
            "effect_kind",
            Div(Suffix("effect_amount", "kr"), css_class="al-if-amount"),
            Row("effect_from"),
            "effect_text",
        ]

    def clean(self) -> dict[str, Any]:
        """An amount that was typed before something else was chosen is not part of the action."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("effect_kind") != EffectKind.AMOUNT:
            self.errors.pop("effect_amount", None)
            cleaned["effect_amount"] = None
        return cleaned

    @property
    def effect(self) -> Effect:
        found = self.cleaned_data
        return Effect(EffectKind(found["effect_kind"]), found["effect_amount"], found["effect_from"], found["effect_text"])


class ChangeForm(Versioned, ActionForm):
    """The same for an action that exists; one about an indicator stays so."""

    def __init__(self, data: Any = None, *, action: Action, owners: Iterable[Holder], back: str) -> None:
        if action.effect_kind == EffectKind.INDICATOR:
            self.kinds = ((EffectKind.INDICATOR, lazy("Indikatoren det ble laget for")), *self.kinds)
        names = ("title", "description", "due_on", "effect_kind", "effect_amount", "effect_from", "effect_text", "version")
        initial = {name: getattr(action, name) for name in names} | {"owner": str(action.owner_id)}
        known = list(owners)
        if all(owner.user_id != action.owner_id for owner in known):
            known.append(Holder(action.owner_id, action.owner.name, "", None))
        super().__init__(data, owners=known, back=back, label=_("Lagre endringene"), initial=initial)


class StatusForm(Versioned):
    """How far it has come, and what is new."""

    status = forms.ChoiceField(
        label=lazy("Hvor langt er dere kommet?"),
        choices=[(status.value, STATUS_WORDS[status]) for status in CHOICES],
        widget=forms.RadioSelect,
        error_messages={"required": lazy("Velg en status."), "invalid_choice": lazy("Velg en status.")},
    )
    text = LineField(label=lazy("Hva er nytt?"), longest=500, required=False, help_text=lazy("Én linje. Ikke skriv navn."))


class CloseForm(Versioned):
    """The action is done: how it went. Without this it cannot be closed."""

    outcome = forms.ChoiceField(
        label=lazy("Hvordan gikk det?"),
        choices=[(value.value, words) for value, words in Action.OutcomeChoices],
        widget=forms.RadioSelect,
        error_messages={"required": lazy("Velg hvordan det gikk."), "invalid_choice": lazy("Velg fra listen.")},
    )
    outcome_amount = FigureField(
        label=lazy("Hvor mye ga det i år?"),
        places=2,
        low=0,
        high=MOST_KRONER,
        help_text=lazy("I hele kroner. Skriv 0 hvis det ikke ga noe."),
        error_messages={"required": PROBLEMS[Problem.OUTCOME_AMOUNT_MISSING][1]},
    )
    outcome_text = LineField(
        label=lazy("Hva kom ut av det?"),
        longest=500,
        help_text=lazy("Én setning holder. Ikke skriv navn eller helseopplysninger."),
        error_messages={"required": lazy("Skriv hva som kom ut av tiltaket. Én setning holder.")},
    )

    def __init__(self, data: Any = None, *, action: Action, back: str) -> None:
        super().__init__(data, initial={"version": action.version})
        self.fields["outcome_text"].widget = forms.Textarea(attrs={"rows": 3})
        amount: list[object] = [Suffix("outcome_amount", "kr")] if action.effect_kind == EffectKind.AMOUNT else []
        if not amount:
            del self.fields["outcome_amount"]
        self.helper = form_helper(_("Lagre og avslutt tiltaket"), back, "version", "outcome", *amount, "outcome_text")

    @property
    def judged(self) -> Outcome:
        return Outcome(self.cleaned_data["outcome"])

    @property
    def amount(self) -> Decimal | None:
        return self.cleaned_data.get("outcome_amount")


class CancelForm(Versioned):
    """The action will not be done; why."""

    text = LineField(
        label=lazy("Hvorfor avbrytes tiltaket?"),
        longest=500,
        help_text=lazy("Én setning holder. Ikke skriv navn eller helseopplysninger."),
        error_messages={"required": lazy("Skriv hvorfor tiltaket avbrytes.")},
    )

    def __init__(self, data: Any = None, *, action: Action, back: str) -> None:
        super().__init__(data, initial={"version": action.version})
        self.helper = form_helper(_("Avbryt tiltaket"), back, "version", "text")
        # «Avbryt» beside «Avbryt tiltaket» would say two things with one word.
        self.helper.inputs[-1].label = _("Tilbake")


class SettingForm(Versioned):
    """When an overdue action is lifted."""

    escalate_after = forms.IntegerField(
        label=lazy("Arbeidsdager over fristen"),
        min_value=0,
        max_value=60,
        help_text=lazy("Da får de som har ansvaret i enheten over, én melding. 0 er dagen etter fristen."),
        error_messages={
            "required": lazy("Skriv et helt tall fra 0 til 60."),
            "invalid": lazy("Skriv et helt tall fra 0 til 60."),
            "min_value": lazy("Skriv et helt tall fra 0 til 60."),
            "max_value": lazy("Skriv et helt tall fra 0 til 60."),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "al-figure"}),
    )

    def __init__(self, data: Any = None, *, back: str, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.helper = form_helper(_("Lagre"), back, "version", "escalate_after")
