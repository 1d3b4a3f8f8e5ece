"""A profile read out loud, and what is wrong with one."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from imports.forms.words import field_name
from imports.rules.profile import Profile

FORMATS: dict[str, Promise] = {
    "delimited": lazy("Tekst med skilletegn (CSV)"),
    "workbook": lazy("Regneark (XLSX)"),
    "fixed_width": lazy("Tekst med faste posisjoner"),
    "saft": lazy("SAF-T Regnskap (XML)"),
    "jsonstat": lazy("JSON-stat 2"),
}
PERIODS: dict[str, Promise] = {
    "column": lazy("en kolonne"),
    "title": lazy("tittellinjene"),
    "name": lazy("filnavnet"),
    "given": lazy("den som laster opp"),
}
COLUMNS: dict[str, Promise] = {
    "cost_centre": lazy("Ansvar"),
    "cost_centre_name": lazy("Navn på ansvar"),
    "account": lazy("Konto"),
    "account_name": lazy("Navn på konto"),
    "function": lazy("Funksjon"),
    "function_name": lazy("Navn på funksjon"),
    "project": lazy("Prosjekt"),
    "period": lazy("Periode"),
    "year": lazy("År"),
    "quarter": lazy("Kvartal"),
    "code": lazy("Enhetskode"),
    "name": lazy("Enhet"),
    "indicator": lazy("Indikator"),
    "numerator": lazy("Teller"),
    "denominator": lazy("Nevner"),
    "quality": lazy("Kvalitet"),
    "type": lazy("Type fravær"),
    "days": lazy("Dager"),
    "persons_absent": lazy("Personer med fravær"),
    "survey": lazy("Undersøkelse"),
    "theme": lazy("Spørsmålsgruppe"),
    "mean": lazy("Snitt"),
    "answers": lazy("Antall svar"),
    "country": lazy("Snitt for landet"),
    "highest": lazy("Høyest"),
    "lowest": lazy("Lavest"),
    "area": lazy("Område"),
    "ledger_class": lazy("Kontoklasse"),
}
FAULTS: dict[str, Promise] = {
    "not_a_code": lazy("Skriv høyst 40 små bokstaver (a–z), tall, bindestrek og understrek."),
    "too_long": lazy("Skriv høyst 120 tegn."),
    "not_an_object": lazy("Filen er ikke et JSON-objekt."),
    "not_known": lazy("Dette feltet finnes ikke."),
    "text_needed": lazy("Her må det stå en tekst."),
    "not_a_choice": lazy("«%(text)s» er ikke et gyldig valg."),
    "true_or_false": lazy("Her må det stå true eller false."),
    "whole_number_needed": lazy("Her må det stå et helt tall."),
    "list_of_texts": lazy("Her må det stå en liste med tekster."),
    "object_needed": lazy("Her må det stå et objekt."),
    "no_such_field": lazy("Slike filer har ikke dette feltet."),
    "column_not_understood": lazy("Kolonnen er ikke beskrevet på en måte vi forstår."),
    "name_used_twice": lazy("Navnet «%(text)s» er brukt om to kolonner."),
    "place_not_understood": lazy("Posisjonen må være to tall, fra og til."),
}


def fault(place: str, code: str, text: str) -> str:
    """«columns.account: Navnet «Konto» er brukt om to kolonner.»"""
    said = str(FAULTS.get(code, _("Dette kan ikke brukes."))) % {"text": text}
    return f"{place}: {said}" if place else said


def column_name(name: str) -> str:
    return str(COLUMNS[name]) if name in COLUMNS else field_name(name)


def told(profile: Profile) -> list[tuple[str, str]]:
    """What the profile says, as names and values."""
    rows = [(_("Filtype"), str(FORMATS.get(profile.format, profile.format)))]
    if profile.format in ("delimited", "fixed_width"):
        rows.append((_("Tegnsett"), _("Finnes av seg selv") if profile.encoding == "auto" else profile.encoding))
    if profile.format == "delimited":
        rows.append((_("Skilletegn"), _("Finnes av seg selv") if profile.delimiter == "auto" else repr(profile.delimiter).strip("'")))
    if profile.format == "workbook":
        rows.append((_("Ark"), profile.sheet or _("Det første synlige")))
    rows.append((_("Perioden finnes i"), ", ".join(str(PERIODS.get(each, each)) for each in profile.period)))
    if profile.kind == "economy":
        rows += _economy(profile)
    if profile.accounts:
        rows.append((_("Bare kontoer som begynner med"), ", ".join(profile.accounts)))
    rows += [
        (_("Bare rader der %(name)s er") % {"name": column_name(name).lower()}, ", ".join(values)) for name, values in profile.only.items()
    ]
    return rows


def _economy(profile: Profile) -> list[tuple[str, str]]:
    units: Mapping[int, str] = {1: _("kroner"), 1000: _("tusen kroner"), 1_000_000: _("millioner kroner")}
    return [
        (_("Beløp står i"), units[profile.unit]),
        (_("Beløpene gjelder"), _("fra januar til og med perioden") if profile.cumulative else _("bare perioden")),
        (_("Avvik i filen"), _("budsjett minus regnskap") if profile.variance == "budget_minus_actual" else _("regnskap minus budsjett")),
        (_("Inntekter"), _("negative") if profile.income == "negative" else _("positive")),
        (_("Like rader"), _("legges sammen") if profile.duplicates == "sum" else _("er en feil")),
    ]


def columns(profile: Profile) -> list[tuple[str, str, bool]]:
    """(what, headings or positions it may stand under, whether it must be there)"""
    found = []
    for column in profile.columns:
        where = ", ".join(column.aliases)
        if column.at is not None:
            where = _("posisjon %(first)s–%(last)s") % {"first": column.at[0], "last": column.at[1]}
        found.append((column_name(column.name), where, column.required))
    return found
