"""What a locked report shows of production figures, actions and sick leave: what was true when it was locked."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actions.models import Action
from actions.rules.states import EffectKind, Outcome, Status
from actions.services.actions import close_action, create_action
from common.periods import Period
from organisation.queries.access import access_of
from reporting.models import Delivery, FigureFeed, ReportingMonth
from reporting.queries.case_paper import case_paper
from reporting.queries.consolidated import district_month
from reporting.queries.known import Known
from reporting.queries.report_sheets import pack_of
from reporting.queries.sick_leave import sick_leave_of
from reporting.queries.variance_report import variance_rows
from reporting.rules.kinds import DeliveryKind, FeedKind
from reporting.rules.kinds import ReportState as S
from reporting.services import lock
from scorecard.models import Indicator, Target
from scorecard.services.values import Entry, Source, record_values
from tests.factories.month import DAY, SEPTEMBER, a_district
from tests.factories.reporting import DeliveryFactory, SickLeaveMonthFactory
from tests.factories.scorecard import SickLeaveFactory, TargetFactory
from tests.reporting.approval.reading import plain, signed_in

pytestmark = pytest.mark.django_db
BEFORE = datetime(2026, 10, 8, 7, 0, tzinfo=UTC)
LOCKED = datetime(2026, 10, 15, 7, 0, tzinfo=UTC)
LATER = datetime(2026, 10, 20, 7, 0, tzinfo=UTC)
AFTERWARDS = date(2026, 10, 20)
NOTE = "Nye tall er kommet etter at måneden ble låst"


def counted(**about):
    """An indicator that is a number of something each month."""
    plain_count = {
        "measure": "count",
        "unit_text": "",
        "rollup": "sum",
        "restricted": False,
        "scale_min": None,
        "scale_max": None,
        "places": 0,
    }
    return SickLeaveFactory(**plain_count, **about)


class Month:
    """A district whose September is locked after its figures and actions came."""

    def __init__(self, codes=("402", "403")):
        self.world = a_district(codes, dict.fromkeys(codes, S.APPROVED))
        self.users = counted(code="brukere", name="Brukere i alt")
        self.leaders = {code: self.world.leader(code) for code in codes}
        self.actions = {code: self.agree(code, "Fast vikarpool") for code in codes}
        for code in codes:
            self.record(code, 450)
        self.delivery = self.absence(1, BEFORE, dict.fromkeys(codes, ("1000", "100")))

    @property
    def director(self):
        return self.world.director

    def unit(self, code):
        return self.world.units[code]

    def agree(self, code, title, now=BEFORE, today=DAY):
        return create_action(
            unit=self.unit(code), title=title, owner=self.leaders[code], due_on=date(2026, 12, 1), actor=None, now=now, today=today,
            effect_kind=EffectKind.AMOUNT, effect_amount=Decimal(600_000),
        )  # fmt: skip

    def record(self, code, value, now=BEFORE, indicator=None):
        indicator = indicator or self.users
        period, unit = Period.month(2026, 9), self.unit(code)
        known = indicator.measurements.filter(unit=unit, period_start=SEPTEMBER).first()
        entry = Entry(indicator, unit, period, value=Decimal(value), reason="Talt på nytt", version=known.version if known else None)
        record_values(entries=[entry], actor=None, source=Source("typed"), now=now, today=DAY)

    def absence(self, version, at, rows):
        Delivery.objects.filter(kind=DeliveryKind.SICK_LEAVE).update(is_current=False)
        file = DeliveryFactory(district=self.world.district, kind=DeliveryKind.SICK_LEAVE, version=version, delivered_at=at)
        for code, (contracted, lost) in rows.items():
            SickLeaveMonthFactory(delivery=file, unit=self.unit(code), contracted=Decimal(contracted), lost=Decimal(lost))
        return file

    def lock(self):
        lock.lock_month(district=self.world.district, month=SEPTEMBER, actor=self.director, now=LOCKED, today=DAY)
        return self

    def correct(self, code="402", **fields):
        report = self.world.report(code)
        lock.correct_after_lock(
            report=report, fields=fields, reason="Talt på nytt", version=report.version, actor=self.director, now=LATER,
            today=AFTERWARDS, takes_figures=True,
        )  # fmt: skip

    def read(self, code="402", user=None):
        client = signed_in(user or self.director)
        return plain(client.get(reverse("reporting:report_read", args=[self.unit(code).code, SEPTEMBER])))

    def sheet(self, code="402", user=None):
        access = access_of(user or self.director, DAY)
        found = pack_of(access=access, district_id=self.world.district.pk, month=SEPTEMBER, unit_id=self.unit(code).pk)
        return found.sheets[0]


@pytest.fixture(autouse=True)
def october(settings):
    settings.ALNA_TODAY = AFTERWARDS


@pytest.fixture
def month():
    return Month().lock()


def test_a_production_figure_that_is_corrected_stays_as_it_was_locked(month):
    assert NOTE not in month.read()
    month.record("402", 470, now=LATER)
    text = month.read()
    assert "Produksjonstall Brukere i alt 450 " in text
    assert NOTE in text
    assert "Brukere i alt: 450, nå 470." in text
    assert NOTE not in month.read("403")
    sheet = month.sheet()
    assert sheet.figures == (("Brukere i alt", "450"),)
    assert NOTE in sheet.note
    assert month.sheet("403").note == ""


def test_the_pages_that_follow_the_files_say_what_the_report_shows(month):
    def page(name, user=None):
        return plain(signed_in(user or month.director).get(reverse(f"reporting:{name}", args=[month.unit("402").code, SEPTEMBER])))

    said = "Måneden er låst, og rapporten viser tallene fra da."
    assert said not in page("production") + page("sick_leave")
    month.record("402", 470, now=LATER)
    month.absence(2, LATER, {"402": ("1000", "150"), "403": ("1000", "100")})
    assert f"{said} Disse er andre nå: Brukere i alt: 450, nå 470." in page("production")
    assert "Sykefravær i måneden: 10,0 %, nå 15,0 %." in page("sick_leave")
    Indicator.objects.filter(pk=month.users.pk).update(restricted=True)
    assert "nå 470" not in page("production", month.leaders["403"])
    month.correct()
    assert said not in page("production") + page("sick_leave")


def test_a_figure_that_came_after_the_lock_is_told_and_not_shown(month):
    cases = counted(code="saker", name="Nye saker")
    month.record("402", 12, now=LATER, indicator=cases)
    assert "Nye saker: –, nå 12." in month.read()
    assert [name for name, _text in month.sheet().figures] == ["Brukere i alt"]


def test_a_restricted_figure_is_told_to_nobody_who_may_not_see_it(month):
    Indicator.objects.filter(pk=month.users.pk).update(restricted=True)
    month.record("402", 470, now=LATER)
    neighbour = month.leaders["403"]
    text = month.read(user=neighbour)
    assert "Brukere i alt" not in text
    assert month.sheet(user=neighbour).figures == ()
    assert month.sheet(user=neighbour).note == ""
    assert "Brukere i alt: 450, nå 470." in month.read()


def test_an_indicator_keeps_the_name_it_was_locked_with(month):
    month.users.name = "Personer med tjeneste"
    month.users.save()
    assert "Brukere i alt 450" not in month.read()  # what was written before the lock counts
    history = Indicator.history.filter(id=month.users.pk).order_by("history_id")
    history.filter(name="Brukere i alt").update(history_date=BEFORE)
    history.filter(name="Personer med tjeneste").update(history_date=LATER)
    assert "Brukere i alt 450" in month.read()


def test_actions_are_listed_as_they_stood(month):
    closed = month.actions["402"]
    close_action(
        action=closed, outcome=Outcome.AS_EXPECTED, outcome_amount=Decimal(600_000), outcome_text="Vikarpoolen er i drift.",
        version=closed.version, actor=None, now=LATER, today=AFTERWARDS,
    )  # fmt: skip
    month.agree("402", "Ny turnus", now=LATER, today=AFTERWARDS)
    text = month.read()
    assert "Slik tiltakene sto da måneden ble låst 15. oktober 2026." in text
    assert "Fast vikarpool" in text
    assert "Ikke startet" in text
    assert "Ny turnus" not in text
    assert [(row.name, row.cells[2]) for row in month.sheet().actions] == [("Fast vikarpool", "Ikke startet")]
    assert Action.objects.get(pk=closed.pk).status == Status.DONE


def test_the_variance_report_counts_the_actions_of_the_lock(month):
    month.agree("402", "Ny turnus", now=LATER, today=AFTERWARDS)
    found = district_month(district_id=month.world.district.pk, month=SEPTEMBER)
    assert [row.actions for row in variance_rows(found)] == [1, 1]
    ReportingMonth.objects.update(locked_at=None)
    found = district_month(district_id=month.world.district.pk, month=SEPTEMBER)
    assert [row.actions for row in variance_rows(found)] == [2, 1]


def test_sick_leave_and_its_target_are_those_of_the_lock(month):
    assert "10,0 % i måneden" in month.sheet().sick_leave.replace("\u00a0", " ")
    month.absence(2, LATER, {"402": ("1000", "150"), "403": ("1000", "100")})
    text = month.read()
    assert "Sykefravær i måneden: 10,0 %, nå 15,0 %." in text
    assert "Sykefravær i måneden" not in month.read("403")
    assert "10,0 % i måneden" in month.sheet().sick_leave.replace("\u00a0", " ")
    # Who reads the summary alone reads nothing of sick leave.
    assert "Sykefravær i måneden" not in month.read(user=month.leaders["403"])


def test_a_correction_takes_them_in_as_a_revision(month):
    month.record("402", 470, now=LATER)
    month.absence(2, LATER, {"402": ("1000", "150"), "403": ("1000", "200")})
    month.agree("402", "Ny turnus", now=LATER, today=AFTERWARDS)
    correct = reverse("reporting:approval_correct", args=[month.world.district.code, SEPTEMBER, month.unit("402").code])
    assert "Brukere i alt: 450, nå 470." in plain(signed_in(month.director).get(correct))
    month.correct()
    report = month.world.report("402")
    assert (report.revision, report.known_at) == (2, LATER)
    text = month.read()
    assert "Produksjonstall Brukere i alt 470 " in text
    assert NOTE not in text
    # What was planned then is what was planned.
    assert "Ny turnus" not in text
    assert "15,0 % i måneden" in month.sheet().sick_leave.replace("\u00a0", " ")
    assert "10,0 % i måneden" in month.sheet("403").sick_leave.replace("\u00a0", " ")
    assert "12,5 %" in case_paper(district_id=month.world.district.pk, month=SEPTEMBER).sick_leave.replace("\u00a0", " ")
    versions = plain(signed_in(month.director).get(correct.replace("rett", "versjoner")))
    assert "Brukere i alt Før: 450 Nå: 470" in versions
    assert "Sykefravær i måneden Før: 10,0 % Nå: 15,0 %" in versions
    with pytest.raises(lock.NothingChanged):
        month.correct()


def test_a_later_correction_of_words_alone_repeats_no_figures(month):
    month.record("402", 470, now=LATER)
    month.correct()
    report = month.world.report("402")
    lock.correct_after_lock(
        report=report, fields={"explanation": "Rettet."}, reason="Skrivefeil", version=report.version, actor=month.director, now=LATER,
        today=AFTERWARDS,
    )  # fmt: skip
    address = reverse("reporting:approval_versions", args=[month.world.district.code, SEPTEMBER, month.unit("402").code])
    assert plain(signed_in(month.director).get(address)).count("Nå: 470") == 1


def test_an_open_month_shows_what_stands():
    month = Month()
    month.record("402", 470, now=LATER)
    text = month.read()
    assert "Brukere i alt 470" in text
    assert NOTE not in text
    assert month.sheet().figures == (("Brukere i alt", "470"),)


def test_a_target_that_is_moved_afterwards_colours_no_locked_month(month):
    indicator = SickLeaveFactory()
    FigureFeed.objects.create(kind=FeedKind.SICK_LEAVE, indicator=indicator)
    target = TargetFactory(indicator=indicator, unit=month.world.district, value=Decimal("9.9"), yellow_limit=Decimal("10.9"))
    Target.history.filter(id=target.pk).update(history_date=BEFORE)
    target.value = Decimal(12)
    target.yellow_limit = Decimal(13)
    target.save()
    unit_id = month.unit("402").pk
    found = sick_leave_of(unit_ids=[unit_id], month=SEPTEMBER, access=None, known=Known(LOCKED))[unit_id]
    assert found.limits.target == Decimal("9.9")
    assert sick_leave_of(unit_ids=[unit_id], month=SEPTEMBER, access=None)[unit_id].limits.target == 12


def statements(codes):
    month = Month(codes).lock()
    for code in codes:
        month.record(code, 470, now=LATER)
    month.absence(2, LATER, dict.fromkeys(codes, ("1000", "150")))
    month.correct("402")
    sheets = cost(lambda: pack_of(access=access_of(month.director, DAY), district_id=month.world.district.pk, month=SEPTEMBER))
    return sheets, cost(lambda: month.read("403"))


def cost(act):
    """The statements of doing it a second time."""
    act()
    with CaptureQueriesContext(connection) as captured:
        act()
        return len(captured)


def test_more_units_cost_no_more_statements():
    few = statements(["402", "403"])
    FigureFeed.objects.all().delete()
    Indicator.objects.update(code="andre_brukere")
    assert statements(["401", "402", "403", "404", "405", "406"]) == few
