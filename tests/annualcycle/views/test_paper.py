"""The wheel as a PDF file: one A4 for the wheel whatever there is of it, the list after it, and only what the person may see."""

import re
from datetime import date

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annualcycle.rules.kinds import Scope, TaskState
from common import documents
from common.deadlines import Lane
from organisation.rules.access import Role
from tests.annualcycle.sheets import LANDSCAPE, sheets_of, words_of
from tests.common.test_documents import unpacked
from tests.factories.actions import ActionFactory
from tests.factories.cycle import ActivityFactory, TaskFactory
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.pages import markup_of, signed_in

pytestmark = pytest.mark.django_db
WHEEL, PDF = "/styringshjul/alna/2026/", "/styringshjul/alna/2026/pdf/"


@pytest.fixture(autouse=True)
def nothing_kept():
    caches["pages"].clear()


@pytest.fixture
def director(world):
    return signed_in(person(Role.DIRECTOR, world.district))


@pytest.fixture
def plan(world):
    """402 has done it, 403 has not."""
    activity = ActivityFactory(
        district=world.district, title="Årsplan levert", short="Årsplan", due_on=date(2026, 2, 27), scope=Scope.UNITS
    )
    TaskFactory(activity=activity, unit=world.unit, state=TaskState.DONE, done_on=date(2026, 2, 20))
    TaskFactory(activity=activity, unit=world.other)
    return activity


def fill(district, count):
    lanes = list(Lane)
    for n in range(count):
        day = date.fromordinal(date(2026, 1, 1).toordinal() + (n * 37) % 365)
        ActivityFactory(
            district=district, due_on=day, lane=lanes[n % 4], title="En aktivitet med et svært langt navn " * 3, short=name_of(n)
        )


def name_of(number):
    """As long as a name beside the wheel may be."""
    return f"Aktivitetsplan nr. {number:02} ferdig"


@pytest.mark.parametrize("count", [0, 1, 46, 80])
def test_the_wheel_is_one_landscape_a4_whatever_there_is_of_it(world, director, count):
    fill(world.district, count)
    answer = director.get(PDF)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="styringshjul-alna-2026.pdf"'
    assert answer.content.startswith(b"%PDF-")
    assert set(sheets_of(answer.content)) == {LANDSCAPE}
    sheets = words_of(answer.content)
    assert len(sheets) == len(sheets_of(answer.content)) >= 2
    assert "Kommer" in sheets[0]
    assert "Måned for måned" not in sheets[0]
    assert ("Måned for måned" if count else "Ingen aktiviteter") in sheets[1]
    assert [name_of(n) for n in range(count) if name_of(n) not in sheets[0]] == []


def test_it_says_its_name_its_language_and_is_tagged(plan, director):
    inside = unpacked(director.get(PDF).content)
    assert re.search(rb"/MarkInfo\s*<<\s*/Marked true", inside)
    assert re.search(rb"/Lang\s*\(nb\)", inside)
    assert {b"/H1", b"/Figure", b"/Table", b"/TH", b"/Caption"} <= set(re.findall(rb"/S\s*(/\w+)", inside))


def test_both_sheets_say_what_the_page_says(world, plan, director):
    ActionFactory(unit=world.unit, title="Nye kjøreruter", due_on=date(2026, 3, 3))
    wheel, rows = words_of(director.get(PDF).content)
    assert "Årsplan" in wheel
    assert "I dag, 9.10." in wheel
    assert "0 av 1 aktiviteter er ferdige. Én er over fristen. Laget 9. oktober 2026." in wheel
    assert "Årsplan levert" in rows
    assert "1 av 2 ferdig Over frist" in rows
    assert "Nye kjøreruter Fra tiltak Over frist" in rows


def test_what_is_chosen_stands_on_the_sheet(world, plan, director):
    TaskFactory(
        activity=ActivityFactory(district=world.district, title="Årsbrev", short="Årsbrev", responsible=Role.DIRECTOR.value),
        unit=world.unit,
    )
    answer = director.get(PDF, {"enhet": "402", "rolle": "unit_leader"})
    assert 'filename="styringshjul-alna-2026-402.pdf"' in answer.headers["Content-Disposition"]
    wheel, rows = words_of(answer.content)
    assert f"402 {world.unit.name}. 1 av 2 aktiviteter er ferdige." in wheel
    assert "Uthevet: Resultatenhetsleder." in wheel
    assert "Årsplan levert Resultatenhetsleder Ferdig" in rows
    assert "1 av 2 ferdig" not in rows.split("Årsplan levert")[1]
    kept = "?enhet=402&amp;rolle=unit_leader"
    assert f'href="{PDF}{kept}"' in markup_of(director.get(WHEEL, {"enhet": "402", "rolle": "unit_leader"}))


def test_a_long_name_of_a_unit_does_not_push_the_wheel_off_its_sheet(world, plan, director):
    long = UnitFactory(code="404", name="Enheten for tjenester med et langt navn " * 3, parent=world.district)
    TaskFactory(activity=plan, unit=long)
    wheel, rows = words_of(director.get(PDF, {"enhet": "404", "rolle": "unit_leader"}).content)
    assert "Over frist" in wheel
    assert "Måned for måned" in rows


def test_a_politician_has_what_is_public_and_nothing_of_the_units(world, plan):
    ActivityFactory(district=world.district, title="Budsjettforslag", due_on=date(2026, 3, 10), is_public=True)
    ActionFactory(unit=world.unit, title="Nye kjøreruter", due_on=date(2026, 3, 3))
    politician = signed_in(person(Role.POLITICIAN, world.district))
    wheel, rows = words_of(politician.get(PDF).content)
    assert "Budsjettforslag" in rows
    for hidden in ("Årsplan", "Nye kjøreruter", "Ferdig", "Status"):
        assert hidden not in wheel + rows
    assert politician.get(PDF, {"enhet": "402"}).status_code == 404


def test_a_neighbour_and_another_year_do_not_find_it(world, plan, director):
    assert signed_in(person(Role.DIRECTOR, DistrictFactory(code="nabo"))).get(PDF).status_code == 404
    assert director.get("/styringshjul/alna/2101/pdf/").status_code == 404
    assert director.get(PDF, {"enhet": "finnes-ikke"}).status_code == 404


def test_a_machine_that_cannot_make_it_has_the_browsers_own_print(plan, director, monkeypatch):
    assert "Skriv ut (PDF)" in markup_of(director.get(WHEEL))

    def missing(name):
        raise OSError("cannot load library 'libpango-1.0-0'")

    documents._library.cache_clear()
    monkeypatch.setattr(documents.importlib, "import_module", missing)
    try:
        page = markup_of(director.get(WHEEL))
        assert "Skriv ut (PDF)" not in page
        assert "data-print" in page
        assert director.get(PDF).status_code == 503
    finally:
        documents._library.cache_clear()


def test_eighty_activities_cost_as_many_statements_as_one(world, plan, director):
    def statements():
        director.get(PDF)
        with CaptureQueriesContext(connection) as seen:
            assert director.get(PDF).status_code == 200
        return len(seen)

    one = statements()
    fill(world.district, 79)
    assert statements() == one
