"""The deadlines of all apps in one list: each from where it is kept, for those who may know of it, at a fixed cost."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annualcycle.queries.collect import all_deadlines, mine, visible_deadlines
from annualcycle.rules.kinds import TaskState
from imports.models import Batch
from imports.rules.states import BatchState, Way
from organisation.queries.access import access_of
from organisation.rules.access import Role
from reporting.models import ReportingMonth
from reporting.rules.kinds import ReportState
from reporting.services.defaults import install_defaults
from scorecard.rules.lifecycle import State
from tests.factories.actions import ActionFactory
from tests.factories.cycle import ActivityFactory, TaskFactory
from tests.factories.imports import SourceFactory
from tests.factories.organisation import DistrictFactory, RoleAssignmentFactory, UnitFactory, person
from tests.factories.reporting import MonthlyReportFactory
from tests.factories.scorecard import ScorecardFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 9)
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
SEPTEMBER = date(2026, 9, 1)


@pytest.fixture
def district():
    install_defaults(actor=None, now=datetime(2026, 1, 1, tzinfo=UTC), today=date(2026, 1, 1))
    return DistrictFactory()


@pytest.fixture
def unit(district):
    return UnitFactory(parent=district, code="402", name="Hjemmetjenesten")


def of(*units, first=FIRST, last=LAST):
    return {deadline.key: deadline for deadline in all_deadlines(unit_ids=[unit.pk for unit in units], first=first, last=last)}


def keys(deadlines):
    return {deadline.key for deadline in deadlines}


def test_nothing_is_asked_of_no_units(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert all_deadlines(unit_ids=[], first=FIRST, last=LAST) == []


def test_a_report_is_due_on_the_day_of_its_rule_and_done_on_the_day_it_was_delivered(unit):
    key = "reporting.report:402:2026-09"
    waiting = of(unit)[key]
    assert (waiting.due_on, waiting.done_on, waiting.group, waiting.reminds_itself) == (date(2026, 10, 9), None, "report:2026-09", True)
    assert waiting.url == "/rapportering/402/2026-09/"

    # Half past midnight in Oslo is the evening before in UTC.
    report = MonthlyReportFactory(
        unit=unit, month=SEPTEMBER, state=ReportState.DELIVERED, submitted_at=datetime(2026, 10, 7, 22, 30, tzinfo=UTC)
    )
    delivered = of(unit)[key]
    assert (delivered.done_on, delivered.is_open, delivered.is_closed) == (date(2026, 10, 8), False, False)

    report.state = ReportState.RETURNED
    report.save()
    assert of(unit)[key].is_open

    report.state = ReportState.LOCKED
    report.save()
    assert of(unit)[key].is_closed


def test_a_month_without_a_report_has_no_deadline(unit):
    assert "reporting.report:402:2026-06" not in of(unit, first=date(2026, 7, 1), last=date(2026, 7, 31))


def test_only_what_falls_within_the_days_is_told(unit):
    key = "reporting.report:402:2026-09"
    assert key in of(unit, first=date(2026, 10, 9), last=date(2026, 10, 9))
    assert key not in of(unit, first=date(2026, 10, 10), last=LAST)
    assert key not in of(unit, first=date(2026, 10, 1), last=date(2026, 10, 8))


def test_the_months_lock_is_the_districts(district, unit):
    locks = {key: deadline for key, deadline in of(district, unit).items() if key.startswith("reporting.lock:")}
    [(key, lock)] = locks.items()
    assert (lock.unit_id, lock.done_on) == (district.pk, None)
    ReportingMonth.objects.create(district=district, month=SEPTEMBER, locked_at=datetime(2026, 10, 14, 9, 0, tzinfo=UTC))
    assert of(district)[key].done_on == date(2026, 10, 14)


def test_an_action_says_its_title_to_readers_of_actions_and_nothing_in_public(unit):
    owner = person(Role.EMPLOYEE, unit)
    action = ActionFactory(unit=unit, owner=owner, title="Nye kjøreruter", due_on=date(2026, 10, 15))
    found = of(unit)[f"actions.action:{action.pk}"]
    assert (found.title, found.public_title, found.owner_id) == ("Nye kjøreruter", "Tiltak med frist", owner.pk)

    action.status, action.closed_on = "cancelled", TODAY
    action.save()
    assert f"actions.action:{action.pk}" not in of(unit)


def test_a_file_is_done_the_day_the_first_that_counts_came(district):
    source = SourceFactory(district=district, name="Økonomi fra UBW", expected_workday=6)
    key = f"imports.file:{source.pk}:2026-09"
    assert (of(district)[key].due_on, of(district)[key].done_on) == (date(2026, 10, 8), None)

    for number, (day, state) in enumerate([(2, BatchState.REFUSED), (6, BatchState.SAVED), (20, BatchState.SAVED)]):
        Batch.objects.create(
            source=source,
            file_name="okonomi.csv",
            sha256=f"{number:064}",
            size=1,
            stored_as=f"{number}",
            way=Way.FOLDER,
            state=state,
            year=2026,
            number=9,
            received_at=datetime(2026, 10, day, 8, 0, tzinfo=UTC),
        )
    assert of(district)[key].done_on == date(2026, 10, 6)

    source.is_active = False
    source.save()
    assert key not in of(district)


def test_a_target_map_is_approved_before_its_year(district):
    card = ScorecardFactory(unit=district, year=2027, state=State.DRAFT)
    days = {"first": date(2026, 12, 1), "last": date(2026, 12, 31)}
    [draft] = [each for each in of(district, **days).values() if each.group == "scorecard:2027"]
    assert (draft.due_on, draft.done_on) == (date(2026, 12, 31), None)
    assert draft.url == f"/oppsett/malekart/{district.code}/2027/"

    card.state, card.published_at = State.PUBLISHED, datetime(2026, 12, 17, 23, 30, tzinfo=UTC)
    card.save()
    [published] = [each for each in of(district, **days).values() if each.group == "scorecard:2027"]
    assert published.done_on == date(2026, 12, 18)


def test_a_task_is_told_until_it_is_not_needed_or_its_activity_cancelled(unit, district):
    task = TaskFactory(activity=ActivityFactory(district=district, title="Medarbeidersamtaler"), unit=unit)
    key = f"annualcycle.task:{task.pk}"
    assert (of(unit)[key].title, of(unit)[key].due_on, of(unit)[key].url) == (
        "Medarbeidersamtaler",
        date(2026, 10, 30),
        f"/styringshjul/aktivitet/{task.activity_id}/",
    )
    task.state, task.done_on = TaskState.DONE, date(2026, 10, 8)
    task.save()
    assert of(unit)[key].done_on == date(2026, 10, 8)
    task.state, task.done_on = TaskState.NOT_NEEDED, None
    task.save()
    assert key not in of(unit)
    task.state = TaskState.OPEN
    task.save()
    task.activity.cancelled_at = datetime(2026, 10, 1, tzinfo=UTC)
    task.activity.save()
    assert key not in of(unit)


def test_another_district_is_not_seen(unit, district):
    elsewhere = UnitFactory(parent=DistrictFactory(), code="902")
    theirs = TaskFactory(activity=ActivityFactory(district=elsewhere.parent_links.get().parent), unit=elsewhere)
    ActionFactory(unit=elsewhere, due_on=date(2026, 10, 15))
    ours = TaskFactory(activity=ActivityFactory(district=district), unit=unit)
    for role, held in ((Role.DIRECTOR, district), (Role.UNIT_LEADER, unit), (Role.ADMINISTRATOR, district)):
        seen = visible_deadlines(access_of(person(role, held), TODAY), first=FIRST, last=LAST)
        assert elsewhere.pk not in {deadline.unit_id for deadline in seen}
        assert f"annualcycle.task:{ours.pk}" in keys(seen)
        assert f"annualcycle.task:{theirs.pk}" not in keys(seen)


def test_a_politician_sees_no_deadlines_and_an_employee_no_undelivered_report(unit, district):
    TaskFactory(activity=ActivityFactory(district=district), unit=unit)
    assert visible_deadlines(access_of(person(Role.POLITICIAN, district), TODAY), first=FIRST, last=LAST) == []
    employee = access_of(person(Role.EMPLOYEE, unit), TODAY)
    assert "reporting.report:402:2026-09" not in keys(visible_deadlines(employee, first=FIRST, last=LAST))
    leader = access_of(person(Role.UNIT_LEADER, unit), TODAY)
    assert "reporting.report:402:2026-09" in keys(visible_deadlines(leader, first=FIRST, last=LAST))


def test_a_neighbours_actions_are_the_neighbours(unit, district):
    neighbour = UnitFactory(parent=district)
    action = ActionFactory(unit=unit, due_on=date(2026, 10, 15))
    key = f"actions.action:{action.pk}"
    assert key not in keys(visible_deadlines(access_of(person(Role.UNIT_LEADER, neighbour), TODAY), first=FIRST, last=LAST))
    assert key in keys(visible_deadlines(access_of(person(Role.UNIT_LEADER, unit), TODAY), first=FIRST, last=LAST))


def test_mine_are_my_roles_my_actions_and_my_reports(unit, district):
    leader = person(Role.UNIT_LEADER, unit)
    neighbour = UnitFactory(parent=district)
    activity = ActivityFactory(district=district, responsible=Role.UNIT_LEADER.value)
    task = TaskFactory(activity=activity, unit=unit)
    TaskFactory(activity=activity, unit=neighbour)
    for_the_director = TaskFactory(activity=ActivityFactory(district=district, responsible=Role.DIRECTOR.value), unit=unit)
    own = ActionFactory(unit=unit, owner=leader, due_on=date(2026, 10, 15))
    ActionFactory(unit=unit, due_on=date(2026, 10, 15))

    found = keys(mine(access_of(leader, TODAY), first=FIRST, last=LAST))

    assert found == {"reporting.report:402:2026-09", f"annualcycle.task:{task.pk}", f"actions.action:{own.pk}"}
    director = keys(mine(access_of(person(Role.DIRECTOR, district), TODAY), first=FIRST, last=LAST))
    assert f"annualcycle.task:{for_the_director.pk}" in director
    assert "reporting.report:402:2026-09" not in director


def test_a_stand_in_has_them_too_as_long_as_it_lasts(unit, district):
    leader = person(Role.UNIT_LEADER, unit)
    task = TaskFactory(activity=ActivityFactory(district=district), unit=unit)
    deputy = RoleAssignmentFactory(
        role=Role.UNIT_LEADER, unit=unit, deputy_for=leader, valid_from=TODAY, valid_to=TODAY + timedelta(days=7)
    ).user
    key = f"annualcycle.task:{task.pk}"
    assert key in keys(mine(access_of(deputy, TODAY), first=FIRST, last=LAST))
    assert mine(access_of(deputy, TODAY + timedelta(days=8)), first=FIRST, last=LAST) == []


def test_a_task_is_that_of_the_nearest_who_has_the_role_and_of_nobody_above(unit, district):
    department = UnitFactory(parent=unit, kind="sub_unit")
    task = TaskFactory(activity=ActivityFactory(district=district), unit=department)
    leader = access_of(person(Role.UNIT_LEADER, unit), TODAY)
    key = f"annualcycle.task:{task.pk}"
    assert key in keys(mine(leader, first=FIRST, last=LAST))

    nearer = access_of(person(Role.UNIT_LEADER, department), TODAY)
    assert key in keys(mine(nearer, first=FIRST, last=LAST))
    assert key not in keys(mine(leader, first=FIRST, last=LAST))


def test_an_absent_owners_action_is_the_stand_ins_too(unit):
    leader = person(Role.UNIT_LEADER, unit)
    action = ActionFactory(unit=unit, owner=leader, due_on=date(2026, 10, 15))
    deputy = RoleAssignmentFactory(role=Role.UNIT_LEADER, unit=unit, deputy_for=leader, valid_from=TODAY, valid_to=TODAY).user
    key = f"actions.action:{action.pk}"
    assert key in keys(mine(access_of(deputy, TODAY), first=FIRST, last=LAST))
    assert key in keys(mine(access_of(leader, TODAY), first=FIRST, last=LAST))


def test_ones_own_cost_one_statement_more_than_what_one_sees(unit, district):
    leader = person(Role.UNIT_LEADER, unit)
    TaskFactory(activity=ActivityFactory(district=district), unit=unit)
    access, counts = access_of(leader, TODAY), []
    for find in (visible_deadlines, visible_deadlines, mine):
        with CaptureQueriesContext(connection) as captured:
            assert find(access, first=FIRST, last=LAST)
        counts.append(len(captured))
    assert counts[2] == counts[1] + 1


def _statements(units):
    with CaptureQueriesContext(connection) as captured:
        all_deadlines(unit_ids=[unit.pk for unit in units], first=date(2026, 1, 1), last=date(2026, 12, 31))
    return len(captured)


def test_twenty_units_cost_what_one_costs(unit, district):
    activity = ActivityFactory(district=district)
    SourceFactory(district=district)
    ScorecardFactory(unit=district, year=2027)
    units = [unit, *(UnitFactory(parent=district) for _ in range(19))]
    for each in units:
        TaskFactory(activity=activity, unit=each)
        ActionFactory(unit=each, due_on=date(2026, 10, 15))
        MonthlyReportFactory(unit=each, month=SEPTEMBER, state=ReportState.DELIVERED)
    _statements(units)
    assert _statements([district, unit]) == _statements([district, *units]) <= 10
