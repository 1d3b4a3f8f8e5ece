"""Made-up production figures of the live year, and how rates and counts are defined."""

from collections.abc import Iterator
from decimal import Decimal

from common.periods import PeriodKind
from scorecard.models import Indicator
from scorecard.rules.rollup import Method
from scorecard.rules.statuses import Direction

M = Indicator.Measure


def rate(
    code: str, name: str, method: str, definition: str, parts: tuple[str, str], *, source: str, made_up: bool = True, **fields: object
) -> Indicator:
    """A monthly percentage of counts, higher is better unless `fields` say otherwise."""
    given: dict[str, object] = {
        "measure": M.PERCENT,
        "unit_text": "%",
        "direction": Direction.HIGHER,
        "rollup": Method.RATIO,
        "factor": Decimal(100),
        "frequency": PeriodKind.MONTH,
        "due_days": 8,
        "scale_min": Decimal(0),
        "scale_max": Decimal(100),
        "change_gap": Decimal(1),
        "owner_role": "Controller",
        "minutes": 2,
        **fields,
    }
    return Indicator(
        code=code,
        name=name,
        definition=definition,
        numerator_text=parts[0],
        denominator_text=parts[1],
        method_text=method,
        source=source,
        is_demo=made_up,
        **given,
    )


def production_indicators() -> Iterator[Indicator]:
    yield rate(
        "forbruk_hittil",
        "Forbruk hittil i år",
        "Regnskap",
        "Regnskap hittil i år i prosent av periodisert budsjett hittil i år.",
        ("Regnskap hittil i år, i 1000 kr", "Periodisert budsjett hittil i år, i 1000 kr"),
        source="Økonomisystemet",
        direction=Direction.LOWER,
        scale_min=None,
        scale_max=None,
        change_gap=Decimal("0.1"),
    )
    yield rate(
        "barnehage_belegg",
        "Belegg i barnehagene",
        "Opptakssystemet",
        "Barn i prosent av plasser den siste dagen i måneden.",
        ("Barn", "Plasser"),
        source="Opptakssystemet",
        scale_max=Decimal(120),
    )
    yield rate(
        "barn_per_arsverk",
        "Barn per årsverk i barnehagene",
        "Opptakssystemet",
        "Barn delt på årsverk i grunnbemanningen.",
        ("Barn", "Årsverk i grunnbemanningen"),
        source="Opptakssystemet og personalsystemet",
        measure=M.INDEX,
        unit_text="",
        direction=Direction.LOWER,
        factor=Decimal(1),
        scale_max=None,
        places=2,
        change_gap=Decimal("0.05"),
    )
    yield count("hjemmetjeneste_brukere", "Brukere i hjemmetjenesten", "Personer med vedtak om hjemmetjeneste den siste dagen i måneden.")
    yield rate(
        "hjemmetjeneste_timer",
        "Utførte timer av vedtakstimer",
        "Fagsystemet",
        "Timer som er utført hos brukerne, i prosent av timene i vedtakene.",
        ("Utførte timer", "Vedtakstimer"),
        source="Fagsystemet for pleie og omsorg",
    )
    yield rate(
        "hjemmetjeneste_avtalt_tid",
        "Besøk til avtalt tid",
        "Fagsystemet",
        "Andel besøk som startet innen et kvarter fra avtalt tid.",
        ("Besøk innen et kvarter fra avtalt tid", "Planlagte besøk"),
        source="Fagsystemet for pleie og omsorg",
    )
    yield rate(
        "barnevern_frist",
        "Undersøkelser ferdig innen fristen",
        "Fagsystemet",
        "Andel av månedens avsluttede undersøkelser i barnevernet som var ferdige innen tre måneder.",
        ("Undersøkelser ferdig innen fristen", "Avsluttede undersøkelser"),
        source="Fagsystemet for barnevern",
    )
    yield count(
        "sosialhjelp_mottakere", "Mottakere av sosialhjelp", "Personer som fikk utbetalt økonomisk sosialhjelp i måneden.", Direction.LOWER
    )
    yield Indicator(
        code="sosialhjelp_per_mottaker",
        name="Utbetalt sosialhjelp per mottaker",
        definition="Utbetalt økonomisk sosialhjelp i måneden delt på mottakere i måneden.",
        numerator_text="Utbetalt sosialhjelp, i kroner",
        denominator_text="Mottakere",
        method_text="Regnskap og fagsystem",
        source="Fagsystemet for sosialhjelp",
        owner_role="Controller",
        measure=M.KRONER,
        unit_text="kr",
        direction=Direction.LOWER,
        rollup=Method.RATIO,
        frequency=PeriodKind.MONTH,
        due_days=8,
        places=0,
        change_gap=Decimal(100),
        is_demo=True,
    )
    yield rate(
        "sosialsaker_frist",
        "Sosialsaker ferdig innen to uker",
        "Fagsystemet",
        "Andel av månedens ferdige søknader om sosialhjelp som ble avgjort innen 14 dager.",
        ("Saker ferdig innen 14 dager", "Alle ferdige saker i måneden"),
        source="Fagsystemet for sosialhjelp",
    )


def count(code: str, name: str, definition: str, direction: Direction = Direction.HIGHER) -> Indicator:
    """How many there are in a month; a district's is the sum of its units'."""
    return Indicator(
        code=code,
        name=name,
        definition=definition,
        method_text="Fagsystemet",
        source="Fagsystemet",
        owner_role="Controller",
        measure=M.COUNT,
        direction=direction,
        rollup=Method.SUM,
        frequency=PeriodKind.MONTH,
        due_days=8,
        places=0,
        scale_min=Decimal(0),
        change_gap=Decimal(5),
        minutes=1,
        is_demo=True,
    )
