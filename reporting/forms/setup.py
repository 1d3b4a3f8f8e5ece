"""Forms of rules, deadlines, causes, areas, account groups, earmarked projects and feeds."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from common import formats
from common.periods import Period
from common.punkt.fields import FigureField
from organisation.forms.asking import AskingForm
from organisation.forms.fields import CodeField, LineField, PickField, field_of
from reporting.models import Cause, DeadlineRule, ReportingRule
from reporting.queries.setup import first_open_month
from reporting.rules.kinds import Duty, RuleKind, Step

PERCENT, AMOUNT, BOTH, PERIODS = "limit_percent", "limit_amount", "needs_both", "periods"
LIMITS = (PERCENT, AMOUNT, BOTH, PERIODS)
# The limits that each rule has; all have a demand and a least length.
ASKED: dict[RuleKind, tuple[str, ...]] = {
    RuleKind.VARIANCE_TO_DATE: (PERCENT, AMOUNT, BOTH),
    RuleKind.FORECAST_OVERSPEND: (PERCENT, AMOUNT, BOTH),
    RuleKind.FORECAST_CHANGED: (PERCENT, AMOUNT, BOTH),
    RuleKind.FORECAST_OFF_PACE: (PERCENT,),
    RuleKind.UNDERSPEND: (PERCENT,),
    RuleKind.SICK_LEAVE: (PERCENT, PERIODS),
    RuleKind.RED_INDICATOR: (PERIODS,),
    RuleKind.OVERDUE_ACTION: (),
}
AHEAD = 14
_PREFIX = re.compile(r"[0-9A-Za-z.\-]{1,20}")


class SeenForm(AskingForm):
    """Carries what was seen, so that two people do not undo each other."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def values(self) -> dict[str, Any]:
        """What was filled in, without what was seen."""
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}


