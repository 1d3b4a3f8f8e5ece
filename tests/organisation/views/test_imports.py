import io
from datetime import date
from decimal import Decimal

import pytest

from organisation.models import RoleAssignment, TreeChange, Unit, UploadedTable
from organisation.queries.tree import tree_on
from organisation.services.units import create_unit
from tests.factories.organisation import UnitFactory
from tests.organisation.nasty import NASTY
from tests.organisation.uploading import at, check, confirm, state, upload

JULY = date(2027, 7, 1)
UNITS = "Enhetskode;Enhet;Type;Overordnet;Gjelder fra;Årsverk\r\n"


@pytest.fixture(autouse=True)
def today(settings):
    settings.ALNA_TODAY = date(2026, 10, 8)


TREE = (
    UNITS
    + "402-1;Hjemmetjenesten natt;Avdeling;402;01.07.2027;20\r\n"
    + "402;Hjemmetjenesten;Resultatenhet;B1;1.7.2027;120,5\r\n"
    + "N1;Nordre;;S1;2027-07-01;\r\n"
)


def test_a_file_is_looked_over_before_anything_is_saved(world, admin_client):
    before = state()

    text, address = check(admin_client, "units", TREE)

    assert state() == before
    for words in (
        "402 Hjemmetjenesten opprettes under B1 fra 1. juli 2027.",
        "402-1 Hjemmetjenesten natt opprettes under 402 fra 1. juli 2027.",
        "402 Hjemmetjenesten har 120,5 årsverk fra 1. juli 2027.",
        "Nord heter Nordre fra 1. juli 2027.",
        "N1 Nordre flytter fra B1 til S1 fra 1. juli 2027.",
        "3 rader lest",
    ):
        assert words in text
    assert confirm(admin_client, text, address).status_code == 302
    tree = tree_on(JULY)
    assert [tree.nodes[step].name for step in tree.path(tree.by_code["402-1"].id)] == ["Hjemmetjenesten natt", "Hjemmetjenesten", "Bydelen"]
    assert (tree.by_code["N1"].name, tree.nodes[tree.by_code["N1"].parent_id].code) == ("Nordre", "S1")
    assert Unit.objects.get(code="402").staffing.get().fte == Decimal("120.5")
    assert set(TreeChange.objects.get().unit_ids) >= {world.north.pk, world.south.pk, world.district.pk}


def test_the_same_file_twice_changes_nothing(world, admin_client):
    text, address = check(admin_client, "units", TREE)
    confirm(admin_client, text, address)
    done = state()

    assert confirm(admin_client, text, address).status_code == 302, "the same yes twice"
    again, _address = check(admin_client, "units", TREE)

    assert "Filen endrer ingenting. Alt er slik allerede." in again
    assert 'name="seen"' not in again
    assert state() == done


def test_the_rows_are_forgotten_when_they_are_saved(world, admin_client):
    text, address = check(admin_client, "units", TREE)
    confirm(admin_client, text, address)

    assert UploadedTable.objects.get().rows == []


def test_something_else_than_what_was_seen_is_not_saved(world, admin_client):
    text, address = check(admin_client, "units", TREE)
    create_unit(code="402", name="Noe annet", kind="result_unit", parent=world.district, valid_from=JULY, actor=None)
    before = state()

    response = confirm(admin_client, text, address)

    assert response.status_code == 422
    assert "Organisasjonen er endret etter at du så forhåndsvisningen." in response.content.decode()
    assert state() == before
    assert admin_client.post(address, {"seen": ""}).status_code == 422


BAD_UNITS = [
    (";Uten kode;Avdeling;N1;;", "Enhetskode", "Fyll ut feltet."),
    ("4 02;Kode;Avdeling;N1;;", "Enhetskode", "Skriv bare bokstaver"),
    ("402;;Avdeling;N1;;", "Enhet", "Fyll ut feltet."),
    (f"402;{'x' * 121};Avdeling;N1;;", "Enhet", "Skriv høyst 120 tegn. Nå er det 121."),
    ("402;Navn;Planet;N1;;", "Type", "«Planet» er ikke en type."),
    ("402;Navn;;N1;;", "Type", "En ny enhet må ha en type."),
    ("402;Navn;Avdeling;;;", "Overordnet", "En ny enhet må ha en overordnet."),
    ("402;Navn;Avdeling;999;;", "Overordnet", "Fant ikke enheten 999."),
    ("402;Navn;Avdeling;X1;;", "Overordnet", "Fant ikke enheten X1."),
    ("402;Navn;Avdeling;402;;", "Overordnet", "Fant ikke enheten 402."),
    ("402;Navn;Avdeling;N1;31.02.2027;", "Gjelder fra", "Skriv en dato, for eksempel 31.12.2026."),
    ("402;Navn;Avdeling;N1;01.01.2003;", "", "N1 Nord finnes ikke 1. januar 2003."),
    ("402;Navn;Avdeling;N1;;førti", "Årsverk", "Skriv et tall, for eksempel 40,5."),
    ("402;Navn;Avdeling;N1;;-3", "Årsverk", "Skriv 0 eller mer."),
    ("X1;Naboens;Resultatenhet;B1;;", "Enhetskode", "Koden X1 er i bruk."),
    ("N1;Nord;Avdeling;B1;;", "Type", "Enheten har en annen type i Alna."),
    ("N1;Nord;;N1-1;01.07.2027;", "", "N1 Nord ville stå under seg selv fra 1. juli 2027."),
    ("N1;Nord;;;;\r\nN1;Nordre;;;;", "Enhetskode", "Koden N1 står også i rad 2."),
]


