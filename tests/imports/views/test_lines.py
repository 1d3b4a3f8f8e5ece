"""Lines gone through, rows read and lines skipped on the control page: the two add up to the first."""

import re

import pytest

from imports.rules.findings import Findings
from tests.factories.imports import UBW_HEAD
from tests.imports.importing.files import HEAD, SICK_LEAVE, TRANSPORT, UBW, WAGES, profile, read_bytes, ubw
from tests.imports.views.conftest import UNKNOWN, page_of
from tests.pages import text_of

FILES = {
    "a ledger": ("ubw", UBW.encode("cp1252")),
    "sick leave": ("sick_leave_hr", SICK_LEAVE.encode()),
    "heading on every page": ("ubw", ubw(WAGES, HEAD, TRANSPORT, HEAD, "Side 2 av 2;;;;;;;;;;;;")),
}


def told(page: str) -> tuple[int, int, int]:
    """(lines gone through, rows read, lines skipped)"""
    patterns = (r"(\d+) linjer er gått gjennom", r"Lest (\d+) rad", r"Hoppet over (\d+) linje")
    lines, rows, skipped = (int(number) for pattern in patterns for number in re.findall(pattern, page)[:1])
    return lines, rows, skipped


def test_every_line_is_told_of_before_and_after_saving(world, controller):
    batch = world.batch(controller, UNKNOWN)
    page = text_of(controller.get(page_of(batch)))
    assert told(page) == (len(UNKNOWN.splitlines()), 4, 3)
    assert "Overskriften 1" in page
    assert f"Overskriften linje {UNKNOWN.decode('cp1252').splitlines().index(UBW_HEAD) + 1} " in page

    controller.post(page_of(batch, "bestem/"), {"handling": "lagre", "sett": "unmapped"})
    batch.refresh_from_db()
    assert batch.state == "saved"
    lines, rows, skipped = told(text_of(controller.get(page_of(batch))))
    assert lines == rows + skipped


@pytest.mark.parametrize("name", FILES)
def test_rows_and_skipped_lines_are_all_lines(tmp_path, name):
    code, content = FILES[name]
    _rows, findings = read_bytes(tmp_path, content, profile(code))
    kept = Findings.from_json(findings.as_json())
    assert kept.lines == len(content.splitlines())
    assert kept.rows + kept.skipped_count == kept.lines
    assert sum(each.count for each in kept.left_out) == kept.skipped_count


def test_a_file_without_a_heading_has_none_to_tell_of():
    assert Findings(kind="economy", profile="saft").left_out == []
