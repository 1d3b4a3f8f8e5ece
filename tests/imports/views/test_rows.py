"""From a finding on the control page to the rows of the file it is about: as they stand, paged, and within rights."""

from datetime import date

import pytest

from imports.importing import looking
from imports.models import Batch
from imports.queries.reach import Reach
from imports.views.codes import code_rows
from organisation.models import Unit
from organisation.queries.access import access_of
from organisation.queries.tree import tree_on
from organisation.rules.access import Role
from tests.factories.imports import ubw_file
from tests.factories.organisation import person
from tests.imports.views.conftest import IMPORT, ROWS, UNKNOWN, page_of, statements
from tests.imports.views.test_lost_rows import HEAD
from tests.pages import markup_of, text_of

TODAY = date(2026, 10, 9)
SMALL = (
    f"{HEAD}\n402;Hjemmetjenesten;2026-09;120,0;2640,0;79,5;284,8;364,3;131,2;233,1;13,8\n"
    "499;Ukjent sted;2026-09;3,0;66,0;6,0;14,6;20,6;9,4;11,2;31,2\n301;NAV;2026-09;3,0;66,0;6,0;14,6;feil 77;9,4;11,2;31,2\n"
).encode()


def rows_of(batch: Batch, query: str) -> str:
    return page_of(batch, f"rader/?{query}")


@pytest.fixture
def batch(world, controller):
    return world.batch(controller, UNKNOWN)


def test_an_unknown_code_leads_to_its_rows(world, controller, batch):
    address = rows_of(batch, "kode=402150")
    assert address in markup_of(controller.get(page_of(batch)))
    assert address in markup_of(controller.get(f"{IMPORT}ukjente/"))
    page = controller.get(address)
    text = text_of(page)
    assert "Rader med koden 402150" in text
    assert "Koden hører ikke til noen enhet. 1 rad i alt." in text
    assert "20,00" in text
    assert "50,00" not in text
    number = next(number for number, line in enumerate(UNKNOWN.decode("cp1252").splitlines(), 1) if line.startswith("402150"))
    assert f'scope="row">{number}<' in markup_of(page)


def test_what_is_nobodys_and_what_is_a_units(world, controller, batch):
    nobody = text_of(controller.get(rows_of(batch, "ufordelt=1")))
    assert "402150" in nobody
    assert "402100" not in nobody
    page = controller.get(rows_of(batch, "enhet=402"))
    assert "Radene til Hjemmetjenesten" in text_of(page)
    # A sum of the file is not one of its rows.
    assert markup_of(page).count('role="rowheader"') == 2
    assert "200,00" not in text_of(page)


def test_skipped_rows_with_figures_are_shown_and_titles_are_not(world, controller, batch):
    page = markup_of(controller.get(page_of(batch)))
    assert "rader/?hoppet=sum" in page
    assert "hoppet=title" not in page
    assert "200,00" in text_of(controller.get(rows_of(batch, "hoppet=sum")))
    assert controller.get(rows_of(batch, "hoppet=title")).status_code == 404


def test_rows_with_faults_say_why(world, controller):
    batch = world.batch(controller, ubw_file(*ROWS, ("402100", "10301", "mye"), total="180,00"))
    assert "rader/?feil=1" in markup_of(controller.get(page_of(batch)))
    text = text_of(controller.get(rows_of(batch, "feil=1")))
    assert "Hvorfor" in text
    assert "mye" in text
    assert "402100" in text


def test_only_columns_that_are_read_are_shown_and_no_number_of_a_person(world, controller):
    """12345678911 has no valid check digits; 01010750160 has."""
    table = (
        f"{HEAD};Kommentar\n402;Hjemmetjenesten 01010750160;2026-09;120,0;2640,0;79,5;284,8;364,3;131,2;233,1;13,8;Ola var borte\n"
        "499;Ukjent sted;2026-09;18,0;396,0;6,0;14,6;20,6;9,4;11,2;5,2;Kari var borte\n"
    )
    batch = world.batch(controller, table.encode(), "sykefravaer.csv", source="hr")
    text = text_of(controller.get(rows_of(batch, "enhet=402")))
    assert "364,3" in text
    assert "Kommentar" not in text
    assert "Ola" not in text
    assert "01010750160" not in text
    assert looking.HIDDEN in text


def test_the_rows_come_a_page_at_a_time(world, controller, monkeypatch):
    monkeypatch.setattr(looking, "PAGE", 2)
    rows = [("402100", f"1010{number}", f"{number},00") for number in range(5)]
    batch = world.batch(controller, ubw_file(*rows, total="10,00"))
    seen, address = [], rows_of(batch, "enhet=402")
    while address:
        page = markup_of(controller.get(address))
        seen.append([f"1010{number}" in page for number in range(5)])
        found = page.partition('" rel="next"')
        address = page_of(batch, "rader/") + found[0].rpartition('href="')[2].replace("&amp;", "&") if found[1] else ""
    assert seen == [
        [True, True, False, False, False],
        [False, False, True, True, False],
        [False, False, False, False, True],
    ]


