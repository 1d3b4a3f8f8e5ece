"""Filling an empty database: refused where figures are real, the same every time, sensible on any day."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction

from alna.demo.filling import NotInProduction, fill
from organisation.models import Unit, User
from organisation.queries import tree
from reporting.models import LockedBalance, ReportingMonth
from scorecard.models import Cell, Measurement, PeriodValue, Scorecard
from scorecard.rules.lifecycle import State
from tests.alna.demo.tables import TODAY, everything

pytestmark = pytest.mark.django_db


def test_two_databases_filled_the_same_day_are_equal():
    with transaction.atomic():
        fill(today=TODAY)
        first = everything()
        transaction.set_rollback(True)
    assert not Unit.objects.exists()

    fill(today=TODAY)

    assert everything() == first


def test_every_locked_month_has_the_figures_it_was_locked_with():
    fill(today=date(2026, 11, 22))

    locked = set(ReportingMonth.objects.exclude(locked_at=None).values_list("month", flat=True))
    assert date(2026, 10, 1) in locked
    assert set(LockedBalance.objects.values_list("month", flat=True)) == locked


@pytest.mark.parametrize(
    "today,year,last_closed",
    [
        (date(2026, 1, 2), 2025, "2025-12"),
        (date(2026, 5, 20), 2026, "2026-04"),
        (date(2027, 1, 15), 2026, "2026-12"),
    ],
)
def test_any_day_gives_a_live_year_that_ends_with_the_last_closed_month(today, year, last_closed):
    filled = fill(today=today)

    assert (filled.year, filled.last_closed) == (year, last_closed)
    newest = Cell.objects.get(indicator__code="sykefravaer", unit__code="alna")
    assert newest.period.code == last_closed
    assert not Measurement.objects.filter(recorded_at__date__gt=today).exists()
    assert Scorecard.objects.filter(unit__code="alna", year=today.year, state=State.PUBLISHED).exists()
    september = PeriodValue.objects.filter(indicator__code="forbruk_hittil", unit__code="alna", period_start=date(year, 9, 1)).first()
    assert (september is None) == (last_closed < f"{year}-09")
    if september is not None:
        assert (september.denominator, september.numerator) == (762071, 767573)


def test_production_refuses(settings):
    settings.PRODUCTION = True

    with pytest.raises(NotInProduction):
        fill(today=TODAY)
    with pytest.raises(CommandError, match="production"):
        call_command("demo")
    assert not Unit.objects.exists()


def test_the_command_tells_what_it_did_and_everybody_has_the_shared_password(settings):
    settings.DEMO_PASSWORD = "hemmelig-i-prøven"
    token, out = tree.version_token(), StringIO()

    call_command("demo", today=TODAY, stdout=out)

    assert "figures to 2026-09" in out.getvalue()
    assert User.objects.get(email="ingrid.solbakken@alna.example").check_password("hemmelig-i-prøven")
    assert tree.version_token() != token
