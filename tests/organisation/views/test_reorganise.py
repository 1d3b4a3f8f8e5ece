from datetime import date

import pytest
from django.urls import reverse

from organisation.models import CostCentre, TreeChange, Unit
from organisation.queries.tree import tree_on
from organisation.rules.access import Role
from organisation.services.units import rename_unit
from tests.factories.organisation import EPOCH, person

JULY, JUNE_END = date(2027, 7, 1), date(2027, 6, 30)


@pytest.fixture(autouse=True)
def today(settings):
    settings.ALNA_TODAY = date(2026, 10, 8)


def at(page, *args):
    return reverse(f"organisation:{page}", args=args)


def main_of(response):
    """The page without its frame, which has a list of units of its own."""
    return response.content.decode().split("<main")[1].split("</main")[0]


def preview(admin_client, page, code, data):
    response = admin_client.post(at(page, code), data)
    assert response.status_code == 200, response.content.decode()[-4000:]
    text = response.content.decode()
    token = text.split('name="token" value="')[1].split('"')[0]
    return text, data | {"token": token, "confirm": "1"}


def test_a_move_is_previewed_and_then_done(world, admin_client):
    text, confirmed = preview(admin_client, "unit_move", "N1-1", {"parent": "S1", "on": "2027-07-01"})

    assert "Slik blir det fra 1. juli 2027" in text
    assert "Bydelen / Nord / Barnehagen" in text
    assert "Bydelen / Sør / Barnehagen" in text
    assert not TreeChange.objects.exists()
    response = admin_client.post(at("unit_move", "N1-1"), confirmed, follow=True)
    assert response.redirect_chain == [(at("unit", "N1-1"), 302)]
    assert "Flytter til S1 Sør fra 1. juli 2027." in response.content.decode()
    assert tree_on(JULY).nodes[world.below.pk].parent_id == world.south.pk
    assert tree_on(JUNE_END).nodes[world.below.pk].parent_id == world.north.pk


def test_a_confirmation_of_an_organisation_that_has_changed_shows_it_anew(world, admin_client):
    _text, confirmed = preview(admin_client, "unit_move", "N1-1", {"parent": "S1", "on": "2027-07-01"})
    rename_unit(unit=world.south, name="Søndre", on=JULY, version=1, actor=None)

    response = admin_client.post(at("unit_move", "N1-1"), confirmed)

    text = response.content.decode()
    assert response.status_code == 422
    assert "Organisasjonen er endret etter at du så forhåndsvisningen." in text
    assert "Bydelen / Søndre / Barnehagen" in text
    assert not TreeChange.objects.exists()
    token = text.split('name="token" value="')[1].split('"')[0]
    assert admin_client.post(at("unit_move", "N1-1"), confirmed | {"token": token}).status_code == 302


@pytest.mark.parametrize("token", ["", "tull", None])
def test_a_confirmation_without_the_token_of_a_preview_does_nothing(world, admin_client, token):
    data = {"parent": "S1", "on": "2027-07-01", "confirm": "1"} | ({} if token is None else {"token": token})

    assert admin_client.post(at("unit_move", "N1-1"), data).status_code == 422
    assert not TreeChange.objects.exists()


def test_a_confirmation_sent_twice_is_done_once(world, admin_client):
    _text, confirmed = preview(admin_client, "unit_move", "N1-1", {"parent": "S1", "on": "2027-07-01"})
    admin_client.post(at("unit_move", "N1-1"), confirmed)

    again = admin_client.post(at("unit_move", "N1-1"), confirmed)

    assert again.status_code == 422
    assert "Det er slik allerede." in again.content.decode()
    assert TreeChange.objects.count() == 1


def test_one_can_go_back_from_the_preview_with_everything_typed(world, admin_client):
    response = admin_client.post(at("unit_move", "N1-1"), {"parent": "S1", "on": "2027-07-01", "edit": "1"})

    text = response.content.decode()
    assert response.status_code == 200
    assert '<option value="S1" selected>' in text
    assert 'value="2027-07-01"' in text


BAD_MOVES = [
    ("N1", {"parent": "N1-1", "on": "2027-07-01"}, "N1 Nord ville stå under seg selv fra 1. juli 2027."),
    ("N1", {"parent": "X1", "on": "2027-07-01"}, "Velg fra listen."),
    ("N1", {"parent": "N1", "on": "2027-07-01"}, "Velg fra listen."),
    ("N1", {"parent": "S1", "on": "2003-07-01"}, "N1 Nord finnes ikke 1. juli 2003."),
    ("N1", {"parent": "B1", "on": "2027-07-01"}, "Det er slik allerede."),
    ("N1", {"parent": "S1", "on": ""}, "Skriv en dato"),
]


@pytest.mark.parametrize("code, data, words", BAD_MOVES)
def test_a_move_that_cannot_be(world, admin_client, code, data, words):
    response = admin_client.post(at("unit_move", code), data)

    assert response.status_code == 422
    assert words in response.content.decode()


def test_a_circle_on_a_later_day_is_refused_with_that_day(world, admin_client):
    _text, planned = preview(admin_client, "unit_move", "N1", {"parent": "S1", "on": "2027-10-01"})
    admin_client.post(at("unit_move", "N1"), planned)

    response = admin_client.post(at("unit_move", "S1"), {"parent": "N1-1", "on": "2027-07-01"})

    assert response.status_code == 422
    assert "ville stå under seg selv fra 1. oktober 2027" in response.content.decode()


