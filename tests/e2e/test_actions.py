"""From a red figure to an action that is followed up and closed, wide and on a phone; and the messages about it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from actions.models import Action
from actions.rules.states import Status
from common.periods import Period
from organisation.rules.access import Role
from scorecard.models import IndicatorAction
from scorecard.services.values import Entry, Source, record_values
from tests.factories.notifications import MessageFactory
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.factories.scorecard import (
    FocusAreaFactory,
    PlacedIndicatorFactory,
    ScorecardFactory,
    SickLeaveFactory,
    SuccessFactorFactory,
    TargetFactory,
)

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
TODAY = date(2026, 10, 9)
NOW = datetime(2026, 10, 9, 6, 0, tzinfo=UTC)
FILE = Source(origin="file", name="sykefravaer.csv", checks_versions=False, asks_reason=False)


def record(indicator, unit, month: int, lost: int) -> None:
    entry = Entry(indicator, unit, Period.month(2026, month), numerator=Decimal(lost), denominator=Decimal(1000))
    record_values(entries=[entry], actor=None, source=FILE, now=NOW, today=date(2026, 12, 31))


@pytest.fixture
def unit(settings):
    """Sick leave is over the target in September."""
    settings.ALNA_TODAY = TODAY
    district = DistrictFactory(code="alna", name="Bydel Alna")
    made = UnitFactory(code="402", name="Barnehageenhet Trosterud og Haugerud", parent=district)
    indicator = SickLeaveFactory(code="sykefravaer", window=1)
    area = FocusAreaFactory(scorecard=ScorecardFactory(unit=district, year=2026))
    PlacedIndicatorFactory(factor=SuccessFactorFactory(area=area), indicator=indicator)
    TargetFactory(indicator=indicator, unit=district, value=Decimal("9.9"), yellow_limit=Decimal("10.9"))
    record(indicator, made, 9, 138)
    return made


def test_a_leader_makes_follows_and_closes_an_action(any_page, sign_in, unit, screenshot, audit):
    page, leader = any_page, person(Role.UNIT_LEADER, unit)
    sign_in(page, leader)
    page.goto("/tiltak/rodt-uten-tiltak/")
    audit(page)
    screenshot(page, "red-without-action")
    page.get_by_role("link", name="Lag tiltak").click()
    expect(page.get_by_text("13,8 % i september 2026.")).to_be_visible()
    audit(page)

    page.get_by_label("Hva skal dere gjøre?").fill("Tettere oppfølging i hver avdeling gjennom hele høsten og vinteren")
    page.get_by_label("Frist").fill("2026-10-01")
    page.get_by_role("button", name="Lagre tiltaket").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("Velg i dag eller en senere dag.")
    audit(page)
    screenshot(page, "action-errors")
    page.get_by_label("Frist").fill("2026-12-01")
    page.get_by_role("button", name="Lagre tiltaket").click()
    expect(page.get_by_text("Tiltaket er lagret.")).to_be_visible()
    assert IndicatorAction.objects.get().before == Decimal("13.8")

    page.get_by_role("link", name="Se tiltaket").click()
    page.get_by_label("Forsinket").check()
    page.get_by_label("Hva er nytt?").fill("Vi begynner i november")
    audit(page)
    screenshot(page, "action")
    page.get_by_role("button", name="Lagre status").click()
    expect(page.get_by_text("Tiltaket er «Forsinket».")).to_be_visible()

    record(IndicatorAction.objects.get().indicator, unit, 10, 95)
    page.get_by_role("link", name="Gjennomført").click()
    expect(page.get_by_text("9,5 % (oktober 2026)")).to_be_visible()
    page.get_by_role("button", name="Lagre og avslutt tiltaket").click()
    expect(page.get_by_role("alert")).to_contain_text("Velg hvordan det gikk.")
    page.get_by_text("Som ventet", exact=True).click()
    page.get_by_label("Hva kom ut av det?").fill("Fraværet har gått ned.")
    audit(page)
    screenshot(page, "action-close")
    page.get_by_role("button", name="Lagre og avslutt tiltaket").click()
    expect(page.get_by_text("Tiltaket er gjennomført, og virkningen er lagret.")).to_be_visible()
    audit(page)
    screenshot(page, "action-done")
    assert Action.objects.get().status == Status.DONE


def test_kroner_are_asked_for_only_where_the_economy_is_chosen_and_the_list_shows_them(any_page, sign_in, unit, screenshot, audit):
    page = any_page
    sign_in(page, person(Role.UNIT_LEADER, unit))
    page.goto("/tiltak/ny/")
    amount = page.get_by_label("Hvor mye gir det i år?")
    expect(amount).to_be_visible()
    page.get_by_text("Noe annet", exact=True).click()
    expect(amount).to_be_hidden()
    page.get_by_text("Økonomien", exact=True).click()
    page.get_by_label("Hva skal dere gjøre?").fill("To faste stillinger")
    page.get_by_label("Frist").fill("2026-12-01")
    amount.fill("600 000")
    audit(page)
    page.get_by_role("button", name="Lagre tiltaket").click()
    expect(page.get_by_role("link", name="To faste stillinger")).to_be_visible()
    audit(page)
    screenshot(page, "actions-of-the-unit")
    assert Action.objects.get().effect_amount == 600000


def test_messages_are_read_by_opening_them(any_page, sign_in, unit, screenshot, audit):
    page, leader = any_page, person(Role.UNIT_LEADER, unit)
    at = timezone.now() - timedelta(hours=1)
    for number in range(2):
        MessageFactory(recipient=leader, subject=f"Melding {number}", link="/hjelp/", created_at=at, send_after=at)
    sign_in(page, leader)
    page.goto("/meldinger/")
    audit(page)
    screenshot(page, "messages")
    bell = page.locator(".al-bell")
    expect(bell).to_contain_text("2")
    page.get_by_role("link", name="Melding 1").click()
    expect(page).to_have_url("/hjelp/")
    expect(bell).to_contain_text("1")
    bell.click()
    page.get_by_role("button", name="Merk som lest").click()
    expect(page.get_by_text("Du har lest alt.")).to_be_visible()
    audit(page)
