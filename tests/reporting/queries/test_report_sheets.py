"""Reports as sheets of paper, before they are set."""

from datetime import date
from decimal import Decimal

import pytest

from actions.models import Action
from organisation.queries.access import access_of
from reporting.charts.forecast_line import forecast_line
from reporting.queries.report_sheets import pack_of
from reporting.rules.kinds import ReportState as S
from tests.factories.month import DAY, SEPTEMBER, a_district
from tests.factories.reporting import NOW, MonthlyReportFactory

pytestmark = pytest.mark.django_db


def pack(world, user=None):
    return pack_of(access=access_of(user or world.director, DAY), district_id=world.district.pk, month=SEPTEMBER)


def test_a_report_that_never_came_before_the_lock_is_named_and_has_no_sheet():
    world = a_district(["401", "402"], {"401": S.LOCKED, "402": S.LOCKED})
    late = world.report("402")
    late.submitted_at, late.is_unconfirmed = None, True
    late.save()
    found = pack(world)
    assert [sheet.name for sheet in found.sheets] == ["Enhet 401"]
    assert found.missing == (f"{world.units['402'].code} Enhet 402",)
    # Its figures and the forecast that was carried over still count in the whole.
    assert found.total[0].value == "230\u00a0723"


def test_the_forecasts_of_the_year_stand_side_by_side():
    world = a_district(["402"])
    for month, amount in ((1, 68_000_000), (2, 68_400_000)):
        MonthlyReportFactory(unit=world.units["402"], month=date(2026, month, 1), state=S.LOCKED, forecast=Decimal(amount))
    (sheet,) = pack(world).sheets
    assert sheet.history == (("jan", 68_000_000), ("feb", 68_400_000), ("sep", 69_500_000))
    line = forecast_line(sheet.history, sheet.revised)
    assert "jan 68\u00a0000, feb 68\u00a0400, sep 69\u00a0500. Budsjett 68\u00a0000." in line.words


def test_one_forecast_is_no_line():
    assert forecast_line([("sep", Decimal(1))], Decimal(1)) is None


def test_a_long_list_of_actions_is_cut_and_counted():
    world = a_district(["402"])
    for number in range(10):
        Action.objects.create(
            unit=world.units["402"], title=f"Tiltak {number}", owner=world.director, due_on=date(2026, 11, 1 + number), created_at=NOW
        )
    (sheet,) = pack(world).sheets
    assert [row.name for row in sheet.actions][:2] == ["Tiltak 0", "Tiltak 1"]
    assert (len(sheet.actions), sheet.more_actions) == (8, 2)
