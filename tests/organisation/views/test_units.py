from datetime import date
from decimal import Decimal
from html import escape

import pytest
from django.urls import reverse

from organisation.forms.units import NewUnitForm
from organisation.models import AuditEntry, CostCentre, ServiceSite, TreeChange, Unit
from organisation.queries.tree import tree_on
from organisation.rules.access import Role
from organisation.services.units import create_unit, rename_unit
from tests.factories.organisation import EPOCH, UnitFactory, person
from tests.organisation.nasty import NASTY

JULY, JUNE_END = date(2027, 7, 1), date(2027, 6, 30)


@pytest.fixture(autouse=True)
def today(settings):
    settings.ALNA_TODAY = date(2026, 10, 8)


def at(page, *args):
    return reverse(f"organisation:{page}", args=args)


def main_of(response):
    """The page without its frame, which has a list of units of its own."""
    return response.content.decode().split("<main")[1].split("</main")[0]


def new_unit(**changes):
    return {"code": "402", "name": "Hjemmetjenesten", "kind": "result_unit", "parent": "B1", "valid_from": "2027-07-01"} | changes


def test_a_unit_is_made_and_shown(world, admin_client):
    response = admin_client.post(at("unit_new"), new_unit(), follow=True)

    assert response.redirect_chain == [(at("unit", "402"), 302)]
    assert "Enheten begynner 1. juli 2027." in response.content.decode()
    assert AuditEntry.objects.get().actor == world.admin


def test_the_same_form_twice_makes_one_unit(world, admin_client):
    admin_client.post(at("unit_new"), new_unit())

    again = admin_client.post(at("unit_new"), new_unit())

    assert again.status_code == 422
    assert "Koden 402 er i bruk" in again.content.decode()
    assert Unit.objects.filter(code="402").count() == 1
    assert AuditEntry.objects.count() == 1


BAD = [
    ({"code": ""}, "Fyll ut feltet."),
    ({"code": "4 02"}, "Skriv bare bokstaver, tall, punktum og bindestrek"),
    ({"code": "../x"}, "Skriv bare bokstaver, tall, punktum og bindestrek"),
    ({"code": "n1"}, "Koden N1 er i bruk"),
    ({"code": "4" * 21}, "Skriv høyst 20 tegn. Nå er det 21."),
    ({"name": ""}, "Fyll ut feltet."),
    ({"name": " \u00a0 "}, "Fyll ut feltet."),
    ({"name": "\u200b"}, "Skriv minst ett tegn som synes."),
    ({"name": "a\x00b"}, "usynlig tegn (NUL)"),
    ({"name": "x" * 121}, "Skriv høyst 120 tegn. Nå er det 121."),
    ({"kind": "planet"}, "Velg fra listen."),
    ({"parent": ""}, "Velg fra listen."),
    ({"parent": "X1"}, "Velg fra listen."),
    ({"valid_from": "i morgen"}, "Skriv en dato, for eksempel 31.12.2026."),
    ({"valid_from": "31.02.2027"}, "Skriv en dato, for eksempel 31.12.2026."),
    ({"valid_from": "9999-12-31"}, "Skriv en dato mellom 1900 og 2100."),
    ({"valid_from": "0001-01-01"}, "Skriv en dato mellom 1900 og 2100."),
    ({"valid_from": "2003-12-31"}, "B1 Bydelen finnes ikke 31. desember 2003. Enheten gjelder fra 1. januar 2004."),
]


@pytest.mark.parametrize("changes, words", BAD, ids=[str(row[0])[:40] for row in BAD])
def test_bad_input_says_what_to_write_and_keeps_the_rest(world, admin_client, changes, words):
    before = Unit.objects.count()

    response = admin_client.post(at("unit_new"), new_unit(**changes))

    text = response.content.decode()
    assert response.status_code == 422
    assert words in text
    assert "Feil:" in text
    kept = {"name", "code"} - changes.keys()
    for name in kept:
        assert f'value="{new_unit()[name]}"' in text
    assert Unit.objects.count() == before
    assert not AuditEntry.objects.exists()


