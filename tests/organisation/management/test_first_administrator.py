import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from organisation.models import AuditEntry, RoleAssignment, Unit, User
from organisation.queries.access import access_of
from organisation.rules.access import Permission

pytestmark = pytest.mark.django_db
STRONG = "en hest spiser gress i mai"


@pytest.fixture
def typed(monkeypatch):
    return lambda line: monkeypatch.setattr("sys.stdin", io.StringIO(line + "\n"))


def begin(*more, email="kari@kommune.test"):
    call_command("first_administrator", email, "Kari Prøve", "--unit", "Bydel Prøve", *more, stdout=io.StringIO())


def test_an_empty_database_gets_a_unit_and_somebody_who_administers_it(typed, settings):
    settings.ALNA_TODAY = date(2026, 11, 22)
    typed(STRONG)

    begin("--code", "prove")

    unit, person = Unit.objects.get(), User.objects.get()
    assert (unit.code, unit.name, unit.kind, unit.valid_from) == ("prove", "Bydel Prøve", "district", date(2026, 1, 1))
    assert person.check_password(STRONG)
    assert access_of(person, date(2026, 11, 22)).may_in(Permission.MANAGE_ROLES, unit.pk)
    assert set(AuditEntry.objects.values_list("action", flat=True)) >= {"unit.created", "person.created"}


def test_the_person_can_sign_in(typed, client):
    typed(STRONG)
    begin()

    client.post("/konto/login/", {"login": "kari@kommune.test", "password": STRONG})

    assert client.session.get("_auth_user_id") == str(User.objects.get().pk)


def test_it_is_for_an_empty_database_only(typed):
    typed(STRONG)
    begin()

    with pytest.raises(CommandError, match="already"):
        begin(email="ola@kommune.test")
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "password, more, email",
    [("kort", [], "kari@kommune.test"), (STRONG, ["--from", "1.1.2026"], "kari@kommune.test"), (STRONG, [], "kari")],
    ids=["weak password", "a day in another form", "no address"],
)
def test_what_cannot_be_used_leaves_nothing(typed, password, more, email):
    typed(password)

    with pytest.raises(CommandError):
        begin(*more, email=email)
    assert not Unit.objects.exists()
    assert not RoleAssignment.objects.exists()


def test_with_the_municipalitys_own_sign_in_there_is_no_password(typed):
    typed("")

    begin("--no-password")

    assert not User.objects.get().has_usable_password()
