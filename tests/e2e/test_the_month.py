"""The month from the files in their folders to the figures on the målekart, with everybody who has a part in it."""

import re

import pytest
from playwright.sync_api import expect

from actions.models import Action
from imports.models import Batch
from notifications.models import Message
from reporting.models import MonthlyReport
from reporting.rules.kinds import ReportState
from tests.e2e.demonstration import YEAR, named
from tests.e2e.the_month import LIST, MONTH, beat, deliver, october_begins

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
IMPORT = "/administrasjon/import/"


def report_of(code):
    return MonthlyReport.objects.get(unit__code=code, month=f"{MONTH}-01")


@pytest.fixture
def look(audit, screenshot):
    """Accessible, no wider than its window, and kept as a picture."""

    def both(page, name):
        screenshot(page, f"month-{name}")
        audit(page)

    return both


@pytest.fixture
def october(demonstration, settings, tmp_path):
    october_begins(settings, tmp_path / "inbox")
    return tmp_path / "inbox"


def test_the_month_from_its_files_to_the_figures(october, window, look):
    files_are_picked_up_and_leaders_are_told(october)
    the_controller_looks_over_the_file_that_does_not_save_itself(window(named("Siv Ødegård")), look)
    ingrid = window(named("Ingrid Solbakken"), phone=True)
    ingrid_reports_what_is_red(ingrid, look)
    trond_reports_in_two_clicks(window(named("Trond Eikeland"), phone=True), look)
    deliver("406", "Anette Fossum")
    director = window(named("Ragnhild Aasheim"))
    the_director_returns_one_and_approves_the_others(director, look)
    ingrid_answers_and_may_change_nothing_else(ingrid, look)
    the_director_agrees_on_an_action_and_locks(director, look)
    figures_lead_from_the_card_to_their_row(director, look)
    a_correction_after_the_lock_keeps_both_versions(director, look)


def files_are_picked_up_and_leaders_are_told(inbox):
    done = beat()
    assert (done["sweep_folders"], done["handle_files"]) == (3, 3)
    assert {path.suffix for path in (inbox / "ubw" / "done").iterdir()} == {".csv", ".txt"}
    assert {row.source.code: row.state for row in Batch.objects.filter(year=YEAR, number=10)} == {
        "ubw": "saved",
        "hr": "saved",
        "fagsystemer": "checked",
    }
    assert Message.objects.filter(kind="figures_ready", link__contains=MONTH).count() >= 22

    told = Message.objects.count()
    assert beat()["sweep_folders"] == 0
    assert Message.objects.count() == told


