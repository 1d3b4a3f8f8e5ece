"""A scorecard as a file: the page's rights and choices, and nothing a spreadsheet would run."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from openpyxl import load_workbook

from scorecard.models import PointNote
from tests.factories.scorecard import SickLeaveFactory

SURVEY = {"value": "4.5", "yellow_limit": "4.2"}


@pytest.fixture
def page(client):
    """Opens a page as somebody."""

    def get(user, path, **headers):
        client.force_login(user)
        return client.get(path, headers=headers)

    return get


def test_a_masked_figure_is_in_no_file_either(world, page):
    leave = world.indicator(SickLeaveFactory, window=1, name="Sykefravær")
    world.record(leave, world.unit, "2026-09", parts=("884", "7560"))
    note = PointNote(indicator=leave, unit=world.unit, text="Influensa: 884 dager", recorded_at=datetime(2026, 10, 1, tzinfo=UTC))
    note.period_start, note.period_kind = date(2026, 9, 1), "month"
    note.save()

    own = page(world.person(), world.address(end="eksport.csv")).content.decode("utf-8-sig")
    other = page(world.person(unit=world.neighbour), world.address(end="eksport.csv")).content.decode("utf-8-sig")

    assert "11,7" in own
    assert "Influensa: 884 dager" in own
    assert "Sykefravær" in other
    assert "Vises ikke" in other
    assert "11,7" not in other
    assert "884" not in other


def test_no_text_of_a_file_is_run_as_a_formula(world, page):
    world.indicator(name='=HYPERLINK("http://x")', method_text="+47", source="@SUM(1)")

    rows = list(csv.reader(io.StringIO(page(world.person(), world.address(end="eksport.csv")).content.decode("utf-8-sig")), delimiter=";"))
    book = load_workbook(io.BytesIO(page(world.person(), world.address(end="eksport.xlsx")).content))

    assert rows[1][2] == '\'=HYPERLINK("http://x")'
    assert rows[1][4] == "'+47"
    cells = [cell for line in book.active.iter_rows() for cell in line]
    assert any(cell.value == '=HYPERLINK("http://x")' for cell in cells)
    assert "f" not in {cell.data_type for cell in cells}


def test_a_file_says_what_it_shows_and_has_the_same_choices(world, page):
    survey = world.indicator(places=2)
    world.target(survey, **SURVEY)
    world.target(survey, world.unit, value="4.0", yellow_limit="3.9")
    world.record(survey, world.unit, 2025, "4.45")
    user = world.person()

    own = page(user, world.address(end="eksport.csv")).content.decode("utf-8-sig")
    district = page(user, world.address(end="eksport.csv") + "?mal=bydel&kjent=09.10.2026").content.decode("utf-8-sig")
    header, row = list(csv.reader(io.StringIO(own), delimiter=";"))[:2]

    told = dict(zip(header, row, strict=True))
    assert (told["Siste resultat"], told["Mål 2026"], told["Status"], told["Eget mål"]) == ("4,45", "minst 4", "Nådd", "ja")
    assert "Målekart for 2026, Hjemmetjenesten" in own
    assert "minst 4,5" in district
    assert "Nesten nådd" in district
    assert "Slik det var kjent 9. oktober 2026." in district
