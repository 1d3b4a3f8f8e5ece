"""What may be shown of sick leave is decided by an administrator, from a month on."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from organisation.rules.access import Role
from reporting.models import SickLeaveShield
from reporting.queries.setup import token
from reporting.queries.sick_leave import shield_on
from tests.factories.organisation import DistrictFactory, UnitFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, settings):
    settings.ALNA_TODAY = date(2026, 10, 9)
    client.force_login(person(Role.ADMINISTRATOR, DistrictFactory()), backend="django.contrib.auth.backends.ModelBackend")
    return client


def sent(page, **fields: str):
    given = {"from_month": "2026-09", "min_fte": "12,5", "min_persons": "6", "tolerance": "1,5", "seen": token(), **fields}
    return page.post(reverse("reporting:setup_sick_leave"), given)


def test_a_leader_has_no_such_page(client):
    client.force_login(person(Role.UNIT_LEADER, UnitFactory(parent=DistrictFactory())), backend="django.contrib.auth.backends.ModelBackend")

    assert client.get(reverse("reporting:setup_sick_leave")).status_code == 404


def test_new_limits_count_from_their_month_and_earlier_months_keep_theirs(page):
    assert sent(page).status_code == 302

    assert (shield_on(date(2026, 9, 1)).min_fte, shield_on(date(2026, 9, 1)).min_persons) == (Decimal("12.5"), 6)
    assert shield_on(date(2026, 8, 31)).min_fte == 10
    assert (shield_on(date(2026, 9, 1)).tolerance, shield_on(date(2026, 8, 31)).tolerance) == (Decimal("1.5"), Decimal("0.5"))


@pytest.mark.parametrize(
    "fields",
    [{"min_fte": "mange"}, {"min_persons": "0"}, {"tolerance": "-1"}, {"tolerance": ""}, {"from_month": "2026-01"}, {"seen": "gammel"}],
)
def test_what_cannot_be_saved_is_told_and_stays_in_the_form(page, fields):
    answer = sent(page, **fields)

    assert answer.status_code == 422
    assert not SickLeaveShield.objects.exists()
    if "min_fte" in fields:
        assert "mange" in answer.content.decode()
