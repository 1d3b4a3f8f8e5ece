"""What somebody typed, in one line of a letter or a calendar."""

import pytest

from common.lines import breaks_a_line, one_line


@pytest.mark.parametrize(
    "text,line",
    [
        ("Bra\r\n\r\nViktig", "Bra Viktig"),
        ("  Ny\tturnus ", "Ny turnus"),
        ("a\x07b\x1bc", "a b c"),
        ("a\u2028b\u2029c\x85d", "a b c d"),
        ("Åse–Ærlig «æ»", "Åse–Ærlig «æ»"),
        ("", ""),
    ],
)
def test_one_line_has_no_break(text, line):
    assert one_line(text) == line
    assert not breaks_a_line(one_line(text))
