"""What is said about pasted figures: a table that cannot be read, a cell that cannot, names nobody knows."""

from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

TABLES: dict[str, Promise] = {
    "empty": lazy("Lim inn tallene først."),
    "too_large": lazy("Det du limte inn, er større enn 2 MB. Del det i flere."),
    "too_many_rows": lazy("Det er mer enn 5000 tall. Del det i flere."),
    "too_many_columns": lazy("Tabellen har for mange kolonner. Ta med bare dem som skal leses."),
    "nul_bytes": lazy("Teksten har tegn som ikke hører hjemme i en tabell. Kopier rutene fra regnearket på nytt."),
    "damaged": lazy("Teksten kan ikke leses som en tabell. Se etter et anførselstegn som ikke er lukket."),
    "not_a_table": lazy("Dette er ikke en tabell. Kopier rutene fra regnearket og lim dem inn her."),
    "double_encoded": lazy("Æ, ø og å er ødelagt i teksten. Åpne filen på nytt som UTF-8 og kopier derfra."),
    "no_head": lazy("Finner ikke overskriftene. Ta med raden med Enhetskode, Indikator, Periode og Verdi, eller Teller og Nevner."),
    "no_unit": lazy("Finner ikke kolonnen med enheter. Kall den Enhetskode eller Enhet."),
    "no_period": lazy("Finner ikke kolonnen med perioder. Kall den Periode."),
    "no_figures": lazy("Finner ingen tall. Kall kolonnen Verdi, eller ta med både Teller og Nevner."),
    "no_indicator": lazy("Tabellen sier ikke hvilken indikator tallene hører til. Velg den over feltet, eller ta med kolonnen Indikator."),
    "personal": lazy("Tabellen har en kolonne om personer: %(shown)s. Ta den bort. Ingenting er lagret."),
}
FAULTS: dict[str, Promise] = {
    "ambiguous": lazy("«%(shown)s» kan leses på to måter. Si over tabellen hva punktumet betyr."),
    "no_number": lazy("«%(shown)s» er ikke et tall. Skriv for eksempel 10,5."),
    "no_quality": lazy("«%(shown)s» er ingen kvalitet. Skriv endelig, foreløpig, anslag, mangler, ikke målt eller ikke relevant."),
    "note_too_long": lazy("Merknaden er for lang. Skriv høyst 500 tegn."),
    "unknown_unit": lazy("Enheten «%(shown)s» er ukjent. Skriv koden eller hele navnet."),
    "no_unit": lazy("Raden mangler enhet. Skriv koden."),
    "unknown_indicator": lazy("Indikatoren «%(shown)s» er ukjent. Skriv koden eller hele navnet."),
    "missing_indicator": lazy("Raden mangler indikator. Skriv koden."),
    "no_period": lazy("«%(shown)s» er ingen periode. Skriv for eksempel 2026-09, 3. kvartal 2026 eller 2026."),
    "no_right": lazy("Tallet er skjermet og føres av enhetens leder."),
    "no_parts": lazy("Denne indikatoren har ikke teller. Skriv tallet under Verdi."),
    "half_parts": lazy("Skriv både teller og nevner, eller bare verdien."),
}


class Cell(Protocol):
    """A code, and what stood there."""

    @property
    def code(self) -> str: ...

    @property
    def shown(self) -> str: ...


def table_sentence(code: str, shown: str = "") -> str:
    """Why the text as a whole cannot be read."""
    return str(TABLES.get(code, TABLES["damaged"])) % {"shown": shown}


def fault_sentence(fault: Cell) -> str:
    """Why one cell cannot be read."""
    code = fault.code
    if not fault.shown:
        code = {"unknown_unit": "no_unit", "unknown_indicator": "missing_indicator"}.get(code, code)
    return str(FAULTS[code]) % {"shown": fault.shown}


def line_text(line: int) -> str:
    return _("rad %(line)s") % {"line": line}


def stated_text(figure: str) -> str:
    return _("Oppgitt %(figure)s. Begge blir stående.") % {"figure": figure}


def unknown_sentence(name: str, lines: list[int], near: list[str]) -> str:
    """«Hjemmetjensten (rad 3, 4). Mente du Hjemmetjenesten?»"""
    places = ", ".join(str(line) for line in lines[:10]) + ("…" if len(lines) > 10 else "")
    words = {"name": name or "–", "lines": places, "near": ", ".join(near)}
    if near:
        return _("«%(name)s» (rad %(lines)s). Mente du %(near)s?") % words
    return _("«%(name)s» (rad %(lines)s). Ingenting likner.") % words
