"""What a Norwegian city district does in a year, for one that has not set up its own: the rows an administrator begins with.

They are put in as bokmål whatever the language of whoever asks, and are the district's own texts from then on.
"""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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
    after: Promise | str = ""
    offset: int | None = None
    begins: tuple[int, int] | None = None
    moves: Moves = Moves.BEFORE


@dataclass(frozen=True, slots=True)
class Usual:
    """One activity; `responsible` is empty where it only happens.

    `scorecard` is how many years after the wheel's own its målekart is for; `{next}` in a name is the year after.
    """

    title: Promise
    short: Promise
    when: When
    responsible: Role | Literal[""]
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
    description: Promise | str = ""


def on(month: int, day: int, *, begins: tuple[int, int] | None = None, moves: Moves = Moves.BEFORE) -> When:
    return When(DateRule.FIXED, month, day, begins=begins, moves=moves)


def end_of(month: int, *, begins: tuple[int, int] | None = None) -> When:
    return When(DateRule.MONTH, month, begins=begins)


def weekday(month: int, number: int, day: int, *, begins: tuple[int, int] | None = None) -> When:
    return When(DateRule.WEEK, month, number=number, weekday=day, begins=begins)


def report(title: Promise, short: Promise, reported: int, when: When, lead: int = 3) -> Usual:
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
NOBODY: Literal[""] = ""
REPORT, MEETING, SURVEY, PLAN = Lane.REPORT, Lane.MEETING, Lane.SURVEY, Lane.PLAN
UNITS = Scope.UNITS
AMU = _("AMU: sykefravær, avvik og tiltak")
AMU_ROLES = (Role.CHIEF_SAFETY_REP, Role.UNION_REP, Role.DIRECTOR)
TALK = (Role.DIRECTOR, Role.UNIT_LEADER)

