"""What an administrator decides about reminders."""

import pytest

from annualcycle.models import CycleSetting
from organisation.models import AuditEntry
from organisation.rules.access import Role
from tests.factories.organisation import DistrictFactory, UnitFactory, person

pytestmark = pytest.mark.django_db
PAGE = "/styringshjul/paminnelser/"
GIVEN = {"digest_weekday": "1", "hour": "9", "escalate_after": "3", "quiet_months": ["7", "12"], "version": "0"}


@pytest.fixture
def admin(client):
    user = person(Role.ADMINISTRATOR, DistrictFactory())
    client.force_login(user)
    return user


def test_what_is_decided_is_kept_and_written_down(client, admin):
    assert client.post(PAGE, GIVEN)["Location"] == PAGE

    row = CycleSetting.objects.get()
    assert (row.digest_weekday, row.hour, row.escalate_after, row.quiet_months) == (1, 9, 3, [7, 12])
    assert AuditEntry.objects.get(action="cycle.setting_saved").actor == admin


def test_somebody_who_was_first_is_not_overwritten_and_nothing_typed_is_lost(client, admin):
    client.post(PAGE, GIVEN)
    response = client.post(PAGE, {**GIVEN, "escalate_after": "8"})

    assert response.status_code == 422
    assert 'value="8"' in response.content.decode()
    assert CycleSetting.objects.get().escalate_after == 3
    assert client.post(PAGE, {**GIVEN, "escalate_after": "8", "version": "1"}).status_code == 302


@pytest.mark.parametrize(
    "wrong, said",
    [
        ({"escalate_after": "x"}, "Skriv et helt tall fra 0 til 60."),
        ({"escalate_after": "61"}, "Skriv et helt tall fra 0 til 60."),
        ({"hour": "5"}, "Velg fra listen."),
        ({"digest_weekday": "5"}, "Velg fra listen."),
        ({"digest_weekday": ""}, "Velg en dag."),
        ({"quiet_months": ["13"]}, "Velg fra listen."),
        ({"quiet_months": [str(number) for number in range(1, 13)]}, "La minst én måned være igjen."),
    ],
)
def test_bad_input_is_said_and_nothing_is_kept(client, admin, wrong, said):
    response = client.post(PAGE, {**GIVEN, **wrong})

    assert response.status_code == 422
    assert said in response.content.decode()
    assert not CycleSetting.objects.exists()


def test_july_is_quiet_where_nobody_has_decided(client, admin):
    page = client.get(PAGE).content.decode()
    ticked = [
        part.split('value="')[1].split('"')[0]
        for part in page.split("<input")[1:]
        if "checkbox" in part and "checked" in part.split(">")[0]
    ]
    assert ticked == ["7"]


@pytest.mark.parametrize("role", [Role.UNIT_LEADER, Role.DIRECTOR, Role.QUALITY, Role.POLITICIAN])
def test_nobody_else_finds_it(client, role):
    client.force_login(person(role, DistrictFactory()))
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, GIVEN).status_code == 404


def test_an_administrator_of_one_unit_does_not_decide_for_all(client):
    client.force_login(person(Role.ADMINISTRATOR, UnitFactory(parent=DistrictFactory())))
    assert client.get(PAGE).status_code == 404
