"""Nobody is told of a file, or that one is late, of a source whose files they may not read in."""

from datetime import UTC, date, datetime

import pytest

from imports.models import Batch
from imports.rules.states import BatchState, SourceKind
from imports.services import telling
from notifications.models import Message
from organisation.rules.access import Role
from tests.factories.imports import SourceFactory
from tests.factories.organisation import DistrictFactory, person

pytestmark = pytest.mark.django_db
NOW, TODAY = datetime(2026, 10, 20, 8, tzinfo=UTC), date(2026, 10, 20)
BOTH = {Role.HR, Role.CONTROLLER}
WHOSE = {
    SourceKind.ECONOMY: {Role.CONTROLLER},
    SourceKind.FIGURES: {Role.CONTROLLER},
    SourceKind.BENCHMARKS: {Role.CONTROLLER},
    SourceKind.SICK_LEAVE: BOTH,
    SourceKind.SURVEYS: BOTH,
}


@pytest.fixture
def people():
    district = DistrictFactory()
    return district, {person(role, district).pk: role for role in (*BOTH, Role.UNIT_LEADER, Role.ADMINISTRATOR)}


@pytest.mark.parametrize("kind", SourceKind)
def test_a_file_that_is_late_is_told_to_those_who_may_read_it_in(people, kind):
    district, roles = people
    SourceFactory(district=district, kind=kind)
    telling.tell_late(now=NOW, today=TODAY)
    assert {roles[row.recipient_id] for row in Message.objects.all()} == WHOSE[kind]


@pytest.mark.parametrize("kind", SourceKind)
def test_a_file_that_waits_is_told_to_those_who_may_read_it_in(people, kind):
    district, roles = people
    source = SourceFactory(district=district, kind=kind)
    batch = Batch(pk=1, source=source, file_name="tall.csv", state=BatchState.CHECKED)
    telling.tell_needs_person(batch=batch, now=NOW, today=TODAY)
    assert {roles[row.recipient_id] for row in Message.objects.all()} == WHOSE[kind]
