"""Two who set up one year at the same moment wait for each other, and neither works from what the other has made old."""

import threading
import uuid
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction

from annualcycle.models import Activity
from annualcycle.rules.kinds import DateRule
from annualcycle.rules.refusals import Problem
from annualcycle.services import activities
from annualcycle.services.activities import ActivityRefused, ActivityValues
from annualcycle.services.defaults import install
from annualcycle.services.rolling import roll
from common.deadlines import Lane
from organisation.rules.access import Role
from tests.factories.organisation import DistrictFactory

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
FIRST = ActivityValues(title="Først", short="Først", lane=Lane.PLAN, rule=DateRule.FIXED, month=2, day=27, responsible=Role.UNIT_LEADER)
AFTER = replace(FIRST, title="Etterpå", rule=DateRule.RELATIVE, offset=7)


def make(district, values, **more):
    return activities.create(district=district, year=2026, values=replace(values, **more), actor=None, now=NOW)


def change(activity, values, **more):
    # The one that was read when the page was opened, as the form holds it.
    return activities.change(activity=activity, values=replace(values, **more), version=1, actor=None, now=NOW)


def while_the_first_is_not_done(first, second):
    """What `second` comes to, begun after `first` has written and before it is done."""
    written, outcomes = threading.Event(), []

    def run():
        written.wait(10)
        try:
            outcomes.append(second())
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shall see it
            outcomes.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    with transaction.atomic():
        first()
        written.set()
        thread.join(0.3)  # time to run into what the first has not let go of
    thread.join(30)
    (outcome,) = outcomes
    return outcome


def test_a_follower_changed_meanwhile_keeps_what_was_decided_and_moves_along():
    district = DistrictFactory()
    anchor = make(district, FIRST)
    follower = make(district, AFTER, anchor=anchor)
    outcome = while_the_first_is_not_done(
        lambda: change(follower, AFTER, anchor=anchor, offset=20), lambda: change(anchor, FIRST, month=3, day=10)
    )
    assert outcome == anchor
    follower.refresh_from_db()
    assert (follower.offset, follower.due_on, follower.version) == (20, date(2026, 3, 30), 3)


def test_who_counts_from_one_that_is_moved_meanwhile_counts_from_its_new_day():
    district = DistrictFactory()
    anchor = make(district, FIRST)
    while_the_first_is_not_done(lambda: change(anchor, FIRST, month=3, day=10), lambda: make(district, AFTER, anchor=anchor))
    assert Activity.objects.get(title="Etterpå").due_on == date(2026, 3, 17)


def test_two_at_once_make_no_circle():
    district = DistrictFactory()
    one, other = make(district, FIRST), make(district, FIRST, title="Den andre")
    outcome = while_the_first_is_not_done(lambda: change(one, AFTER, anchor=other), lambda: change(other, AFTER, anchor=one))
    assert isinstance(outcome, ActivityRefused)
    assert outcome.problems == (("anchor", Problem.ANCHOR_IN_A_CIRCLE),)
    other.refresh_from_db()
    assert (other.anchor, other.version) == (None, 1)


def test_what_two_do_at_once_is_done_once():
    """The usual year, the next year's wheel, and one form sent twice."""
    district, form = DistrictFactory(), uuid.uuid4()
    act = {"district": district, "actor": None, "now": NOW}

    def send():
        return activities.create(**act, year=2030, values=FIRST, form=form)

    assert while_the_first_is_not_done(lambda: install(**act, year=2026), lambda: install(**act, year=2026)) == 0
    assert while_the_first_is_not_done(lambda: roll(**act, year=2027), lambda: roll(**act, year=2027)) == 0
    assert while_the_first_is_not_done(send, send) == Activity.objects.get(year=2030)
    assert [Activity.objects.filter(year=year).count() for year in (2026, 2027)] == [46, 46]
