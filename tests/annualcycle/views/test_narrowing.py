"""The year of one unit: what is left of it, how that unit stands, and that no other unit can be asked for."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annualcycle.rules.kinds import LinkKind, Scope, TaskState
from organisation.models import Unit
from organisation.rules.access import Role
from tests.factories.cycle import ActivityFactory, TaskFactory
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.pages import markup_of, signed_in, text_of

pytestmark = pytest.mark.django_db
WHEEL, MONTH, ROLES = "/styringshjul/alna/2026/", "/styringshjul/alna/2026/2/", "/styringshjul/alna/2026/roller/"
PAGES = [WHEEL, MONTH, ROLES]


@pytest.fixture
def plan(world):
    """In February; 402 has done it, 403 has not. The district's own budget is in February too."""
    activity = ActivityFactory(
        district=world.district, title="Årsplan levert", short="Årsplan", due_on=date(2026, 2, 27), scope=Scope.UNITS
    )
    TaskFactory(activity=activity, unit=world.unit, state=TaskState.DONE, done_on=date(2026, 2, 20))
    TaskFactory(activity=activity, unit=world.other)
    budget = ActivityFactory(district=world.district, title="Budsjettbrev", responsible=Role.DIRECTOR.value, due_on=date(2026, 2, 10))
    TaskFactory(activity=budget, unit=world.district)
    return activity


@pytest.fixture
def director(world):
    return signed_in(person(Role.DIRECTOR, world.district))


@pytest.mark.parametrize("path", PAGES)
def test_one_unit_shows_its_own_standing_and_nothing_of_the_districts(plan, director, path):
    whole = text_of(director.get(path))
    assert "1 av 2 ferdig" in whole
    assert "Budsjettbrev" in whole
    done, late = (text_of(director.get(path, {"enhet": code})) for code in ("402", "403"))
    for page in (done, late):
        assert "Årsplan levert" in page
        assert "Budsjettbrev" not in page
        assert "1 av 2 ferdig" not in page
    assert "Over frist" in late.split("Årsplan levert")[-1]
    assert "Ferdig" in done.split("Årsplan levert")[-1]


def test_the_sentence_and_the_marks_are_the_units(plan, director):
    done, late = (director.get(WHEEL, {"enhet": code}) for code in ("402", "403"))
    assert "1 av 1 aktiviteter er ferdige. Ingen er over fristen." in text_of(done)
    assert "0 av 1 aktiviteter er ferdige. Én er over fristen." in text_of(late)
    assert f'<a href="#a{plan.pk}" class="is-done" aria-label="Årsplan levert, fredag 27. februar: ferdig">' in markup_of(done)
    assert f'<a href="#a{plan.pk}" class="is-late" aria-label="Årsplan levert, fredag 27. februar: over frist">' in markup_of(late)


def test_a_unit_above_others_counts_those_below(world, plan, director):
    below = UnitFactory(code="402-1", parent=world.unit, kind=Unit.Kind.SUB_UNIT)
    TaskFactory(activity=plan, unit=below)
    assert "1 av 2 ferdig" in text_of(director.get(WHEEL, {"enhet": "402"}))
    assert '<option value="402-1">\N{NO-BREAK SPACE}' in director.get(WHEEL).content.decode()


def test_a_task_that_is_not_needed_is_not_in_the_units_year(world, plan, director):
    plan.tasks.filter(unit=world.other).update(state=TaskState.NOT_NEEDED)
    page = text_of(director.get(WHEEL, {"enhet": "403"}))
    assert "Årsplan levert" not in page
    assert "Ingenting dette året gjelder 403" in page


