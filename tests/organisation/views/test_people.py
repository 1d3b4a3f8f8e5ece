from datetime import date
from html import escape

import pytest
from django.urls import reverse

from organisation.models import AuditEntry, RoleAssignment, User
from organisation.rules.access import Role
from tests.factories.organisation import RoleAssignmentFactory, UserFactory, person
from tests.organisation.nasty import NASTY


@pytest.fixture(autouse=True)
def today(settings):
    settings.ALNA_TODAY = date(2026, 10, 8)


def at(page, *args):
    return reverse(f"organisation:{page}", args=args)


def main_of(response):
    return response.content.decode().split("<main")[1].split("</main")[0]


def new_person(**changes):
    return {
        "name": "Kari Eksempel",
        "email": "kari@example.test",
        "role": "unit_leader",
        "unit": "N1",
        "valid_from": "2026-10-08",
    } | changes


def test_a_new_person_gets_a_role_and_no_mail_before_one_asks(world, admin_client, mailoutbox):
    response = admin_client.post(at("person_new"), new_person(), follow=True)

    kari = User.objects.get(email="kari@example.test")
    assert response.redirect_chain == [(at("person", kari.pk), 302)]
    assert "Har ikke laget passord ennå." in response.content.decode()
    assert not kari.has_usable_password()
    assert mailoutbox == []
    admin_client.post(at("person_link", kari.pk))
    assert [mail.to for mail in mailoutbox] == [["kari@example.test"]]
    link = next(word for word in mailoutbox[0].body.split() if "/konto/password/reset/key/" in word)
    assert admin_client.get(link, follow=True).status_code == 200
    assert AuditEntry.objects.filter(action="person.link_sent").count() == 1


def test_the_link_is_not_sent_by_following_one(world, admin_client, mailoutbox):
    assert admin_client.get(at("person_link", person(Role.HR, world.north).pk)).status_code == 405
    assert mailoutbox == []


def test_the_same_form_twice_makes_one_person_with_one_role(world, admin_client):
    admin_client.post(at("person_new"), new_person())

    again = admin_client.post(at("person_new"), new_person())

    assert again.status_code == 422
    assert "Kari Eksempel har rollen i enheten fra 8. oktober 2026." in again.content.decode()
    assert RoleAssignment.objects.filter(user__email="kari@example.test").count() == 1


BAD = [
    ({"name": ""}, "Fyll ut feltet."),
    ({"name": "a\x00b"}, "usynlig tegn (NUL)"),
    ({"name": "x" * 121}, "Skriv høyst 120 tegn."),
    ({"email": ""}, "Skriv en e-postadresse."),
    ({"email": "kari"}, "Skriv en e-postadresse, for eksempel navn@kommunen.no."),
    ({"email": "kari@example.test\x00"}, "Skriv en e-postadresse, for eksempel navn@kommunen.no."),
    ({"email": "k" * 250 + "@example.test"}, "Skriv en"),
    ({"role": "keiser"}, "Velg fra listen."),
    ({"unit": "X1"}, "Velg fra listen."),
    ({"unit": ""}, "Velg fra listen."),
    ({"valid_from": ""}, "Skriv en dato"),
    ({"valid_to": "2026-10-07"}, "Siste dag er før første dag."),
    ({"valid_from": "2003-01-01"}, "N1 Nord finnes ikke 1. januar 2003."),
]


@pytest.mark.parametrize("changes, words", BAD, ids=[str(row[0])[:40] for row in BAD])
def test_bad_input_says_what_to_write_and_keeps_the_rest(world, admin_client, changes, words):
    response = admin_client.post(at("person_new"), new_person(**changes))

    assert response.status_code == 422
    assert words in response.content.decode()
    if "name" not in changes:
        assert 'value="Kari Eksempel"' in response.content.decode()
    assert not User.objects.filter(name="Kari Eksempel").exists()


def test_nasty_names_are_shown_as_text(world, admin_client):
    for number, name in enumerate(NASTY[::6]):
        RoleAssignmentFactory(user=UserFactory(name=name.strip(), email=f"nasty{number}@example.test"), unit=world.north)

    found, address = "", at("people")
    while address:
        text = main_of(admin_client.get(address))
        found += text
        address = at("people") + text.split('href="?etter=')[1].split('"')[0].join(["?etter=", ""]) if 'href="?etter=' in text else ""

    for name in NASTY[::6]:
        assert escape(name.strip()) in found
    assert "<script>alert" not in found