def the_controller_looks_over_the_file_that_does_not_save_itself(page, look):
    page.goto(IMPORT)
    look(page, "files")
    page.get_by_role("link", name=f"produksjonstall_{YEAR}_10.csv").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kontroller filen")
    look(page, "control")
    for box in page.locator("input[name=sett]").all():
        box.check()
    page.get_by_role("button", name="Lagre", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Filen er lagret")
    look(page, "saved-file")


def ingrid_reports_what_is_red(page, look):
    page.goto("/meldinger/")
    page.get_by_role("link", name="Tallene for oktober").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("oktober")
    look(page, "report")

    # Sent too early: everything that is missing is named at once, with the way to it.
    page.get_by_label("Hva skjer, og hva venter dere fremover?").fill("For kort")
    page.get_by_role("button", name="Send inn").click()
    summary = page.get_by_role("alert").filter(has_text="mangler før du kan sende inn")
    expect(summary).to_be_focused()
    assert summary.get_by_role("link").count() >= 3
    expect(page.get_by_label("Hva skjer, og hva venter dere fremover?")).to_have_value("For kort")
    look(page, "report-missing")

    page.get_by_text("Eget tall", exact=True).click()
    page.get_by_label("Eget tall for hele året").fill("30 200")
    page.get_by_role("button", name="Regn ut").click()
    expect(page.locator("#prognose")).to_contain_text("merforbruk")
    expect(page.get_by_label("Hva skjer, og hva venter dere fremover?")).to_have_value("For kort")
    page.get_by_label("Hva er endret siden august?").fill("Vikarer i stedet for fast ansatte fra august.")
    page.get_by_role("checkbox", name="Vikar, overtid eller innleie").check()
    page.get_by_label("Hva skjer, og hva venter dere fremover?").fill("Vi har leid inn vikarer for ti ubesatte stillinger.")
    page.get_by_text("Nytt tiltak", exact=True).click()
    page.get_by_label("Hva skal dere gjøre?").fill("Ansette seks fast")
    page.get_by_label("Hvor mye gir det i år? Tall i 1000 kr").fill("400")
    page.get_by_label("Frist").fill(f"{YEAR}-12-01")
    page.get_by_role("button", name="Legg til tiltaket").click()
    expect(page.get_by_role("heading", name="Ansette seks fast")).to_be_visible()
    expect(page.locator("#tiltak")).to_contain_text("400")
    page.get_by_label("Hva gjør dere fremover?").fill("Vi følger opp langtidsfraværet hver uke sammen med NAV.")
    page.get_by_label("Gjennomføring av planlagte lokale satsinger: Satsinger som er gjennomført eller i rute").fill("23")
    page.get_by_label("Gjennomføring av planlagte lokale satsinger: Planlagte satsinger hittil i år").fill("25")
    look(page, "report-filled")
    page.get_by_role("button", name="Send inn").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rapporten er sendt")
    expect(page.get_by_role("button", name="Angre innsendingen")).to_be_visible()
    look(page, "receipt")
    report = report_of("101")
    assert (report.state, report.forecast, report.submitted_by.name) == (ReportState.DELIVERED, 30_200_000, "Ingrid Solbakken")
    assert Action.objects.get(title="Ansette seks fast").effect_amount == 400_000


def trond_reports_in_two_clicks(page, look):
    page.goto(f"/rapportering/103/{MONTH}/")
    expect(page.get_by_role("heading", name="Alt er innenfor. Prognose som budsjett?")).to_be_visible()
    look(page, "green")
    page.get_by_role("radio", name="Ja, som budsjett").check()
    page.get_by_role("button", name="Send inn").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rapporten er sendt")
    assert report_of("103").state == ReportState.DELIVERED


def the_director_returns_one_and_approves_the_others(page, look):
    page.goto(LIST)
    look(page, "director")
    row = page.locator("#enhet-101")
    expect(row).to_contain_text("30 200".replace(" ", "\xa0"))
    row.get_by_role("link", name="Returner").click()
    page.get_by_role("radio", name="Forklaring").check()
    page.get_by_role("button", name="Returner feltet").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv hva du trenger svar på.")
    look(page, "director-return")
    page.get_by_label("Hva trenger du svar på?").fill("Når er stillingene besatt?")
    page.get_by_role("button", name="Returner feltet").click()
    expect(page.locator("#enhet-101")).to_contain_text("Spurt om: Forklaring")
    assert report_of("101").state == ReportState.RETURNED

    page.get_by_role("button", name="Godkjenn alle grønne (2)").click()
    expect(page.get_by_text("2 rapporter er godkjent.")).to_be_visible()
    assert {report_of(code).state for code in ("103", "406")} == {ReportState.APPROVED}


def ingrid_answers_and_may_change_nothing_else(page, look):
    page.goto("/meldinger/")
    page.get_by_role("link", name="Du har fått et spørsmål").first.click()
    expect(page.get_by_text("Når er stillingene besatt?").first).to_be_visible()
    expect(page.get_by_label("Eget tall for hele året")).to_be_disabled()
    look(page, "returned")
    page.get_by_label("Hva skjer, og hva venter dere fremover?").fill("Vi har leid inn vikarer. Fire av seks begynner 1. desember.")
    page.get_by_role("button", name="Send inn").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rapporten er sendt")
    assert report_of("101").forecast == 30_200_000


def the_director_agrees_on_an_action_and_locks(page, look):
    page.goto(LIST)
    row = page.locator("#enhet-101")
    expect(row).to_contain_text("Fire av seks begynner 1. desember.")
    row.get_by_role("button", name="Godkjenn").click()
    expect(page.get_by_text("Én rapport er godkjent.")).to_be_visible()
    row.locator("summary").click()
    row.get_by_role("link", name="Avtal oppfølging").click()
    page.get_by_label("Hva er avtalt?").fill("Møte om vikarbruk hver måned")
    page.get_by_label("Frist").fill(f"{YEAR}-12-15")
    look(page, "agree")
    page.get_by_role("button", name="Lagre avtalen").click()
    expect(page.get_by_text("Tiltaket er avtalt med")).to_be_visible()
    assert Action.objects.get(title="Møte om vikarbruk hver måned").owner.name == "Ingrid Solbakken"

    page.get_by_role("link", name="Se hva som mangler før låsing").click()
    missing = page.get_by_role("region", name="Dette mangler")
    expect(missing).to_contain_text("Ikke levert")
    expect(missing).to_contain_text("Hjemmetjenesten")
    look(page, "lock")
    page.get_by_role("button", name="Lås måneden").click()
    expect(page.get_by_text("er låst").first).to_be_visible()
    look(page, "locked")
    assert report_of("101").state == ReportState.LOCKED


def figures_lead_from_the_card_to_their_row(page, look):
    page.goto(f"/rapportering/samlet/alna/{MONTH}/")
    expect(page.get_by_text("Fire av seks begynner 1. desember.").first).to_be_visible()
    expect(page.get_by_text("Rapporten er nyere")).to_have_count(0)
    look(page, "consolidated")

    page.goto(f"/malekart/101/{YEAR}/?periode={MONTH}")
    page.get_by_role("link", name="Økonomisk resultat").first.click()
    look(page, "indicator")
    page.get_by_role("link", name="104,14").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Økonomisk resultat, oktober")
    expect(page.locator("main")).to_contain_text("Månedsrapport")
    look(page, "value")
    page.get_by_role("link", name="Se linjene i regnskapet").click()
    look(page, "ledger-lines")
    page.get_by_role("row").filter(has_text="10201").get_by_role("link").first.click()
    page.get_by_role("link", name=re.compile(r"^Rad \d+")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(r"Rad \d+ i filen"))
    expect(page.locator("main")).to_contain_text(f"budsjettoppfolging_{YEAR}10.csv")
    look(page, "ledger-row")

    page.goto(f"/malekart/101/indikator/sykefravaer/{MONTH}/")
    expect(page.locator("main")).to_contain_text(f"sykefravaer_{YEAR}_10.csv")
    look(page, "sick-leave-value")


def a_correction_after_the_lock_keeps_both_versions(page, look):
    page.goto(LIST)
    page.locator("#enhet-101 summary").click()
    page.locator("#enhet-101").get_by_role("link", name="Rett et tall").click()
    page.get_by_label("Prognose for året").fill("30 300 000")
    page.get_by_label("Hvorfor rettes det?").fill("En faktura var ført to ganger.")
    page.get_by_role("button", name="Lagre rettelsen").click()
    expect(page.get_by_role("heading", name="Slik den ble låst")).to_be_visible()
    newest = page.get_by_role("article", name="Versjon 2")
    expect(newest).to_contain_text("En faktura var ført to ganger.")
    expect(newest).to_contain_text("30 300".replace(" ", "\xa0"))
    expect(newest).to_contain_text("30 200".replace(" ", "\xa0"))
    look(page, "versions")

    page.goto(f"/rapportering/samlet/alna/{MONTH}/")
    expect(page.get_by_text("Rapporten er nyere")).to_have_count(1)
