from datetime import date
from decimal import Decimal
from html import escape

import pytest
from django.urls import reverse

from common.lines import breaks_a_line
from organisation.forms.units import NewUnitForm
from organisation.models import AuditEntry, CostCentre, ServiceSite, Unit
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
    """About five hundred names: each is kept to the letter and shown as text; what is no line is refused."""
    names = [name for name in NASTY if not breaks_a_line(name)]
    assert len(names) > 450
    for name in set(NASTY) - set(names):
        assert "én linje" in str(NewUnitForm(new_unit(code="n", name=name), parents=[("B1", "B1")], today=JULY).errors["name"]), name
    for number, name in enumerate(names):
        data = new_unit(code=f"n-{number}", name=name)
        if number % 8 == 0:
            assert admin_client.post(at("unit_new"), data).status_code == 302, name
            continue
        form = NewUnitForm(data, parents=[("B1", "B1")], today=JULY)
        assert form.is_valid(), (name, form.errors)
        create_unit(**form.cleaned_data | {"parent": world.district}, actor=None)
    saved = dict(Unit.objects.filter(code__startswith="n-").values_list("code", "name"))
    assert {saved[f"n-{number}"] for number in range(len(names))} == {name.strip() for name in names}

    text = admin_client.get(at("units"), {"dato": "2027-07-01"}).content.decode()

    assert "<script>alert" not in text
    assert "<img src=x" not in text
    for name in names[:28]:
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


@pytest.mark.parametrize("more", [1, 30])
def test_the_pages_cost_the_same_with_one_unit_and_with_thirty(world, admin_client, django_assert_num_queries, more):
    for number in range(more):
        unit = UnitFactory(code=f"U{number}", parent=world.north)
        person(Role.UNIT_LEADER, unit)
        unit.staffing.create(fte=Decimal(number), valid_from=EPOCH)
        world.north.sites.create(name=f"Sted {number}", valid_from=EPOCH)
        person(Role.EMPLOYEE, world.north)
    admin_client.get(at("units"))

    with django_assert_num_queries(7):
        admin_client.get(at("units"))
    with django_assert_num_queries(11):
        admin_client.get(at("unit", "N1"))
    with django_assert_num_queries(11):
        admin_client.post(at("unit_move", "N1"), {"parent": "S1", "on": "2027-07-01"})
