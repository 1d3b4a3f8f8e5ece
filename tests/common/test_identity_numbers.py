"""Identity numbers are found by their check digits; other long numbers are let be. None of these is anybody's."""

import pytest

from common.identity_numbers import has_identity_number


@pytest.mark.parametrize("text", ["15058532107", "bruker 150585 32107.", "41019011176", "01819022247 er syk"])
def test_found(text):
    assert has_identity_number(text)


@pytest.mark.parametrize("text", ["", "15058532108", "99058532107", "ordre 115058532107", "12345678901", "1505853210", "kr 15 058 532 107"])
def test_let_be(text):
    assert not has_identity_number(text)
