"""Sources of files for tests, and a file as UBW writes it."""

import json
from pathlib import Path

import factory

from imports.models import Profile, Source
from imports.rules.states import SourceKind
from tests.factories.organisation import DistrictFactory

BUILT_IN = Path(__file__).resolve().parent.parent.parent / "imports" / "profiles"


class ProfileFactory(factory.django.DjangoModelFactory[Profile]):
    """A built-in profile; `code=` says which."""

    class Meta:
        model = Profile
        django_get_or_create = ("code",)

    code = "ubw"
    name = factory.LazyAttribute(lambda row: row.definition["name"])
    kind = factory.LazyAttribute(lambda row: row.definition["kind"])
    definition = factory.LazyAttribute(lambda row: json.loads((BUILT_IN / f"{row.code}.json").read_text(encoding="utf-8")))


class SourceFactory(factory.django.DjangoModelFactory[Source]):
    """The ledger of a district, expected on the sixth working day."""

    class Meta:
        model = Source

    code = factory.Sequence(lambda number: f"okonomi_{number}")
    name = "Økonomi fra UBW"
    kind = SourceKind.ECONOMY
    district = factory.SubFactory(DistrictFactory)
    profile = factory.SubFactory(ProfileFactory)
    folder = factory.SelfAttribute("code")
    expected_workday = 6


UBW_HEAD = "Ansvar;Ansvar(T);Konto;Konto(T);Funksjon;Funksjon(T);Prosjekt;Periode;Rev. budsjett;Budsjett HiÅ;Regnskap HiÅ"


def ubw_file(*rows: tuple[str, str, str], period: str = "202609", total: str | None = None) -> bytes:
    """Rows of (cost centre, account, actual); every budget is 100,00 for the year and 75,00 so far."""
    lines = [f"Firma: Bydel;Periode: {period};;;;;;;;;", UBW_HEAD]
    lines += [f"{centre};Enhet {centre};{account};Lønn æøå;254;;;{period};100,00;75,00;{actual}" for centre, account, actual in rows]
    if total is not None:
        lines.append(f"Totalt;;;;;;;;;;{total}")
    return "\r\n".join(lines).encode("cp1252")
