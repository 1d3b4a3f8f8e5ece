"""An activity's page, and what each unit does about it: who may, what is said, what is kept."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annualcycle.models import Task
from annualcycle.rules.kinds import LinkKind, TaskState
from annualcycle.services import tasks as services
from organisation.models import AuditEntry
from organisation.rules.access import Role
from reporting.rules.kinds import ReportState
from reporting.services.defaults import install_defaults
from tests.factories.cycle import ActivityFactory, TaskFactory
from tests.factories.organisation import DistrictFactory, RoleAssignmentFactory, UnitFactory, person
from tests.factories.reporting import MonthlyReportFactory
from tests.pages import markup_of, signed_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 9)
NOW = datetime(2026, 10, 9, 6, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def the_day(settings):
    settings.ALNA_TODAY = TODAY


@pytest.fixture
def district():
    return DistrictFactory()


@pytest.fixture
def activity(district):
    return ActivityFactory(district=district, title="Medarbeidersamtaler", responsible=Role.UNIT_LEADER.value)


@pytest.fixture
def task(activity, district):
    return TaskFactory(activity=activity, unit=UnitFactory(parent=district, code="402", name="Hjemmetjenesten"))


@pytest.fixture
def other(activity, district):
    return TaskFactory(activity=activity, unit=UnitFactory(parent=district, code="403", name="Sykehjemmet"))


def page(activity):
    return f"/styringshjul/aktivitet/{activity.pk}/"


def addresses(task):
    return [f"/styringshjul/oppgave/{task.pk}/{rest}" for rest in ("", "gjelder-ikke/", "apne/")]


def done(**more):
    return {"done_on": "2026-10-08", "product": "", "product_name": "", "note": "", "version": "1"} | more


def row(task):
    return Task.objects.get(pk=task.pk)


def test_another_districts_activity_does_not_exist(activity, task):
    stranger = signed_in(person(Role.DIRECTOR, DistrictFactory()))
    assert stranger.get(page(activity)).status_code == 404
    assert stranger.post(f"{page(activity)}ferdig/", {"unit": [task.unit_id], "done_on": "2026-10-08"}).status_code == 404
    for address in addresses(task):
        assert stranger.post(address, done()).status_code == 404
    assert row(task).state == TaskState.OPEN


@pytest.mark.parametrize("role", [Role.UNIT_LEADER, Role.EMPLOYEE, Role.CONTROLLER, Role.SAFETY_REP])
def test_a_neighbour_reads_how_far_it_has_come_and_finishes_nothing(activity, task, other, role):
    neighbour = signed_in(person(role, other.unit))
    said = markup_of(neighbour.get(page(activity)))
    assert "0 av 2 ferdig" in said
    assert f"/styringshjul/oppgave/{task.pk}/" not in said
    for address in addresses(task):
        assert neighbour.post(address, done(reason="x")).status_code == 404
    neighbour.post(f"{page(activity)}ferdig/", {"unit": [task.unit_id], "done_on": "2026-10-08"})
    assert row(task).state == TaskState.OPEN


def test_who_sees_published_things_sees_public_activities_alone_and_no_units(activity, task, district):
    politician = signed_in(person(Role.POLITICIAN, district))
    assert politician.get(page(activity)).status_code == 404
    activity.is_public = True
    activity.save()
    said = markup_of(politician.get(page(activity)))
    assert "Medarbeidersamtaler" in said
    assert "Hjemmetjenesten" not in said
    assert "av 1 ferdig" not in said
    assert politician.get(addresses(task)[0]).status_code == 404


def test_the_leader_says_that_it_is_done_and_what_came_of_it(activity, task):
    leader = person(Role.UNIT_LEADER, task.unit)
    sent = done(product="https://eksempel.no/plan", product_name="Plan 2026", note="Alle har hatt samtale")
    answer = signed_in(leader).post(addresses(task)[0], sent, follow=True)
    kept = row(task)
    assert (kept.state, kept.done_on, kept.done_by, kept.product, kept.version) == (
        TaskState.DONE,
        date(2026, 10, 8),
        leader,
        "https://eksempel.no/plan",
        2,
    )
    said = markup_of(answer)
    assert "1 av 1 ferdig" in said
    assert '<a href="https://eksempel.no/plan" rel="noopener noreferrer">Plan 2026</a>' in said
    assert "Alle har hatt samtale" in said
    assert AuditEntry.objects.filter(action="cycle.task_done", unit=task.unit, actor=leader).count() == 1


def test_a_stand_in_finishes_and_after_the_last_day_does_not(task, settings):
    leader = person(Role.UNIT_LEADER, task.unit)
    deputy = RoleAssignmentFactory(
        role=Role.UNIT_LEADER, unit=task.unit, deputy_for=leader, valid_from=TODAY, valid_to=TODAY + timedelta(days=3)
    ).user
    assert signed_in(deputy).get(addresses(task)[0]).status_code == 200
    settings.ALNA_TODAY = TODAY + timedelta(days=4)
    assert signed_in(deputy).get(addresses(task)[0]).status_code == 404


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.LEADERSHIP, Role.QUALITY, Role.ADMINISTRATOR])
def test_whoever_sets_up_the_cycle_finishes_for_a_unit(task, district, role):
    assert signed_in(person(role, district)).get(addresses(task)[0]).status_code == 200


@pytest.mark.parametrize(
    "sent, said",
    [
        ({"done_on": "2026-10-10"}, "Dagen har ikke vært ennå."),
        ({"done_on": "i går"}, "Skriv en dato, for eksempel 31.12.2026."),
        ({"done_on": ""}, "Skriv en dato, for eksempel 31.12.2026."),
        ({"done_on": "2016-10-08"}, "Sjekk årstallet."),
        ({"product": "javascript:alert(1)"}, "Skriv en adresse som begynner med https:// eller /"),
        ({"product": "//eksempel.no"}, "Skriv en adresse som begynner med https:// eller /"),
        ({"product_name": "Plan"}, "Lim inn lenken også"),
        ({"note": "x" * 301}, "Skriv høyst 300 tegn. Nå er det 301."),
    ],
)
def test_what_cannot_be_kept_is_said_and_what_was_typed_stays(task, sent, said):
    answer = signed_in(person(Role.UNIT_LEADER, task.unit)).post(addresses(task)[0], done(**{"note": "Står igjen"} | sent))
    assert answer.status_code == 422
    assert said in markup_of(answer)
    if "note" not in sent:
        assert "Står igjen" in markup_of(answer)
    assert row(task).state == TaskState.OPEN


def test_the_second_of_two_is_told_and_may_try_again(task):
    first, second = (person(Role.UNIT_LEADER, task.unit) for _ in range(2))
    signed_in(first).post(addresses(task)[0], done(note="Min"))
    answer = signed_in(second).post(addresses(task)[0], done(note="Din"))
    assert answer.status_code == 422
    assert "Noen andre har lagret oppgaven" in markup_of(answer)
    assert 'value="Din"' in markup_of(answer)
    assert 'name="version" value="2"' in markup_of(answer)
    assert row(task).note == "Min"


def test_it_does_not_concern_the_unit_and_then_it_does(activity, task, other):
    leader = signed_in(person(Role.UNIT_LEADER, task.unit))
    refused = leader.post(addresses(task)[1], {"reason": " ", "version": "1"})
    assert (refused.status_code, row(task).state) == (422, TaskState.OPEN)
    assert "Skriv hvorfor det ikke gjelder enheten." in markup_of(refused)

    said = markup_of(leader.post(addresses(task)[1], {"reason": "Enheten har ingen ansatte ennå", "version": "1"}, follow=True))
    assert "0 av 1 ferdig" in said
    assert "Enheten har ingen ansatte ennå" in said
    assert "Gjelder ikke" in said

    leader.post(addresses(task)[2], {"version": "2"})
    assert (row(task).state, row(task).version) == (TaskState.OPEN, 3)
    assert "0 av 2 ferdig" in markup_of(leader.get(page(activity)))


def test_what_is_done_is_opened_again_once(task):
    leader = signed_in(person(Role.UNIT_LEADER, task.unit))
    leader.post(addresses(task)[0], done(product="/tiltak/"))
    assert "Noen andre har lagret oppgaven" in markup_of(leader.post(addresses(task)[2], {"version": "1"}, follow=True))
    assert row(task).state == TaskState.DONE
    for version in ("x", "", "²", "9" * 40):
        leader.post(addresses(task)[2], {"version": version})
    assert row(task).state == TaskState.DONE
    leader.post(addresses(task)[2], {"version": "2"})
    assert (row(task).state, row(task).done_on, row(task).done_by, row(task).product) == (TaskState.OPEN, None, None, "/tiltak/")


def test_several_units_are_finished_at_once_by_those_who_may(activity, task, other, district):
    third = TaskFactory(activity=activity, unit=UnitFactory(parent=district))
    director = signed_in(person(Role.DIRECTOR, district))
    assert "Merk valgte som ferdige" in markup_of(director.get(page(activity)))
    answer = director.post(f"{page(activity)}ferdig/", {"unit": [task.unit_id, other.unit_id], "done_on": "2026-10-07"}, follow=True)
    assert "2 enheter er merket som ferdige." in markup_of(answer)
    assert "2 av 3 ferdig" in markup_of(answer)
    assert [(each.state, each.done_on) for each in (row(task), row(other), row(third))] == [
        (TaskState.DONE, date(2026, 10, 7)),
        (TaskState.DONE, date(2026, 10, 7)),
        (TaskState.OPEN, None),
    ]
    assert AuditEntry.objects.filter(action="cycle.task_done").count() == 2


@pytest.mark.parametrize(
    "sent, said",
    [
        ({"done_on": "2026-10-07"}, "Enhet: Velg minst én enhet."),
        ({"unit": ["x"], "done_on": "2026-10-07"}, "ikke lenger å velge"),
        ({"unit": ["999999"], "done_on": "2026-10-07"}, "ikke lenger å velge"),
    ],
)
def test_a_choice_that_is_none_is_refused(activity, task, other, district, sent, said):
    answer = signed_in(person(Role.DIRECTOR, district)).post(f"{page(activity)}ferdig/", sent)
    assert (answer.status_code, said in markup_of(answer)) == (422, True)
    assert "<title>Feil: " in answer.content.decode()


def test_a_reload_after_an_error_leads_to_the_page(activity, task, district):
    answer = signed_in(person(Role.DIRECTOR, district)).get(f"{page(activity)}ferdig/")
    assert (answer.status_code, answer["Location"]) == (302, page(activity))


def test_a_day_to_come_keeps_the_ticks(activity, task, other, district):
    answer = signed_in(person(Role.DIRECTOR, district)).post(f"{page(activity)}ferdig/", {"unit": [task.unit_id], "done_on": "2026-10-10"})
    assert answer.status_code == 422
    assert "Dagen har ikke vært ennå." in markup_of(answer)
    assert f'id="enhet-{task.unit_id}" checked' in markup_of(answer)
    assert f'id="enhet-{other.unit_id}" checked' not in markup_of(answer)
    assert row(task).state == TaskState.OPEN


def test_a_cancelled_activity_says_why_and_cannot_be_finished(activity, task, other):
    services_before = row(task)
    activity.cancelled_at, activity.cancelled_reason = NOW, "Streik"
    activity.save()
    leader = signed_in(person(Role.UNIT_LEADER, task.unit))
    said = markup_of(leader.get(page(activity)))
    assert "Streik" in said
    assert "Merk som ferdig" not in said
    answer = leader.post(addresses(task)[0], done(), follow=True)
    assert "avlyst" in markup_of(answer)
    assert row(task).state == services_before.state == TaskState.OPEN
    assert row(task).version == 1
    with pytest.raises(services.ActivityCancelled):
        services.finish_many(activity=activity, unit_ids=[task.unit_id], done_on=TODAY, actor=None, now=NOW, today=TODAY)


def test_a_report_is_counted_where_it_is_delivered(district, task):
    install_defaults(actor=None, now=NOW, today=date(2026, 1, 1))
    linked = ActivityFactory(district=district, link_kind=LinkKind.REPORT, link_period=date(2026, 9, 1), due_on=date(2026, 10, 9))
    MonthlyReportFactory(unit=task.unit, month=date(2026, 9, 1), state=ReportState.DELIVERED, submitted_at=NOW)
    late = UnitFactory(parent=district, code="404", name="Dagsenteret")
    said = markup_of(signed_in(person(Role.DIRECTOR, district)).get(page(linked)))
    assert "1 av 2 ferdig" in said
    assert '"/rapportering/402/2026-09/' in said
    # Nobody but the writer knows of a report that is not delivered.
    assert f"/rapportering/{late.code}/2026-09/" not in said
    assert "Merk som ferdig" not in said


def test_twenty_units_cost_what_two_cost(activity, task, other, district):
    director = signed_in(person(Role.DIRECTOR, district))

    def statements():
        director.get(page(activity))
        with CaptureQueriesContext(connection) as captured:
            director.get(page(activity))
        return len(captured)

    few = statements()
    for _ in range(18):
        TaskFactory(activity=activity, unit=UnitFactory(parent=district))
    assert statements() == few <= 10
