"""Reading a report: whoever decides about it does so there, and every figure leads on."""

import pytest

from organisation.rules.access import Role
from reporting.rules.kinds import ReportState as S
from tests.factories.organisation import person
from tests.factories.reporting import MonthlyReportFactory
from tests.pages import markup_of, text_of
from tests.reporting.report.world import address, signed_in

pytestmark = pytest.mark.django_db


def test_the_director_decides_where_the_report_is_read(unit, district):
    report = MonthlyReportFactory(unit=unit, state=S.DELIVERED)
    page = markup_of(signed_in(person(Role.DIRECTOR, district)).get(address(unit, "report_read")))
    assert f'name="rapport" value="{report.pk}:{report.version}"' in page
    assert f"?returner={unit.code}#returner" in page
    assert "Enheten har brukt" in page
    assert "Dere har brukt" not in page


def test_who_may_not_decide_is_led_back_alone(unit, district):
    MonthlyReportFactory(unit=unit, state=S.DELIVERED)
    page = markup_of(signed_in(person(Role.AUDITOR, district)).get(address(unit, "report_read")))
    assert "Til alle rapporter" in page
    assert 'name="rapport"' not in page
    assert "?returner=" not in page


def test_the_leader_reads_the_own_report_without_the_list_of_all(unit, client):
    MonthlyReportFactory(unit=unit, state=S.APPROVED)
    assert "Til alle rapporter" not in text_of(client.get(address(unit, "report_read")))


def test_a_group_of_accounts_leads_to_its_lines(unit, client):
    page = markup_of(client.get(address(unit)))
    assert "linjer/?gruppe=" in page
