"""Lines cut without the csv module must give the very cells it gives."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.uploads import UnreadableFile
from imports.importing import delimited
from imports.importing.cells import Cells, columns_of, cut_evenly, width_of
from imports.importing.delimited import DelimitedRows, TextFile

CELL = st.text(alphabet="ab1 ,\"'æ\xa0\u2028\x85\\", max_size=5)
LINE = st.lists(CELL, min_size=0, max_size=4)


def by_csv(text):
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def by_us(folder, text):
    path = folder / "file.csv"
    path.write_bytes(text.encode("utf-8"))
    rows = DelimitedRows(TextFile(path, "utf-8-sig", path.stat().st_size), ";")
    return [list(row) for block in rows.blocks() for row in block]


@settings(max_examples=300, deadline=None)
@given(lines=st.lists(LINE, max_size=8), end=st.sampled_from(["\n", "\r\n", "\r"]), last=st.booleans(), block=st.integers(1, 40))
def test_cut_lines_are_what_the_csv_module_reads(tmp_path_factory, lines, end, last, block):
    text = end.join(";".join(line) for line in lines) + (end if last else "")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "_FIRST_BLOCK", block)
        patch.setattr(delimited, "_BLOCK", block)
        assert by_us(tmp_path_factory.mktemp("cut"), text) == by_csv(text)


def test_a_quoted_text_over_several_lines_and_blocks_is_one_cell(tmp_path, monkeypatch):
    monkeypatch.setattr(delimited, "_BLOCK", 10)
    monkeypatch.setattr(delimited, "_FIRST_BLOCK", 10)
    text = 'a;b;c\n1;"to\nlinjer;\nog en til";2\n3;4;5\n6;"7";8\n' + "9;10;11\n" * 5
    assert by_us(tmp_path, text) == by_csv(text)


@pytest.mark.parametrize(
    "text",
    [
        "a;b\n1;2;3\n4\n",  # as many cells as two even rows, in other places
        'a;"b"\n1;2\n',
        "a;b\n\n1;2\n",
        "a;b\r1;2\r",
        "alene\nen\n",
        f"a;b\n{'x' * 20_000};2\n",
    ],
)
def test_what_is_not_even_is_left_to_the_csv_module(text):
    assert cut_evenly(text, ";") is None


def test_even_lines_are_rows_slices_and_columns():
    cells = cut_evenly("a;b\r\n1;2\n3;4\r\n", ";")

    assert isinstance(cells, Cells)
    assert [list(row) for row in cells] == [["a", "b"], ["1", "2"], ["3", "4"]]
    assert [list(row) for row in cells[1:]] == [["1", "2"], ["3", "4"]]
    assert columns_of(cells[1:]) == [["1", "3"], ["2", "4"]]
    assert (len(cells), len(cells[1:2]), len(cells[3:]), width_of(cells)) == (3, 1, 0, 2)
    with pytest.raises(IndexError):
        cells[3]


def test_a_cell_without_end_is_refused_however_it_is_cut(tmp_path):
    with pytest.raises(UnreadableFile) as raised:
        by_us(tmp_path, "a;b\n" * 3 + "1;" + "x" * 30_000 + "\n")
    assert raised.value.code == "too_long_text"


def test_rows_of_unequal_width_have_none():
    assert width_of([["a"], ["a", "b"]]) is None
    assert width_of([["a", "b"], ["c", "d"]]) == 2
