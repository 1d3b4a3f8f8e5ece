"""Forms of the library: an indicator's definition, taking it out of use, benchmarks."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from common.periods import InvalidPeriod, Period, parse_period_text
from common.punkt.fields import DayField, FigureField
from organisation.forms.asking import AskingForm, ask
from scorecard.forms.wording import formula_sentence
from scorecard.models import Benchmark, Indicator
from scorecard.queries import library
from scorecard.services.library import FormulaRefused, check_formula

FIGURES = ("scale_min", "scale_max", "score_floor", "info_below", "change_gap")
LARGEST = 10**12 - 1


class IndicatorForm(forms.ModelForm):  # type: ignore[type-arg]
    """The whole definition. A change of meaning while there are figures asks for a reason, so the field is always there when editing."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    factor = FigureField(
        label=lazy("Ganges med"), places=4, low=0, high=99999999, help_text=lazy("100 når teller delt på nevner skal vises som prosent.")
    )
    scale_min = FigureField(label=lazy("Laveste mulige verdi"), required=False, places=6, low=-LARGEST, high=LARGEST)
    scale_max = FigureField(label=lazy("Høyeste mulige verdi"), required=False, places=6, low=-LARGEST, high=LARGEST)
    score_floor = FigureField(label=lazy("Verdi som gir 0 poeng"), required=False, places=6, low=-LARGEST, high=LARGEST)
    info_below = FigureField(label=lazy("Merkes når verdien er under"), required=False, places=6, low=-LARGEST, high=LARGEST)
    change_gap = FigureField(label=lazy("Minste endring som vises"), required=False, places=6, low=0, high=LARGEST)
    reason = forms.CharField(
        label=lazy("Hvorfor endres det"),
        required=False,
        max_length=300,
        help_text=lazy("Må fylles ut når retning, måleenhet eller utregning endres og det finnes tall."),
    )

    class Meta:
        model = Indicator
        fields = (
            *("code", "name", "definition", "numerator_text", "denominator_text", "method_text", "source", "owner_role"),
            *("measure", "unit_text", "direction", "rollup", "factor", "formula", "frequency", "window", "due_days", "minutes"),
            *("places", "scale_min", "scale_max", "score_floor", "info_below", "change_gap", "restricted"),
        )
        help_texts = {
            "code": lazy("Små bokstaver, tall og understrek. Kan ikke endres siden."),
            "definition": lazy("Én eller to setninger som alle forstår."),
            "method_text": lazy("Slik det står i målekartet, for eksempel Brukerundersøkelse."),
            "formula": lazy("Bare for indikatorer som regnes ut av andre: [saker_innen_frist] / [saker] * 100"),
            "window": lazy("12 for sykefravær: ett tall for de siste tolv månedene samlet."),
            "minutes": lazy("Hvor lang tid én enhet bruker på å føre tallet én gang."),
        }
        widgets = {"definition": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["code"]
            self.fields["version"].initial = self.instance.version
        else:
            del self.fields["reason"]
        ask(self)
        self.fields["places"].widget.attrs["max"] = 4
        for name, most in (("places", 4), ("window", 36), ("due_days", 366), ("minutes", 1440)):
            field = self.fields[name]
            assert isinstance(field, forms.IntegerField)  # noqa: S101 - tells the type
            field.validators.append(forms.IntegerField(max_value=most).validators[0])

    def clean(self) -> dict[str, Any]:
        """The formula is read together with what it measures; the message shows where it stops."""
        cleaned = super().clean() or {}
        text = cleaned.get("formula") or ""
        if text and cleaned.get("measure"):
            try:
                check_formula(code=cleaned.get("code") or self.instance.code, measure=cleaned["measure"], text=text)
            except FormulaRefused as refusal:
                self.add_error("formula", formula_sentence(refusal, text))
        low, high = cleaned.get("scale_min"), cleaned.get("scale_max")
        if low is not None and high is not None and high <= low:
            self.add_error("scale_max", _("Den høyeste mulige verdien må være større enn den laveste."))
        if cleaned.get("factor") == 0:
            self.add_error("factor", _("Skriv et tall som er større enn null, for eksempel 100."))
        return cleaned

    def definition_fields(self) -> dict[str, Any]:
        """What the service takes: every field of the definition, no others."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.cleaned_data}


class RetireForm(AskingForm):
    """When an indicator goes out of use, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    on = DayField(label=lazy("Fra hvilken dag"))
    reason = forms.CharField(label=lazy("Hvorfor"), max_length=300)


class BenchmarkForm(AskingForm):
    """What others have in a period."""

    group = forms.ChoiceField(label=lazy("Hvem"), choices=Benchmark.Group.choices)
    period = forms.CharField(label=lazy("Periode"), max_length=40, help_text=lazy("For eksempel 2025, 1. tertial 2025 eller mars 2025."))
    value = FigureField(label=lazy("Verdi"), places=6, low=-LARGEST, high=LARGEST, example="77")
    bodies = forms.IntegerField(
        label=lazy("Hvor mange står bak tallet"),
        required=False,
        min_value=0,
        max_value=100000,
        help_text=lazy("Færre enn tre vises ikke som sammenlikning."),
    )
    source = forms.CharField(label=lazy("Kilde"), required=False, max_length=200)

    @classmethod
    def initial_of(cls, benchmark: Benchmark) -> dict[str, Any]:
        """The fields of a stored benchmark."""
        return {
            "group": benchmark.group,
            "period": benchmark.period.code,
            "value": benchmark.value,
            "bodies": benchmark.bodies,
            "source": benchmark.source,
        }

    def clean_period(self) -> Period:
        text = self.cleaned_data["period"]
        try:
            return Period.parse(text.strip())
        except InvalidPeriod:
            pass
        try:
            return parse_period_text(text)
        except InvalidPeriod:
            raise forms.ValidationError(_("Skriv en periode, for eksempel 2025 eller mars 2025.")) from None


class LibrarySearch(AskingForm):
    """What to look for."""

    sok = forms.CharField(required=False, max_length=100)
    vis = forms.ChoiceField(required=False, choices=[(library.ACTIVE, ""), (library.RETIRED, ""), (library.ALL, "")])
