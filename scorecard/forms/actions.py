"""The form of an action that is made because of a figure."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from crispy_forms.layout import Row
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from actions.forms.actions import PlanForm
from common.punkt.fields import FigureField
from common.punkt.layout import Suffix, form_helper
from organisation.forms.fields import WhenField
from organisation.queries.holders import Holder
from scorecard.models import Indicator
from scorecard.queries.figures import EXTRA_PLACES, unit_word
from scorecard.services.actions import Aim


class FigureActionForm(PlanForm):
    """What shall be done, and what the figure shall become. The unit's target is what is suggested."""

    starts = WhenField(label=lazy("Når skal tallet være der?"), required=False)

    def __init__(
        self, data: Any = None, *, indicator: Indicator, target: Decimal | None, owners: Iterable[Holder], back: str, initial: Any
    ) -> None:
        super().__init__(data, initial={"expected": target, **initial})
        self.fields["expected"] = FigureField(
            label=_("Hva skal tallet bli?"),
            required=False,
            places=indicator.places + EXTRA_PLACES,
            low=indicator.scale_min,
            high=indicator.scale_max,
        )
        self.offer(owners)
        suffix = unit_word(indicator)
        expected: object = Suffix("expected", suffix) if suffix else "expected"
        self.helper = form_helper(_("Lagre tiltaket"), back, "title", "description", Row("owner", "due_on"), Row(expected, "starts"))

    @property
    def aim(self) -> Aim:
        return Aim(self.cleaned_data["expected"], self.cleaned_data["starts"])
