"""The deadlines of other apps in the list of the year: together, once, and for those alone who may know of them."""

import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annualcycle.queries.collect import visible_deadlines
from annualcycle.queries.wheel import wheel_year
from annualcycle.rules.kinds import LinkKind
from organisation.queries.access import access_of
from organisation.rules.access import Role
from reporting.rules.kinds import ReportState
from reporting.services.defaults import install_defaults
from tests.factories.actions import ActionFactory
from tests.factories.cycle import ActivityFactory, TaskFactory
from tests.factories.imports import SourceFactory
from tests.factories.organisation import UnitFactory, person
from tests.factories.reporting import MonthlyReportFactory
from tests.pages import markup_of, signed_in, text_of

pytestmark = pytest.mark.django_db
WHEEL, OCTOBER = "/styringshjul/alna/2026/", "/styringshjul/alna/2026/10/"
SEPTEMBER = date(2026, 9, 1)
REPORT = "Månedsrapporten for september 2026"


@pytest.fixture(autouse=True)
def deadlines(world):
    install_defaults(actor=None, now=datetime(2026, 1, 1, tzinfo=UTC), today=date(2026, 1, 1))


def delivered(unit):
    return MonthlyReportFactory(
        unit=unit, month=SEPTEMBER, state=ReportState.DELIVERED, submitted_at=datetime(2026, 10, 7, 9, 0, tzinfo=UTC)
    )


