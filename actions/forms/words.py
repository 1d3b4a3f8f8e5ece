"""What actions and refusals are called."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from actions.models import Action
from actions.queries.actions import ActionRow
from actions.rules.demands import Problem
from actions.rules.states import EffectKind, Status
from common import formats

# What each refusal says, beside the field it is about.
PROBLEMS: dict[Problem, tuple[str, Promise]] = {
    Problem.TITLE_MISSING: ("title", lazy("Skriv hva dere skal gjøre.")),
    Problem.DUE_IN_THE_PAST: ("due_on", lazy("Velg i dag eller en senere dag.")),
    Problem.OWNER_HAS_NO_ROLE: ("owner", lazy("Velg en som har en rolle i enheten eller over den.")),
    Problem.AMOUNT_MISSING: ("effect_amount", lazy("Skriv hvor mange kroner dere venter, for eksempel 600 000.")),
    Problem.AMOUNT_NOT_POSITIVE: ("effect_amount", lazy("Skriv et tall over null. Det dere sparer, skrives uten minus.")),
    Problem.REASON_MISSING: ("text", lazy("Skriv hvorfor tiltaket avbrytes.")),
    Problem.EVALUATION_MISSING: ("status", lazy("Når tiltaket er gjennomført, skriver du også hva som kom ut av det.")),
    Problem.OUTCOME_MISSING: ("outcome", lazy("Velg hvordan det gikk.")),
    Problem.OUTCOME_TEXT_MISSING: ("outcome_text", lazy("Skriv hva som kom ut av tiltaket. Én setning holder.")),
    Problem.OUTCOME_AMOUNT_MISSING: ("outcome_amount", lazy("Skriv hvor mange kroner tiltaket ga, for eksempel 450 000.")),
}
STATUS_WORDS = dict(Action.StatusChoices)
OUTCOME_WORDS = dict(Action.OutcomeChoices)
# Style and icon of each status mark; the word stands beside.
STATUS_LOOKS = {
    Status.NOT_STARTED: ("none", "minus"),
    Status.ON_TRACK: ("reached", "check"),
    Status.DELAYED: ("near", "warn"),
    Status.DONE: ("none", "ok"),
    Status.CANCELLED: ("none", "close"),
}


def status_word(status: str) -> str:
    return str(STATUS_WORDS[Status(status)])


def due_words(row: ActionRow, day: date) -> str:
    """«Frist i dag», «3 dager igjen», «2 dager over frist»; for what is closed, when."""
    if row.closed_on is not None:
        pattern = _("Gjennomført %(day)s") if row.status == Status.DONE else _("Avbrutt %(day)s")
        return pattern % {"day": formats.date_short(row.closed_on)}
    left = (row.due_on - day).days
    if left == 0:
        return _("Frist i dag")
    if left > 0:
        return ngettext("%(n)s dag igjen", "%(n)s dager igjen", left) % {"n": left}
    return ngettext("%(n)s dag over frist", "%(n)s dager over frist", -left) % {"n": -left}


def effect_words(row: ActionRow) -> str:
    """What is expected, in a few words: «600 000 kr i 2026», or what the person wrote."""
    if row.effect_kind == EffectKind.AMOUNT and row.effect_amount is not None:
        return _("%(amount)s i %(year)s") % {"amount": formats.money(row.effect_amount), "year": str(row.effect_year)}
    return row.effect_text
