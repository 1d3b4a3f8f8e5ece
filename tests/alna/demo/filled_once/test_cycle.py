"""The annual cycle of the demonstration: the year before is done, this year stands as it is drawn."""

from collections import Counter

import pytest
from django.db.models import F

from annualcycle.models import Activity, Task
from annualcycle.queries.standing import progress_of
from annualcycle.rules.kinds import Standing, TaskState
from organisation.models import Unit
from organisation.queries.access import access_of
from organisation.queries.tree import tree_on
from tests.alna.demo.tables import TODAY

pytestmark = pytest.mark.django_db


def progress(year):
    district = Unit.objects.get(code="alna")
    activities = list(Activity.objects.filter(district=district, year=year))
    found = progress_of(activities, access=access_of(_director(), TODAY), unit_ids=tree_on(TODAY).subtree(district.pk))
    return {activity: found[activity.pk] for activity in activities}


def test_the_year_before_is_done():
    found = [each.standing for activity, each in progress(TODAY.year - 1).items() if not activity.all_year]
    assert Counter(found) == {Standing.DONE: 45}
    assert not Task.objects.filter(activity__year=TODAY.year - 1, state=TaskState.OPEN).exists()
    assert Task.objects.filter(activity__year=TODAY.year - 1, done_on__gt=F("activity__due_on")).exists()


def test_thirty_of_forty_five_are_done_four_go_on_and_two_are_late():
    found = progress(TODAY.year)
    counted = Counter(each.standing for activity, each in found.items() if not activity.all_year)
    assert counted == {Standing.DONE: 30, Standing.UNDER_WAY: 4, Standing.LATE: 2, Standing.COMING: 9}
    done = {activity.short: (each.done, each.total) for activity, each in found.items()}
    assert done["Dokumentgjennomgang"] == (19, 22)
    assert done["Tertialoppfølging 2"] == (20, 22)
    assert done["Brukerundersøkelser"] == (14, 19)
    assert done["Medarbeidersamtaler"] == (15, 22)
    assert done["Besøksrunden"] == (16, 22)


def test_nothing_is_done_after_today_or_by_nobody():
    done = Task.objects.filter(state=TaskState.DONE)
    assert done.exists()
    assert not done.filter(done_on__gt=TODAY).exists()
    assert not done.filter(done_by=None).exists()


def test_what_came_out_of_it_can_be_read(client):
    client.force_login(_director())
    done = Task.objects.filter(state=TaskState.DONE)
    # A talk with an employee leaves nothing to read.
    assert set(done.filter(product="").values_list("activity__short", flat=True)) == {"Medarbeidersamtaler"}
    # One of each kind: the units' pages are alike.
    products = {task.activity_id: task.product for task in done.exclude(product="")}
    for product in set(products.values()):
        assert client.get(product).status_code == 200, product


def _director():
    return Task.objects.filter(activity__responsible="director", state=TaskState.DONE).select_related("done_by")[0].done_by
