"""«Dette trenger deg»: reports, approvals, files and actions, for the one they wait for and for nobody else."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from common import formats
from imports.models import Batch
from imports.rules.states import BatchState, Way
from organisation.queries.access import access_of
from organisation.rules.access import Role
from overview.queries.minutes import report_minutes
from overview.queries.todos import Todo, time_text, todos
from reporting.queries.due_steps import deadlines_of
from reporting.rules.kinds import ReportState, Step
from reporting.services.defaults import install_defaults
from tests.factories.actions import ActionFactory
from tests.factories.imports import SourceFactory
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.factories.reporting import MonthlyReportFactory
from tests.pages import text_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 9)
NOW = datetime(2026, 10, 9, 7, 0, tzinfo=UTC)
SEPTEMBER = date(2026, 9, 1)


@pytest.fixture
def unit():
    install_defaults(actor=None, now=timezone.now(), today=date(2026, 1, 1))
    return UnitFactory(parent=DistrictFactory(), name="Hjemmetjenesten")


def waiting(user):
    return [(todo.title, todo.text, todo.url) for todo in todos(access_of(user, DAY), DAY, NOW)]


def test_the_months_report_waits_for_the_leader_until_it_is_delivered(unit):
    leader = person(Role.UNIT_LEADER, unit)
    address = f"/rapportering/{unit.code}/2026-09/"
    assert waiting(leader) == [("Send inn rapporten for september 2026", "Hjemmetjenesten. Frist i dag kl. 15.", address)]

    report = MonthlyReportFactory(unit=unit, month=SEPTEMBER, state=ReportState.DELIVERED)
    assert waiting(leader) == []

    report.state = ReportState.RETURNED
    report.save()
    assert [title for title, *_ in waiting(leader)] == ["Svar på spørsmålet om rapporten for september 2026"]


def test_a_neighbours_report_waits_for_the_neighbour(unit):
    neighbour = UnitFactory(parent=unit.parent_links.get().parent, name="Naboenheten")

    assert ["Naboenheten" in text for _title, text, _url in waiting(person(Role.UNIT_LEADER, neighbour))] == [True]
    assert not any("Naboenheten" in text for _title, text, _url in waiting(person(Role.UNIT_LEADER, unit)))


def test_delivered_reports_wait_for_the_director(unit):
    district = unit.parent_links.get().parent
    director = person(Role.DIRECTOR, district)
    assert waiting(director) == []

    MonthlyReportFactory(unit=unit, month=SEPTEMBER, state=ReportState.DELIVERED)

    titles = [(title, url) for title, _text, url in waiting(director)]
    assert titles == [("Gå gjennom 1 rapport for september 2026", f"/rapportering/godkjenning/{district.code}/2026-09/")]
    assert waiting(person(Role.EMPLOYEE, unit)) == []


def test_what_one_delivered_oneself_waits_for_somebody_else(unit):
    district = unit.parent_links.get().parent
    director, both = person(Role.DIRECTOR, district), person(Role.LEADERSHIP, district)
    MonthlyReportFactory(unit=unit, month=SEPTEMBER, state=ReportState.DELIVERED, submitted_by=both)

    assert waiting(both) == []
    assert [title for title, *_ in waiting(director)] == ["Gå gjennom 1 rapport for september 2026"]


def test_a_checked_file_waits_for_those_who_may_bring_it_in(unit):
    source = SourceFactory()
    district = source.district
    batch = Batch.objects.create(
        source=source,
        file_name="okonomi.csv",
        sha256="0" * 64,
        size=1,
        stored_as="a",
        way=Way.FOLDER,
        state=BatchState.CHECKED,
        received_at=NOW,
    )

    assert (f"Kontroller filen {batch.file_name}", batch.source.name, f"/administrasjon/import/{batch.pk}/") in waiting(
        person(Role.CONTROLLER, district)
    )
    assert not any("Kontroller" in title for title, *_ in waiting(person(Role.DIRECTOR, district)))
    Batch.objects.update(state=BatchState.SAVED)
    assert not any("Kontroller" in title for title, *_ in waiting(person(Role.CONTROLLER, district)))


def test_ones_own_actions_wait_when_they_are_due(unit):
    leader = person(Role.UNIT_LEADER, unit)
    MonthlyReportFactory(unit=unit, month=SEPTEMBER, state=ReportState.DELIVERED)
    late = ActionFactory(unit=unit, owner=leader, title="Nye kjøreruter", due_on=date(2026, 9, 15))
    ActionFactory(unit=unit, owner=leader, due_on=date(2026, 12, 1))
    ActionFactory(unit=unit, due_on=date(2026, 9, 1))

    assert waiting(leader) == [("Nye kjøreruter", "Fristen var 15. september 2026.", f"/tiltak/{late.pk}/")]

    ActionFactory(unit=unit, owner=leader, due_on=date(2026, 10, 12))
    assert waiting(leader) == [("Si hvordan det går med 2 tiltak", "1 er over fristen.", "/tiltak/")]


def test_it_costs_the_same_with_many_units_and_reports(unit, django_assert_max_num_queries):
    district = unit.parent_links.get().parent
    for number in range(20):
        MonthlyReportFactory(unit=UnitFactory(parent=district, code=f"9{number:02}"), month=SEPTEMBER, state=ReportState.DELIVERED)
    access = access_of(person(Role.DIRECTOR, district), DAY)

    with django_assert_max_num_queries(14):
        todos(access, DAY, NOW)


def found(user):
    return todos(access_of(user, DAY), DAY, NOW)


def test_a_report_says_about_how_long_it_took_before(unit):
    leader = person(Role.UNIT_LEADER, unit)
    assert [todo.minutes for todo in found(leader)] == [None]
    for month, seconds in ((8, 200), (7, 260), (6, 1200), (5, 0)):
        MonthlyReportFactory(unit=unit, month=date(2026, month, 1), state=ReportState.LOCKED, seconds_spent=seconds, submitted_at=NOW)
    MonthlyReportFactory(unit=unit, month=date(2025, 8, 1), state=ReportState.LOCKED, seconds_spent=9000, submitted_at=NOW)

    todo = found(leader)[0]

    assert todo.minutes == 4
    assert todo.due_on == date(2026, 10, 9)


def test_a_new_unit_takes_as_long_as_the_persons_other_ones(unit):
    district = unit.parent_links.get().parent
    new = UnitFactory(parent=district)
    MonthlyReportFactory(unit=unit, month=date(2026, 8, 1), state=ReportState.LOCKED, seconds_spent=300, submitted_at=NOW)

    assert report_minutes({unit.pk, new.pk}, DAY) == {unit.pk: 5, new.pk: 5}
    assert report_minutes({new.pk}, DAY) == {}


def test_approving_takes_so_long_per_report_and_is_due_when_the_month_is_locked(unit):
    district = unit.parent_links.get().parent
    for each in (unit, UnitFactory(parent=district), UnitFactory(parent=district)):
        MonthlyReportFactory(unit=each, month=SEPTEMBER, state=ReportState.DELIVERED)

    todo = found(person(Role.DIRECTOR, district))[0]

    assert todo.minutes == 6
    assert todo.due_on == deadlines_of(SEPTEMBER)[Step.LOCK].at.date()
    assert formats.date_long(todo.due_on) in todo.due


def test_what_is_due_first_comes_first(unit):
    leader = person(Role.UNIT_LEADER, unit)
    ActionFactory(unit=unit, owner=leader, title="For lengst", due_on=date(2026, 8, 1))
    assert [todo.title for todo in found(leader)] == ["For lengst", "Send inn rapporten for september 2026"]


def test_the_time_of_all_of_it_and_of_what_is_known():
    known = [Todo("a", "", "/", minutes=4), Todo("b", "", "/", minutes=8)]

    assert time_text([]) == ""
    assert time_text([Todo("a", "", "/")]) == ""
    assert time_text(known[:1]) == "Omtrent 4 minutter."
    assert time_text(known) == "Omtrent 12 minutter."
    assert time_text([*known, Todo("c", "", "/")]) == "Omtrent 12 minutter for det vi vet tiden på."
    assert time_text([Todo("a", "", "/", minutes=1)]) == "Omtrent 1 minutt."
    assert time_text([Todo("a", "", "/", minutes=154)]) == "Omtrent 2,5 timer."


def test_the_head_of_the_page_adds_the_time_up(client, unit, settings):
    settings.ALNA_TODAY = DAY
    leader = person(Role.UNIT_LEADER, unit)
    MonthlyReportFactory(unit=unit, month=date(2026, 8, 1), state=ReportState.LOCKED, seconds_spent=720, submitted_at=NOW)
    client.force_login(leader)
    assert "Én ting trenger deg. Omtrent 12 minutter." in text_of(client.get("/"))

    MonthlyReportFactory(unit=unit, month=SEPTEMBER, state=ReportState.DELIVERED)

    text = text_of(client.get("/"))
    assert "Alt er gjort." in text
    assert "Ingenting venter på deg nå." in text
