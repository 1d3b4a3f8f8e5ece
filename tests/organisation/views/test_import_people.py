from datetime import date

import pytest

from organisation.models import User
from organisation.rules.access import Role
from tests.factories.organisation import RoleAssignmentFactory, UserFactory, person
from tests.organisation.uploading import check, confirm, state

UNITS = "Enhetskode;Enhet;Type;Overordnet;Gjelder fra;Årsverk\r\n"
PEOPLE = "Navn;E-post;Rolle;Enhetskode;Fra;Til;Stedfortreder for\r\n"


@pytest.fixture(autouse=True)
def today(settings):
    settings.ALNA_TODAY = date(2026, 10, 8)


STAFF = (
    PEOPLE
    + "Ola Eksempel;ola@example.test;Enhetsleder;N1;01.11.2026;30.11.2026;kari@example.test\r\n"
    + "Kari Eksempel;Kari@Example.test;Resultatenhetsleder;N1;01.01.2026;;\r\n"
    + "Kari Eksempel;kari@example.test;Kvalitetsrådgiver;S1;;;\r\n"
)


def test_people_are_looked_over_and_saved_and_the_same_file_again_does_nothing(world, admin_client, mailoutbox):
    before = state()
    text, address = check(admin_client, "people", STAFF)
    assert state() == before, "the check is taken back"
    assert "Kari Eksempel legges inn som Resultatenhetsleder i N1 Nord." in text
    assert "Kari Eksempel får rollen Kvalitetsrådgiver i S1 Sør." in text

    confirm(admin_client, text, address)

    kari, ola = (User.objects.get(email=f"{name}@example.test") for name in ("kari", "ola"))
    assert set(kari.assignments.values_list("role", "valid_from")) == {
        (Role.UNIT_LEADER, date(2026, 1, 1)),
        (Role.QUALITY, date(2026, 10, 8)),
    }
    assert ola.assignments.get().deputy_for == kari
    assert not ola.has_usable_password()
    assert mailoutbox == []
    done = state()
    again, _address = check(admin_client, "people", STAFF)
    assert "Filen endrer ingenting." in again
    assert state() == done


def test_an_earlier_last_day_ends_a_role_and_another_name_is_only_mentioned(world, admin_client):
    role = RoleAssignmentFactory(user=UserFactory(name="Kari Eksempel", email="kari@example.test"), unit=world.north)

    text, address = check(admin_client, "people", PEOPLE + "Kari Annet;kari@example.test;Resultatenhetsleder;N1;;31.12.2026;\r\n")

    assert "Personen heter Kari Eksempel i Alna." in text
    assert "Resultatenhetsleder i N1 Nord til 31. desember 2026." in text
    confirm(admin_client, text, address)
    role.refresh_from_db()
    assert role.valid_to == date(2026, 12, 31)
    assert role.user.name == "Kari Eksempel"


BAD_PEOPLE = [
    (";kari@example.test;HR;N1;;;", "Navn", "Fyll ut feltet."),
    ("Kari;kari;HR;N1;;;", "E-post", "Skriv en e-postadresse"),
    ("Kari;kari@example.test;Keiser;N1;;;", "Rolle", "«Keiser» er ikke en rolle."),
    ("Kari;kari@example.test;HR;X1;;;", "Enhetskode", "Fant ikke enheten «X1» blant dem du administrerer."),
    ("Kari;kari@example.test;HR;N1;tull;;", "Fra", "Skriv en dato"),
    ("Kari;kari@example.test;HR;N1;01.02.2026;01.01.2026;", "Til", "Siste dag er før første dag."),
    ("Kari;kari@example.test;HR;N1;01.01.2003;;", "", "N1 Nord finnes ikke 1. januar 2003."),
    ("Kari;kari@example.test;HR;N1;;31.12.2026;ingen@example.test", "Stedfortreder for", "ingen@example.test har ikke rollen i enheten."),
    ("Kari;kari@example.test;Resultatenhetsleder;N1;;;leder@example.test", "Til", "En stedfortreder må ha en siste dag."),
    ("Stengt;stengt@example.test;HR;N1;;;", "", "Stengt kan ikke logge inn."),
]


@pytest.mark.parametrize("row, column, words", BAD_PEOPLE, ids=[row[0][:40] for row in BAD_PEOPLE])
def test_a_bad_person_is_shown_with_the_column_and_nobody_is_saved(world, admin_client, row, column, words):
    RoleAssignmentFactory(user=UserFactory(email="leder@example.test"), unit=world.north)
    UserFactory(name="Stengt", email="stengt@example.test", is_active=False)
    before = state()

    text, address = check(admin_client, "people", PEOPLE + row + "\r\nGod Person;god@example.test;HR;N1;;;\r\n")

    assert words in text
    assert f"<span>{column}</span>" in text
    assert "God Person legges inn" in text
    assert admin_client.post(address, {"seen": "x"}).status_code == 422
    assert state() == before


def test_a_file_of_a_unit_administrator_reaches_no_further_than_the_unit(world, client, settings):
    settings.MFA_REQUIRED = False
    client.force_login(person(Role.ADMINISTRATOR, world.north))

    text, _address = check(client, "people", PEOPLE + "Kari;kari@example.test;Bydelsdirektør;B1;;;\r\n")
    assert "Fant ikke enheten «B1» blant dem du administrerer." in text
    text, _address = check(client, "units", UNITS + "S1;Overtatt;;;;\r\n")
    assert "Koden S1 er i bruk." in text
