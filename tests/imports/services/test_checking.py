"""The dry run of a ledger goes through its file once, whatever month it turns out to be of."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from imports.importing.reading import read
from imports.rules.findings import Findings
from imports.rules.states import BatchState
from imports.services import batches
from organisation.models import CostCentre
from organisation.queries.tree import mark_changed
from tests.factories.imports import SourceFactory, ubw_file
from tests.factories.organisation import EPOCH, UnitFactory
from tests.imports.services.test_batches import NOW, TODAY, received

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    made = SourceFactory()
    CostCentre.objects.create(unit=UnitFactory(code="402", parent=made.district), code="402100", valid_from=EPOCH)
    mark_changed()
    return made


def checked(source, period, amount, reader):
    batch = received(source, ubw_file(("402100", "10101", amount), period=period), name=f"{period}.csv")
    return batches.check(batch=batch, worker="w", now=NOW, today=TODAY, read=reader)


def test_the_month_before_is_found_by_the_files_own_period_in_one_reading(source):
    readings = []

    def counted(**arguments):
        readings.append(arguments["file_name"])
        return read(**arguments)

    august = checked(source, "202608", "800,00", counted)
    needed = batches.needed_for_saving(august)
    batches.save(batch=august, acknowledged=needed, actor=None, now=NOW + timedelta(hours=1), today=date(2026, 10, 8), read=read)
    # September is what is expected next. November is not, and nobody has delivered the month before it.
    september = checked(source, "202609", "950,00", counted)
    november = checked(source, "202611", "1 000,00", counted)

    assert readings == ["202608.csv", "202609.csv", "202611.csv"]
    assert (september.state, november.state) == (BatchState.CHECKED, BatchState.CHECKED)
    (change,) = Findings.from_json(september.findings).changes
    assert (change.now, change.usual) == (Decimal(150), Decimal(100))
    assert Findings.from_json(november.findings).changes == []
