"""The account pages of the library behind the sign-in: only those that Alna uses, and no second way to an address or a password."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from organisation.models import User
from organisation.rules.access import TABLE, Permission, Role, is_sensitive
from tests.factories.organisation import person
from tests.security.conftest import as_role, signed_in

pytestmark = pytest.mark.django_db
PASSWORD = "furu-granbar-og-bjork"


@pytest.fixture
def user(home) -> User:
    found = person(Role.UNIT_LEADER, home.north)
    found.set_password(PASSWORD)
    found.save()
    return found


def sign_in(client: Client, user: User, password: str = PASSWORD):
    return client.post(reverse("account_login"), {"login": user.email, "password": password})


CLOSED = ["account_email", "account_signup", "account_email_verification_sent", "account_confirm_login_code", "socialaccount_signup"]


@pytest.mark.parametrize("name", CLOSED)
def test_pages_of_the_library_that_alna_does_not_use_do_not_exist(user, name):
    assert Client().get(reverse("account_login")).status_code == 200

    for client in (Client(), signed_in(user)):
        assert client.get(reverse(name)).status_code == 404
        assert client.post(reverse(name), {"email": "ny@example.test", "action_add": ""}).status_code == 404
    assert not EmailAddress.objects.filter(email="ny@example.test").exists()
    assert Client().get("/konto/confirm-email/abc:def/").status_code == 404


OPEN = ["account_login", "account_reset_password", "account_reset_password_done", "account_logout"]
OWN = ["account_change_password", "mfa_index", "account_reauthenticate"]


@pytest.mark.parametrize("name", [*OPEN, *OWN])
def test_pages_that_are_used_work(user, name):
    assert Client().get(reverse(name)).status_code in ((200, 302) if name in OPEN else (302,))
    assert signed_in(user).get(reverse(name)).status_code in (200, 302)


def test_signing_in_makes_a_new_session(user):
    client = Client()
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = "yes"
    session.save()
    before = client.cookies["sessionid"].value if "sessionid" in client.cookies else session.session_key

    assert sign_in(client, user).status_code == 302

    assert client.session.session_key != before
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("target", ["https://ond.example/", "//ond.example/", "/\\ond.example", "javascript:alert(1)", "https:ond.example"])
def test_signing_in_and_choosing_a_language_lead_to_no_other_host(user, target):
    for address, fields in (
        (reverse("account_login"), {"login": user.email, "password": PASSWORD, "next": target}),
        (reverse("set_language"), {"language": "en", "next": target}),
    ):
        response = Client().post(address, fields)
        assert response.status_code == 302
        assert "ond" not in response["Location"]
        assert "javascript" not in response["Location"]
    inside = Client().post(reverse("account_login"), {"login": user.email, "password": PASSWORD, "next": "/hjelp/"})
    assert inside["Location"] == "/hjelp/"


@pytest.fixture
def shared_cache(settings, db):
    """The limits as the embedded application keeps them: in a table, shared by all processes."""
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "alna_cache"}}
    settings.ACCOUNT_RATE_LIMITS = {}
    call_command("createcachetable", verbosity=0)
    yield
    cache.clear()


def test_guessing_passwords_is_stopped_after_five_tries_also_with_the_right_one(user, shared_cache):
    for _try in range(5):
        assert sign_in(Client(), user, "feil").status_code == 200

    client = Client(REMOTE_ADDR="10.0.0.7")
    assert sign_in(client, user).status_code == 200
    assert "_auth_user_id" not in client.session
    other = person(Role.EMPLOYEE, user.assignments.get().unit)
    other.set_password(PASSWORD)
    other.save()
    assert sign_in(Client(REMOTE_ADDR="10.0.0.8"), other).status_code == 302


def test_guessing_from_one_place_is_stopped_whatever_address_is_tried_and_whoever_it_says_it_is(home, shared_cache):
    answers = [
        Client(REMOTE_ADDR="10.0.0.9").post(
            reverse("account_login"),
            {"login": f"noen{number}@example.test", "password": "feil"},
            headers={"x-forwarded-for": f"192.0.2.{number}"},
        )
        for number in range(12)
    ]
    assert "Too many" in answers[-1].text or "for mange" in answers[-1].text.lower()
    assert "for mange" not in answers[0].text.lower()


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.CONTROLLER, Role.ADMINISTRATOR, Role.HR])
def test_those_who_see_a_whole_district_or_change_it_need_a_second_factor(home, settings, role):
    settings.MFA_REQUIRED = True
    assert is_sensitive(role)
    assert as_role(Role.UNIT_LEADER, home.north).get("/").status_code == 200

    user = person(role, home.top)
    client = signed_in(user)
    for address in ("/", reverse("scorecard:index"), reverse("organisation:my_acts"), reverse("about_figures")):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (302, reverse("mfa_index"))

    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    assert client.get("/").status_code == 200


def test_nobody_who_may_change_rights_or_see_everything_is_left_out_of_the_second_factor():
    wide = {Permission.MANAGE_ROLES, Permission.MANAGE_ORGANISATION, Permission.APPROVE_SCORECARD, Permission.SEE_OVERVIEW}
    assert [role for role in Role if wide & TABLE[role].keys() and not is_sensitive(role)] == []
    assert not is_sensitive(Role.EMPLOYEE)


def test_demo_doors_are_closed_outside_the_demonstration(user, settings):
    settings.ALNA_DEMO = True
    assert Client().get(reverse("demo")).status_code == 200
    assert Client().post(reverse("demo_sign_in"), {"email": user.email}).status_code == 302

    settings.ALNA_DEMO = False
    client = Client()
    assert client.get(reverse("demo")).status_code == 404
    assert client.post(reverse("demo_sign_in"), {"email": user.email}).status_code == 404
    assert "_auth_user_id" not in client.session
    assert client.get(reverse("component_sheet")).status_code == 404


def test_a_closed_account_and_a_wrong_password_are_told_in_the_same_words(user):
    def told(email: str) -> str:
        page = Client().post(reverse("account_login"), {"login": email, "password": "feil"})
        return page.text.split("data-error-summary")[-1].split("</div>")[0].replace(email, "")

    assert told(user.email) == told("ingen@example.test")


def test_a_letter_goes_to_those_only_who_have_an_account(user, mailoutbox):
    def ask(email: str) -> str:
        answer = Client().post(reverse("account_reset_password"), {"email": email}, follow=True)
        return answer.redirect_chain[-1][0]

    assert ask("ingen@example.test") == ask(user.email)
    assert [message.to for message in mailoutbox] == [[user.email]]
