"""Cancelling an activity in its year, and taking away one that was made by mistake."""

from datetime import date

import pytest

from annualcycle.models import Activity, Task
from annualcycle.rules.kinds import TaskState
from organisation.models import AuditEntry
from organisation.rules.access import Role
from tests.factories.cycle import ActivityFactory, TaskFactory
from tests.factories.organisation import DistrictFactory, person
from tests.pages import signed_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(world):
    row = ActivityFactory(district=world.district, title="Vernerunde")
    TaskFactory(activity=row, unit=world.unit)
    return row


def address(activity, what):
    return f"/styringshjul/oppsett/aktivitet/{activity.pk}/{what}/"


def finished(world, activity):
    TaskFactory(activity=activity, unit=world.other, state=TaskState.DONE, done_on=date(2026, 10, 1))


def follower(world, activity):
    return ActivityFactory(
        district=world.district, title="Etterpå", rule="relative", anchor=activity, offset=3, month=None, day=None, due_on=date(2026, 11, 2)
    )


def test_who_cancels_sees_the_day_how_far_it_has_come_and_what_counts_from_it(world, admin, activity):
    finished(world, activity)
    follower(world, activity)
    page = text_of(admin.get(address(activity, "utgar")))
    assert "Fristen er fredag 30. oktober. 1 av 2 har gjort det. «Etterpå» regnes fra denne, og beholder dagen sin." in page
    assert "Avlys i 2026 Tilbake" in page
    assert "Slett" not in page


def test_an_empty_reason_is_asked_for_in_one_sentence(world, admin, activity):
    assert "Skriv kort hvorfor." in text_of(admin.post(address(activity, "utgar"), {"version": "1", "reason": ""}))


def test_what_was_made_by_mistake_is_gone_after_one_more_look(world, admin, activity):
    assert "Vil du slette «Vernerunde»?" in text_of(admin.get(address(activity, "slett")))
    assert Activity.objects.exists()
    assert "«Vernerunde» er slettet." in text_of(admin.post(address(activity, "slett"), {"version": "1"}, follow=True))
    assert not Activity.objects.exists()
    assert not Task.objects.exists()
    assert AuditEntry.objects.get().action == "cycle.activity_removed"
    assert Activity.history.filter(history_type="-").count() == 1


@pytest.mark.parametrize(
    "make, words", [(finished, "Noen har sagt noe om oppgaven sin"), (follower, "En annen aktivitet regner dagen sin fra denne")]
)
def test_what_somebody_has_used_stays_and_says_why(world, admin, activity, make, words):
    make(world, activity)
    assert words in text_of(admin.post(address(activity, "slett"), {"version": "1"}, follow=True))
    assert Activity.objects.filter(pk=activity.pk).exists()


@pytest.mark.parametrize("version", ["0", "2", "", "x"])
def test_what_has_changed_since_stays(world, admin, activity, version):
    answer = admin.post(address(activity, "slett"), {"version": version}, follow=True)
    assert "Noen har endret aktiviteten samtidig." in text_of(answer)
    assert Activity.objects.exists()


def test_nobody_else_takes_it_away(world, activity):
    for user in (person(Role.UNIT_LEADER, world.unit), person(Role.ADMINISTRATOR, DistrictFactory())):
        for answer in (signed_in(user).get(address(activity, "slett")), signed_in(user).post(address(activity, "slett"), {"version": "1"})):
            assert answer.status_code == 404
    assert Activity.objects.exists()