@pytest.mark.parametrize("row, column, words", BAD_UNITS, ids=[row[0][:30] for row in BAD_UNITS])
def test_a_bad_row_is_shown_with_its_column_and_nothing_is_saved(world, admin_client, row, column, words):
    before = state()
    good = "\r\nGOD;God rad;Avdeling;N1;01.07.2027;10\r\n"

    text, address = check(admin_client, "units", UNITS + row + good)

    assert words in text
    assert "Rad 2" in text or "Rad 3" in text
    assert f"<span>{column}</span>" in text
    assert "God rad opprettes" in text, "the rest is shown too"
    assert 'name="seen"' not in text
    assert admin_client.post(address, {"seen": "x"}).status_code == 422
    assert state() == before


def test_two_units_that_stand_below_each_other_in_the_file(world, admin_client):
    text, _address = check(admin_client, "units", UNITS + "401;A;Avdeling;402;;\r\n402;B;Avdeling;401;;\r\n")

    assert "Fant ikke enheten 402." in text
    assert "Fant ikke enheten 401." in text


def test_columns_have_many_names_and_any_order(world, admin_client):
    text, _address = check(
        admin_client, "units", "Rapport fra HR\r\n\r\nNAVN,årsverk,Overordnet enhet,kode,Enhetstype\r\nNatt,12,N1,402,avdeling\r\n"
    )

    assert "402 Natt opprettes under N1 fra 8. oktober 2026." in text
    assert "402 Natt har 12 årsverk" in text


@pytest.mark.parametrize(
    "content, name, words",
    [
        ("", "fil.csv", "Filen er tom."),
        ("bare tull uten kolonner", "fil.csv", None),
        (b"%PDF-1.4 noe", "fil.pdf", "Filen er ikke en tabell."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "fil.xls", "gammelt Excel-format"),
        (b"PK\x03\x04tull", "fil.xlsx", "Filen er skadet."),
        ("Kode;Navn\r\n1;Navn\x00et\r\n", "fil.csv", "tegn som ikke er tekst"),
        ("Kode;Navn\r\n1;BlÃ¥bær\r\n", "fil.csv", "Æ, ø og å er ødelagt"),
        ("Kode;Navn;Fødselsnummer\r\n1;Navn;\r\n", "fil.csv", "fødselsnummer"),
        ("Kode;Navn\r\n1;010190 12345\r\n", "fil.csv", "fødselsnummer"),
        ("Kode;Navn\r\n41019012345;Navn\r\n", "fil.csv", "fødselsnummer"),
        ("Kode;Navn\r\n" + "1;" + "x" * (2 * 1024 * 1024), "fil.csv", "Filen er større enn 2 MB."),
    ],
    ids=["empty", "no_head", "pdf", "xls", "damaged", "nul", "mojibake", "fnr_head", "fnr", "dnr", "large"],
)
def test_a_file_that_cannot_be_read_says_why_and_is_not_kept(world, admin_client, content, name, words):
    response = upload(admin_client, "units", content, name)

    if words is None:
        assert (
            "Fant ingen rad med overskrifter. Filen må ha kolonnene Enhetskode, Enhet." in admin_client.get(response.url).content.decode()
        )
        return
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not UploadedTable.objects.exists()


def test_no_file_at_all(world, admin_client):
    assert admin_client.get(at("units_import")).status_code == 200
    response = admin_client.post(at("units_import"), {})

    assert response.status_code == 422
    assert "Velg en fil." in response.content.decode()


def test_nasty_names_in_a_file_are_kept_and_escaped(world, admin_client):
    names = [name.strip() for name in NASTY[::5] if not set(name) & set('"\r\n\x85\u2028;') and len(name) <= 120]
    rows = "".join(f'n-{number};"{name}";Avdeling;N1;;\r\n' for number, name in enumerate(names))

    text, address = check(admin_client, "units", UNITS + rows)

    assert "<script>alert" not in text
    confirm(admin_client, text, address)
    saved = dict(Unit.objects.filter(code__startswith="n-").values_list("code", "name"))
    assert [saved.get(f"n-{number}") for number in range(len(names))] == names


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_samples_can_be_read_in_as_they_are(world, admin_client, ending):
    create_unit(code="100", name="Enhet 100", kind="result_unit", parent=world.district, valid_from=date(2004, 1, 1), actor=None)
    for kind in ("units", "people"):
        sample = admin_client.get(at(f"{kind}_sample"), {"format": ending}).content

        text, address = check(admin_client, kind, sample, f"mal.{ending}")

        assert "Det er" not in text
        assert confirm(admin_client, text, address).status_code == 302
    assert set(Unit.objects.filter(code__startswith="0401").values_list("code", flat=True)) == {"0401", "0401-1"}
    assert RoleAssignment.objects.get(deputy_for__isnull=False).deputy_for.email == "kari.eksempel@example.test"


@pytest.mark.parametrize("more", [1, 30])
def test_looking_over_units_costs_the_same_for_one_row_and_for_thirty(world, admin_client, django_assert_num_queries, more):
    rows = "".join(f"U{number};Enhet {number};Avdeling;N1;;{number + 1}\r\n" for number in range(more))
    response = upload(admin_client, "units", UNITS + rows)
    UnitFactory(parent=world.north)
    admin_client.get(at("units"))

    with django_assert_num_queries(7):
        admin_client.get(response.url)


def test_a_thousand_units_are_looked_over_in_reasonable_time(world, admin_client):
    rows = io.StringIO()
    rows.write(UNITS)
    for number in range(1000):
        rows.write(f"U{number};Enhet {number};Avdeling;{'N1' if number < 50 else f'U{number % 50}'};;{number}\r\n")

    text, _address = check(admin_client, "units", rows.getvalue())

    assert "1000 rader lest" in text
    assert "Det er" not in text
