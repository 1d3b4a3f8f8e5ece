"""What came out of each activity of the wheel: the page in Alna where it is read. A talk with an employee leaves nothing to read."""

from collections.abc import Callable
from datetime import date

from django.urls import reverse

# Address and name, of the unit's code, the district's code and the wheel's year.
Product = Callable[[str, str, int], tuple[str, str]]


def card(back: int, name: str) -> Product:
    """The unit's målekart, of the year or so many years before."""
    return lambda unit, _district, year: (reverse("scorecard:card", args=[unit, year - back]), f"{name} {year - back}")


def indicator(code: str, name: str) -> Product:
    return lambda unit, _district, _year: (reverse("scorecard:indicator", args=[unit, code]), name)


def consolidated(month: int, name: str) -> Product:
    return lambda _unit, district, year: (reverse("reporting:consolidated", args=[district, date(year, month, 1)]), f"{name} {year}")


def accounts(_unit: str, district: str, year: int) -> tuple[str, str]:
    return reverse("reporting:economy", args=[district, date(year - 1, 12, 1)]), f"Regnskapet for {year - 1}"


def actions(unit: str, _district: str, _year: int) -> tuple[str, str]:
    return f"{reverse('actions:every')}?enhet={unit}", "Tiltakene i enheten"


GOALS, RESULTS = card(0, "Målekartet for"), card(1, "Resultatene for")
WELL_BEING = indicator("medarbeidertilfredshet_samlet", "Medarbeidertilfredshet")
CONTENT = indicator("brukertilfredshet_samlet", "Brukertilfredshet")
PRODUCTS: dict[str, Product] = {
    "Årsbrev": GOALS,
    "Periode 13": accounts,
    "Bidrag til årsrapport": RESULTS,
    "KOSTRA levert": RESULTS,
    "Oppstartssamtaler": RESULTS,
    "Årsplan levert": GOALS,
    "Risikogjennomgang": actions,
    "KOSTRA, foreløpig": RESULTS,
    "Årsrapport til BU": RESULTS,
    "Lederkontrakter": GOALS,
    "Vernerunde, HMS-plan": actions,
    "Tertial 1 til BU": consolidated(4, "Samlet rapport for april"),
    "Tertialoppfølging 1": actions,
    "KOSTRA, revidert": RESULTS,
    "Budsjettgrunnlag, BU": consolidated(5, "Samlet rapport for mai"),
    "Dialogmøter": actions,
    "Dokumentgjennomgang": actions,
    "Tertialoppfølging 2": actions,
    "Brukerundersøkelser": CONTENT,
    "Medarbeiderundersøkelse": WELL_BEING,
    "Resultat til enhetene": WELL_BEING,
    "Budsjettforslag": consolidated(10, "Samlet rapport for oktober"),
    "Foreldreundersøkelse": CONTENT,
    "Budsjettvedtak, BU": consolidated(11, "Samlet rapport for november"),
    "Handlingsplaner": actions,
    "Besøksrunden": actions,
    **{f"AMU, {quarter}. kvartal": indicator("sykefravaer", "Sykefraværet") for quarter in range(1, 5)},
}


def product_of(short: str, unit: str, district: str, year: int) -> tuple[str, str]:
    """Address and name; none of what leaves nothing to read."""
    found = PRODUCTS.get(short)
    return found(unit, district, year) if found else ("", "")
