"""A calendar address dies with the roles it shows, by its owner's hand, and for good; and nobody reads it without end."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annualcycle.models import CalendarFeed
from annualcycle.services.feeds import close_ended, forget_old
from organisation.models import AuditEntry, RoleAssignment
from organisation.rules.access import Role
from tests.annualcycle.calendar_programs import TODAY, made, read
from tests.factories.organisation import DistrictFactory, RoleAssignmentFactory, UnitFactory, person
from tests.pages import signed_in

pytestmark = pytest.mark.django_db


def test_it_dies_with_the_role(unit, task, settings):
    leader = person(Role.UNIT_LEADER, unit)
    addresses = [made(leader), made(leader, "402")]
    RoleAssignment.objects.filter(user=leader).update(valid_to=TODAY)
    assert [read(address).status_code for address in addresses] == [200, 200]
    settings.ALNA_TODAY = TODAY + timedelta(days=1)
    assert [read(address).status_code for address in addresses] == [404, 404]


@pytest.mark.parametrize("is_read", [True, False])
def test_a_role_that_comes_later_does_not_open_the_old_address(unit, task, settings, is_read):
    """Ended by the first reading that finds it closed; where nobody reads it, by the job."""
    leader = person(Role.UNIT_LEADER, unit)
    addresses = [made(leader), made(leader, "402")]
    RoleAssignment.objects.filter(user=leader).update(valid_to=TODAY)
    settings.ALNA_TODAY = TODAY + timedelta(days=1)
    if is_read:
        assert [read(address).status_code for address in addresses] == [404, 404]
    else:
        now = datetime(2026, 10, 10, 6, 0, tzinfo=UTC)
        assert [close_ended(now=now, today=TODAY + timedelta(days=1)) for _time in range(2)] == [2, 0]

    for held in (UnitFactory(parent=DistrictFactory()), unit):
        RoleAssignmentFactory(user=leader, unit=held, valid_from=TODAY + timedelta(days=1))
    assert [read(address).status_code for address in addresses] == [404, 404]
    assert AuditEntry.objects.filter(action="cycle.feed_revoked", actor=None).count() == 2


def test_the_job_ends_nothing_that_still_shows_something(unit, task, django_assert_num_queries):
    stays, left = made(person(Role.UNIT_LEADER, unit)), person(Role.UNIT_LEADER, unit)
    made(left)
    left.is_active = False
    left.save()
    day, now = TODAY, datetime(2026, 10, 9, 6, 0, tzinfo=UTC)
    assert close_ended(now=now, today=day) == 1
    assert read(stays).status_code == 200
    for _ in range(5):
        made(person(Role.UNIT_LEADER, unit))
    with django_assert_num_queries(3):  # addresses, roles, version of the organisation
        assert close_ended(now=now, today=day) == 0


def test_what_is_left_of_an_ended_address_is_deleted_after_a_year(unit):
    leader = person(Role.UNIT_LEADER, unit)
    first, second = made(leader), made(leader)
    ended = CalendarFeed.objects.get(revoked_at__isnull=False)
    CalendarFeed.objects.filter(pk=ended.pk).update(revoked_at=datetime(2025, 10, 9, 6, 0, tzinfo=UTC))

    assert forget_old(now=datetime(2026, 10, 9, 6, 0, tzinfo=UTC)) == 0
    assert forget_old(now=datetime(2026, 10, 9, 6, 1, tzinfo=UTC)) == 1
    assert [read(address).status_code for address in (first, second)] == [404, 200]


def test_an_address_that_is_read_again_and_again_has_to_wait(unit, task, monkeypatch):
    monkeypatch.setattr("annualcycle.views.feeds.MOST_READINGS", 3)
    address, other = made(person(Role.UNIT_LEADER, unit)), made(person(Role.UNIT_LEADER, unit))
    now = datetime(2026, 10, 9, 6, 30, tzinfo=UTC)
    monkeypatch.setattr("annualcycle.views.feeds.timezone", SimpleNamespace(now=lambda: now))
    assert [read(address).status_code for _time in range(4)] == [200, 200, 200, 429]
    with CaptureQueriesContext(connection) as captured:
        refused = read(address)
    assert (refused["Retry-After"], refused.content) == ("3600", b"")
    assert len(captured) <= 4
    assert read(other).status_code == 200

    monkeypatch.setattr("annualcycle.views.feeds.timezone", SimpleNamespace(now=lambda: now + timedelta(minutes=30)))
    assert read(address).status_code == 200


def test_it_dies_with_the_account(unit, task):
    leader = person(Role.UNIT_LEADER, unit)
    address = made(leader)
    leader.is_active = False
    leader.save()
    assert read(address).status_code == 404


def test_it_dies_when_it_is_closed_and_only_its_owner_closes_it(unit, task):
    leader = person(Role.UNIT_LEADER, unit)
    address, feed = made(leader), CalendarFeed.objects.get()
    close = f"/styringshjul/kalender/{feed.pk}/steng/"
    assert signed_in(person(Role.DIRECTOR, unit)).post(close).status_code == 404
    assert read(address).status_code == 200
    for _time in range(2):
        assert signed_in(leader).post(close).status_code == 302
    assert read(address).status_code == 404
    assert AuditEntry.objects.filter(action="cycle.feed_revoked").count() == 1


def test_a_new_address_of_the_same_ends_the_earlier(unit, task):
    leader = person(Role.UNIT_LEADER, unit)
    first, of_the_unit, second = made(leader), made(leader, "402"), made(leader)
    assert [read(address).status_code for address in (first, of_the_unit, second)] == [404, 200, 200]
