"""Why a change of a target is not taken, in words."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

SENTENCES: dict[str, Promise] = {
    "reason_missing": lazy("Skriv hvorfor målet endres."),
    "approver_missing": lazy("Velg hvem som har godkjent endringen."),
    "date_outside_year": lazy("Datoen er ikke i målekartets år. Velg en dato i året."),
    "date_passed": lazy("Måneder som er publisert, beholder fargen sin. Velg en dato fra denne måneden eller senere."),
    "date_outside_unit": lazy("Enheten finnes ikke på denne datoen. Velg en dato da den er i drift."),
    "date_taken": lazy("Enheten har allerede et mål fra denne datoen. Velg en senere dato."),
    "not_on_card": lazy("Indikatoren eller enheten hører ikke til dette målekartet."),
}
# The field of the grounds that each is about.
FIELDS = {
    "reason_missing": "reason",
    "approver_missing": "approver",
    "date_outside_year": "valid_from",
    "date_passed": "valid_from",
    "date_outside_unit": "valid_from",
    "date_taken": "valid_from",
}


def refusal_sentences(codes: Sequence[str]) -> list[str]:
    return [str(SENTENCES[code]) for code in codes]
