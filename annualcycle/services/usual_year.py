"""What a Norwegian city district does in a year, for one that has not set up its own: the rows an administrator begins with.

Names are texts of the district from the moment they are put in, so they are bokmål in every language.
"""

from dataclasses import dataclass

from annualcycle.rules.kinds import DateRule, LinkKind, Moves, Scope
from common.deadlines import Lane
from organisation.rules.access import Role

MON, TUE, WED, THU, FRI = range(5)
LAST = -1


@dataclass(frozen=True, slots=True)
class When:
    """The rule of the day, and the day of the year on which it begins. `after`: the short name of what it counts from."""

    rule: DateRule
    month: int | None = None
    day: int | None = None
    number: int | None = None
    weekday: int | None = None
    after: str = ""
    offset: int | None = None
    begins: tuple[int, int] | None = None
    moves: Moves = Moves.BEFORE


@dataclass(frozen=True, slots=True)
class Usual:
    """One activity. `scorecard` is how many years after the wheel's own its målekart is for; `{next}` in a name is the year after."""

    title: str
    short: str
    when: When
    responsible: Role
    lane: Lane
    lead: int = 14
    scope: Scope = Scope.DISTRICT
    # The month that is reported; 0 is December of the year before.
    report: int | None = None
    scorecard: int | None = None
    link: LinkKind = LinkKind.NONE
    with_roles: tuple[Role, ...] = ()
    is_public: bool = False
    all_year: bool = False
    minutes: int | None = None
    description: str = ""


def on(month: int, day: int, *, begins: tuple[int, int] | None = None, moves: Moves = Moves.BEFORE) -> When:
    return When(DateRule.FIXED, month, day, begins=begins, moves=moves)


def end_of(month: int, *, begins: tuple[int, int] | None = None) -> When:
    return When(DateRule.MONTH, month, begins=begins)


def weekday(month: int, number: int, day: int, *, begins: tuple[int, int] | None = None) -> When:
    return When(DateRule.WEEK, month, number=number, weekday=day, begins=begins)


def report(title: str, short: str, reported: int, when: When, lead: int = 3) -> Usual:
    """A month's report, counted from the reports themselves."""
    return Usual(title, short, when, Role.UNIT_LEADER, Lane.REPORT, lead, Scope.UNITS, report=reported, link=LinkKind.REPORT)


UL, BD, CTRL, HR, QUA, ADM, BU = (
    Role.UNIT_LEADER,
    Role.DIRECTOR,
    Role.CONTROLLER,
    Role.HR,
    Role.QUALITY,
    Role.ADMINISTRATOR,
    Role.POLITICIAN,
)
REPORT, MEETING, SURVEY, PLAN = Lane.REPORT, Lane.MEETING, Lane.SURVEY, Lane.PLAN
UNITS = Scope.UNITS
AMU = "AMU: sykefravær, avvik og tiltak"
AMU_ROLES = (Role.CHIEF_SAFETY_REP, Role.UNION_REP, Role.DIRECTOR)
TALK = (Role.DIRECTOR, Role.UNIT_LEADER)