def test_dates_are_read_as_norwegians_write_them(world, admin_client):
    admin_client.post(at("unit_new"), new_unit(valid_from="1.7.2027"))

    assert Unit.objects.get(code="402").valid_from == JULY


def test_nasty_names_are_saved_as_they_are_and_escaped(world, admin_client):
    """About five hundred names: each is kept to the letter and shown as text."""
    assert len(NASTY) > 450
    for number, name in enumerate(NASTY):
        data = new_unit(code=f"n-{number}", name=name)
        if number % 8 == 0:
            assert admin_client.post(at("unit_new"), data).status_code == 302, name
            continue
        form = NewUnitForm(data, parents=[("B1", "B1")], today=JULY)
        assert form.is_valid(), (name, form.errors)
        create_unit(**form.cleaned_data | {"parent": world.district}, actor=None)
    saved = dict(Unit.objects.filter(code__startswith="n-").values_list("code", "name"))
    assert {saved[f"n-{number}"] for number in range(len(NASTY))} == {name.strip() for name in NASTY}

    text = admin_client.get(at("units"), {"dato": "2027-07-01"}).content.decode()

    assert "<script>alert" not in text
    assert "<img src=x" not in text
    for name in NASTY[:28]:
        assert escape(name.strip()) in text or name.strip() in text
    exported = admin_client.get(at("units_export"), {"dato": "2027-07-01"}).content.decode("utf-8-sig")
    assert ";'=1+1;" in exported, "a formula is a text in the file"
    assert ";=1+1;" not in exported
    assert admin_client.get(at("units_export"), {"dato": "2027-07-01", "format": "xlsx"}).status_code == 200


def test_a_stale_version_is_refused_and_keeps_what_was_typed(world, admin_client):
    rename_unit(unit=world.north, name="Nordre", on=JULY, version=1, actor=None)

    response = admin_client.post(at("unit_rename", "N1"), {"version": "1", "name": "Furuset & Gran", "on": "2027-07-01"})

    text = response.content.decode()
    assert response.status_code == 422
    assert "Noen andre har lagret endringer mens du skrev." in text
    assert 'value="Furuset &amp; Gran"' in text
    world.north.refresh_from_db()
    assert world.north.name == "Nordre"
    assert f'name="version" value="{world.north.version}"' in text, "the next try is made knowingly"
    second = admin_client.post(at("unit_rename", "N1"), {"version": world.north.version, "name": "Furuset & Gran", "on": "2027-07-01"})
    assert second.status_code == 302


def test_a_rename_sent_twice_is_done_once(world, admin_client):
    data = {"version": "1", "name": "Furuset", "on": "2027-07-01"}
    admin_client.post(at("unit_rename", "N1"), data)

    assert admin_client.post(at("unit_rename", "N1"), data).status_code == 422
    assert AuditEntry.objects.filter(action="unit.renamed").count() == 1


def test_old_names_are_shown_for_old_days(world, admin_client):
    admin_client.post(at("unit_rename", "N1"), {"version": "1", "name": "Furuset", "on": "2027-07-01"})

    before, after = (main_of(admin_client.get(at("units"), {"dato": day})) for day in ("2027-06-30", "2027-07-01"))

    assert ">Nord<" in before
    assert "Heter Furuset fra 1. juli 2027." in before
    assert ">Furuset<" in after
    assert ">Nord<" not in after


def test_a_date_that_is_no_date_says_so_and_shows_today(world, admin_client):
    text = admin_client.get(at("units"), {"dato": "tull"}).content.decode()

    assert "Skriv en dato, for eksempel 31.12.2026." in text
    assert ">Nord<" in text


@pytest.mark.parametrize("day, units", [("2003-12-31", 0), ("2004-01-01", 4), ("2026-10-08", 4)])
def test_the_tree_of_a_day(world, admin_client, day, units):
    text = admin_client.get(at("units"), {"dato": day}).content.decode()

    assert text.count('scope="row"') == units


