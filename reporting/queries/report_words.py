"""What a report lacks, as people read it: a line in the list of what is missing, and a sentence at the field."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

from reporting.rules.completeness import Missing

# (field, what is wrong): the line in the list, and what to write.
WORDS: dict[tuple[str, str], tuple[Promise, Promise]] = {
    ("method", "choose"): (
        lazy("Prognose: hva tror dere at året ender på?"),
        lazy("Velg ett av forslagene, eller skriv et eget tall."),
    ),
    ("change_text", "short"): (
        lazy("Prognose: hva er endret?"),
        lazy("Skriv minst %(n)s tegn, for eksempel «To vikarer slutter i november»."),
    ),
    ("causes", "choose"): (lazy("Forklaring: hva er årsaken?"), lazy("Velg minst én årsak.")),
    ("explanation", "short"): (
        lazy("Forklaring: hva skjer, og hva venter dere fremover?"),
        lazy("Skriv minst %(n)s tegn, for eksempel «To stillinger er ledige til november»."),
    ),
    ("timing_text", "what"): (
        lazy("Forklaring: hva jevner seg ut?"),
        lazy("Skriv hva det gjelder, for eksempel «Regningen kom for tidlig»."),
    ),
    ("new_action", "priced_action"): (
        lazy("Tiltak: minst ett tiltak med beløp"),
        lazy("Legg til et tiltak med kroner, frist og hvem som har ansvaret."),
    ),
    ("new_action", "action"): (lazy("Tiltak: minst ett tiltak"), lazy("Legg til et tiltak med frist og hvem som har ansvaret.")),
    ("action_line", "line"): (
        lazy("Tiltak: ny plan for «%(name)s»"),
        lazy("Skriv én linje om ny plan, for eksempel «Ny frist 1. desember»."),
    ),
    ("indicator", "indicator_action"): (lazy("Tiltak: «%(name)s» er ikke nådd"), lazy("Lag et tiltak som skal få tallet i mål.")),
    ("indicator_line", "short"): (lazy("Tiltak: hva gjør dere med «%(name)s»?"), lazy("Skriv minst %(n)s tegn om hva dere gjør.")),
    ("sick_text", "short"): (
        lazy("Sykefravær: hva gjør dere fremover?"),
        lazy("Skriv minst %(n)s tegn om hva dere gjør fremover."),
    ),
    ("answered", "unanswered"): (
        lazy("%(name)s: svar på spørsmålet fra bydelsdirektøren"),
        lazy("Endre det du blir spurt om, eller kryss av for at det står riktig."),
    ),
    ("figure", "figure"): (lazy("Produksjonstall: %(name)s"), lazy("Skriv et tall, for eksempel 1 512.")),
}
KINDS = ("action_line", "indicator_line", "indicator", "figure", "answered")


@dataclass(frozen=True)
class Lack:
    """One thing that is missing: `target` is the field's id on the page."""

    part: str
    field: str
    target: str
    text: str
    error: str


def lack(missing: Missing) -> Lack:
    kind = next((kind for kind in KINDS if missing.field.startswith(f"{kind}_")), missing.field)
    line, error = WORDS[kind, missing.code]
    params = {key: str(value) for key, value in missing.params.items()}
    return Lack(missing.part, missing.field, target_of(missing.field), str(line) % params, str(error) % params)


def target_of(field: str) -> str:
    """The id of a field on the page."""
    return f"f-{field}"
