"""A filled demonstration filled again: what is missing is added, nothing that is there is changed."""

from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import models

from alna.demo.filling import ACTION, fill
from alna.demo.plan import moment
from common.periods import Period
from organisation.models import AuditEntry
from organisation.models.audit import AuditQuerySet
from scorecard.models import Cell, Measurement, PeriodValue, Target
from scorecard.rules.statuses import Quality
from scorecard.services import derive
from scorecard.services.values import Entry, Recorded, Source, record_values
from tests.alna.demo.tables import TODAY, everything

pytestmark = pytest.mark.django_db


def forget_that_it_was_filled() -> None:
    models.QuerySet.delete(AuditQuerySet(AuditEntry).filter(action=ACTION))


def test_a_second_run_changes_nothing_even_when_it_looks_at_every_row():
    before = everything()

    at_once = fill(today=TODAY)
    after_a_glance = everything()
    forget_that_it_was_filled()
    thorough = fill(today=TODAY)

    assert at_once.added == {}
    assert thorough.added == {}
    assert after_a_glance == before
    assert everything() == before


def test_every_figure_passes_the_rules_of_the_house():
    figures = Measurement.objects.select_related("indicator", "unit")
    entries = [
        Entry(
            row.indicator,
            row.unit,
            row.period,
            value=row.value,
            numerator=row.numerator,
            denominator=row.denominator,
            quality=Quality(row.quality),
            note=row.note,
            stated=row.stated,
            reason="Prøve",
        )
        for row in figures
    ]

    recorded = record_values(
        entries=entries, actor=None, source=Source(origin="file", checks_versions=False), now=moment(TODAY), today=TODAY
    )

    assert recorded == Recorded(0, 0, len(entries))


def test_what_is_derived_equals_a_rebuild():
    before = {name: kept for name, kept in everything().items() if name in ("PeriodValue", "Cell")}

    derive.rebuild()

    assert {name: kept for name, kept in everything().items() if name in ("PeriodValue", "Cell")} == before


def test_a_new_month_only_adds():
    before = Measurement.objects.count()
    # The newest month of sick leave is final when the next has come.
    kept = [row for row in everything()["Measurement"] if "preliminary" not in row]

    filled = fill(today=date(2026, 11, 9))

    assert filled.last_closed == "2026-10"
    assert set(kept) <= set(everything()["Measurement"])
    # One figure of September was missing as long as its leader could count it.
    assert Measurement.objects.filter(period_start=date(2026, 10, 1)).count() == Measurement.objects.count() - before - 1 > 100
    assert Cell.objects.get(indicator__code="sykefravaer", unit__code="alna").period == Period.month(2026, 10)


def test_what_a_person_has_changed_stays():
    row = Measurement.objects.get(indicator__code="lokale_satsinger", unit__code="101", period_start=date(2026, 9, 1))
    entry = Entry(row.indicator, row.unit, row.period, numerator=Decimal(20), denominator=Decimal(25), reason="Talt på nytt")
    record_values(entries=[entry], actor=None, source=Source(checks_versions=False), now=moment(TODAY, 12), today=TODAY)

    fill(today=date(2026, 11, 9))

    row.refresh_from_db()
    assert (row.numerator, row.version) == (Decimal(20), 2)


def test_the_live_year_stays_when_the_calendar_goes_on():
    filled = fill(today=date(2027, 3, 10))

    assert (filled.year, filled.last_closed) == (2026, "2026-12")
    assert not Target.objects.filter(valid_from__gt=date(2027, 12, 31)).exists()
    assert not PeriodValue.objects.filter(period_start__gt=date(2026, 12, 1)).exists()


def test_the_command_says_that_it_is_done():
    out = StringIO()

    call_command("demo", today=TODAY, stdout=out)

    assert "complete" in out.getvalue()