def test_holdings_are_added_and_ended_in_the_browser(world, admin_client):
    admin_client.post(at("site_new", "N1"), {"version": 1, "name": "Bygget", "valid_from": "2020-01-01"})
    admin_client.post(at("cost_centre_new", "N1"), {"version": 2, "code": "0402", "valid_from": "2020-01-01"})
    admin_client.post(at("staffing", "N1"), {"version": 3, "fte": "40,5", "valid_from": "2020-01-01"})
    site, centre = ServiceSite.objects.get(), CostCentre.objects.get()

    page = admin_client.get(at("unit", "N1")).content.decode()
    assert "Bygget" in page
    assert "0402" in page
    assert "40,5" in page
    admin_client.post(at("site_end", "N1", site.pk), {"version": 4, "last_day": "2026-12-31"})
    admin_client.post(at("cost_centre_end", "N1", centre.pk), {"version": 5, "last_day": "2026-12-31"})
    site.refresh_from_db()
    centre.refresh_from_db()
    assert site.valid_to == centre.valid_to == date(2026, 12, 31)


BAD_HOLDINGS = [
    ("site_new", {"name": "", "valid_from": "2020-01-01"}, "Fyll ut feltet."),
    ("site_new", {"name": "A", "valid_from": "2020-01-01", "valid_to": "2019-01-01"}, "Siste dag er før første dag."),
    ("site_new", {"name": "A", "valid_from": "2003-01-01"}, "N1 Nord finnes ikke 1. januar 2003."),
    ("cost_centre_new", {"code": "04 02", "valid_from": "2020-01-01"}, "Skriv bare bokstaver"),
    ("cost_centre_new", {"code": "0777", "valid_from": "2020-01-01"}, "Ansvar 0777 hører til S1 Sør fra 1. januar 2004."),
    ("staffing", {"fte": "-1", "valid_from": "2020-01-01"}, "Skriv 0 eller mer."),
    ("staffing", {"fte": "førti", "valid_from": "2020-01-01"}, "Skriv et tall, for eksempel 40,5."),
    ("staffing", {"fte": "1,234", "valid_from": "2020-01-01"}, "Skriv tallet med høyst 2 desimaler."),
    ("staffing", {"fte": "999999", "valid_from": "2020-01-01"}, "eller mindre."),
    ("staffing", {"fte": "", "valid_from": "2020-01-01"}, "Skriv et tall"),
]


@pytest.mark.parametrize("page, data, words", BAD_HOLDINGS)
def test_bad_holdings(world, admin_client, page, data, words):
    CostCentre.objects.create(code="0777", unit=world.south, valid_from=EPOCH)

    response = admin_client.post(at(page, "N1"), data | {"version": 1})

    assert response.status_code == 422
    assert words in response.content.decode()
    assert world.north.sites.count() + world.north.cost_centres.count() + world.north.staffing.count() == 0


# Moves, merges, splits and closings ------------------------------------------------


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


# Statements --------------------------------------------------------------------------


@pytest.mark.parametrize("more", [1, 30])
def test_the_pages_cost_the_same_with_one_unit_and_with_thirty(world, admin_client, django_assert_num_queries, more):
    for number in range(more):
        unit = UnitFactory(code=f"U{number}", parent=world.north)
        person(Role.UNIT_LEADER, unit)
        unit.staffing.create(fte=Decimal(number), valid_from=EPOCH)
        world.north.sites.create(name=f"Sted {number}", valid_from=EPOCH)
        person(Role.EMPLOYEE, world.north)
    admin_client.get(at("units"))

    with django_assert_num_queries(6):
        admin_client.get(at("units"))
    with django_assert_num_queries(10):
        admin_client.get(at("unit", "N1"))
    with django_assert_num_queries(10):
        admin_client.post(at("unit_move", "N1"), {"parent": "S1", "on": "2027-07-01"})
