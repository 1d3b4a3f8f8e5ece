"""A piece of a spreadsheet: placed by code or name, looked at, confirmed, saved whole."""

import re
from decimal import Decimal

import pytest

from scorecard.models import Target
from scorecard.rules.lifecycle import State
from tests.factories.scorecard import TargetFactory

SHEET = "Enhet\tTilfredshet\tsykefravaer\nHjemmetjenesten\t4,8\t\n402\t\thøyst 8,5 %\n"


def preview(client, url: str, text: str) -> tuple[int, str]:
    answer = client.post(url, {"text": text, "do": "preview"})
    return answer.status_code, answer.content.decode().replace("\xa0", " ")


def confirm(client, url: str, text: str, **more):
    page = preview(client, url, text)[1]
    found = re.search(r'name="seen" value="([^"]*)"', page)
    return client.post(url, {"text": text, "do": "save", "seen": found[1] if found else "", **more})


@pytest.fixture
def url(world) -> str:
    return world.url("mal/lim-inn/")


def test_the_preview_shows_what_changes_and_saves_nothing(world, admin, url):
    status, page = preview(admin, url, SHEET)

    assert status == 200
    assert "2 mål endres" in page
    assert "<span>4,8 / 4,5</span>" in page
    assert "<span>8,5 / 9,5</span>" in page
    assert Target.objects.count() == 2


def test_confirmed_it_is_saved_whole(world, admin, url):
    answer = confirm(admin, url, SHEET)

    assert answer.status_code == 302
    assert Target.objects.get(unit=world.unit).value == Decimal("4.8")
    assert Target.objects.get(unit=world.sister).value == Decimal("8.5")


@pytest.mark.parametrize(
    "text",
    [
        "\t401\t402\nTilfredshet\t4,8\t\nSykefravær\t\t8,5",
        "Enhet;TILFREDSHET;Sykefravær\n401;4,8;\nbarnevern;;8,5",
        "Enhetskode\tEnhet\ttilfredshet\tsykefravaer\n401\tHjemmetjenesten\t4,8\t\n402\tBarnevern\t\t8,5\n\n",
    ],
)
def test_units_and_indicators_are_found_by_code_or_name_in_either_direction(world, admin, url, text):
    assert confirm(admin, url, text).status_code == 302

    assert Target.objects.get(unit=world.unit).value == Decimal("4.8")
    assert Target.objects.get(unit=world.sister).value == Decimal("8.5")


def test_everything_wrong_is_told_at_once_and_nothing_is_saved(world, admin, url):
    text = "Enhet\tTilfredshet\tVentetid\nHjemmetjenesten\t9\t1\nFinnes ikke\t4,5\t\n402\tminst 4,6\t"

    status, page = preview(admin, url, text)
    refused = confirm(admin, url, text)

    assert status == refused.status_code == 422
    assert "Kolonnen «Ventetid» er ingen indikator" in page
    assert "Raden «Finnes ikke» er ingen enhet" in page
    assert "9 ligger utenfor det som er mulig" in page
    assert "Finnes ikke\t4,5" in page
    assert Target.objects.count() == 2


@pytest.mark.parametrize(
    "text, message",
    [
        ("", "Fyll ut «Lim inn fra regneark»"),
        ("bare tekst", "Første rad må ha kode eller navn"),
        ("Enhet\tTilfredshet\n", "Det er ingen mål i det du limte inn"),
        ("Enhet\tTilfredshet\n401\t4,5\n401\t4,6", "står flere ganger"),
        ("Enhet\tsykefravaer\n401\t>9.9 %", "Mente du «høyst 9,9 %»?"),
    ],
)
def test_what_cannot_be_used_says_why(world, admin, url, text, message):
    status, page = preview(admin, url, text)

    assert status == 422
    assert message in page


def test_the_word_inherits_takes_an_own_target_away_and_empty_changes_nothing(world, admin, url):
    for unit in (world.unit, world.sister):
        TargetFactory(indicator=world.survey, unit=unit, value=Decimal("4.9"))

    confirm(admin, url, "Enhet\tTilfredshet\n401\tarver\n402\t")

    assert Target.objects.get(unit=world.unit).withdrawn
    assert not Target.objects.get(unit=world.sister).withdrawn


def test_a_target_changed_between_preview_and_confirmation_is_looked_at_again(world, admin, url):
    page = preview(admin, url, SHEET)[1]
    seen = re.search(r'name="seen" value="([^"]*)"', page)[1]
    TargetFactory(indicator=world.survey, unit=world.unit, value=Decimal("5.5"))

    answer = admin.post(url, {"text": SHEET, "do": "save", "seen": seen})

    assert answer.status_code == 422
    assert Target.objects.get(unit=world.unit).value == Decimal("5.5")
    assert not Target.objects.filter(unit=world.sister).exists()


def test_confirmed_twice_saves_once(world, admin, url):
    page = preview(admin, url, SHEET)[1]
    typed = {"text": SHEET, "do": "save", "seen": re.search(r'name="seen" value="([^"]*)"', page)[1]}

    admin.post(url, typed)
    admin.post(url, typed)

    assert Target.history.filter(unit_id__in=[world.unit.pk, world.sister.pk]).count() == 2


def test_a_published_card_asks_for_grounds_when_confirming(world, admin, url):
    world.set_state(State.PUBLISHED)

    refused = confirm(admin, url, SHEET)
    taken = confirm(admin, url, SHEET, valid_from="2026-04-01", reason="Avtalt", approver=world.director.pk)

    assert refused.status_code == 422
    assert taken.status_code == 302
    assert Target.objects.get(unit=world.unit).reason == "Avtalt"


def test_the_exported_file_can_be_pasted_back(world, admin, url):
    TargetFactory(indicator=world.survey, unit=world.unit, value=Decimal("4.9"), yellow_limit=Decimal("4.6"))
    text = admin.get(world.url("mal/fil.csv")).content.decode("utf-8-sig")

    status, page = preview(admin, url, text)

    assert "4,9 / 4,6" in text
    assert status == 200
    assert "Ingen mål endres." in page
