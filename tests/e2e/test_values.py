"""A leader enters the month in a browser: pasted cells, a slip that is told, a figure that is corrected."""

from datetime import date

import pytest

from common.periods import PeriodKind
from organisation.rules.access import Role
from scorecard.models import Measurement
from scorecard.rules.rollup import Method
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.factories.scorecard import (
    FocusAreaFactory,
    IndicatorFactory,
    PlacedIndicatorFactory,
    ScorecardFactory,
    SickLeaveFactory,
    SuccessFactorFactory,
)

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

LONG = "Gjennomføring av planlagte lokale satsinger i samarbeid med frivillige lag og organisasjoner i hele bydelen"
PASTE = """text => {
  const data = new DataTransfer();
  data.setData('text/plain', text);
  document.activeElement.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def unit(settings):
    settings.ALNA_TODAY = date(2026, 10, 8)
    district = DistrictFactory()
    made = UnitFactory(parent=district, name="Barnehageenhet Trosterud og Haugerud")
    area = FocusAreaFactory(scorecard=ScorecardFactory(unit=district))
    counts = [
        IndicatorFactory(name=name, rollup=Method.SUM, frequency=PeriodKind.MONTH, scale_min=0, scale_max=None, places=0)
        for name in ("Brukere i alt", LONG)
    ]
    for indicator in (SickLeaveFactory(), *counts):
        PlacedIndicatorFactory(factor=SuccessFactorFactory(area=area), indicator=indicator)
    return made


def test_a_leader_pastes_mends_and_corrects(any_page, sign_in, unit, screenshot, audit):
    page = any_page
    sign_in(page, person(Role.UNIT_LEADER, unit))
    page.goto(f"/malekart/verdier/{unit.code}/")
    audit(page)

    figures = page.locator("input.al-figure")
    figures.nth(2).focus()
    page.evaluate(PASTE, "120\nti")
    assert [figures.nth(at).input_value() for at in (2, 3)] == ["120", "ti"]
    page.get_by_role("button", name="Lagre").click()
    page.wait_for_selector("[data-error-summary]")
    audit(page)
    screenshot(page, "values-errors")
    assert figures.nth(3).input_value() == "ti"
    page.locator("[data-error-summary] a").first.click()
    assert page.evaluate("document.activeElement.value") == "ti"

    figures.nth(3).fill("ca 10")
    page.get_by_role("button", name="Lagre").click()
    page.get_by_text("2 tall lagret.").wait_for()
    screenshot(page, "values-saved")

    page.get_by_role("link", name="Rett eller se historikk").first.click()
    audit(page)
    page.get_by_label("Verdi").fill("130")
    page.get_by_label("Hvorfor rettes tallet?").fill("Talt på nytt")
    page.get_by_role("button", name="Lagre").click()
    page.get_by_text("1 tall rettet.").wait_for()
    screenshot(page, "values-edit")
    assert sorted(Measurement.objects.values_list("value", "version")) == [(10, 1), (130, 2)]


def test_a_table_is_pasted_looked_over_and_stored(any_page, sign_in, unit, screenshot, audit):
    page = any_page
    sign_in(page, person(Role.UNIT_LEADER, unit))
    page.goto(f"/malekart/verdier/{unit.code}/lim-inn/")
    audit(page)
    page.get_by_label("Tall fra regneark").fill(
        f"Enhet\tIndikator\tPeriode\tVerdi\n{unit.code}\tBrukere i alt\tsep. 2026\t120\nhvem\t{LONG}\t2026-09\tti"
    )
    page.get_by_role("button", name="Kontroller").click()
    page.wait_for_selector(".al-preview")
    audit(page)
    screenshot(page, "values-paste-errors")

    page.get_by_text("Det du limte inn").click()
    page.get_by_label("Tall fra regneark").fill(f"Enhet\tIndikator\tPeriode\tVerdi\n{unit.code}\tBrukere i alt\tsep. 2026\t120")
    page.get_by_role("button", name="Kontroller").click()
    page.get_by_role("button", name="Lagre 1 tall").wait_for()
    assert not Measurement.objects.exists()
    page.get_by_role("button", name="Lagre 1 tall").click()
    page.get_by_text("1 tall lagret.").wait_for()
    assert Measurement.objects.get().value == 120