def others_of(page):
    """What stands below «Andre frister», as one text."""
    lists = re.findall(r'<details class="al-year__others">(.*?)</details>', markup_of(page), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", " ".join(lists)).split())


def test_the_reports_of_all_units_are_one_line_that_leads_to_them(world):
    delivered(world.unit)
    page = signed_in(person(Role.DIRECTOR, world.district)).get(WHEEL)
    assert others_of(page).count(REPORT) == 1
    assert f"{REPORT} Kommer Fra rapporter. 1 av 2 levert" in others_of(page)
    assert f'<a href="/rapportering/godkjenning/alna/2026-09/">{REPORT}</a>' in markup_of(page)
    leader = signed_in(person(Role.UNIT_LEADER, world.unit)).get(WHEEL)
    assert f'<a href="/rapportering/">{REPORT}</a>' in markup_of(leader)


def test_what_an_activity_counts_does_not_stand_there_again(world):
    director = signed_in(person(Role.DIRECTOR, world.district))
    delivered(world.unit)
    assert REPORT in text_of(director.get(WHEEL))
    activity = ActivityFactory(
        district=world.district,
        title="Månedsrapport september",
        link_kind=LinkKind.REPORT,
        link_period=SEPTEMBER,
        due_on=date(2026, 10, 12),
    )
    for path in (WHEEL, OCTOBER):
        page = text_of(director.get(path))
        assert "Månedsrapport september" in page
        assert REPORT not in page
    activity.cancelled_at = datetime(2026, 1, 2, tzinfo=UTC)
    activity.save()
    assert REPORT in text_of(director.get(WHEEL))


def test_actions_of_a_day_stand_together_and_in_the_month_each_for_itself(world):
    for title in ("Ny turnus", "Nye kjøreruter"):
        ActionFactory(unit=world.unit, title=title, due_on=date(2026, 11, 20))
    alone = ActionFactory(unit=world.unit, title="Vikarpool", due_on=date(2026, 11, 23))
    leader = signed_in(person(Role.UNIT_LEADER, world.unit))
    found = others_of(leader.get(WHEEL))
    assert "Tiltak med frist Kommer Fra tiltak. 0 av 2 ferdig" in found
    assert "Ny turnus" not in found
    assert f'<a href="/tiltak/{alone.pk}/">Vikarpool</a>' in markup_of(leader.get(WHEEL))
    month = text_of(leader.get("/styringshjul/alna/2026/11/"))
    assert "Ny turnus" in month
    assert "Nye kjøreruter" in month
    assert "Tiltak med frist" not in month


def test_a_neighbour_sees_nothing_that_the_month_does_not_show(world):
    ActionFactory(unit=world.unit, title="Ny turnus", due_on=date(2026, 10, 20))
    SourceFactory(district=world.district, name="Økonomi fra UBW", expected_workday=6)
    leader, neighbour, employee = (
        signed_in(person(role, unit))
        for role, unit in ((Role.UNIT_LEADER, world.unit), (Role.UNIT_LEADER, world.other), (Role.EMPLOYEE, world.other))
    )
    assert "Ny turnus" in others_of(leader.get(WHEEL))
    for client in (neighbour, employee):
        for path in (WHEEL, OCTOBER):
            assert "Ny turnus" not in text_of(client.get(path))
            assert "Økonomi fra UBW" not in text_of(client.get(path))
    assert "Økonomi fra UBW" in others_of(signed_in(person(Role.CONTROLLER, world.district)).get(WHEEL))
    # A report nobody has delivered is there for those alone who write it.
    assert REPORT in others_of(neighbour.get(WHEEL))
    assert REPORT not in others_of(employee.get(WHEEL))


@pytest.mark.parametrize("role", list(Role))
def test_the_year_has_what_the_person_may_know_of_and_no_more(world, role):
    delivered(world.unit)
    for unit in (world.unit, world.other):
        ActionFactory(unit=unit, due_on=date(2026, 11, 20))
    SourceFactory(district=world.district, expected_workday=6)
    TaskFactory(activity=ActivityFactory(district=world.district), unit=world.unit)
    for unit in (world.district, world.other):
        access = access_of(person(role, unit), date(2026, 10, 9))
        may_know = visible_deadlines(access, first=date(2026, 1, 1), last=date(2026, 12, 31))
        shown = {each.key for line in wheel_year(world.district, 2026, access=access).others for each in line.seen}
        assert shown == {each.key for each in may_know if not each.key.startswith("annualcycle.")}


def test_who_sees_what_is_public_alone_sees_no_deadlines(world):
    ActivityFactory(district=world.district, title="Budsjettforslag", is_public=True)
    delivered(world.unit)
    page = signed_in(person(Role.POLITICIAN, world.district)).get(WHEEL)
    assert "Budsjettforslag" in text_of(page)
    assert others_of(page) == ""
    assert "al-wheel__tick" not in markup_of(page)


def test_one_unit_has_its_own_and_the_way_leads_there(world):
    delivered(world.unit)
    director = signed_in(person(Role.DIRECTOR, world.district))
    page = director.get(WHEEL, {"enhet": "402"})
    assert f'<a href="/rapportering/402/2026-09/les/">{REPORT}</a>' in markup_of(page)
    assert f"{REPORT} Ferdig Fra rapporter" in others_of(page)
    assert "godkjent og låst" not in others_of(page)
    assert "godkjent og låst" in others_of(director.get(WHEEL))


def test_what_one_may_count_but_not_open_is_no_link(world):
    """A unit's report is the product of the activity that counts it; a safety representative may not read it."""
    delivered(world.unit)
    ActivityFactory(
        district=world.district, title="Månedsrapport september", link_kind=LinkKind.REPORT, link_period=SEPTEMBER, due_on=date(2026, 10, 9)
    )
    product = 'href="/rapportering/402/2026-09/les/"'
    assert product in markup_of(signed_in(person(Role.DIRECTOR, world.district)).get(WHEEL, {"enhet": "402"}))
    safety = signed_in(person(Role.SAFETY_REP, world.district)).get(WHEEL, {"enhet": "402"})
    assert "Månedsrapport september" in text_of(safety)
    assert product not in markup_of(safety)


def test_a_day_of_several_deadlines_is_one_small_mark(world):
    for day in (date(2026, 3, 3), date(2026, 3, 3), date(2026, 3, 4)):
        ActionFactory(unit=world.unit, title="Ny turnus", due_on=day)
    ActivityFactory(district=world.district)
    page = markup_of(signed_in(person(Role.UNIT_LEADER, world.unit)).get(WHEEL))
    assert len(re.findall(r"<title>[34]\.3\. Ny turnus</title>", page)) == 2


def test_what_is_late_is_said_where_the_list_is_folded(world):
    ActionFactory(unit=world.unit, title="Ny turnus", due_on=date(2026, 3, 3))
    page = markup_of(signed_in(person(Role.UNIT_LEADER, world.unit)).get(WHEEL))
    assert "én av dem over fristen</small></summary>" in page
    assert "Ny turnus" in page


@pytest.mark.parametrize("path", [WHEEL, OCTOBER])
def test_thirty_units_with_reports_and_actions_cost_what_one_costs(world, path):
    client = signed_in(person(Role.DIRECTOR, world.district))

    def fill(unit):
        MonthlyReportFactory(unit=unit, month=SEPTEMBER, state=ReportState.DELIVERED)
        ActionFactory(unit=unit, due_on=date(2026, 10, 20))

    def statements():
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    fill(world.unit)
    few = statements()
    for number in range(30):
        fill(UnitFactory(code=f"6{number:02}", parent=world.district))
    assert statements() == few
