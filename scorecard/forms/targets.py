"""One target with everything that can be said about it: what it is compared with, limits, and what it comes to."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from common.periods import InvalidPeriod, Period, parse_period_text
from common.punkt.fields import FigureField
from organisation.forms.asking import AskingForm
from scorecard.forms.target_grid import GroundsForm
from scorecard.forms.wording import target_sentence
from scorecard.models import Benchmark, Indicator, Target
from scorecard.queries.target_grid import GridCell
from scorecard.queries.target_reading import Comparables, Place, Reading, based, judge
from scorecard.rules.compact_targets import figure
from scorecard.rules.findings import Finding
from scorecard.rules.linter import ParsedTarget, TargetDraft
from scorecard.rules.statuses import Direction
from scorecard.rules.targets import Comparison, TargetKind

# Where a finding is shown; the rest belong to the target's own text.
FIELDS = {
    "percent_ambiguous": "comparison",
    "comparison_missing": "comparison",
    "amount_missing": "amount",
    "too_large": "value",
    "baseline_missing": "baseline_value",
    "baseline_without_period": "baseline_period",
    "benchmark_missing": "benchmark_group",
    "benchmark_single_body": "benchmark_group",
    "benchmark_few_bodies": "benchmark_group",
    "relative_range": "kind",
    "range_incomplete": "low",
    "range_open": "low",
    "range_reversed": "high",
    "tolerance_negative": "tolerance",
    "yellow_on_wrong_side": "yellow_limit",
}
WHEN = {
    "value": "absolute",
    "amount": "relative",
    "comparison": "relative",
    "baseline_period": "baseline",
    "baseline_value": "baseline",
    "benchmark_group": "benchmark",
}
RANGE_ONLY = ("low", "high", "tolerance")
NOT_RANGE = ("value", "yellow_limit", "kind", "amount", "comparison", "baseline_period", "baseline_value", "benchmark_group")


class TargetForm(AskingForm):
    """The target of one indicator in one unit. Which fields there are depends on the indicator's direction."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)
    kind = forms.ChoiceField(label=lazy("Hva slags mål"), choices=Target.KindChoices, initial=TargetKind.ABSOLUTE, widget=forms.RadioSelect)
    value = forms.CharField(label=lazy("Mål"), required=False, max_length=100, help_text=lazy("Et tall, for eksempel 4,5 eller høyst 9,9."))
    low = FigureField(label=lazy("Fra"), required=False, places=6, example="85")
    high = FigureField(label=lazy("Til"), required=False, places=6, example="90")
    amount = FigureField(
        label=lazy("Hvor mye bedre"), required=False, places=6, example="10", help_text=lazy("0 betyr at det ikke skal bli dårligere.")
    )
    comparison = forms.ChoiceField(label=lazy("Regnet i"), required=False, choices=Target.ComparisonChoices, widget=forms.RadioSelect)
    baseline_period = forms.CharField(label=lazy("Periode det sammenliknes med"), required=False, max_length=40)
    baseline_value = FigureField(
        label=lazy("Verdi det sammenliknes med"),
        required=False,
        places=6,
        example="77",
        help_text=lazy("Står den tom, brukes det som er målt i perioden."),
    )
    benchmark_group = forms.ChoiceField(
        label=lazy("Hvem det sammenliknes med"), required=False, choices=[("", "–"), *Benchmark.Group.choices]
    )
    yellow_limit = FigureField(
        label=lazy("Gulgrense"), required=False, places=6, example="4,2", help_text=lazy("Fra målet og hit er statusen Nesten nådd.")
    )
    tolerance = FigureField(
        label=lazy("Toleranse"), required=False, places=6, example="5", help_text=lazy("Så langt utenfor området er statusen Nesten nådd.")
    )

    def __init__(self, *args: Any, cell: GridCell, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cell = cell
        self.direction = Direction(cell.indicator.direction)
        for name in NOT_RANGE if self.direction == Direction.RANGE else RANGE_ONLY:
            del self.fields[name]
        self.fields["seen"].initial = "-".join(map(str, cell.seen or ()))
        self.reading = Reading(None, [])

    def shown_fields(self) -> list[tuple[forms.BoundField, str]]:
        """Each field with the kind of target it belongs to: "absolute", "relative", "baseline", "benchmark" or "" for all."""
        return [(field, WHEN.get(field.name, "")) for field in self.visible_fields()]

    @property
    def seen_row(self) -> tuple[int, int] | None:
        """Id and version of the own target that was on the screen; a made-up one fits none."""
        return seen_row(self.cleaned_data.get("seen", ""))

    def clean_baseline_period(self) -> Period | None:
        text = self.cleaned_data["baseline_period"].strip()
        if not text:
            return None
        try:
            return parse_period_text(text)
        except InvalidPeriod:
            raise forms.ValidationError(_("Skriv en periode, for eksempel 2025 eller mars 2025.")) from None

    def read(self, place: Place, known: Comparables) -> Reading:
        """The target through the goal linter; what blocks becomes errors of the fields."""
        if self.errors:
            return self.reading
        draft = self._draft(place.indicator)
        draft = replace(draft, last_values=known.values(place.indicator, place.unit_id))
        cleaned = self.cleaned_data
        group = cleaned.get("benchmark_group") or Benchmark.Group.OSLO
        draft = based(draft, ParsedTarget(), place, known, group)
        self.reading = judge(draft, benchmark_group=group)
        for finding in self.reading.blocking:
            self.add_error(self._field_of(finding), target_sentence(finding, place.indicator))
        return self.reading

    def _field_of(self, finding: Finding) -> str | None:
        name = str(finding.params["field"]) if finding.code == "outside_scale" else FIELDS.get(finding.code, "value")
        name = {"target": "value"}.get(name, name)
        return name if name in self.fields else "low" if "low" in self.fields else None

    def _draft(self, indicator: Indicator) -> TargetDraft:
        cleaned = self.cleaned_data
        kind = TargetKind(cleaned.get("kind") or TargetKind.ABSOLUTE)
        relative = kind != TargetKind.ABSOLUTE
        draft = TargetDraft(
            direction=self.direction,
            unit_of_measure=indicator.measure,
            typed="" if relative else cleaned.get("value") or "",
            yellow_limit=cleaned.get("yellow_limit"),
            low=cleaned.get("low"),
            high=cleaned.get("high"),
            tolerance=cleaned.get("tolerance"),
            kind=kind,
            scale_min=indicator.scale_min,
            scale_max=indicator.scale_max,
        )
        if not relative:
            return draft
        comparison = cleaned.get("comparison")
        draft = replace(draft, amount=cleaned.get("amount"), comparison=Comparison(comparison) if comparison else None)
        if kind == TargetKind.BASELINE:
            draft = replace(draft, baseline_period=cleaned.get("baseline_period"), baseline_value=cleaned.get("baseline_value"))
        return draft


def initial_of(target: Target | None) -> dict[str, Any]:
    """The fields of a stored target; the suggestion for a new one."""
    if target is None or target.withdrawn:
        return {}
    base = target.baseline_period
    return {
        "kind": target.kind,
        "value": figure(target.value) if target.kind == TargetKind.ABSOLUTE else "",
        "low": target.low,
        "high": target.high,
        "tolerance": target.tolerance,
        "yellow_limit": target.yellow_limit,
        "amount": target.amount,
        "comparison": target.comparison,
        "baseline_period": base.code if base else "",
        "baseline_value": target.baseline_value if target.kind == TargetKind.BASELINE else None,
        "benchmark_group": target.benchmark_group,
    }


def seen_row(text: str) -> tuple[int, int] | None:
    """Id and version as a page has sent them back."""
    if not text:
        return None
    parts = text.split("-")
    return (int(parts[0]), int(parts[1])) if len(parts) == 2 and all(part.isdecimal() for part in parts) else (0, 0)


class ProposalForm(GroundsForm):
    """Grounds of a proposal: nobody has approved it yet."""

    def __init__(self, *args: Any, dated: bool, **kwargs: Any) -> None:
        super().__init__(*args, approvers=[], **kwargs)
        del self.fields["approver"]
        if not dated:
            del self.fields["valid_from"]

    @property
    def day_and_reason(self) -> tuple[Any, str]:
        return self.cleaned_data.get("valid_from"), self.cleaned_data["reason"]
