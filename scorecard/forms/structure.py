"""Forms of the scorecard's tree. Each carries the card's version, so that two people do not overwrite each other."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from common.lines import one_line
from common.punkt.fields import FigureField
from organisation.forms.asking import AskingForm
from organisation.models import Unit
from scorecard.models import FocusArea, Indicator, PlacedIndicator, Scorecard, SuccessFactor
from scorecard.services.structure import Weighting

FIRST_YEAR, LAST_YEAR = 1990, 2100


class UnitChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Unit) -> str:
        return obj.name


class CardChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Scorecard) -> str:
        return _("Kopi av %(year)s, %(unit)s") % {"year": obj.year, "unit": obj.unit.name}


class NameChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Indicator) -> str:
        return obj.name


class FactorChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Success factors with the area they stand in."""

    def label_from_instance(self, obj: SuccessFactor) -> str:
        return f"{obj.area.name}: {obj.name}"


class FactorsChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """The same, several at a time."""

    def label_from_instance(self, obj: SuccessFactor) -> str:
        return f"{obj.area.name}: {obj.name}"


def choose(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """What may be chosen in this field of this form."""
    field = form.fields[name]
    if isinstance(field, forms.ModelChoiceField):
        field.queryset = rows


def factors_of(scorecard: Scorecard) -> QuerySet[SuccessFactor]:
    """The success factors of a card in reading order."""
    return SuccessFactor.objects.filter(area__scorecard=scorecard).select_related("area").order_by("area__order", "order", "pk")


class Versioned(AskingForm):
    """A form about a draft; `version` is the one that was on the screen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, scorecard: Scorecard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scorecard = scorecard
        self.fields["version"].initial = scorecard.version


class NewCardForm(AskingForm):
    """An empty scorecard, or a copy of an earlier one."""

    unit = UnitChoice(label=lazy("Enhet"), queryset=Unit.objects.none(), empty_label=None)
    year = forms.IntegerField(label=lazy("År"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    title = forms.CharField(
        label=lazy("Tittel"), required=False, max_length=120, help_text=lazy("Kan stå tom. Da heter det Målekart og året.")
    )
    source = CardChoice(
        label=lazy("Begynn med"),
        queryset=Scorecard.objects.none(),
        required=False,
        empty_label=lazy("Et tomt målekart"),
        help_text=lazy("En kopi får samme oppbygning, indikatorer og vekter. Målene følger med som forslag du må bekrefte."),
    )

    def __init__(self, *args: Any, units: Any, sources: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "unit", units)
        choose(self, "source", sources)


class SettingsForm(Versioned):
    """Title, note and limits of the card."""

    title = forms.CharField(label=lazy("Tittel"), required=False, max_length=120)
    max_per_area = forms.IntegerField(
        label=lazy("Flest indikatorer per fokusområde"), min_value=1, max_value=100, help_text=lazy("Flere gir et varsel, ikke et stopp.")
    )
    coverage = FigureField(
        label=lazy("Minste dekning for poeng, i prosent"),
        places=1,
        low=0,
        high=100,
        help_text=lazy("Et fokusområde får poeng når så mye av vekten er målt."),
    )
    source_note = forms.CharField(
        label=lazy("Slik er kilden lest"), required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )

    def clean_coverage(self) -> Decimal:
        """As a share from 0 to 1."""
        return Decimal(self.cleaned_data["coverage"]) / 100


class AreaForm(Versioned):
    name = forms.CharField(label=lazy("Fokusområde"), max_length=120)
    short_name = forms.CharField(label=lazy("Kortnavn"), required=False, max_length=40, help_text=lazy("Brukes der det er trangt."))

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])


class FactorForm(Versioned):
    """A success factor; with `area` it can be moved."""

    name = forms.CharField(label=lazy("Kritisk suksessfaktor"), max_length=160, help_text=lazy("Hva må lykkes?"))
    area = forms.ModelChoiceField(label=lazy("Fokusområde"), queryset=FocusArea.objects.none(), empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "area", self.scorecard.areas.all())

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])


class PlaceForm(Versioned):
    """An indicator under a success factor. Editing, the indicator itself stays."""

    indicator = NameChoice(label=lazy("Indikator"), queryset=Indicator.objects.none(), empty_label=lazy("Velg indikator"))
    factor = FactorChoice(label=lazy("Kritisk suksessfaktor"), queryset=SuccessFactor.objects.none(), empty_label=None)
    weight = FigureField(
        label=lazy("Vekt"),
        required=False,
        places=2,
        low=0,
        high=100,
        example="25",
        help_text=lazy("Vektene i et fokusområde skal være 100 til sammen. Uten vekter teller alle likt."),
    )
    critical = forms.BooleanField(
        label=lazy("Må nås"), required=False, help_text=lazy("Så lenge denne er rød, blir fokusområdet aldri grønt.")
    )

    def __init__(self, *args: Any, indicators: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "factor", factors_of(self.scorecard))
        if indicators is None:
            del self.fields["indicator"]
        else:
            choose(self, "indicator", indicators)

    @property
    def weighting(self) -> Weighting:
        return Weighting(self.cleaned_data["weight"] or Decimal(0), self.cleaned_data["critical"])


class WeightsForm(Versioned):
    """Weight and «must be reached» of every indicator on the card, on one page."""

    def __init__(self, *args: Any, placed: Iterable[PlacedIndicator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.placed = list(placed)
        for each in self.placed:
            self.fields[f"weight-{each.pk}"] = FigureField(
                label=lazy("Vekt"), required=False, places=2, low=0, high=100, example="25", initial=each.weight
            )
            self.fields[f"critical-{each.pk}"] = forms.BooleanField(label=lazy("Må nås"), required=False, initial=each.critical)

    def rows(self) -> list[tuple[PlacedIndicator, forms.BoundField, forms.BoundField]]:
        """Each placed indicator with its two fields, in reading order."""
        return [(each, self[f"weight-{each.pk}"], self[f"critical-{each.pk}"]) for each in self.placed]

    @property
    def weights(self) -> dict[int, Weighting]:
        cleaned = self.cleaned_data
        return {each.pk: Weighting(cleaned[f"weight-{each.pk}"] or Decimal(0), cleaned[f"critical-{each.pk}"]) for each in self.placed}


class ArrowsForm(Versioned):
    """Which success factors this one leads to."""

    goals = FactorsChoice(
        label=lazy("Pilene går til"),
        queryset=SuccessFactor.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=lazy("Når vi lykkes her, hjelper det oss med dette:"),
    )

    def __init__(self, *args: Any, factor: SuccessFactor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "goals", factors_of(self.scorecard).exclude(pk=factor.pk))


class ReasonForm(AskingForm):
    """A step back, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=lazy("Hvorfor"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": lazy("Skriv hvorfor, så de som laget målekartet vet hva de skal endre.")},
    )
