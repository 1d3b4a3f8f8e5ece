"""Columns about persons: a file that has one is refused whole, before anything of it is kept."""

import re

from imports.rules.profile import plain

_PARTS = (
    *("fodselsn", "fødselsn", "fodselsd", "fødselsd", "fnr", "personnummer", "personnr", "personident", "ansattnr", "ansattnummer"),
    *("ansattid", "ansattnavn", "personnavn", "medarbeidernr", "medarbeidernavn", "etternavn", "fornavn", "mellomnavn", "employeeid"),
    *("employeeno", "lastname", "firstname", "socialsecurity", "stillingsnr", "ressursnr", "ressursnavn", "lønnsnr", "lonnsnr"),
    *("dnummer", "sykmeldtnavn", "epost", "mobilnr", "diagnose"),
)
# Words that are about a person only when they stand alone: «Enhetsnavn» and «Ansvar(T)» are not.
_WHOLE = {
    "navn",
    "name",
    "ansatt",
    "ansatte",
    "person",
    "medarbeider",
    "arbeidstaker",
    "fdato",
    "født",
    "ansattnavn",
    "fullnavn",
    "fulltnavn",
}
_NATIONAL_NUMBER = re.compile(r"(?<![0-9])[0-9]{6} ?[0-9]{5}(?![0-9])")
_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def person_columns(headings: list[str]) -> list[str]:
    """The headings that name persons or their numbers."""
    return [heading for heading in headings if _is_about_persons(plain(heading))]


def holds_national_number(text: str) -> bool:
    """Whether there is a fødselsnummer in the text: eleven digits whose check digits are right."""
    return any(_is_national_number(found[0].replace(" ", "")) for found in _NATIONAL_NUMBER.finditer(text))


def _is_about_persons(heading: str) -> bool:
    return heading in _WHOLE or any(part in heading for part in _PARTS)


def _is_national_number(digits: str) -> bool:
    values = [int(digit) for digit in digits]
    day, month = int(digits[:2]), int(digits[2:4])
    # D-numbers have 40 more in the day; test numbers 40 or 80 more in the month.
    if not (1 <= day % 40 <= 31 and 1 <= month % 40 <= 12):
        return False
    return not any(
        sum(value * weight for value, weight in zip(values, weights, strict=False)) % 11 for weights in (_FIRST_WEIGHTS, _SECOND_WEIGHTS)
    )
