"""Files and profiles for the tests of reading, and a sink that keeps what it is given."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from imports.importing.reading import read
from imports.rules.context import Context
from imports.rules.findings import Findings
from imports.rules.profile import Profile, load_profile
from imports.rules.rows import Row

ROOT = Path(__file__).parents[3]
DATA = ROOT.parent / "shared" / "data"

HEAD = "Ansvar;Ansvar(T);Konto;Konto(T);Funksjon;Funksjon(T);Prosjekt;Periode;Rev. budsjett;Budsjett HiÅ;Regnskap HiÅ;Avvik;Forbruk %"
WAGES = "402100;Hjemmetjenesten;10101;Fastlønn;254;Hjemmeboende;;202509;46 000 000,00;34 270 000,00;33 905 400,50;364 599,50;73,7"
TRANSPORT = "402100;Hjemmetjenesten;11701;Transport;254;Hjemmeboende;;202509;3 500 000,00;2 607 500,00;2 655 500,00;48 000,00-;75,9"
UBW = f"""Budsjettoppfølging per ansvar;;;;;;;;;;;;
Firma: Bydel Alna;Periode: 202509;;;;;;;;;;;
Skrevet ut 05.10.2025 07:12;;;;;;;;;;;;
;;;;;;;;;;;;
{HEAD}
{WAGES}
402100;Hjemmetjenesten;10201;Vikarer;254;Hjemmeboende;;202509;5 200 000,00;3 874 000,00;6 120 310,25;2 246 310,25-;117,7
402100;Hjemmetjenesten;10901;Pensjon;254;Hjemmeboende;;202509;6 400 000,00;4 768 000,00;4 790 112,00;22 112,00-;74,8
402100;Hjemmetjenesten;10991;Arbeidsgiveravgift;254;Hjemmeboende;;202509;8 100 000,00;6 034 500,00;6 310 450,75;275 950,75-;77,9
402100;Hjemmetjenesten;11151;Forbruksmateriell;254;Hjemmeboende;;202509;2 100 000,00;1 564 500,00;1 498 226,50;66 273,50;71,3
{TRANSPORT}
402100;Hjemmetjenesten;16001;Brukerbetaling;254;Hjemmeboende;;202509;1 500 000,00-;1 117 500,00-;1 248 000,00-;130 500,00;83,2
402100;Hjemmetjenesten;17101;Sykelønnsrefusjon;254;Hjemmeboende;;202509;1 800 000,00-;1 341 000,00-;1 902 000,00-;561 000,00;105,7
Sum 402100;Hjemmetjenesten;;;;;;;68 000 000,00;50 660 000,00;52 130 000,00;1 470 000,00-;76,7
;;;;;;;;;;;;
Totalt;;;;;;;;68 000 000,00;50 660 000,00;52 130 000,00;1 470 000,00-;76,7
"""
SICK_LEAVE = """Enhetskode;Enhet;Periode;Årsverk;Avtalte dagsverk;Egenmeldt;Legemeldt;Sum fravær;1-16 dager;Over 16 dager;Fravær %
402;Hjemmetjenesten;2025-09;120,0;2640,0;79,5;284,8;364,3;131,2;233,1;13,8
407;Seniorsentre og dagaktivitet;2025-09;18,0;396,0;6,0;14,6;20,6;9,4;11,2;5,2
;Sum;;138,0;3036,0;85,5;299,4;384,9;140,6;244,3;12,7
"""


class Kept:
    """A sink that keeps the rows."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def write_many(self, rows: Sequence[Row], /) -> None:
        self.rows += rows


def profile(code: str, **changes: object) -> Profile:
    """A built-in profile, with some of its definition changed."""
    definition = json.loads((ROOT / "imports" / "profiles" / f"{code}.json").read_text(encoding="utf-8"))
    return load_profile({**definition, **changes})


def known(code: str, _day: date) -> int | None:
    """The unit of a code: cost centres and codes that begin with 40 or 30."""
    return int(code[:3]) if code[:2] in {"40", "30"} else None


def read_file(path: Path, of: Profile, **outside: object) -> tuple[list[Row], Findings]:
    """The rows and findings of a file."""
    kept = Kept()
    context = Context(**{"unit_of": known, **outside})
    return kept.rows, read(path=path, file_name=path.name, profile=of, context=context, sink=kept)


def read_bytes(tmp_path: Path, content: bytes, of: Profile, name: str = "fil.csv", **outside: object) -> tuple[list[Row], Findings]:
    """The same for a file of these bytes."""
    path = tmp_path / name
    path.write_bytes(content)
    return read_file(path, of, **outside)


def ubw(*rows: str, head: str = HEAD) -> bytes:
    """A ledger file of these rows as the system writes it."""
    return "\r\n".join([head, *rows, ""]).encode("cp1252")


def codes_of(findings: Findings) -> set[str]:
    """What was said, for a row or for the file."""
    return {problem.code for problem in [*findings.problems, *findings.warnings]}
