"""What was found in a file, and why one cannot be read, as sentences that say what to do."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

from common import formats

SKIPPED: dict[str, Promise] = {
    "heading": lazy("Overskriften"),
    "header": lazy("Overskrift på hver side"),
    "title": lazy("Tittellinjer først i filen"),
    "blank": lazy("Tomme rader"),
    "sum": lazy("Sumrader, brukt som kontroll"),
    "period_00": lazy("Periode 00"),
    "no_key": lazy("Rader uten konto"),
    "footer": lazy("Linjer etter tabellen"),
    "not_wanted": lazy("Rader profilen ikke skal ha med"),
}
FIELDS: dict[str, Promise] = {
    "original": lazy("Opprinnelig budsjett"),
    "revised": lazy("Revidert budsjett"),
    "budget": lazy("Budsjett hittil i år"),
    "actual": lazy("Regnskap hittil i år"),
    "variance": lazy("Avvik"),
    "contracted": lazy("Avtalte dagsverk"),
    "lost": lazy("Tapte dagsverk"),
    "self_certified": lazy("Egenmeldt fravær"),
    "certified": lazy("Legemeldt fravær"),
    "short": lazy("Fravær 1–16 dager"),
    "long": lazy("Fravær over 16 dager"),
    "fte": lazy("Årsverk"),
    "debit": lazy("Debet"),
    "credit": lazy("Kredit"),
    "debit_is_credit": lazy("Debet mot kredit"),
    "entries": lazy("Antall bilag"),
    "percent": lazy("Prosent"),
    "value": lazy("Verdi"),
}
REFUSALS: dict[str, tuple[Promise, Promise]] = {
    "person_columns": (
        lazy("Filen har opplysninger om personer: %(columns)s. Ingenting av den er lagret."),
        lazy("Ta bort kolonnene i systemet filen kommer fra, og lag den på nytt."),
    ),
    "no_header": (
        lazy("Vi fant ikke overskriften i filen. Disse kolonnene mangler: %(missing)s."),
        lazy("Sjekk at du valgte riktig kilde. Heter kolonnene noe annet nå, må profilen endres."),
    ),
    "too_few_columns": (lazy("Filen har for få kolonner."), lazy("Sjekk at du valgte riktig kilde og riktig fil.")),
    "mixed_years": (lazy("Filen har flere år i seg: %(years)s."), lazy("Lag én fil per år.")),
    "two_periods": (lazy("Filen har mer enn én periode."), lazy("Lag én fil per periode.")),
    "period_missing": (lazy("Perioden står ikke i filen."), lazy("Last den opp på nytt og velg perioden selv.")),
    "other_period": (
        lazy("Filen gjelder %(file)s, men du valgte %(chosen)s."),
        lazy("Velg den perioden filen gjelder, eller la perioden stå åpen."),
    ),
    "too_many_rows": (lazy("Filen har flere rader enn %(limit)s."), lazy("Del den i flere filer.")),
    "too_many_codes": (lazy("Filen har svært mange ulike koder. Det er neppe riktig fil."), lazy("Sjekk at du valgte riktig kilde.")),
    "empty": (lazy("Filen er tom."), lazy("Velg en fil med rader.")),
    "too_large": (lazy("Filen er for stor."), lazy("Del den i flere filer.")),
    "old_excel": (lazy("Filen er i et gammelt Excel-format."), lazy("Åpne den i et regneark og lagre den som .xlsx eller .csv.")),
    "not_a_table": (lazy("Filen er ikke en tabell."), lazy("Velg en fil med rader og kolonner, for eksempel CSV eller XLSX.")),
    "damaged": (lazy("Filen er skadet."), lazy("Lag den på nytt, eller åpne den i et regneark og lagre den.")),
    "doctype": (lazy("Filen har deler som kan være skadelige (DTD eller entiteter)."), lazy("Lag filen på nytt uten slike deler.")),
    "double_encoded": (lazy("Æ, ø og å er ødelagt i filen."), lazy("Lag filen på nytt fra kilden.")),
    "encoding": (lazy("Tegnene i filen kan ikke leses."), lazy("Lagre den som CSV UTF-8 eller XLSX.")),
    "encrypted": (lazy("Filen er beskyttet med passord."), lazy("Fjern passordet og last den opp på nytt.")),
    "no_such_sheet": (lazy("Arket som profilen peker på, finnes ikke i filen."), lazy("Sjekk navnet på arket, eller endre profilen.")),
    "nul_bytes": (lazy("Filen har tegn som ikke er tekst."), lazy("Lagre den som CSV UTF-8 eller XLSX.")),
    "too_deep": (lazy("Filen er bygd på en måte vi ikke leser."), lazy("Lag den på nytt fra kilden.")),
    "too_long_text": (lazy("Et felt i filen er altfor langt."), lazy("Sjekk at det er riktig fil.")),
    "too_many_columns": (lazy("Filen har for mange kolonner."), lazy("Ta bort dem som ikke trengs.")),
    "wrong_ending": (lazy("Filnavnet slutter på noe annet enn det filen er."), lazy("Gi filen riktig endelse, for eksempel .csv.")),
    "wrong_format": (lazy("Filen er av en annen type enn kilden pleier å levere."), lazy("Sjekk at du valgte riktig kilde.")),
    "zip_bomb": (lazy("Filen blir altfor stor når den pakkes ut."), lazy("Lag den på nytt fra kilden.")),
    "gave_up": (lazy("Vi prøvde flere ganger, men klarte ikke å lese filen."), lazy("Last den opp på nytt. Skjer det igjen, si fra.")),
    "profile_faults": (lazy("Profilen til kilden har feil."), lazy("Se på profilen og rett den.")),
    "rejected": (lazy("Filen ble avvist av den som kontrollerte den."), lazy("Last opp en ny fil.")),
    "cancelled": (lazy("Innlesingen ble avbrutt."), lazy("Last opp filen på nytt når du vil.")),
}
UNREADABLE = (lazy("Filen kan ikke leses."), lazy("Lagre den som CSV UTF-8 eller XLSX, og prøv igjen."))


def skipped(reason: str) -> str:
    return str(SKIPPED.get(reason, reason))


def field_name(name: str) -> str:
    return str(FIELDS.get(name, name))


def refusal(reason: Mapping[str, object]) -> tuple[str, str]:
    """(why, what to do)"""
    why, what = REFUSALS.get(str(reason.get("code", "")), UNREADABLE)
    try:
        return str(why) % {name: str(value) for name, value in reason.items()}, str(what)
    except (KeyError, ValueError, TypeError):
        return str(why).split("%(")[0].rstrip(" :,"), str(what)


def size(count: int) -> str:
    """«1,4 MB», «32 kB»."""
    if count < 100_000:
        return f"{formats.number(max(1, round(count / 1000)))}{formats.HARD_SPACE}kB"
    return f"{formats.number(Decimal(count) / 1_000_000, 1)}{formats.HARD_SPACE}MB"
