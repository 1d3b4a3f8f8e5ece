"""A budget that stands with a unit, and departments that spend of it: nothing is divided, and every sum is the same."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisation.models import Unit
from organisation.queries.access import access_of
from organisation.rules.access import Role
from reporting.models import AccountGroup, Balance, FigureFeed, MonthlyReport
from reporting.queries.consolidated import district_month
from reporting.queries.report_sheets import pack_of
from reporting.rules.kinds import FeedKind
from reporting.rules.kinds import ReportState as S
from reporting.services import feed, lock
from reporting.services.balances import rebuild_balances
from reporting.services.ledger_followers import Change, follow
from scorecard.models import Measurement, PeriodValue
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.factories.reporting import DeliveryFactory, LedgerLineFactory, MonthlyReportFactory
from tests.factories.scorecard import SickLeaveFactory
from tests.reporting.approval.reading import plain, signed_in

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2026, 9, 1)
NOW = datetime(2026, 10, 8, 6, 0, tzinfo=UTC)
DAY = date(2026, 10, 12)
SHARED = "Budsjettet står samlet på enheten og er ikke fordelt på avdelingene."
K = Decimal(1000)


class Home:
    """Hjemmetjenesten has the whole budget, 60 000 in the year and 45 000 to date; day and night spend 30 000 and 17 000 of it."""

    def __init__(self, departments=2, code="402", district="B1"):
        self.district = DistrictFactory(code=district, name="Bydel Bekk")
        self.unit = UnitFactory(code=code, name="Hjemmetjenesten", parent=self.district)
        names, spent = ("Dag", "Natt", "Helg", "Kveld"), (30_000, 17_000, 0, 0)
        about = {"parent": self.unit, "kind": Unit.Kind.SUB_UNIT}
        self.parts = [UnitFactory(code=f"{code}-{place}", name=names[place], **about) for place in range(departments)]
        AccountGroup.objects.get_or_create(code="vikarer", defaults={"name": "Vikarer", "prefixes": "103"})
        self.file = DeliveryFactory(district=self.district)
        self.line(self.unit, revised=60_000 * K, budget=45_000 * K, actual=None)
        for part, amount in zip(self.parts, spent, strict=False):
            self.line(part, revised=None, budget=None, actual=amount * K)
        rebuild_balances(district=self.district, months=[SEPTEMBER])

    def line(self, unit, **amounts):
        return LedgerLineFactory(delivery=self.file, unit=unit, original=amounts["revised"], **amounts)

    def get(self, name, *args, role=Role.CONTROLLER):
        return plain(signed_in(person(role, self.district)).get(reverse(f"reporting:{name}", args=args)))


@pytest.fixture(autouse=True)
def october(settings):
    settings.ALNA_TODAY = DAY


@pytest.fixture
def home():
    return Home()


def test_the_report_has_the_budget_and_what_the_departments_spend(home):
    MonthlyReportFactory(unit=home.unit, month=SEPTEMBER, state=S.DELIVERED, forecast=62_000 * K)
    text = home.get("report_read", "402", SEPTEMBER, role=Role.DIRECTOR)
    assert "Enheten har brukt 2 000 000 kr mer enn budsjettert." in text
    assert "Det er 4,4 %" in text
    assert SHARED in text


def test_the_sums_are_the_same_in_the_list_the_report_and_on_paper(home):
    MonthlyReportFactory(unit=home.unit, month=SEPTEMBER, state=S.DELIVERED, forecast=62_000 * K)
    (unit,) = district_month(district_id=home.district.pk, month=SEPTEMBER).units
    assert (unit.economy.revised, unit.economy.budget, unit.economy.actual) == (60_000 * K, 45_000 * K, 47_000 * K)
    access = access_of(person(Role.DIRECTOR, home.district), DAY)
    (sheet,) = pack_of(access=access, district_id=home.district.pk, month=SEPTEMBER).sheets
    assert [(row.name, row.cells) for row in sheet.groups] == [("Vikarer", ("45\u00a0000", "47\u00a0000", "merforbruk 2\u00a0000"))]
    assert SHARED in sheet.shared_budget
    lock_it(home)
    text = home.get("report_read", "402", SEPTEMBER, role=Role.DIRECTOR)
    assert "Enheten har brukt 2 000 000 kr mer enn budsjettert." in text


def lock_it(home):
    MonthlyReport.objects.update(state=S.APPROVED)
    director = person(Role.DIRECTOR, home.district)
    lock.lock_month(district=home.district, month=SEPTEMBER, actor=director, now=NOW, today=DAY)


def test_each_department_stands_as_the_ledger_has_it(home):
    text = home.get("economy", "402", SEPTEMBER)
    assert SHARED in text
    table = text.partition("Uten budsjett vises ingen prosent.")[2]
    assert "Felles for enheten – 45 000 45 000 mindreforbruk 100,0 % 60 000" in table
    assert "402-0 Dag 30 000 – −30 000 merforbruk – –" in table
    assert "402-1 Natt 17 000 – −17 000 merforbruk – –" in table
    assert "Sum 47 000 45 000 −2 000 merforbruk −4,4 % 60 000" in table


def test_a_budget_that_is_divided_says_nothing(home):
    Balance.objects.filter(unit__in=home.parts).update(budget=Decimal(22_500_000))
    text = home.get("economy", "402", SEPTEMBER)
    assert "Avdelingene" in text
    assert SHARED not in text


def test_a_unit_without_departments_has_no_table(home):
    alone = UnitFactory(code="301", name="NAV", parent=home.district)
    home.line(alone, revised=K, budget=K, actual=K)
    rebuild_balances(district=home.district, months=[SEPTEMBER])
    assert "Avdelingene" not in home.get("economy", "301", SEPTEMBER)


def test_the_figure_that_is_fed_is_the_whole_units_and_counts_once(home):
    spent = SickLeaveFactory(code="forbruk", name="Forbruk", restricted=False, scale_max=None, unit_text="%")
    FigureFeed.objects.create(kind=FeedKind.SPENT_TO_DATE, indicator=spent)
    # What stands with the district itself is no figure of the district: its units are added up.
    home.line(home.district, revised=900 * K, budget=900 * K, actual=900 * K)
    rebuild_balances(district=home.district, months=[SEPTEMBER])
    feed.month_changed(
        district=home.district, month=SEPTEMBER, kinds=[FeedKind.SPENT_TO_DATE], delivery=home.file, actor=None, now=NOW, today=DAY
    )
    assert [(row.unit, row.numerator, row.denominator) for row in Measurement.objects.all()] == [(home.unit, 47_000, 45_000)]
    of_district = PeriodValue.objects.get(unit=home.district)
    assert (of_district.numerator, of_district.denominator) == (47_000, 45_000)


def test_a_change_in_a_department_marks_the_units_report(home):
    report = MonthlyReportFactory(unit=home.unit, month=SEPTEMBER, state=S.DELIVERED)
    change = Change(home.district, SEPTEMBER, FeedKind.SPENT_TO_DATE, home.file, frozenset({home.parts[0].pk}))
    follow(change, actor=None, now=NOW, today=DAY)
    report.refresh_from_db()
    assert report.figures_changed_at == NOW


def test_the_kept_page_is_made_again_when_a_departments_ledger_is_another(home):
    leader = signed_in(person(Role.UNIT_LEADER, home.unit))
    address = f"{reverse('reporting:report', args=['402', SEPTEMBER])}?hele=1"
    assert "2 000 000 kr" in plain(leader.get(address))
    Balance.objects.filter(unit=home.parts[0]).update(actual=31_000 * K)
    assert "3 000 000 kr" in plain(leader.get(address))


def test_what_stands_with_the_district_is_not_divided_and_leads_to_its_lines(home):
    home.line(home.district, revised=900 * K, budget=900 * K, actual=None, cost_centre="100000")
    home.line(None, revised=None, budget=None, actual=50 * K, cost_centre="999999")
    rebuild_balances(district=home.district, months=[SEPTEMBER])
    found = district_month(district_id=home.district.pk, month=SEPTEMBER)
    assert (found.unallocated.budget, found.unallocated.actual) == (900 * K, 50 * K)
    assert (found.total.amounts.budget, found.total.amounts.actual) == (45_900 * K, 47_050 * K)
    text = home.get("unallocated_lines", "B1", SEPTEMBER)
    assert "100000" in text
    assert "999999" in text
    assert "402100" not in text


def test_more_departments_cost_no_more_statements():
    def cost(home):
        MonthlyReportFactory(unit=home.unit, month=SEPTEMBER, state=S.DELIVERED)
        client = signed_in(person(Role.CONTROLLER, home.district))
        found = []
        for name in ("economy", "report_read"):
            address = reverse(f"reporting:{name}", args=[home.unit.code, SEPTEMBER])
            assert client.get(address).status_code == 200
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
                found.append(len(captured))
        return found

    assert cost(Home(4)) == cost(Home(2, code="403", district="B2"))
