"""What is wrong with a row, or worth knowing about a file, as sentences."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from common import formats
from common.numbers import NotANumber, parse_number
from imports.rules.findings import Problem

# With what stands in their parameters.
PROBLEMS: dict[str, Promise] = {
    # a row
    "ambiguous": lazy("Tallet kan leses på to måter. Bruk desimalkomma i filen."),
    "amounts_without_key": lazy("Raden har beløp, men ikke ansvar eller konto."),
    "code_too_long": lazy("Koden er for lang."),
    "contracted_differs": lazy("Avtalte dagsverk er ikke det samme i alle radene til enheten."),
    "denominator_is_zero": lazy("Nevneren er 0, så det er ingenting å dele på."),
    "duplicate_row": lazy("Det samme står også i rad %(first)s."),
    "figure_missing": lazy("Her mangler et tall."),
    "half_a_fraction": lazy("Raden har bare teller eller bare nevner. Skriv begge."),
    "length_is_not_total": lazy("Kort og langt fravær er til sammen ikke det samme som alt fravær."),
    "lowest_above_highest": lazy("Laveste tall er høyere enn det høyeste."),
    "more_than_contracted": lazy("Fraværet er større enn avtalte dagsverk (%(contracted)s)."),
    "negative": lazy("Tallet kan ikke være under 0."),
    "not_an_amount": lazy("Dette er ikke et tall."),
    "other_kind_of_period": lazy("Indikatoren måles ikke for slike perioder."),
    "percent_differs": lazy("Prosenten i filen stemmer ikke. Vi regner den ut: %(worked_out)s."),
    "period_not_month": lazy("Perioden må være en måned."),
    "period_not_read": lazy("Dette er ikke en periode. Skriv for eksempel 202609."),
    "quality_not_known": lazy("Vi kjenner ikke denne kvaliteten. Skriv for eksempel endelig eller foreløpig."),
    "same_as_earlier": lazy("Tallene er nøyaktig de samme som i rad %(first)s. Sjekk at det er riktig."),
    "sum_not_read": lazy("En sum i filen kunne ikke leses, så den er ikke kontrollert."),
    "too_many_cells": lazy("Raden har flere felt enn overskriften."),
    "type_is_not_total": lazy("Egenmeldt og legemeldt er til sammen ikke det samme som alt fravær."),
    "type_not_known": lazy("Vi kjenner ikke denne typen fravær."),
    "unknown_indicator": lazy("Ingen indikator har dette navnet. Raden blir ikke lagret."),
    "variance_differs": lazy("Avviket i filen er ikke budsjett minus regnskap (%(worked_out)s)."),
    "whole_number_needed": lazy("Her må det stå et helt tall."),
    # what the målekart does not take
    "value_twice": lazy("Det samme tallet står to ganger."),
    "value_period_not_over": lazy("Perioden er ikke over ennå."),
    "value_wrong_period_kind": lazy("Indikatoren måles ikke for slike perioder."),
    "value_outside_unit_life": lazy("Enheten fantes ikke i perioden."),
    "value_indicator_retired": lazy("Indikatoren er tatt ut av bruk."),
    "value_is_calculated": lazy("Indikatoren regnes ut av andre tall."),
    "value_value_missing": lazy("Her mangler et tall."),
    "value_parts_missing": lazy("Raden mangler teller eller nevner."),
    "value_denominator_zero": lazy("Nevneren er 0, så det er ingenting å dele på."),
    "value_denominator_negative": lazy("Nevneren kan ikke være under 0."),
    "value_below_scale": lazy("Tallet er lavere enn det som er mulig."),
    "value_above_scale": lazy("Tallet er høyere enn det som er mulig."),
    "value_too_many_digits": lazy("Tallet har for mange sifre."),
    "value_sum_too_large": lazy("Lagt sammen med de andre enhetene blir tallet for stort."),
    "value_year_locked": lazy("Målekartet for året er låst."),
    # the whole file
    "accounts_without_budget": lazy("Kontoer uten budsjett: %(count)s. Prosenten vises som «–»."),
    "answers_unknown": lazy("Antall svar mangler. Tallene vises, men legges ikke sammen med andre."),
    "closing_period": lazy("Filen er for periode %(number)s, som avslutter året. Den regnes med i desember."),
    "income_is_positive": lazy("Inntektene i filen er positive. Sjekk at profilen sier det samme."),
    "no_rows": lazy("Filen har ingen rader vi kan bruke."),
    "looks_like_month": lazy("Beløpene ser ut til å gjelde bare måneden, men profilen sier hittil i år."),
    "switch_sign": lazy("Avviket i filen har motsatt fortegn av vårt. Vi bruker budsjett minus regnskap."),
    "unit_doubtful": lazy("Summen er uvanlig stor eller liten. Sjekk om beløpene er i kroner eller tusen kroner."),
    "values_refused": lazy("Noen av tallene kan ikke lagres på målekartet (%(count)s). Året kan være låst."),
    "wages_fell": lazy("Lønn hittil i år er lavere enn forrige måned. Sjekk at det er riktig fil."),
}


# What of their parameters is a figure of the file itself.
FIGURES = frozenset({"contracted", "worked_out"})


def problem(found: Problem, *, amounts: bool = True) -> str:
    """What is wrong with a row, or worth knowing about the file; without `amounts`, with no figure of it."""
    pattern = PROBLEMS.get(found.code)
    if pattern is None:
        return _("Raden kan ikke brukes (%(code)s).") % {"code": found.code}
    try:
        shown = {name: _shown(value) if amounts or name not in FIGURES else formats.MISSING for name, value in found.params.items()}
        return str(pattern) % shown
    except (KeyError, ValueError, TypeError):
        return str(pattern).split("%(")[0].rstrip(" (:")


def _shown(value: object) -> str:
    """A figure in Norwegian; anything else as it is."""
    text = str(value)
    try:
        found = parse_number(text, decimal_point=True).value
    except NotANumber:
        return text
    return formats.number(found) if found is not None else text
