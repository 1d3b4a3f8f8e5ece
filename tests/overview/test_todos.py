"""«Dette trenger deg»: reports, approvals, files and actions, for the one they wait for and for nobody else."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from imports.models import Batch
from imports.rules.states import BatchState, Way
from organisation.queries.access import access_of
from organisation.rules.access import Role
from overview.queries.todos import todos
from reporting.rules.kinds import ReportState
from reporting.services.defaults import install_defaults
from tests.factories.actions import ActionFactory
from tests.factories.imports import SourceFactory
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.factories.reporting import MonthlyReportFactory

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