def clock_field(label: Any) -> forms.TimeField:
    """A time of day, as people write it."""
    return forms.TimeField(
        label=label,
        input_formats=["%H:%M", "%H.%M", "%H"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": lazy("Skriv et klokkeslett, for eksempel 15.00.")},
    )


class FromMonthForm(SeenForm):
    """From which reported month something counts."""

    from_month = PickField(label=lazy("Gjelder fra og med rapporten for"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = first_open_month(today)
        months = [Period.month(first.year, first.month).next(ahead) for ahead in range(AHEAD)]
        field = field_of(self, "from_month", PickField)
        field.offer([(month.code, formats.period_label(month)) for month in months])
        field.help_text = _("Tidligere måneder beholder det som gjaldt da.")

    def month(self) -> Period:
        return Period.parse(self.cleaned_data["from_month"])


class RuleForm(FromMonthForm):
    """When something must be explained, and what is then asked for."""

    limit_percent = FigureField(label=lazy("Grense i prosent"), required=False, places=2, low=0, high=100, example="2")
    limit_amount = FigureField(label=lazy("Grense i kroner"), required=False, places=2, low=0, high=10**12, example="100 000")
    needs_both = forms.BooleanField(label=lazy("Begge grensene må være passert"), required=False)
    periods = forms.IntegerField(label=lazy("Måneder på rad"), min_value=1, max_value=12)
    demand = forms.ChoiceField(label=lazy("Da kreves"), choices=ReportingRule.DemandChoices)
    min_length = forms.IntegerField(label=lazy("Minste lengde på teksten"), min_value=1, max_value=500, help_text=lazy("Antall tegn."))
    is_active = forms.BooleanField(label=lazy("Regelen er i bruk"), required=False)

    def __init__(self, *args: Any, kind: RuleKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name in LIMITS:
            if name not in ASKED[kind]:
                del self.fields[name]
        if kind is RuleKind.SICK_LEAVE:
            self.fields[PERCENT].label = _("Prosentpoeng over målet")

    def clean(self) -> dict[str, Any]:
        """A rule with limits has at least one of them."""
        cleaned = super().clean() or {}
        if PERCENT in ASKED[self.kind] and not self.errors and cleaned.get(PERCENT) is None and cleaned.get(AMOUNT) is None:
            raise ValidationError({PERCENT: _("Skriv en grense, for eksempel 2.")})
        if cleaned.get(BOTH) and (cleaned.get(PERCENT) is None or cleaned.get(AMOUNT) is None):
            raise ValidationError({BOTH: _("Fyll ut begge grensene, eller fjern haken.")})
        return cleaned

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name != "from_month"}

    @staticmethod
    def initial_of(row: ReportingRule | None) -> dict[str, Any]:
        """The fields of the row that counts now."""
        row = row or ReportingRule()
        return {name: getattr(row, name) for name in (*LIMITS, "demand", "min_length", "is_active")}


class DeadlineForm(FromMonthForm):
    """When a step is due: a working day or a day, never both."""

    workday = forms.IntegerField(
        label=lazy("Arbeidsdag nummer"), required=False, min_value=1, max_value=23, help_text=lazy("I måneden etter den som rapporteres.")
    )
    day = forms.IntegerField(
        label=lazy("Eller dag i måneden"),
        required=False,
        min_value=1,
        max_value=31,
        help_text=lazy("Faller den på en fridag, er fristen arbeidsdagen før."),
    )
    months_later = forms.IntegerField(label=lazy("Måneder senere enn vanlig"), required=False, min_value=0, max_value=11)
    time = clock_field(lazy("Klokken"))
    duty = forms.ChoiceField(label=lazy("Enheten leverer"), choices=DeadlineRule.DutyChoices)

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if step is not Step.UNIT_REPORT:
            del self.fields["duty"]

    def clean(self) -> dict[str, Any]:
        """One of the two days."""
        cleaned = super().clean() or {}
        if "workday" not in self.errors and "day" not in self.errors:
            if cleaned.get("workday") is None and cleaned.get("day") is None:
                self.add_error("workday", _("Skriv en arbeidsdag, for eksempel 6, eller en dag i måneden."))
            elif cleaned.get("workday") is not None and cleaned.get("day") is not None:
                self.add_error("day", _("Skriv enten arbeidsdag eller dag i måneden, ikke begge."))
        cleaned["months_later"] = cleaned.get("months_later") or 0
        return cleaned

    def values(self) -> dict[str, Any]:
        found = {name: value for name, value in super().values().items() if name != "from_month"}
        return {"duty": Duty.FULL, **found}

    @staticmethod
    def initial_of(row: DeadlineRule | None) -> dict[str, Any]:
        """The fields of the row that counts now."""
        return {name: getattr(row, name) for name in ("workday", "day", "months_later", "time", "duty")} if row else {"duty": Duty.FULL}


class NewDeadlineForm(AskingForm):
    """Which step gets a deadline of its own in which month."""

    step = PickField(label=lazy("Trinn"), choices=DeadlineRule.StepChoices)
    month = PickField(label=lazy("Måneden som rapporteres"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "month", PickField).offer([(str(number), str(name).capitalize()) for number, name in MONTHS.items()])


class CauseForm(SeenForm):
    """A cause leaders can choose."""

    label = LineField(label=lazy("Årsak"), longest=80)
    code = CodeField(label=lazy("Kode"), longest=30, help_text=lazy("Kan ikke endres siden."))
    part = forms.ChoiceField(label=lazy("Brukes om"), choices=Cause.PartChoices)
    order = forms.IntegerField(label=lazy("Rekkefølge"), min_value=0, max_value=999)
    is_active = forms.BooleanField(label=lazy("Kan velges"), required=False, initial=True)


def prefixes_in(text: str) -> list[str]:
    """Beginnings of codes, with commas, spaces or lines between. Raises ValidationError."""
    found = [part for part in re.split(r"[,;\s]+", text) if part]
    for part in found:
        if not _PREFIX.fullmatch(part):
            raise ValidationError(_("«%(text)s» er ikke begynnelsen på en kode. Skriv for eksempel 1020, 1030.") % {"text": part[:40]})
    if not found:
        raise ValidationError(_("Skriv minst én begynnelse på en kode, for eksempel 1020."))
    return list(dict.fromkeys(found))


class GroupForm(SeenForm):
    """Accounts that are explained as one."""

    name = LineField(label=lazy("Navn"), longest=80)
    code = CodeField(label=lazy("Kode"), longest=20, help_text=lazy("Kan ikke endres siden."))
    prefixes = LineField(
        label=lazy("Kontoer som begynner med"), longest=200, help_text=lazy("Komma mellom. Den lengste begynnelsen som passer, bestemmer.")
    )
    order = forms.IntegerField(label=lazy("Rekkefølge"), min_value=0, max_value=999)

    def clean_prefixes(self) -> str:
        return ",".join(prefixes_in(self.cleaned_data["prefixes"]))


class YearForm(SeenForm):
    """Years are written with four digits."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_year", "last_year"):
            if name in self.fields:
                self.fields[name].error_messages["invalid"] = _("Skriv et årstall, for eksempel 2026.")


class AreaForm(YearForm):
    """A function area and its functions."""

    code = CodeField(label=lazy("Kode"), longest=10, help_text=lazy("For eksempel FO3. Kan ikke endres siden."))
    name = LineField(label=lazy("Navn"), longest=80)
    functions = LineField(
        label=lazy("Funksjoner som begynner med"),
        longest=400,
        help_text=lazy("Komma mellom. Den lengste begynnelsen som passer, bestemmer."),
    )
    order = forms.IntegerField(label=lazy("Rekkefølge"), min_value=0, max_value=999)
    first_year = forms.IntegerField(
        label=lazy("Gjelder fra år"), min_value=1990, max_value=2100, help_text=lazy("Tidligere år beholder navn og funksjoner.")
    )

    def clean_functions(self) -> list[str]:
        return prefixes_in(self.cleaned_data["functions"])


class ProjectForm(YearForm):
    """Money bound to a purpose."""

    # Forms have a prefix of their own, which has nothing to do with this field.
    prefix = CodeField(label=lazy("Prosjekt som begynner med"), longest=20)  # type: ignore[assignment]
    name = LineField(label=lazy("Navn"), longest=80)
    first_year = forms.IntegerField(label=lazy("Fra år"), min_value=1990, max_value=2100)
    last_year = forms.IntegerField(label=lazy("Til år"), required=False, min_value=1990, max_value=2100)

    def clean(self) -> dict[str, Any]:
        """The last year does not come before the first."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_year"), cleaned.get("last_year")
        if first is not None and last is not None and last < first:
            self.add_error("last_year", _("Til år kan ikke være før fra år."))
        return cleaned


class FeedForm(SeenForm):
    """Which indicator a figure of the month fills."""

    indicator = PickField(label=lazy("Indikator"), required=False)
