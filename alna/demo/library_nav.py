"""The indicators of NAV Alna's final project report, with the definitions the report gives."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from alna.demo.data_files import rows
from common.periods import PeriodKind
from scorecard.models import Indicator
from scorecard.rules.rollup import Method
from scorecard.rules.statuses import Direction

M = Indicator.Measure
REPORT = "Sluttrapport «NAV i Alna»"
LEADER = "Leder for NAV Alna"
# The employee survey was asked the last time in 2013.
LAST_EMPLOYEE_SURVEY = date(2014, 12, 31)


def nav_indicators() -> Iterator[Indicator]:
    yield from _monthly()
    yield from _yearly()
    for row in rows("nav_user_survey"):
        yield _user_survey(row["indicator"], row["question"])
    for row in rows("nav_employee_survey_2013"):
        yield _employee_survey(row["indicator"], row["group"])


def _percent(code: str, name: str, definition: str, chapter: str, frequency: PeriodKind, **fields: object) -> Indicator:
    given: dict[str, object] = {
        "direction": Direction.HIGHER,
        "rollup": Method.RATIO,
        "factor": Decimal(100),
        "scale_min": Decimal(0),
        "scale_max": Decimal(100),
        "owner_role": LEADER,
        **fields,
    }
    return Indicator(
        code=code,
        name=name,
        definition=definition,
        source=f"{REPORT}, kapittel {chapter}",
        measure=M.PERCENT,
        unit_text="%",
        frequency=frequency,
        **given,
    )


def _monthly() -> Iterator[Indicator]:
    yield _percent(
        "nav_saker_to_uker",
        "Saksbehandling innen to uker",
        "Andel av alle saker som er ferdig innen to uker.",
        "3.2.2",
        PeriodKind.MONTH,
        numerator_text="Saker ferdig innen 14 dager i måneden",
        denominator_text="Alle ferdige saker i måneden. Antallet er ikke oppgitt i kilden.",
        method_text="Statistikk over saksbehandlingstid",
        change_gap=Decimal(1),
    )
    yield Indicator(
        code="nav_sosialhjelpsmottakere",
        name="Brukere per måned som mottar sosialhjelp",
        definition="Antall brukere som mottar økonomisk sosialhjelp i måneden. Året er snittet av månedene.",
        method_text="Statistikk over sosialhjelp",
        source=f"{REPORT}, kapittel 3.2.3",
        owner_role=LEADER,
        measure=M.COUNT,
        direction=Direction.LOWER,
        rollup=Method.MEAN,
        frequency=PeriodKind.MONTH,
        places=0,
        scale_min=Decimal(0),
        change_gap=Decimal(5),
    )
    yield Indicator(
        code="nav_utbetalt_per_bruker",
        name="Utbetalt sosialhjelp per bruker og måned",
        definition="Gjennomsnittlig utbetalt økonomisk sosialhjelp per bruker i måneden. Året er snittet av månedene.",
        numerator_text="Utbetalt sosialhjelp i måneden. Beløpet er ikke oppgitt i kilden.",
        denominator_text="Brukere i måneden",
        method_text="Regnskap og fagsystem",
        source=f"{REPORT}, kapittel 3.2.4",
        owner_role=LEADER,
        measure=M.KRONER,
        unit_text="kr",
        direction=Direction.LOWER,
        rollup=Method.MEAN,
        frequency=PeriodKind.MONTH,
        places=0,
        change_gap=Decimal(100),
    )
    yield _percent(
        "nav_overgang_til_arbeid",
        "Arbeidssøkere med overgang til arbeid",
        "Andel arbeidssøkere med overgang til arbeid. Indikator B15 på målekortet for alle NAV-kontor.",
        "3.3.1",
        PeriodKind.MONTH,
        method_text="Målekortet, indikator B15",
        change_gap=Decimal(1),
    )


def _yearly() -> Iterator[Indicator]:
    yield _percent(
        "nav_nedsatt_arbeidsevne",
        "Personer med nedsatt arbeidsevne med overgang til arbeid",
        "Andel med et registrert arbeidsforhold seks måneder etter at oppfølgingen ble avsluttet. Indikator B16 på målekortet. "
        "Kilden oppgir snittet fra mars til februar året etter.",
        "3.3.2",
        PeriodKind.YEAR,
        places=2,
        method_text="Målekortet, indikator B16",
        change_gap=Decimal("0.5"),
    )
    yield _percent(
        "nav_sykefravaer",
        "Sykefravær i NAV Alna",
        "Snitt for året slik sluttrapporten oppgir det, for den kommunale og den statlige siden hver for seg. "
        "De to slås ikke sammen, fordi avtalte dagsverk ikke er oppgitt.",
        "3.1.4",
        PeriodKind.YEAR,
        direction=Direction.LOWER,
        rollup=Method.NONE,
        factor=Decimal(1),
        places=2,
        method_text="Personalsystemene til stat og kommune",
        change_gap=Decimal("0.1"),
    )


def _user_survey(code: str, question: str) -> Indicator:
    is_mean = code.endswith("_snitt")
    what = "Snittet av de åtte spørsmålene" if is_mean else f"«{question}»"
    return _percent(
        code,
        question if len(question) < 60 else f"{question[:57].rsplit(' ', 1)[0]} …",
        f"{what}: andelen som svarte svært fornøyd eller fornøyd, ved publikumsmottaket (PM).",
        "3.1.5",
        PeriodKind.YEAR,
        rollup=Method.NONE,
        factor=Decimal(1),
        places=1 if is_mean else 0,
        method_text="Brukerundersøkelse",
        change_gap=Decimal(1),
    )


def _employee_survey(code: str, group: str) -> Indicator:
    return Indicator(
        code=code,
        name=f"Medarbeidere: {group}",
        definition=f"«{group}»: snitt av spørsmålene i gruppen, fra 1 «svært liten grad» til 6 «svært stor grad».",
        method_text="Medarbeiderundersøkelse",
        source=f"{REPORT}, kapittel 3.1.6",
        owner_role=LEADER,
        measure=M.SCALE,
        unit_text="skala 1–6",
        direction=Direction.HIGHER,
        rollup=Method.NONE,
        frequency=PeriodKind.YEAR,
        scale_min=Decimal(1),
        scale_max=Decimal(6),
        score_floor=Decimal(3),
        change_gap=Decimal("0.2"),
        retired_on=LAST_EMPLOYEE_SURVEY,
    )
