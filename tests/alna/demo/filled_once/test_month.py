"""The live month as its people meet it: reports on their way, actions, a file that waits, and everything complete where it is delivered."""

from datetime import date
from decimal import Decimal

import pytest

from actions.models import OPEN, Action
from alna.demo.report_states import IN_PROGRESS
from imports.models import Batch, Source, UnknownCode
from imports.rules.states import BatchState, CodeState
from notifications.models import Message
from organisation.models import Unit
from reporting.models import Delivery, MonthlyReport, ReportingMonth
from reporting.queries.consolidated import district_month
from reporting.queries.report_facts import facts_of
from reporting.rules.kinds import ReportState as S
from reporting.rules.states import HANDED_IN
from scorecard.models import Measurement
from tests.alna.demo.tables import TODAY

pytestmark = pytest.mark.django_db

AUGUST, SEPTEMBER = date(2026, 8, 1), date(2026, 9, 1)


def states() -> dict[str, str]:
    return dict(MonthlyReport.objects.filter(month=SEPTEMBER).values_list("unit__code", "state"))


def test_most_have_delivered_and_each_other_state_has_a_unit():
    found = states()

    assert {code: found.get(code, S.NOT_STARTED) for code in IN_PROGRESS} == IN_PROGRESS
    assert list(found.values()).count(S.DELIVERED) == 17
    assert set(MonthlyReport.objects.filter(month__lt=SEPTEMBER).values_list("state", flat=True)) == {S.LOCKED}
    assert MonthlyReport.objects.filter(month=AUGUST).count() == 23
    assert ReportingMonth.objects.get(month=SEPTEMBER).locked_at is None
    assert not ReportingMonth.objects.filter(month__lt=SEPTEMBER, locked_at=None).exists()


def test_nothing_is_missing_in_what_was_delivered():
    lacking = {}
    for report in MonthlyReport.objects.filter(month=SEPTEMBER, state__in=HANDED_IN).select_related("unit"):
        facts = facts_of(unit=report.unit, month=SEPTEMBER, report=report, access=None, today=TODAY)
        if facts.missing:
            lacking[report.unit.code] = [(each.part, each.field) for each in facts.missing]

    # The one figure that the director asks for.
    assert lacking == {"402": [("production", "figure_hjemmetjeneste_brukere")]}


def test_home_care_is_asked_about_two_texts_and_a_figure():
    report = MonthlyReport.objects.get(unit__code="402", month=SEPTEMBER)

    assert {each.part for each in report.returns.filter(answered_at=None)} == {"explanation", "sick_leave", "production"}
    assert (report.forecast, report.explanation) == (69_500_000, MonthlyReport.objects.get(unit__code="402", month=AUGUST).explanation)
    assert report.unchanged_months == 2


def test_the_district_expects_to_end_9_7_million_over():
    found = district_month(district_id=Unit.objects.get(code="alna").pk, month=SEPTEMBER)

    assert found.total.amounts.revised - found.total.forecast == -9_700_000
    assert found.unallocated.is_empty


def test_actions_cover_what_the_story_says():
    effects = {}
    for action in Action.objects.filter(status__in=OPEN, effect_amount__gt=0).select_related("unit"):
        effects[action.unit.code] = effects.get(action.unit.code, Decimal(0)) + action.effect_amount

    assert (effects["202"] / 6_500_000, effects["402"]) == (Decimal("0.6"), 900_000)
    assert Action.objects.filter(unit__code="402", status__in=OPEN, due_on__lt=TODAY).count() == 2


def test_the_newest_month_was_read_like_any_file():
    saved = Batch.objects.filter(state=BatchState.SAVED)

    assert sorted(saved.values_list("source__code", flat=True)) == ["fagsystemer", "hr", "ubw"]
    assert all(batch.findings["errors"] == 0 for batch in saved)
    assert set(Delivery.objects.filter(year=2026, number=9).values_list("rows", flat=True)) == {
        saved.get(source__code="ubw").findings["rows"],
        23,
    }
    assert Message.objects.filter(recipient__email="ingrid.solbakken@alna.example").exists()


def test_a_corrected_file_waits_with_two_unknown_cost_centres():
    waiting = Batch.objects.get(state=BatchState.CHECKED)

    assert {code.code: (code.rows, code.amount) for code in UnknownCode.objects.filter(state=CodeState.OPEN)} == {
        "402150": (14, 412_000),
        "405310": (6, 186_500),
    }
    assert [each["what"] for each in waiting.findings["sums"] if not each["ok"]] == ["variance"]


def test_the_leader_of_home_care_still_has_one_figure_to_count():
    counted = Measurement.objects.filter(indicator__code="hjemmetjeneste_brukere", unit__code="402")

    assert counted.filter(period_start=AUGUST).exists()
    assert not counted.filter(period_start=SEPTEMBER).exists()
    assert Source.objects.get(code="ubw").saves_by_itself
