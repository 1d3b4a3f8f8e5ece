"""What a district begins with: areas, account groups, rules, causes and deadlines. Rows an administrator changes afterwards."""

from datetime import date, time
from decimal import Decimal
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reporting.rules.kinds import CausePart, Demand, Duty, FeedKind, RuleKind, Step

# Before anything that can be reported, so that the first row of a kind counts for every month there is.
FROM_YEAR = 2000
FROM_DAY = date(FROM_YEAR, 1, 1)


class Area(NamedTuple):
    code: str
    name: Promise
    functions: tuple[str, ...]


AREAS = (
    Area("FO1", _("Helse, sosial og nærmiljø"), ("1", "233", "242", "265", "273", "275", "276", "283", "3")),
    Area("FO2A", _("Barnehager"), ("201", "211", "221")),
    Area("FO2B", _("Oppvekst"), ("231", "232", "244", "251", "252")),
    Area("FO3", _("Pleie og omsorg"), ("234", "241", "243", "253", "254")),
    Area("FO4", _("Økonomisk sosialhjelp"), ("281",)),
)


class Group(NamedTuple):
    code: str
    name: Promise
    prefixes: str


# Accounts begin with the ledger class (1 is operation) and the three digits of the KOSTRA account.
GROUPS = (
    Group("fastlonn", _("Fastlønn"), "1010"),
    Group("vikarer", _("Vikarer"), "1020"),
    Group("ekstrahjelp", _("Ekstrahjelp og overtid"), "1030,1040"),
    Group("annen_lonn", _("Annen lønn"), "105,107,108"),
    Group("sosiale", _("Pensjon og arbeidsgiveravgift"), "109"),
    Group("varer", _("Varer og tjenester"), "11,12"),
    Group("transport", _("Transport"), "1170"),
    Group("lokaler", _("Lokaler og energi"), "118,119"),
    Group("internkjop", _("Internkjøp"), "129"),
    Group("kjop", _("Kjøp av tjenester fra andre"), "13"),
    Group("stonader", _("Stønader og overføringer"), "14"),
    Group("finans", _("Renter og avsetninger"), "15,19"),
    Group("salg", _("Brukerbetaling og salg"), "16"),
    Group("sykelonn", _("Sykelønnsrefusjon"), "171"),
    Group("refusjoner", _("Andre refusjoner"), "17"),
    Group("internsalg", _("Internsalg"), "179"),
    Group("tilskudd", _("Tilskudd"), "18"),
)


class Rule(NamedTuple):
    kind: RuleKind
    demand: Demand
    percent: Decimal | None = None
    amount: Decimal | None = None
    needs_both: bool = False
    periods: int = 1


RULES = (
    Rule(RuleKind.VARIANCE_TO_DATE, Demand.COMMENT, Decimal(2), Decimal(100_000), needs_both=True),
    Rule(RuleKind.FORECAST_OVERSPEND, Demand.COMMENT_AND_ACTION, Decimal("0.5"), Decimal(100_000)),
    Rule(RuleKind.FORECAST_CHANGED, Demand.COMMENT, Decimal(1), Decimal(250_000)),
    Rule(RuleKind.FORECAST_OFF_PACE, Demand.COMMENT, Decimal(2)),
    Rule(RuleKind.UNDERSPEND, Demand.COMMENT, Decimal(3)),
    Rule(RuleKind.SICK_LEAVE, Demand.COMMENT, Decimal(1), periods=2),
    Rule(RuleKind.RED_INDICATOR, Demand.ACTION, periods=2),
    Rule(RuleKind.OVERDUE_ACTION, Demand.STATUS_LINE),
)

CAUSES = {
    CausePart.ECONOMY: (
        ("periodisering", _("Periodisering/etterslep")),
        ("flere_brukere", _("Flere brukere eller mer hjelp")),
        ("priser", _("Priser")),
        ("vikar", _("Vikar, overtid eller innleie")),
        ("ledige_stillinger", _("Ledige stillinger")),
        ("sykefravaer", _("Sykefravær")),
        ("inntekter", _("Sviktende inntekter")),
        ("feilforing", _("Feilføring (rettes)")),
        ("annet", _("Annet")),
    ),
    CausePart.SICK_LEAVE: (
        ("fravaer_lang", _("Langtid – følges opp med NAV")),
        ("fravaer_kort", _("Mange korte fravær")),
        ("fravaer_sesong", _("Sesong og smitte")),
        ("fravaer_arbeid", _("Forhold på arbeidsplassen")),
        ("fravaer_faa", _("Få ansatte, store utslag")),
        ("fravaer_annet", _("Annet")),
    ),
}


class DueRow(NamedTuple):
    step: Step
    time: time
    workday: int | None = None
    day: int | None = None
    month: int | None = None
    months_later: int = 0
    duty: Duty = Duty.FULL


_NINE, _THREE, _FOUR = time(9), time(15), time(16)
DEADLINES = (
    DueRow(Step.PERIOD_CLOSED, _FOUR, workday=5),
    DueRow(Step.FIGURES_READY, time(8), workday=6),
    DueRow(Step.UNIT_REPORT, _THREE, day=10),
    DueRow(Step.CONTROL, _FOUR, day=12),
    DueRow(Step.LOCK, _NINE, day=15),
    # In July the figures come alone; June and July are reported together in August.
    DueRow(Step.UNIT_REPORT, _THREE, day=15, month=6, months_later=1, duty=Duty.FIGURES),
    DueRow(Step.CONTROL, _FOUR, day=17, month=6, months_later=1),
    DueRow(Step.LOCK, _NINE, day=20, month=6, months_later=1),
    DueRow(Step.UNIT_REPORT, _THREE, day=15, month=7),
    DueRow(Step.CONTROL, _FOUR, day=17, month=7),
    DueRow(Step.LOCK, _NINE, day=20, month=7),
    # December is preliminary on 10 January, without waiting for the sixth working day; period 13 comes until the 20th.
    DueRow(Step.PERIOD_CLOSED, _FOUR, workday=3, month=12),
    DueRow(Step.FIGURES_READY, time(8), workday=4, month=12),
    DueRow(Step.UNIT_REPORT, _THREE, day=10, month=12),
    DueRow(Step.CONTROL, _FOUR, day=20, month=12),
    DueRow(Step.LOCK, _NINE, day=25, month=12),
)

FEEDS = {
    FeedKind.FORECAST_RESULT: "okonomisk_resultat",
    FeedKind.SPENT_TO_DATE: "forbruk_hittil",
    FeedKind.SICK_LEAVE: "sykefravaer",
}