def test_a_target_map_nobody_has_begun_is_not_a_units(world, plan, director):
    ActivityFactory(
        district=world.district, title="Målekart", link_kind=LinkKind.SCORECARD, link_period=date(2027, 1, 1), due_on=date(2026, 12, 18)
    )
    assert "Målekart, fredag 18. desember: kommer" in markup_of(director.get(WHEEL))
    assert "Målekart, fredag 18. desember" not in markup_of(director.get(WHEEL, {"enhet": "402"}))


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("code", ["alna", "B77", "finnes-ikke", "402'"])
def test_what_is_not_below_the_district_cannot_be_chosen(world, plan, director, path, code):
    UnitFactory(code="B77", parent=DistrictFactory(code="nabo"))
    assert director.get(path, {"enhet": "402"}).status_code == 200
    assert director.get(path, {"enhet": code}).status_code == 404


@pytest.mark.parametrize("path", PAGES)
def test_who_sees_no_tasks_has_no_choice(world, plan, path):
    ActivityFactory(district=world.district, title="Budsjettforslag", due_on=date(2026, 2, 20), is_public=True)
    politician = signed_in(person(Role.POLITICIAN, world.district))
    page = politician.get(path)
    assert "Budsjettforslag" in text_of(page)
    assert 'name="enhet"' not in markup_of(page)
    assert politician.get(path, {"enhet": "402"}).status_code == 404


def test_a_district_of_one_unit_has_nothing_to_choose(settings):
    settings.ALNA_TODAY = date(2026, 10, 9)
    district = DistrictFactory(code="liten")
    client = signed_in(person(Role.DIRECTOR, district))
    UnitFactory(code="901", parent=district)
    assert 'name="enhet"' not in markup_of(client.get("/styringshjul/liten/2026/"))
    UnitFactory(code="902", parent=district)
    assert 'name="enhet"' in markup_of(client.get("/styringshjul/liten/2026/"))


def test_a_unit_belongs_to_the_years_it_was_there(world, plan, director):
    ended = UnitFactory(code="499", name="Gamle bo", parent=world.district, valid_to=date(2025, 6, 30))
    ActivityFactory(district=world.district, year=2025, due_on=date(2025, 2, 27))
    assert director.get(WHEEL, {"enhet": ended.code}).status_code == 404
    page = director.get("/styringshjul/alna/2025/", {"enhet": ended.code})
    assert "499 Gamle bo" in text_of(page)
    # The way to a year without it leads to the whole district.
    assert 'href="/styringshjul/alna/2026/"' in markup_of(page)
    assert 'href="/styringshjul/alna/2025/?enhet=499"' in markup_of(page)


def test_what_is_chosen_goes_along(plan, director):
    page = markup_of(director.get(WHEEL, {"enhet": "402", "rolle": "unit_leader"}))
    kept = "?enhet=402&amp;rolle=unit_leader"
    for path in ("/styringshjul/alna/2026/10/", ROLES):
        assert f'href="{path}{kept}"' in page
    assert '<input type="hidden" name="rolle" value="unit_leader">' in page
    assert '<option value="402" selected>' in page
    month = markup_of(director.get(MONTH, {"enhet": "402", "rolle": "unit_leader"}))
    for path in (WHEEL, ROLES, "/styringshjul/alna/2026/1/", "/styringshjul/alna/2026/3/"):
        assert f'href="{path}{kept}"' in month
    assert 'name="rolle"' not in markup_of(director.get(MONTH, {"rolle": "finnes-ikke"}))


@pytest.mark.parametrize("path", PAGES)
def test_a_unit_costs_what_the_district_costs_however_many_there_are(world, plan, director, path):
    def statements(**query):
        director.get(path, query)
        with CaptureQueriesContext(connection) as seen:
            assert director.get(path, query).status_code == 200
        return len(seen)

    # One's own is there both in the district and in the unit: who is to do it is asked where there is anything at all.
    TaskFactory(activity=ActivityFactory(district=world.district, due_on=date(2026, 10, 30)), unit=world.unit)
    whole = statements()
    assert statements(enhet="402") == whole
    for number in range(20):
        TaskFactory(activity=plan, unit=UnitFactory(code=f"6{number:02}", parent=world.district))
    assert statements(enhet="402") == whole
    assert statements() == whole
