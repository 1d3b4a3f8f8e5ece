"""The library of indicators; here those of the målekart."""

from collections.abc import Iterator
from decimal import Decimal

from alna.demo.library_nav import nav_indicators
from alna.demo.library_production import production_indicators, rate
from alna.demo.plan import moment
from alna.demo.units import FOUNDED
from alna.demo.world import World, add_with_history
from common.periods import PeriodKind
from common.versions import dated
from scorecard.models import Indicator
from scorecard.rules.rollup import Method
from scorecard.rules.statuses import Direction

M = Indicator.Measure


def fill(world: World) -> None:
    """All indicators, first written when the målekart began."""
    library = [*_scorecard_indicators(), *production_indicators(), *nav_indicators()]
    add_with_history(world, [dated(indicator, moment(FOUNDED)) for indicator in library], "code")
    world.indicators = {indicator.code: indicator for indicator in Indicator.objects.all()}


def survey(code: str, name: str, method: str, definition: str, *, places: int = 1, owner: str = "Kvalitetsrådgiver") -> Indicator:
    """A mean on the scale from 1 to 6, where every answer counts the same."""
    return Indicator(
        code=code,
        name=name,
        definition=definition,
        numerator_text="Summen av alle svar fra 1 til 6",
        denominator_text="Antall svar, uten «vet ikke»",
        method_text=method,
        source="Bydelens undersøkelser",
        owner_role=owner,
        measure=M.SCALE,
        unit_text="skala 1–6",
        direction=Direction.HIGHER,
        rollup=Method.POOLED,
        frequency=PeriodKind.YEAR,
        due_days=45,
        places=places,
        scale_min=Decimal(1),
        scale_max=Decimal(6),
        score_floor=Decimal(3),
        change_gap=Decimal("0.2"),
        minutes=5,
    )


def _scorecard_indicators() -> Iterator[Indicator]:
    yield survey(
        "brukertilfredshet_samlet",
        "Brukertilfredshet – samlet",
        "Brukerundersøkelse",
        "Hvor fornøyd brukerne og de pårørende er med tjenesten alt i alt. Alle svar i bydelen teller likt.",
        places=2,
    )
    yield survey(
        "brukertilfredshet_respekt",
        "Brukertilfredshet – respekt",
        "Brukerundersøkelse",
        "I hvilken grad brukerne opplever å bli møtt med respekt.",
    )
    yield survey(
        "medarbeidertilfredshet_samlet",
        "Medarbeidertilfredshet – samlet",
        "Ansatte – undersøkelse",
        "Hvor fornøyd de ansatte er med arbeidsplassen alt i alt.",
        owner="HR",
    )
    yield _sick_leave()
    yield survey(
        "egen_kompetanse",
        "Vurdering av egen kompetanse",
        "Ansatteundersøkelse",
        "I hvilken grad de ansatte mener at egen kompetanse er god nok for oppgavene.",
        owner="HR",
    )
    yield survey(
        "ansvar_og_myndighet",
        "Ansvar og myndighet i praksis",
        "Ansatteundersøkelse",
        "I hvilken grad de ansatte har myndighet til å ta beslutninger i eget arbeid.",
        owner="HR",
    )
    yield _economy()
    yield survey(
        "tilfredshet_med_ledere",
        "Tilfredshet med ledere",
        "Ansatteundersøkelse",
        "Hvor fornøyd de ansatte er med nærmeste leder.",
        places=2,
        owner="HR",
    )
    yield survey(
        "samarbeid_frivillige",
        "Samarbeid med frivillige organisasjoner",
        "Spørreundersøkelse",
        "Hvor fornøyd lag og organisasjoner med avtale er med samarbeidet. Spørres i enheter som har slike avtaler.",
    )
    yield rate(
        "lokale_satsinger",
        "Gjennomføring av planlagte lokale satsinger",
        "Registrering av tiltak",
        "Andel av de planlagte lokale satsingene hittil i år som er gjennomført eller i rute.",
        ("Satsinger som er gjennomført eller i rute", "Planlagte satsinger hittil i år"),
        source="Enhetenes årsplaner",
        made_up=False,
    )


def _sick_leave() -> Indicator:
    return Indicator(
        code="sykefravaer",
        name="Sykefravær",
        definition="Tapte dagsverk på grunn av egen sykdom, i prosent av avtalte dagsverk. Egenmeldt og legemeldt samlet. "
        "Vises for de siste tolv månedene samlet, fordi én måned varierer mye med årstiden.",
        numerator_text="Tapte dagsverk: sykedager × stillingsandel × sykmeldingsgrad",
        denominator_text="Avtalte dagsverk",
        method_text="Tall fra NLP",
        source="Lønns- og personalsystemet",
        owner_role="HR",
        measure=M.PERCENT,
        unit_text="%",
        direction=Direction.LOWER,
        rollup=Method.RATIO,
        factor=Decimal(100),
        frequency=PeriodKind.MONTH,
        window=12,
        due_days=8,
        places=1,
        scale_min=Decimal(0),
        scale_max=Decimal(100),
        change_gap=Decimal("0.1"),
        restricted=True,
    )


def _economy() -> Indicator:
    return Indicator(
        code="okonomisk_resultat",
        name="Økonomisk resultat",
        definition="Forbruk i prosent av budsjettet for hele året. Gjennom året er det prognosen for året delt på revidert budsjett. "
        "Når året er gjort opp, er det regnskapet delt på revidert budsjett. Under 97 prosent merkes som stort mindreforbruk.",
        numerator_text="Årsprognosen, etter årets slutt regnskapet, i 1000 kr",
        denominator_text="Revidert netto årsbudsjett, i 1000 kr",
        method_text="Regnskap",
        source="Økonomisystemet",
        owner_role="Controller",
        measure=M.PERCENT,
        unit_text="%",
        direction=Direction.LOWER,
        rollup=Method.RATIO,
        factor=Decimal(100),
        frequency=PeriodKind.MONTH,
        due_days=8,
        places=2,
        info_below=Decimal(97),
        change_gap=Decimal("0.1"),
        minutes=3,
    )
