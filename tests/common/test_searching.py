"""What is searched for is found whatever its case and accents, in Python and in the database alike."""

import re

import pytest

from common.searching import Wanted, pattern_of
from organisation.models import Unit
from tests.factories.organisation import UnitFactory

FOUND = [
    ("okonomi", "Økonomisk resultat"),
    ("ØKONOMI", "økonomi"),
    ("Odegard", "Siv Ødegård"),
    ("ødegård", "Siv Odegard"),
    ("åsheim", "Ragnhild Aasheim"),
    ("aasheim", "Åsheim"),
    ("sykefravaer", "Sykefravær"),
    ("SYKEFRAVÆR", "sykefravaer"),
    ("kafe", "Kafé"),
    ("hjem tjen", "Hjemmetjenesten"),
    ("100%", "100% av planen"),
    ("a.b", "A.B"),
    ("(x", "f(x)"),
]
NOT_FOUND = [("a.b", "AxB"), ("100%", "1000"), ("hjem skole", "Hjemmetjenesten"), ("[a-z]", "b"), ("økonomi", "Ekonomi"), ("\\d", "5")]


@pytest.mark.parametrize("text, title", FOUND)
def test_found(text, title):
    assert Wanted.of(text).meets(title)


@pytest.mark.parametrize("text, title", NOT_FOUND)
def test_not_found(text, title):
    assert not Wanted.of(text).meets(title)


@pytest.mark.django_db
def test_the_database_finds_the_same():
    for text, title in FOUND + NOT_FOUND:
        unit = UnitFactory(name=title)
        seen = Unit.objects.filter(Wanted.of(text).where("name", "code"), pk=unit.pk).exists()
        assert seen == ((text, title) in FOUND), (text, title)


@pytest.mark.django_db
def test_no_sign_breaks_the_question():
    UnitFactory(name="En enhet")
    for code in (*range(256), 0x2013, 0x20AC, 0x1F600, 0xDF, 0x130, 0x149):
        for text in (f"{chr(code)}x", f"({chr(code)}", f"{chr(code)}{chr(code)}"):
            list(Unit.objects.filter(Wanted.of(text).where("name")))
    list(Unit.objects.filter(Wanted.of("*** (?i) \\m ]a-z[ {1,2}").where("name")))


def test_control_characters_never_reach_a_pattern():
    assert Wanted.of("a\x00b\x07c\nd").words == ("a", "b", "c", "d")


def test_what_is_too_short_is_not_searched_for():
    assert [Wanted.of(text).is_enough for text in ("", " ", "a", "ab", "a b", "å")] == [False, False, False, True, True, False]


def test_a_long_text_is_cut():
    wanted = Wanted.of("abc " * 500)
    assert wanted.words == ("abc",)
    assert len(Wanted.of(" ".join(f"ord{n}" for n in range(100))).words) == 6
    assert len(Wanted.of("x" * 5000).words[0]) == 100


def test_the_pieces_are_the_text():
    wanted = Wanted.of("hjem okonomi")
    assert wanted.pieces("Hjemmet har Økonomi") == [("Hjem", True), ("met har ", False), ("Økonomi", True)]
    assert wanted.pieces("Annet") == [("Annet", False)]
    assert Wanted(()).pieces("Annet") == [("Annet", False)]


def test_the_nearest_comes_first():
    wanted = Wanted.of("hjem")
    texts = ["Fosterhjem", "I hjemmet", "Hjem", "Ikke her"]
    assert sorted(texts, key=wanted.distance) == ["Hjem", "I hjemmet", "Fosterhjem", "Ikke her"]
    assert sorted(["Ar", "År"], key=Wanted.of("år").distance) == ["År", "Ar"]


def test_a_pattern_of_many_signs_is_quick():
    found = re.compile("".join(map(pattern_of, ["ae" * 50])), re.IGNORECASE)
    assert found.search("a" * 100_000) is None
