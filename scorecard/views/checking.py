"""The validation list with a link to where each thing is mended."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from scorecard.forms.wording import card_sentence
from scorecard.models import FocusArea, Indicator, Scorecard
from scorecard.rules.findings import Finding
from scorecard.views.framing import card_address


@dataclass(frozen=True)
class CheckLine:
    """One finding in words."""

    text: str
    url: str
    blocking: bool


def check_lines(card: Scorecard, findings: Sequence[Finding]) -> list[CheckLine]:
    """At most two SQL statements, for the names."""
    if not findings:
        return []
    rows = _indicators(findings)
    codes = {pk: code for pk, _name, code in rows}
    names = {
        "area": dict(FocusArea.objects.filter(scorecard=card).values_list("pk", "name")),
        "indicator": {pk: name for pk, name, _code in rows},
    }
    return [CheckLine(card_sentence(finding, names), _address(card, finding, codes), finding.blocking) for finding in findings]


def _indicators(findings: Sequence[Finding]) -> list[tuple[int, str, str]]:
    ids = {int(str(finding.params["indicator"])) for finding in findings if "indicator" in finding.params}
    return list(Indicator.objects.filter(pk__in=ids).values_list("pk", "name", "code")) if ids else []


def _address(card: Scorecard, finding: Finding, codes: dict[int, str]) -> str:
    code = codes.get(int(str(finding.params["indicator"])), "") if "indicator" in finding.params else ""
    match finding.code:
        case "weight_sum" | "weight_missing":
            return f"{card_address('setup_weights', card)}#omrade-{finding.params['area']}"
        case "method_missing" | "source_missing" | "direction_missing":
            return reverse("scorecard:library_edit", args=[code])
        case "target_missing" | "target_unconfirmed":
            return f"{card_address('target_grid', card)}?indikator={code}"
        case "limits_against_direction":
            return card_address("target", card, card.unit.code, code)
        case "area_empty" | "too_many_indicators":
            return f"{card_address('setup_card', card)}#omrade-{finding.params['area']}"
    return card_address("setup_card", card)