def test_names_come_in_norwegian_order_page_by_page(world, admin_client, settings):
    names = ["Åse", "Ærlig", "Ørjan", "Anna", "aaron", "Zoë", "Bjørn"]
    User.objects.filter(pk=world.admin.pk).update(name="Admin", sort_key="00")
    for name in names:
        RoleAssignmentFactory(user=UserFactory(name=name), unit=world.north)

    text = main_of(admin_client.get(at("people")))

    order = sorted(names, key=lambda name: text.index(f">{name}<"))
    assert order == ["Anna", "Bjørn", "Zoë", "Ærlig", "Ørjan", "aaron", "Åse"]


@pytest.mark.parametrize("typed", ["ødegård", "ØDEGÅRD", "siv øde", "siv@"])
def test_people_are_found_whatever_the_letters(world, admin_client, typed):
    RoleAssignmentFactory(user=UserFactory(name="Siv Ødegård", email="siv@example.test"), unit=world.north)

    assert "Siv Ødegård" in main_of(admin_client.get(at("people"), {"q": typed}))
    assert "Siv Ødegård" not in main_of(admin_client.get(at("people"), {"q": "trond"}))


def test_filters(world, admin_client):
    leader = RoleAssignmentFactory(unit=world.north)
    quality = person(Role.QUALITY, world.below)
    deputy = RoleAssignmentFactory(unit=world.south, deputy_for=leader.user, valid_to=date(2026, 12, 31)).user
    former = RoleAssignmentFactory(unit=world.south, role=Role.HR, valid_to=date(2026, 10, 7)).user

    def shown(**query):
        text = main_of(admin_client.get(at("people"), query))
        return {user for user in (leader.user, quality, deputy, former) if f">{user.name}<" in text}

    assert shown() == {leader.user, quality, deputy}
    assert shown(enhet="N1") == {leader.user, quality}
    assert shown(rolle="quality") == {quality}
    assert shown(rolle="keiser") == {leader.user, quality, deputy}
    assert shown(stedfortredere="1") == {deputy}
    assert shown(sluttet="1") == {leader.user, quality, deputy, former}
    assert shown(etter="tull") == shown(etter="9" * 30) == shown(q="\x00") == {leader.user, quality, deputy}


def test_the_file_has_the_filter_of_the_page(world, admin_client):
    RoleAssignmentFactory(unit=world.north, role=Role.HR)
    quality = person(Role.QUALITY, world.below)

    text = admin_client.get(at("people_export"), {"rolle": "quality"}).content.decode("utf-8-sig")

    assert text.splitlines()[0] == "Navn;E-post;Rolle;Enhetskode;Enhet;Fra;Til;Stedfortreder for"
    assert len(text.splitlines()) == 2
    assert quality.email in text


def test_roles_are_given_ended_and_stood_in_for(world, admin_client):
    someone, other = person(Role.EMPLOYEE, world.north), person(Role.EMPLOYEE, world.south)

    admin_client.post(at("role_new", someone.pk), {"role": "unit_leader", "unit": "S1", "valid_from": "2026-10-08"})
    role = someone.assignments.get(role=Role.UNIT_LEADER)
    deputy = {"deputy": other.email.upper(), "valid_from": "2026-11-01", "valid_to": "2026-11-30"}
    assert admin_client.post(at("role_deputy", someone.pk, role.pk), deputy).status_code == 302
    assert admin_client.post(at("role_deputy", someone.pk, role.pk), deputy).status_code == 422, "the same form twice"
    assert other.assignments.get(deputy_for=someone).valid_to == date(2026, 11, 30)
    assert f"stedfortreder for {someone.name}" in main_of(admin_client.get(at("person", other.pk)))
    admin_client.post(at("role_end", someone.pk, role.pk), {"last_day": "2026-11-15"})
    role.refresh_from_db()
    assert role.valid_to == date(2026, 11, 15)
    assert other.assignments.get(deputy_for=someone).valid_to == date(2026, 11, 15)


BAD_DEPUTIES = [
    ({"deputy": "finnes.ikke@example.test"}, "Fant ingen med adressen finnes.ikke@example.test. Legg inn personen først."),
    ({"deputy": "naboen@example.test"}, "Fant ingen med adressen naboen@example.test."),
    ({"valid_to": ""}, "Skriv en dato"),
    ({"valid_to": "2026-10-01"}, "Siste dag er før første dag."),
]


@pytest.mark.parametrize("changes, words", BAD_DEPUTIES)
def test_a_deputy_that_cannot_be(world, admin_client, changes, words):
    RoleAssignmentFactory(user=UserFactory(email="naboen@example.test"), unit=world.neighbour_unit)
    role, other = RoleAssignmentFactory(unit=world.north), person(Role.EMPLOYEE, world.south)
    data = {"deputy": other.email, "valid_from": "2026-11-01", "valid_to": "2026-11-30"} | changes

    response = admin_client.post(at("role_deputy", role.user_id, role.pk), data)

    assert response.status_code == 422
    assert words in response.content.decode()