USUAL_YEAR: tuple[Usual, ...] = (
    Usual("Målekartet for året er publisert", "Målekart publisert", on(1, 5), ADM, PLAN, is_public=True),
    report("Desember foreløpig, periode 12", "Periode 12, foreløpig", 0, on(1, 10), 7),
    Usual("Årsbrev til hver enhet", "Årsbrev", on(1, 15), BD, PLAN, 21, UNITS),
    Usual("Frist periode 13", "Periode 13", on(1, 20), CTRL, REPORT, 10, description="Periodiseringer og rettinger i året som er over."),
    Usual("Bidrag til årsrapporten", "Bidrag til årsrapport", end_of(1), UL, REPORT, 14, UNITS, minutes=60),
    report("Månedsrapport januar", "Rapport januar", 1, on(2, 10)),
    Usual("KOSTRA-innlevering", "KOSTRA levert", on(2, 15), CTRL, REPORT),
    Usual(
        "Oppstartssamtaler om budsjett", "Oppstartssamtaler", on(2, 20, begins=(2, 1)), BD, MEETING, 14, UNITS, with_roles=TALK, minutes=60
    ),
    Usual("Årsplan levert", "Årsplan levert", on(2, 28), UL, PLAN, 21, UNITS, minutes=120),
    Usual("Risikogjennomgang i enheten", "Risikogjennomgang", on(2, 28), UL, PLAN, 14, UNITS, minutes=45),
    report("Månedsrapport februar", "Rapport februar", 2, on(3, 10)),
    Usual("Foreløpige KOSTRA-tall: sammenlikn", "KOSTRA, foreløpig", on(3, 15, moves=Moves.STAYS), CTRL, REPORT, 0),
    Usual("Årsrapport til bydelsutvalget", "Årsrapport til BU", on(3, 20), BD, PLAN, 21, is_public=True),
    Usual(AMU, "AMU, 1. kvartal", weekday(3, LAST, FRI), HR, MEETING, 10, link=LinkKind.MEETING, with_roles=AMU_ROLES),
    Usual("Lederkontrakter signert", "Lederkontrakter", end_of(3), BD, PLAN, 21, UNITS, with_roles=TALK),
    report("Månedsrapport mars", "Rapport mars", 3, on(4, 10)),
    Usual("Vernerunde og HMS-plan", "Vernerunde, HMS-plan", end_of(4), UL, PLAN, 21, UNITS, with_roles=(Role.SAFETY_REP,), minutes=90),
    report("1. tertialrapport, januar–april", "1. tertialrapport", 4, on(5, 10), 7),
    Usual("1. tertialrapport til bydelsutvalget", "Tertial 1 til BU", on(5, 25), BD, REPORT, 10, is_public=True),
    Usual("Tertialoppfølging 1", "Tertialoppfølging 1", end_of(5, begins=(5, 15)), BD, MEETING, 14, UNITS, with_roles=TALK, minutes=60),
    report("Månedsrapport mai", "Rapport mai", 5, on(6, 10)),
    Usual("Reviderte KOSTRA-tall", "KOSTRA, revidert", on(6, 15, moves=Moves.STAYS), CTRL, REPORT, 0),
    Usual("Grunnlag for neste års budsjett, BU", "Budsjettgrunnlag, BU", weekday(6, 3, THU), BD, PLAN, 30, is_public=True),
    Usual(AMU, "AMU, 2. kvartal", weekday(6, LAST, FRI), HR, MEETING, 10, link=LinkKind.MEETING, with_roles=AMU_ROLES),
    Usual(
        "Dialogmøter med brukere og ansatte",
        "Dialogmøter",
        end_of(6, begins=(4, 1)),
        BU,
        MEETING,
        30,
        UNITS,
        with_roles=(UL,),
        is_public=True,
    ),
    Usual("Sommer: bare automatiske tall", "Ingen rapport i juli", end_of(7, begins=(7, 1)), ADM, REPORT, 0),
    report("Månedsrapport juni og juli", "Rapport juni og juli", 7, on(8, 15), 5),
    Usual("Gjennomgang av dokumenter", "Dokumentgjennomgang", end_of(8), QUA, PLAN, 60, UNITS, link=LinkKind.DOCUMENTS),
    report("2. tertialrapport, januar–august", "2. tertialrapport", 8, on(9, 10), 7),
    Usual(AMU, "AMU, 3. kvartal", weekday(9, LAST, FRI), HR, MEETING, 10, link=LinkKind.MEETING, with_roles=AMU_ROLES),
    Usual("Byrådet legger fram budsjettet", "Byrådets budsjett", weekday(9, LAST, MON), BD, PLAN, 0, is_public=True),
    Usual("Tertialoppfølging 2", "Tertialoppfølging 2", end_of(9, begins=(9, 15)), BD, MEETING, 14, UNITS, with_roles=TALK, minutes=60),
    report("Månedsrapport september", "Rapport september", 9, on(10, 10)),
    Usual(
        "Brukerundersøkelser",
        "Brukerundersøkelser",
        weekday(10, 4, FRI, begins=(9, 7)),
        QUA,
        SURVEY,
        30,
        UNITS,
        link=LinkKind.SURVEY,
        is_public=True,
        description="For hver tjeneste, to til tre uker.",
    ),
    Usual("Medarbeidersamtaler gjennomført", "Medarbeidersamtaler", end_of(10, begins=(9, 1)), UL, MEETING, 30, UNITS),
    Usual(
        "Medarbeiderundersøkelse",
        "Medarbeiderundersøkelse",
        end_of(10, begins=(10, 5)),
        HR,
        SURVEY,
        30,
        UNITS,
        link=LinkKind.SURVEY,
        description="Klargjøres fra 5. oktober og er åpen fra 10. oktober.",
    ),
    report("Månedsrapport oktober", "Rapport oktober", 10, on(11, 10)),
    Usual(
        "Undersøkelsene er klare for enhetene",
        "Resultat til enhetene",
        When(DateRule.RELATIVE, after="Medarbeiderundersøkelse", offset=21),
        QUA,
        SURVEY,
        7,
        link=LinkKind.SURVEY,
    ),
    Usual("Bydelsdirektørens budsjettforslag", "Budsjettforslag", weekday(11, LAST, WED), BD, PLAN, 30, is_public=True),
    Usual(
        "Foreldreundersøkelsen i barnehage",
        "Foreldreundersøkelse",
        end_of(11, begins=(11, 1)),
        UL,
        SURVEY,
        21,
        UNITS,
        link=LinkKind.SURVEY,
    ),
    Usual(AMU, "AMU, 4. kvartal", weekday(12, 1, FRI), HR, MEETING, 10, link=LinkKind.MEETING, with_roles=AMU_ROLES),
    report("Månedsrapport november, siste prognose", "Rapport november", 11, on(12, 10)),
    Usual("Bydelsutvalget vedtar budsjettet", "Budsjettvedtak, BU", weekday(12, 3, TUE), BU, PLAN, 14, is_public=True),
    Usual("Målekart for {next} godkjent", "Målekart {next}", on(12, 20), BD, PLAN, 21, link=LinkKind.SCORECARD, scorecard=1),
    Usual("Handlingsplaner registrert", "Handlingsplaner", on(12, 31), UL, PLAN, 14, UNITS, minutes=45),
    Usual("Besøksrunden: hver enhet én gang", "Besøksrunden", on(12, 31, begins=(1, 2)), BD, MEETING, 14, UNITS, all_year=True),
)
