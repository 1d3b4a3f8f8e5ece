"""The catalogues as they are committed: whole, with the marks of their sources, and enough for a page without a bokmål word."""

import re
from datetime import date

import pytest
from babel.messages.mofile import write_mo
from django.conf import settings as configured
from django.urls import reverse

from organisation.rules.access import Role
from scorecard.rules.lifecycle import State
from scripts.messages import PLACEHOLDER, catalogues, language_of, message_of, read
from scripts.sources import ROOT
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.factories.scorecard import FocusAreaFactory, PlacedIndicatorFactory, ScorecardFactory, SickLeaveFactory, SuccessFactorFactory

ENTRIES = [(language_of(path), entry) for path in catalogues(ROOT) for entry in read(path) if entry.id]
MARKUP = re.compile(r"</?[a-z]+>|[\u00a0\u2060\u2212×→]")
LEFT_OVER = re.compile(
    r"\b(?:målekart\w*|fokusområde\w*|lagre\w*|enhet(?:en|er|ene)?|hjem|før inn|ikke|måling\w*|indikator(?:en|er|ene)|tall(?:et|ene)?)\b",
    re.IGNORECASE,
)
BOKMAL = re.compile(r"[æøåÆØÅ«»]|\b(?:og|ikke|eller|skriv|velg|målet?|tallet|enheten)\b", re.IGNORECASE)
# What a reader has to type as it stands, or the letters themselves.
AS_TYPED = (
    "høyst 9,9",
    "prosentpoeng bedre enn Oslo",
    "resultatenhetsleder",
    "Brukerundersøkelse",
    "The letters æ, ø and å",
    "“Brukere og tjenester”",
)


def strings(entry):
    return [entry.string] if isinstance(entry.string, str) else list(entry.string or ())


def placeholders(text):
    return sorted(found[0] for found in PLACEHOLDER.finditer(text.replace("%%", "")))


def test_every_language_but_the_source_has_a_catalogue():
    source, *others = [code for code, _name in configured.LANGUAGES]

    assert source == configured.LANGUAGE_CODE == "nb"
    assert {language for language, _entry in ENTRIES} == set(others)


def test_no_text_is_empty_or_unsure():
    assert [entry.id for _language, entry in ENTRIES if entry.fuzzy or not strings(entry) or not all(map(str.strip, strings(entry)))] == []


def test_placeholders_are_those_of_the_source():
    wrong = []
    for _language, entry in ENTRIES:
        message, told = message_of(entry), strings(entry)
        if message.plural:
            # One of something may be told without its number, as in the source.
            few = set(placeholders(told[0])) <= set(placeholders(message.plural))
            right = len(told) == 2 and few and placeholders(told[1]) == placeholders(message.plural)
        else:
            right = placeholders(told[0]) == placeholders(message.text)
        wrong += [] if right else [(message.text, told)]

    assert wrong == []


def test_tags_hard_spaces_and_signs_are_those_of_the_source():
    told = [(message_of(entry), strings(entry)) for _language, entry in ENTRIES]

    assert [text for text, found in told if sorted(MARKUP.findall(text.plural or text.text)) != sorted(MARKUP.findall(found[-1]))] == []


def test_the_english_is_english():
    texts = [text for language, entry in ENTRIES if language == "en" for text in strings(entry)]
    for kept in AS_TYPED:
        assert any(kept in text for text in texts), f"{kept!r} is not in the catalogue any more"
        texts = [text.replace(kept, "") for text in texts]

    assert [text for text in texts if BOKMAL.search(text)] == []


@pytest.fixture
def compiled(settings, tmp_path):
    """The catalogues as they stand in the sources, whether or not somebody has compiled them."""
    for path in catalogues(ROOT):
        target = tmp_path / path.relative_to(ROOT / "locale").with_suffix(".mo")
        target.parent.mkdir(parents=True)
        with target.open("wb") as writable:
            write_mo(writable, read(path))
    settings.LOCALE_PATHS = [tmp_path]


@pytest.fixture
def leader(settings):
    """A leader with a published scorecard; what is data has English names here."""
    settings.ALNA_TODAY = date(2026, 11, 12)
    district = DistrictFactory(name="The district")
    unit = UnitFactory(parent=district, name="Home care")
    area = FocusAreaFactory(scorecard=ScorecardFactory(unit=district, year=2026, state=State.PUBLISHED), name="Staff", short_name="Staff")
    indicator = SickLeaveFactory(
        name="Sick leave", definition="Lost days", method_text="Register", source="Register", numerator_text="Lost", denominator_text="All"
    )
    PlacedIndicatorFactory(factor=SuccessFactorFactory(area=area, name="Present staff"), indicator=indicator)
    return person(Role.UNIT_LEADER, unit), unit, indicator


def words_of(html):
    """What a reader sees, without the addresses and names of fields, which are one and the same in every language."""
    body = re.sub(r"(?s)<(script|style|svg)\b.*?</\1>|<!--.*?-->", " ", html)
    spoken = re.findall(r'(?:aria-label|title|placeholder|alt|data-label)="([^"]*)"', body)
    return " ".join([*spoken, re.sub(r"<[^>]+>", " ", body)])


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["home", "scorecard", "indicator", "values"])
def test_a_page_in_english_has_no_bokmal_left(client, compiled, leader, name):
    user, unit, indicator = leader
    client.force_login(user)
    address = {
        "home": reverse("overview:home"),
        "scorecard": reverse("scorecard:card", args=[unit.code, 2026]),
        "indicator": reverse("scorecard:indicator", args=[unit.code, indicator.code]),
        "values": reverse("scorecard:values", args=[unit.code]),
    }[name]
    norwegian = client.get(address)
    assert norwegian.status_code == 200
    assert LEFT_OVER.search(words_of(norwegian.text)), "the words looked for are on the page in bokmål"
    client.cookies["django_language"] = "en"

    english = client.get(address)

    assert english.status_code == 200
    assert 'lang="en"' in english.text
    assert LEFT_OVER.findall(words_of(english.text)) == []
