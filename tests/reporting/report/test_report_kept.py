"""A kept page is never an old page: whatever it shows, a change of it makes another."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal as D

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from organisation.models import ParentLink, RoleAssignment, Unit
from organisation.queries.tree import mark_changed
from organisation.rules.access import Role
from reporting.models import (
    AccountGroup,
    Balance,
    Cause,
    DeadlineRule,
    Delivery,
    ForecastAccuracy,
    MonthlyReport,
    ReportingRule,
    ReportReturn,
)
from reporting.queries.report_stamp import report_stamp
from reporting.queries.setup import token
from reporting.rules.kinds import ReportState as S
from reporting.services.defaults import install_defaults
from reporting.services.setup import save_cause, save_group
from scorecard.models import DataStamp
from tests.factories.organisation import DistrictFactory, UnitFactory, UserFactory, person
from tests.factories.reporting import BalanceFactory, DeliveryFactory, MonthlyReportFactory
from tests.factories.scorecard import ScorecardFactory

pytestmark = pytest.mark.django_db

SEPTEMBER = date(2026, 9, 1)
NOW = datetime(2026, 10, 9, 7, 0, tzinfo=UTC)


@pytest.fixture
def unit():
    install_defaults(actor=None, now=timezone.now(), today=SEPTEMBER)
    unit = UnitFactory(parent=DistrictFactory())
    BalanceFactory(unit=unit)
    DeliveryFactory(district=unit.parent_links.get().parent)
    MonthlyReportFactory(unit=unit, state=S.RETURNED)
    return unit


def _asked(unit: Unit) -> ReportReturn:
    report = MonthlyReport.objects.get(unit=unit)
    return ReportReturn.objects.create(report=report, part="forecast", reason="Hvorfor?", at=NOW, due_at=NOW)


def _deputy(unit):
    day = date(2026, 10, 9)
    return RoleAssignment.objects.create(user=UserFactory(), role=Role.UNIT_LEADER, unit=unit, valid_from=day)


def _reword(unit: Unit) -> Cause:
    cause = Cause.objects.order_by("label")[1]
    fields = {"label": f"{cause.label} og annet"}
    return save_cause(cause=cause, fields=fields, seen=token(cause), actor=None)


def _rename(unit: Unit) -> AccountGroup:
    group = AccountGroup.objects.order_by("name")[1]
    fields = {"name": f"{group.name} og annet", "prefixes": group.prefixes}
    return save_group(group=group, fields=fields, seen=token(group), actor=None, today=SEPTEMBER)


CHANGES: dict[str, Callable[[Unit], object]] = {
    "a field is saved": lambda unit: MonthlyReport.objects.filter(unit=unit).update(version=9),
    "an earlier report comes": lambda unit: MonthlyReportFactory(unit=unit, month=date(2026, 8, 1)),
    "figures are made anew": lambda unit: Balance.objects.filter(unit=unit).update(actual=D(1)),
    "a file is taken back": lambda unit: Delivery.objects.update(is_current=False),
    "a rule is changed": lambda unit: ReportingRule.objects.filter(pk=ReportingRule.objects.earliest("pk").pk).update(version=9),
    "a deadline is changed": lambda unit: DeadlineRule.objects.filter(pk=DeadlineRule.objects.earliest("pk").pk).update(version=9),
    "a cause has other words": _reword,
    "a group of accounts has another name": _rename,
    "a cause is taken out of use": lambda unit: Cause.objects.filter(pk=Cause.objects.earliest("pk").pk).update(is_active=False),
    "a group is removed": lambda unit: AccountGroup.objects.latest("pk").delete(),
    "the director asks": _asked,
    "a role is given": _deputy,
    "a measurement comes": lambda unit: DataStamp.objects.update_or_create(unit=unit, defaults={"token": "another"}),
    "a year is judged": lambda unit: ForecastAccuracy.objects.create(
        unit=unit, year=2025, method="leader", months=12, bias=1, error=1, computed_at=NOW
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_makes_another_stamp(unit, change):
    path = (unit.pk, unit.parent_links.get().parent_id)
    before = report_stamp(unit_ids_upward=path, month=SEPTEMBER)
    assert report_stamp(unit_ids_upward=path, month=SEPTEMBER) == before
    CHANGES[change](unit)
    assert report_stamp(unit_ids_upward=path, month=SEPTEMBER) != before


def test_the_card_of_a_unit_that_is_moved_later_in_the_year_is_that_of_its_new_place(unit):
    old, new = unit.parent_links.get().parent, DistrictFactory()
    unit.parent_links.update(valid_to=date(2026, 9, 30))
    ParentLink.objects.create(unit=unit, parent=new, valid_from=date(2026, 10, 1))
    mark_changed()
    before = report_stamp(unit_ids_upward=(unit.pk, old.pk), month=SEPTEMBER)
    ScorecardFactory(unit=new, year=2026)
    assert report_stamp(unit_ids_upward=(unit.pk, old.pk), month=SEPTEMBER).of("cards") != before.of("cards")


def test_another_units_month_leaves_it_alone(unit):
    path = (unit.pk, unit.parent_links.get().parent_id)
    before = report_stamp(unit_ids_upward=path, month=SEPTEMBER)
    MonthlyReportFactory()
    BalanceFactory()
    assert report_stamp(unit_ids_upward=path, month=SEPTEMBER) == before


def test_a_kept_page_costs_few_statements_and_is_for_one_person(unit, settings):
    settings.ALNA_TODAY = date(2026, 10, 9)
    MonthlyReport.objects.update(state=S.BEGUN)
    leader, reporter = person(Role.UNIT_LEADER, unit), person(Role.REPORTER, unit)
    url = reverse("reporting:report", args=[unit.code, SEPTEMBER])
    client = Client()
    client.force_login(leader)
    first = client.get(url)
    with CaptureQueriesContext(connection) as found:
        again = client.get(url)
    assert len(found) < 14
    assert b"Se alle kontoene" in first.content
    assert b"Se alle kontoene" in again.content
    assert again.content.count(b"csrfmiddlewaretoken") >= 1
    client.force_login(reporter)
    assert b"Se alle kontoene" not in client.get(url).content