USUAL_YEAR: tuple[Usual, ...] = (
    Usual(
        _("Målekartet for året er publisert"),
        _("Målekart publisert"),
        on(1, 5),
        ADM,
        PLAN,
        link=LinkKind.SCORECARD,
        scorecard=0,
        is_public=True,
    ),
    report(_("Desember foreløpig, periode 12"), _("Periode 12, foreløpig"), 0, on(1, 10), 7),
    Usual(_("Årsbrev til hver enhet"), _("Årsbrev"), on(1, 15), BD, PLAN, 21, UNITS),
    Usual(
        _("Frist periode 13"),
        _("Periode 13"),
        on(1, 20),
        CTRL,
        REPORT,
        10,
        description=_("Periodiseringer og rettinger i året som er over."),
    ),
    Usual(_("Bidrag til årsrapporten"), _("Bidrag til årsrapport"), end_of(1), UL, REPORT, 14, UNITS, minutes=60),
    report(_("Månedsrapport januar"), _("Rapport januar"), 1, on(2, 10)),
    Usual(_("KOSTRA-innlevering"), _("KOSTRA levert"), on(2, 15), CTRL, REPORT),
    Usual(
        _("Oppstartssamtaler om budsjett"),
        _("Oppstartssamtaler"),
        on(2, 20, begins=(2, 1)),
        BD,
        MEETING,
        14,
        UNITS,
        with_roles=TALK,
        minutes=60,
    ),
    Usual(_("Årsplan levert"), _("Årsplan levert"), on(2, 28), UL, PLAN, 21, UNITS, minutes=120),
    Usual(_("Risikogjennomgang i enheten"), _("Risikogjennomgang"), on(2, 28), UL, PLAN, 14, UNITS, minutes=45),
    report(_("Månedsrapport februar"), _("Rapport februar"), 2, on(3, 10)),
    Usual(_("Sammenlikne foreløpige KOSTRA-tall"), _("KOSTRA, foreløpig"), on(3, 15, moves=Moves.STAYS), CTRL, REPORT, 0),
    Usual(_("Årsrapport til bydelsutvalget"), _("Årsrapport til BU"), on(3, 20), BD, PLAN, 21, is_public=True),
    Usual(AMU, _("AMU, 1. kvartal"), weekday(3, LAST, FRI), HR, MEETING, 10, link=LinkKind.MEETING, with_roles=AMU_ROLES),
    Usual(_("Lederkontrakter signert"), _("Lederkontrakter"), end_of(3), BD, PLAN, 21, UNITS, with_roles=TALK),
    report(_("Månedsrapport mars"), _("Rapport mars"), 3, on(4, 10)),
    Usual(
        _("Vernerunde og HMS-plan"), _("Vernerunde, HMS-plan"), end_of(4), UL, PLAN, 21, UNITS, with_roles=(Role.SAFETY_REP,), minutes=90
    ),
    report(_("1. tertialrapport, januar–april"), _("1. tertialrapport"), 4, on(5, 10), 7),
    Usual(_("1. tertialrapport til bydelsutvalget"), _("Tertial 1 til BU"), on(5, 25), BD, REPORT, 10, is_public=True),
    Usual(
        _("Tertialoppfølging 1"), _("Tertialoppfølging 1"), end_of(5, begins=(5, 15)), BD, MEETING, 14, UNITS, with_roles=TALK, minutes=60
    ),
    report(_("Månedsrapport mai"), _("Rapport mai"), 5, on(6, 10)),
    Usual(_("Reviderte KOSTRA-tall"), _("KOSTRA, revidert"), on(6, 15, moves=Moves.STAYS), CTRL, REPORT, 0),
    Usual(_("Grunnlag for neste års budsjett, BU"), _("Budsjettgrunnlag, BU"), weekday(6, 3, THU), BD, PLAN, 30, is_public=True),
    Usual(AMU, _("AMU, 2. kvartal"), weekday(6, LAST, FRI), HR, MEETING, 10, link=LinkKind.MEETING, with_roles=AMU_ROLES),
    Usual(
        _("Dialogmøter med brukere og ansatte"),
        _("Dialogmøter"),
        end_of(6, begins=(4, 1)),
        UL,
        MEETING,
        30,
        UNITS,
        with_roles=(BU,),
        is_public=True,
    ),
    Usual(
        _("Ingen rapport i juli, bare automatiske tall"), _("Ingen rapport i juli"), end_of(7, begins=(7, 1)), NOBODY, REPORT, 0, Scope.NONE
    ),
    report(_("Månedsrapport juni og juli"), _("Rapport juni og juli"), 7, on(8, 15), 5),
    Usual(_("Gjennomgang av dokumenter"), _("Dokumentgjennomgang"), end_of(8), QUA, PLAN, 60, UNITS, link=LinkKind.DOCUMENTS),
    report(_("2. tertialrapport, januar–august"), _("2. tertialrapport"), 8, on(9, 10), 7),
    Usual(AMU, _("AMU, 3. kvartal"), weekday(9, LAST, FRI), HR, MEETING, 10, link=LinkKind.MEETING, with_roles=AMU_ROLES),
    Usual(_("Byrådet legger frem budsjettet"), _("Byrådets budsjett"), weekday(9, LAST, MON), NOBODY, PLAN, 0, Scope.NONE, is_public=True),
    Usual(
        _("Tertialoppfølging 2"), _("Tertialoppfølging 2"), end_of(9, begins=(9, 15)), BD, MEETING, 14, UNITS, with_roles=TALK, minutes=60
    ),
    report(_("Månedsrapport september"), _("Rapport september"), 9, on(10, 10)),
    Usual(
        _("Brukerundersøkelser"),
        _("Brukerundersøkelser"),
        weekday(10, 4, FRI, begins=(9, 7)),
        QUA,
        SURVEY,
        30,
        UNITS,
        link=LinkKind.SURVEY,
        is_public=True,
        description=_("For hver tjeneste, to til tre uker."),
    ),
    Usual(_("Medarbeidersamtaler gjennomført"), _("Medarbeidersamtaler"), end_of(10, begins=(9, 1)), UL, MEETING, 30, UNITS),
    Usual(
        _("Medarbeiderundersøkelse"),
        _("Medarbeiderundersøkelse"),
        end_of(10, begins=(10, 5)),
        HR,
        SURVEY,
        30,
        UNITS,
        link=LinkKind.SURVEY,
        description=_("Klargjøres i den første uken og er åpen resten av måneden."),
    ),
    report(_("Månedsrapport oktober"), _("Rapport oktober"), 10, on(11, 10)),
    Usual(
        _("Resultatene er klare for enhetene"),
        _("Resultat til enhetene"),
        When(DateRule.RELATIVE, after=_("Medarbeiderundersøkelse"), offset=21),
        QUA,
        SURVEY,
        7,
        link=LinkKind.SURVEY,
    ),
    Usual(_("Bydelsdirektørens budsjettforslag"), _("Budsjettforslag"), weekday(11, LAST, WED), BD, PLAN, 30, is_public=True),
    Usual(
        _("Foreldreundersøkelsen i barnehage"),
        _("Foreldreundersøkelse"),
        end_of(11, begins=(11, 1)),
        UL,
        SURVEY,
        21,
        UNITS,
        link=LinkKind.SURVEY,
    ),
    Usual(AMU, _("AMU, 4. kvartal"), weekday(12, 1, FRI), HR, MEETING, 10, link=LinkKind.MEETING, with_roles=AMU_ROLES),
    report(_("Månedsrapport november, siste prognose"), _("Rapport november"), 11, on(12, 10)),
    Usual(
        _("Bydelsutvalget vedtar budsjettet"),
        _("Budsjettvedtak, BU"),
        weekday(12, 3, TUE),
        BD,
        PLAN,
        14,
        with_roles=(BU,),
        is_public=True,
    ),
    Usual(_("Målekart for {next} godkjent"), _("Målekart {next}"), on(12, 20), BD, PLAN, 21, link=LinkKind.SCORECARD, scorecard=1),
    Usual(_("Handlingsplaner registrert"), _("Handlingsplaner"), on(12, 31), UL, PLAN, 14, UNITS, minutes=45),
    Usual(_("Besøksrunden: hver enhet én gang"), _("Besøksrunden"), on(12, 31, begins=(1, 2)), BD, MEETING, 14, UNITS, all_year=True),
)
