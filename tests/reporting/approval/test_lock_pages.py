"""Locking, correcting, comparing and agreeing as pages."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from actions.models import Action
from notifications.models import Message
from organisation.rules.access import Role
from reporting.models import Balance, MonthlyReport, ReportAction, ReportingMonth
from reporting.rules.kinds import ReportState as S
from tests.factories.month import SEPTEMBER, a_district
from tests.factories.organisation import person
from tests.reporting.approval.reading import address, plain, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def october(settings):
    settings.ALNA_TODAY = date(2026, 10, 15)


@pytest.fixture
def world():
    return a_district(["402", "403", "404"], {"402": S.APPROVED, "403": S.APPROVED, "404": S.NOT_STARTED})


@pytest.fixture
def client(world):
    return signed_in(world.director)


def lock(world, client):
    return client.post(address(world, "approval_lock"), follow=True)


def of_unit(world, name, code="402"):
    return address(world, name, world.units[code].code)


def test_the_lock_says_what_is_missing_first(world, client):
    text = plain(client.get(address(world, "approval_lock")))
    assert "Har ikke levert (1)" in text
    assert "Enhet 404" in text
    assert "Lås måneden" in text


def test_what_waits_for_the_director_comes_before_the_lock(world, client):
    MonthlyReport.objects.filter(unit=world.units["403"]).update(state=S.DELIVERED)
    text = plain(client.get(address(world, "approval_lock")))
    assert "Venter på deg (1)" in text
    assert "Lås måneden" not in text
    # Also for whoever had the page open from before.
    assert "Godkjenn eller returner først: Enhet 403." in plain(lock(world, client))
    assert not ReportingMonth.objects.filter(locked_at__isnull=False).exists()


@pytest.mark.parametrize("day, is_over", [(date(2026, 9, 30), False), (date(2026, 10, 1), True)])
def test_of_a_month_that_is_not_over_nobody_is_reminded_and_nothing_is_locked(world, client, settings, day, is_over):
    settings.ALNA_TODAY = day
    person(Role.UNIT_LEADER, world.units["404"])
    page = client.get(address(world, "approval")).content.decode()
    assert ('form="f-minn"' in page, "Se hva som mangler før låsing" in page) == (is_over, is_over)
    assert ("Lås måneden" in plain(client.get(address(world, "approval_lock")))) is is_over
    told = client.post(address(world, "approval_remind"), {"enhet": world.units["404"].code}, follow=True)
    assert ("Måneden er ikke over ennå, så ingen venter på rapporten." in plain(told)) is not is_over
    assert Message.objects.filter(kind="report_reminder").exists() is is_over


def test_a_deadline_of_a_month_to_come_leads_to_the_reports_there_are(world, client):
    answer = client.get(reverse("reporting:approval", args=[world.district.code, date(2026, 12, 1)]), follow=True)
    assert answer.redirect_chain == [("/rapportering/", 302)]
    assert "Rapportene for desember 2026 kommer når måneden er over." in plain(answer)
    assert client.get(reverse("reporting:approval", args=[world.district.code, date(2028, 1, 1)])).status_code == 404
    neighbour = a_district(["501"]).director
    assert signed_in(neighbour).get(reverse("reporting:approval", args=[world.district.code, date(2026, 12, 1)])).status_code == 404


def test_units_without_figures_are_not_within_their_budget(world, client):
    ReportingMonth.objects.update_or_create(district=world.district, month=SEPTEMBER, defaults={"locked_at": timezone.now()})
    Balance.objects.all().delete()
    text = plain(client.get(address(world, "approval")))
    assert "Uten økonomitall (" in text
    assert "Innenfor budsjettet" not in text


@pytest.mark.parametrize("typed, kept", [("3 030", 3_030_000), ("30 300 000 000", 3_030_000), ("3 100 000", 3_100_000)])
def test_an_amount_far_from_the_one_before_is_asked_about(world, client, typed, kept):
    MonthlyReport.objects.filter(unit=world.units["402"]).update(forecast=3_030_000)
    lock(world, client)
    report = MonthlyReport.objects.get(unit=world.units["402"])
    given = {"forecast": typed, "explanation": report.explanation, "reason": "Feil tall", "version": report.version}
    answer = client.post(of_unit(world, "approval_correct"), given, follow=True)
    report.refresh_from_db()
    assert report.forecast == kept
    assert "Beløpet stemmer" not in plain(client.get(of_unit(world, "approval_correct")))
    assert ("Skriv hele kroner, eller hak av under for at det stemmer." in plain(answer)) is (kept == 3_030_000)
    client.post(of_unit(world, "approval_correct"), {**given, "is_meant": "on"})
    report.refresh_from_db()
    assert report.forecast == Decimal(typed.replace(" ", ""))


def test_a_month_is_locked_and_a_second_click_says_so(world, client):
    text = plain(lock(world, client))
    assert "September er låst. 3 rapporter er låst med den." in text
    assert "Ikke levert" in text
    assert "Måneden er allerede låst." in plain(lock(world, client))
    assert world.report("402").events.count() == 1


def test_a_correction_is_a_version_that_can_be_compared(world, client):
    lock(world, client)
    form = {"forecast": "69 600 000", "explanation": "Vikarbruken er høyere enn budsjettert.", "reason": "Regnefeil", "version": "2"}
    text = plain(client.post(of_unit(world, "approval_correct"), form, follow=True))
    for said in (
        "Rettelsen er lagret som versjon 2.",
        "Versjon 2",
        "Regnefeil",
        "Før: 69 500 000 kr",
        "Nå: 69 600 000 kr",
        "Slik den ble låst",
    ):
        assert said in text
    # Whoever reads reports reads the versions; nobody else.
    assert signed_in(world.controller).get(of_unit(world, "approval_versions")).status_code == 200
    assert signed_in(world.leader("403")).get(of_unit(world, "approval_versions")).status_code == 404
    assert "Rettet etter låsing, versjon 2" in plain(client.get(address(world)))


@pytest.mark.parametrize(
    "change, said",
    [
        ({"reason": ""}, "Skriv hvorfor det rettes."),
        ({"forecast": "mye"}, "Skriv et tall, for eksempel 69 500 000."),
        ({"version": "1"}, "Noen andre har rettet rapporten"),
        ({"forecast": "69 500 000"}, "Du har ikke endret noe."),
    ],
)
def test_a_refused_correction_keeps_what_was_typed(world, client, change, said):
    lock(world, client)
    form = {"forecast": "69 600 000", "explanation": "Vikarbruken er høyere enn budsjettert.", "reason": "Regnefeil i ark", "version": "2"}
    response = client.post(of_unit(world, "approval_correct"), form | change)
    assert response.status_code == 422
    assert said in plain(response)
    assert (form | change)["reason"] in response.content.decode()
    assert world.report("402").forecast == Decimal(69_500_000)


def test_nothing_is_corrected_or_compared_before_the_lock(world, client):
    assert client.get(of_unit(world, "approval_correct")).status_code == 404
    assert client.get(of_unit(world, "approval_versions")).status_code == 404
    assert client.get(address(world, "approval_correct", "finnes-ikke")).status_code == 404


def test_an_agreement_is_an_action_of_the_unit(world, client):
    leader = world.leader("402")
    page = client.get(of_unit(world, "approval_agree"))
    assert leader.name in plain(page)
    form = {"title": "Ny plan for vikarbruk", "owner": str(leader.pk), "due_on": "2026-11-16", "effect": "600 000", "description": ""}
    assert "Tiltaket er avtalt med Enhet 402." in plain(client.post(of_unit(world, "approval_agree"), form, follow=True))
    action = Action.objects.get()
    assert (action.title, action.owner, action.unit, action.effect_amount) == (
        "Ny plan for vikarbruk",
        leader,
        world.units["402"],
        Decimal(600_000),
    )
    agreed = ReportAction.objects.get()
    assert (agreed.report, agreed.action, agreed.agreed_by_director) == (world.report("402"), action, True)
    # The same form sent twice is one agreement.
    client.post(of_unit(world, "approval_agree"), form)
    assert Action.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [{"title": ""}, {"owner": "999999"}, {"due_on": "2026-10-01"}, {"effect": "-5"}, {"due_on": ""}],
    ids=str,
)
def test_a_refused_agreement_keeps_what_was_typed(world, client, change):
    leader = world.leader("402")
    form = {"title": "Ny plan", "owner": str(leader.pk), "due_on": "2026-11-16", "effect": "", "description": "Mer om <planen>"} | change
    response = client.post(of_unit(world, "approval_agree"), form)
    assert response.status_code == 422
    assert "Mer om &lt;planen&gt;" in response.content.decode()
    assert not Action.objects.exists()


def test_there_is_nothing_to_agree_on_before_a_report_has_come(world, client):
    assert client.get(of_unit(world, "approval_agree", "404")).status_code == 404


def test_a_reminder_goes_out_once_a_day(world, client):
    world.leader("404")
    sent = {"enhet": world.units["404"].code}
    assert "er minnet om fristen." in plain(client.post(address(world, "approval_remind"), sent, follow=True))
    assert "Ingen ny beskjed er sendt." in plain(client.post(address(world, "approval_remind"), sent, follow=True))


def test_addresses_of_the_lock_are_for_the_right_month(world, client):
    assert client.get(reverse("reporting:approval_lock", args=[world.district.code, date(2026, 11, 1)])).status_code == 404
    ReportingMonth.objects.create(district=world.district, month=date(2026, 10, 1))
    text = plain(client.post(reverse("reporting:approval_lock", args=[world.district.code, date(2026, 10, 1)]), follow=True))
    assert "Måneden er ikke over ennå" in text
    assert date(2026, 10, 1) > SEPTEMBER