def merged(**changes):
    return {"siblings": ["S1"], "code": "NS", "name": "Nord og sør", "parent": "B1", "on": "2027-07-01", "roles_follow": "on"} | changes


def test_a_merge_keeps_old_names_on_old_days(world, admin_client):
    leader = person(Role.UNIT_LEADER, world.south)
    text, confirmed = preview(admin_client, "unit_merge", "N1", merged())
    assert leader.name in text

    admin_client.post(at("unit_merge", "N1"), confirmed)

    before, after = (main_of(admin_client.get(at("units"), {"dato": day})) for day in ("2027-06-30", "2027-07-01"))
    assert ">Nord<" in before
    assert ">Sør<" in before
    assert "Går inn i NS Nord og sør fra 1. juli 2027." in before
    assert ">Nord<" not in after
    assert ">Nord og sør<" in after
    assert leader.name in after
    assert "Kommer fra" in admin_client.get(at("unit", "NS")).content.decode()
    assert "Ble til" in admin_client.get(at("unit", "N1")).content.decode()


def test_an_ended_unit_is_still_there_to_read(world, admin_client, settings):
    _text, confirmed = preview(admin_client, "unit_merge", "N1", merged())
    admin_client.post(at("unit_merge", "N1"), confirmed)
    settings.ALNA_TODAY = date(2028, 1, 1)

    page = admin_client.get(at("unit", "N1"))

    assert page.status_code == 200
    assert "Enheten hadde siste dag 30. juni 2027." in page.content.decode()


BAD_MERGES = [
    ({"siblings": []}, "Velg minst to enheter."),
    ({"siblings": ["X1"]}, "Velg fra listen."),
    ({"siblings": [], "others": "X1"}, "Fant ikke X1."),
    ({"siblings": [], "others": "S1, finnes-ikke"}, "Fant ikke finnes-ikke."),
    ({"code": ""}, "Skriv en kode, eller velg en enhet som finnes."),
    ({"name": ""}, "Skriv et navn, eller velg en enhet som finnes."),
    ({"parent": ""}, "Velg hvor den nye enheten skal stå."),
    ({"code": "N1-1"}, "Koden N1-1 er i bruk"),
    ({"on": "2004-01-01"}, "finnes ikke 31. desember 2003"),
    ({"successor": "N1-1"}, "N1-1 Barnehagen står under N1 Nord, som skal avsluttes."),
]


@pytest.mark.parametrize("changes, words", BAD_MERGES)
def test_a_merge_that_cannot_be(world, admin_client, changes, words):
    response = admin_client.post(at("unit_merge", "N1"), merged(**changes))

    assert response.status_code == 422
    assert words in response.content.decode()
    assert not TreeChange.objects.exists()


def test_a_unit_can_take_in_another(world, admin_client):
    _text, confirmed = preview(admin_client, "unit_merge", "N1", merged(successor="N1", code="", name="", parent=""))

    admin_client.post(at("unit_merge", "N1"), confirmed)

    assert list(Unit.objects.filter(valid_to=JUNE_END).values_list("code", flat=True)) == ["S1"]


def test_a_split_shares_out_what_the_unit_had(world, admin_client):
    centre = CostCentre.objects.create(code="0402", unit=world.north, valid_from=EPOCH)
    data = {
        "on": "2027-07-01",
        "code_1": "NØ",
        "name_1": "Nordøst",
        "code_2": "NV",
        "name_2": "Nordvest",
        f"child_{world.below.pk}": "2",
        f"centre_{centre.pk}": "1",
    }
    text, confirmed = preview(admin_client, "unit_split", "N1", data)
    assert "Bydelen / Nordvest / Barnehagen" in text

    admin_client.post(at("unit_split", "N1"), confirmed)

    assert tree_on(JULY).nodes[world.below.pk].parent_id == Unit.objects.get(code="NV").pk
    assert Unit.objects.get(code="NØ").cost_centres.get().code == "0402"


@pytest.mark.parametrize(
    "changes, words",
    [
        ({"code_2": ""}, "Fyll ut feltet."),
        ({"code_2": "N-1"}, "Koden N-1 er i bruk"),
        ({"code_3": "N-3"}, "Skriv både kode og navn, eller la begge stå tomme."),
        ({"child": "4"}, "Velg en av de nye enhetene du har gitt kode og navn."),
        ({"child": "9"}, "Velg fra listen."),
    ],
)
def test_a_split_that_cannot_be(world, admin_client, changes, words):
    child = changes.pop("child", "1")
    data = {"on": "2027-07-01", "code_1": "N-1", "name_1": "A", "code_2": "N-2", "name_2": "B", f"child_{world.below.pk}": child}

    response = admin_client.post(at("unit_split", "N1"), data | changes)

    assert response.status_code == 422
    assert words in response.content.decode()


def test_closing_is_refused_with_the_names_of_open_children(world, admin_client):
    response = admin_client.post(at("unit_close", "N1"), {"last_day": "2027-06-30"})

    assert response.status_code == 422
    assert "N1 Nord har fortsatt enheter under seg: N1-1 Barnehagen." in response.content.decode()
    _text, confirmed = preview(admin_client, "unit_close", "N1-1", {"last_day": "2027-06-30"})
    admin_client.post(at("unit_close", "N1-1"), confirmed)
    world.below.refresh_from_db()
    assert world.below.valid_to == JUNE_END