def test_of_a_large_file_so_much_is_gone_through_at_a_time(world, controller, monkeypatch):
    monkeypatch.setattr(looking, "MOST_LINES", 3)
    batch = world.batch(controller, UNKNOWN)
    text = text_of(controller.get(rows_of(batch, "kode=402150")))
    assert "Ingen i denne delen av filen." in text
    assert "Let videre" in text


@pytest.mark.parametrize("query", ["", "kode=finnes-ikke", "enhet=B2", "enhet=finnes-ikke", "hoppet=oppdiktet", "fra=3"])
def test_what_the_file_does_not_have_is_not_there(world, controller, batch, query):
    assert controller.get(rows_of(batch, query)).status_code == 404


@pytest.mark.parametrize("first", ["0", "-1", "x", "999999999999", "٣"])
def test_a_strange_place_to_begin_is_the_beginning(world, controller, batch, first):
    assert "20,00" in text_of(controller.get(rows_of(batch, f"kode=402150&fra={first}")))


def test_who_may_not_see_amounts_sees_no_rows(world, controller, batch):
    address = rows_of(batch, "kode=402150")
    for role in (Role.ADMINISTRATOR, Role.HR, Role.UNIT_LEADER):
        client = world.sign_in(role)
        assert client.get(address).status_code == 404
        page = client.get(page_of(batch))
        assert page.status_code == 404 or "rader/" not in markup_of(page)
    assert world.neighbour.get(address).status_code == 404


def test_a_file_that_is_gone_is_told_about(world, controller, batch, settings):
    (settings.DATA_DIR / batch.stored_as).unlink()
    page = controller.get(rows_of(batch, "kode=402150"))
    assert page.status_code == 200
    assert "Filen kan ikke åpnes nå." in text_of(page)


def test_saved_and_connected_rows_are_still_found(world, controller, batch):
    code = batch.unknown_codes.get()
    answer = {f"kode-{code.pk}-unit": "301", f"kode-{code.pk}-valid_from": "2026-09-01", "handling": "lagre"}
    assert controller.post(page_of(batch, "bestem/"), answer).status_code == 302
    assert Batch.objects.get().state == "saved"
    text = text_of(controller.get(rows_of(batch, "enhet=301")))
    assert "402150" in text


def test_more_rows_cost_no_more_statements(world, controller, batch):
    few = statements(controller, rows_of(batch, "enhet=402"))
    more = world.batch(controller, ubw_file(*[("402100", f"10{number:03}", "1,00") for number in range(80)], total="80,00"))
    assert statements(controller, rows_of(more, "enhet=402")) == few


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.LEADERSHIP])
def test_rows_of_few_people_are_for_those_who_bring_them_in(world, controller, batch, role):
    """Whoever leads the district sees that the file came and how it was read, but not the rows that pages hide."""
    leader, hr = world.sign_in(role), world.sign_in(Role.HR)
    small = world.batch(hr, SMALL, "sykefravaer.csv", source="hr")
    for query in ("kode=499", "enhet=402", "ufordelt=1", "feil=1"):
        assert leader.get(rows_of(small, query)).status_code == 404
        assert world.neighbour.get(rows_of(small, query)).status_code == 404
        assert hr.get(rows_of(small, query)).status_code == controller.get(rows_of(small, query)).status_code == 200
    page = leader.get(page_of(small))
    assert "rader/" not in markup_of(page)
    assert "De fem første radene" not in text_of(page)
    assert not [cell for cell in ("131,2", "284,8", "feil 77") if cell in text_of(page)]
    mine = hr.get(page_of(small))
    assert "rader/" in markup_of(mine)
    assert "De fem første radene" in markup_of(mine)
    assert "feil 77" in text_of(mine)
    # A ledger's rows are hidden from nobody who sees its amounts.
    assert leader.get(rows_of(batch, "kode=402150")).status_code == 200


def test_no_link_leads_to_rows_one_does_not_read(world, controller, batch):
    small = world.batch(world.sign_in(Role.HR), SMALL, "sykefravaer.csv", source="hr")

    def links(role):
        reach = Reach(access_of(person(role, world.district), TODAY))
        return [bool(each.rows_url) for found in (small, batch) for each in code_rows(reach, found, tree_on(TODAY), TODAY)]

    assert links(Role.DIRECTOR) == [False, True]
    assert links(Role.HR) == [True, False]
    assert links(Role.CONTROLLER) == [True, True]


@pytest.mark.parametrize("kind", ["sick_leave", "surveys"])
def test_what_is_about_few_people_asks_for_more_than_amounts(world, kind):
    def reads(role, unit):
        return Reach(access_of(person(role, unit), TODAY)).sees_rows(kind, world.district.pk)

    assert [reads(role, world.district) for role in (Role.HR, Role.CONTROLLER)] == [True, True]
    others = (Role.DIRECTOR, Role.LEADERSHIP, Role.ADMINISTRATOR, Role.UNIT_LEADER)
    assert [reads(role, world.district) for role in others] == [False] * 4
    assert not reads(Role.HR, Unit.objects.get(code="B2"))