def test_the_last_administrator_is_told_why(world, admin_client):
    role = world.admin.assignments.get()

    response = admin_client.post(at("role_end", world.admin.pk, role.pk), {"last_day": "2026-10-08"})

    assert response.status_code == 422
    assert "B1 Bydelen ville stå uten administrator fra 9. oktober 2026. Gi rollen til en annen først." in response.content.decode()


def test_ones_own_roles_are_changed_in_the_open(world, admin_client):
    admin_client.post(at("role_new", world.admin.pk), {"role": "director", "unit": "B1", "valid_from": "2026-10-08"})

    entry = AuditEntry.objects.get(action="role.given")
    assert entry.actor == world.admin
    assert entry.details["own"] is True
    assert "Egen rolle" in admin_client.get(at("audit")).content.decode()


def test_a_person_with_roles_elsewhere_keeps_name_address_and_access(world, admin_client):
    both = person(Role.EMPLOYEE, world.north)
    RoleAssignmentFactory(user=both, unit=world.neighbour_unit, role=Role.DIRECTOR)

    page = admin_client.get(at("person", both.pk))

    assert "Naboenheten" not in page.content.decode()
    assert "Personen har også roller i enheter du ikke administrerer." in page.content.decode()
    for name in ("person_edit", "person_deactivate", "person_reactivate"):
        assert admin_client.post(at(name, both.pk), {"name": "X", "email": "min@example.test", "version": 1}).status_code == 404


def test_everything_is_handed_over_in_one_step(world, admin_client):
    leader = RoleAssignmentFactory(unit=world.north)
    second = RoleAssignmentFactory(user=leader.user, unit=world.south, role=Role.QUALITY)
    hidden = RoleAssignmentFactory(user=leader.user, unit=world.neighbour_unit, role=Role.HR)
    receiver = person(Role.EMPLOYEE, world.south)
    form = main_of(admin_client.get(at("person_handover", leader.user_id)))
    assert "N1 Nord" in form
    assert "S1 Sør" in form
    assert "Naboenheten" not in form

    data = {"roles": [leader.pk, second.pk], "receiver": receiver.email, "on": "2026-11-01"}
    assert admin_client.post(at("person_handover", leader.user_id), data | {"roles": [hidden.pk]}).status_code == 422
    assert admin_client.post(at("person_handover", leader.user_id), data).status_code == 302

    assert receiver.assignments.filter(valid_from=date(2026, 11, 1)).count() == 2
    hidden.refresh_from_db()
    assert hidden.valid_to is None


def test_a_stale_address_form_keeps_what_was_typed(world, admin_client):
    someone = person(Role.EMPLOYEE, world.north)
    data = {"name": "Første", "email": someone.email, "version": 1}
    assert admin_client.post(at("person_edit", someone.pk), data).status_code == 302

    response = admin_client.post(at("person_edit", someone.pk), data | {"name": "Andre & siste"})

    assert response.status_code == 422
    assert 'value="Andre &amp; siste"' in response.content.decode()
    someone.refresh_from_db()
    assert someone.name == "Første"


def test_a_door_is_closed_and_opened(world, admin_client, client):
    someone = person(Role.EMPLOYEE, world.north)
    client.force_login(someone)
    assert client.get(at("my_acts")).status_code == 200

    admin_client.post(at("person_deactivate", someone.pk))

    assert client.get(at("my_acts")).status_code == 302, "the session ends at once"
    assert "Tilgangen er stengt." in admin_client.get(at("person", someone.pk)).content.decode()
    admin_client.post(at("person_reactivate", someone.pk))
    someone.refresh_from_db()
    assert someone.is_active


@pytest.mark.parametrize("more", [1, 30])
def test_the_pages_cost_the_same_with_one_person_and_with_thirty(world, admin_client, django_assert_num_queries, more):
    leader = RoleAssignmentFactory(unit=world.north)
    for _number in range(more):
        RoleAssignmentFactory(unit=world.north, deputy_for=leader.user, valid_to=date(2026, 12, 31))
        RoleAssignmentFactory(user=leader.user, unit=world.south, valid_from=date(2026, 1, 1), role=Role.HR) if _number == 0 else None
    admin_client.get(at("people"))

    with django_assert_num_queries(7):
        admin_client.get(at("people"))
    with django_assert_num_queries(8):
        admin_client.get(at("person", leader.user_id))
