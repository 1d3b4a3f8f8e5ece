"""The way of a file in the browser: upload, control, save, tell, take back. And who sees what of it."""

from datetime import date

import pytest
from kombu.exceptions import OperationalError

from imports import tasks
from imports.models import Batch, UnknownCode
from imports.rules.states import BatchState, CodeState
from organisation.models import AuditEntry, CostCentre
from organisation.rules.access import Role
from reporting.models import Balance, Delivery
from tests.factories.imports import ubw_file
from tests.factories.reporting import MonthlyReportFactory
from tests.imports.views.conftest import GOOD, IMPORT, ROWS, UNKNOWN, WRONG_SUM, page_of, statements
from tests.pages import markup_of, text_of


def test_a_neighbour_finds_no_file_and_decides_about_none(world, controller):
    batch = world.batch(controller, WRONG_SUM)

    assert world.neighbour.get(page_of(batch)).status_code == 404
    assert world.neighbour.post(page_of(batch, "bestem/"), {"handling": "avvis"}).status_code == 404
    assert world.neighbour.post(page_of(batch, "avbryt/")).status_code == 404
    assert "okonomi.csv" not in text_of(world.neighbour.get(IMPORT))
    batch.refresh_from_db()
    assert batch.state == BatchState.CHECKED


def test_nothing_is_stored_before_saving_and_then_all_of_it(world, controller):
    batch = world.batch(controller, GOOD)
    page = text_of(controller.get(page_of(batch)))

    assert "Kontroller filen" in page
    assert "stemmer med filen" in page
    assert not Delivery.objects.exists()

    answer = controller.post(page_of(batch, "bestem/"), {"handling": "lagre"}, follow=True)

    assert "Filen er lagret. 3 rader lest inn." in text_of(answer)
    assert {row.unit_id: row.actual for row in Balance.objects.all()}.keys() == {world.homecare.pk, world.nav.pk}


def test_a_sum_that_differs_must_be_ticked_before_it_is_saved(world, controller):
    batch = world.batch(controller, WRONG_SUM)
    refused = controller.post(page_of(batch, "bestem/"), {"handling": "lagre"})

    assert refused.status_code == 422
    assert "Sett hake: Jeg har sett at regnskap hittil i år ikke stemmer med filen" in text_of(refused)
    assert "Forskjell" in text_of(refused)
    assert not Delivery.objects.exists()

    controller.post(page_of(batch, "bestem/"), {"handling": "lagre", "sett": "sum::actual"})
    batch.refresh_from_db()

    assert batch.state == BatchState.SAVED
    assert batch.acknowledged == ["sum::actual"]


def test_an_unknown_code_gets_its_unit_on_the_control_page(world, controller):
    batch = world.batch(controller, UNKNOWN)
    code = UnknownCode.objects.get()
    page = markup_of(controller.get(page_of(batch)))
    assert f'name="kode-{code.pk}-unit"' in page
    assert '<option value="402" selected>402 Hjemmetjenesten</option>' in page  # by the beginning of the code

    fields = {f"kode-{code.pk}-unit": "402", f"kode-{code.pk}-valid_from": "2026-09-01", "handling": "lagre"}
    controller.post(page_of(batch, "bestem/"), fields)
    batch.refresh_from_db()

    assert batch.state == BatchState.SAVED
    assert CostCentre.objects.get(code="402150").unit == world.homecare
    assert not Balance.objects.filter(unit=None).exists()


def test_codes_that_got_their_unit_before_the_save_was_refused_are_told(world, controller):
    batch = world.batch(controller, ubw_file(*ROWS, ("402150", "10101", "20,00"), total="205,00"))
    code = UnknownCode.objects.get()
    fields = {f"kode-{code.pk}-unit": "402", f"kode-{code.pk}-valid_from": "2026-09-01", "handling": "lagre"}

    refused = controller.post(page_of(batch, "bestem/"), fields)

    assert refused.status_code == 422
    assert "Kodene er lagret. Se over filen på nytt." in text_of(refused)
    assert not Delivery.objects.exists()


def test_a_code_without_a_day_is_asked_for_and_the_unit_stays_chosen(world, controller):
    batch = world.batch(controller, UNKNOWN)
    code = UnknownCode.objects.get()
    fields = {f"kode-{code.pk}-unit": "301", f"kode-{code.pk}-valid_from": "32.13.2026", "handling": "lagre"}

    refused = controller.post(page_of(batch, "bestem/"), fields)

    assert refused.status_code == 422
    assert "Skriv en dato, for eksempel" in text_of(refused)
    assert '<option value="301" selected>' in markup_of(refused)
    assert not CostCentre.objects.filter(code="402150").exists()


def test_a_code_of_another_district_is_not_a_choice(world, controller):
    batch = world.batch(controller, UNKNOWN)
    code = UnknownCode.objects.get()
    fields = {f"kode-{code.pk}-unit": "B2", f"kode-{code.pk}-valid_from": "2026-09-01", "handling": "lagre"}

    assert controller.post(page_of(batch, "bestem/"), fields).status_code == 422
    code.refresh_from_db()
    assert code.state == CodeState.OPEN


def test_a_file_with_persons_is_refused_with_a_sentence(world, controller):
    batch = world.batch(controller, b"Ansvar;Konto;Navn;F\xf8dselsnr;Bel\xf8p\r\n402100;10101;Ola;01017012345;5\r\n")
    page = text_of(controller.get(page_of(batch)))

    assert "Filen kan ikke leses inn" in page
    assert "Ta bort kolonnene i systemet filen kommer fra" in page
    assert "01017012345" not in page


def test_the_same_file_again_changes_nothing(world, controller):
    first = world.batch(controller, GOOD)
    controller.post(page_of(first, "bestem/"), {"handling": "lagre"})
    again = world.batch(controller, GOOD)

    assert "Allerede lest inn" in text_of(controller.get(page_of(again)))
    assert Delivery.objects.count() == 1


def test_a_corrected_file_shows_the_difference_and_the_reports_it_concerns(world, controller):
    first = world.batch(controller, GOOD)
    controller.post(page_of(first, "bestem/"), {"handling": "lagre"})
    MonthlyReportFactory(unit=world.homecare, month=date(2026, 9, 1))
    corrected = world.batch(controller, GOOD.replace(b"50,00\r", b"90,00\r").replace(b"180,00", b"220,00"))

    page = text_of(controller.get(page_of(corrected)))

    assert "Denne filen erstatter den" in page
    assert "Én rapport er allerede levert" in page
    assert "Hjemmetjenesten" in page


def test_a_saved_file_is_taken_back_with_a_reason(world, controller):
    batch = world.batch(controller, GOOD)
    controller.post(page_of(batch, "bestem/"), {"handling": "lagre"})

    without = controller.post(page_of(batch, "angre/"), {"reason": " "})
    assert without.status_code == 422
    assert "Skriv hvorfor filen angres." in text_of(without)

    controller.post(page_of(batch, "angre/"), {"reason": "Feil fil"})
    batch.refresh_from_db()

    assert batch.state == BatchState.ROLLED_BACK
    assert not Balance.objects.exists()
    assert "Feil fil" in text_of(controller.get(page_of(batch)))


def test_a_rejected_file_leaves_nothing(world, controller):
    batch = world.batch(controller, UNKNOWN)
    controller.post(page_of(batch, "bestem/"), {"handling": "avvis"})
    batch.refresh_from_db()

    assert (batch.state, batch.stored_as) == (BatchState.REJECTED, "")
    assert not UnknownCode.objects.exists()


def test_a_running_file_shows_how_far_it_has_come_and_can_be_stopped(world, controller):
    batch = world.batch(controller, GOOD)
    Batch.objects.filter(pk=batch.pk).update(state=BatchState.READING, progress=604, claimed_by="w")

    page = markup_of(controller.get(page_of(batch)))
    assert "60 %" in page
    assert 'hx-trigger="every 2s"' in page
    assert "Vis hvor langt den er kommet" in page  # the way without a script
    assert "HX-Redirect" not in controller.get(page_of(batch, "fremdrift/"), headers={"HX-Request": "true"})

    controller.post(page_of(batch, "avbryt/"))
    batch.refresh_from_db()

    assert batch.state == BatchState.REJECTED
    assert controller.get(page_of(batch, "fremdrift/"), headers={"HX-Request": "true"})["HX-Redirect"] == page_of(batch)
    assert AuditEntry.objects.filter(action="import.cancelled").exists()


def test_the_leaders_are_told_when_somebody_says_so(world, controller):
    world.sign_in(Role.UNIT_LEADER, world.homecare)
    batch = world.batch(controller, GOOD)
    controller.post(page_of(batch, "bestem/"), {"handling": "lagre"})

    answer = controller.post(page_of(batch, "varsle/"), follow=True)

    assert "Én leder er varslet." in text_of(answer)
    batch.refresh_from_db()
    assert batch.leaders_told_at is not None


def test_whoever_sets_up_the_system_sees_files_without_amounts(world, controller):
    batch = world.batch(controller, WRONG_SUM)
    page = text_of(world.sign_in(Role.ADMINISTRATOR).get(page_of(batch)))

    assert "Stemmer ikke" in page
    assert "185" not in page
    assert "100,00" not in page
    assert "180" in text_of(controller.get(page_of(batch)))


def test_hr_sees_sick_leave_and_no_ledger(world, controller):
    batch = world.batch(controller, GOOD)
    hr = world.sign_in(Role.HR)
    page = text_of(hr.get(IMPORT))

    assert "Sykefravær fra HR" in page
    assert "Økonomi fra UBW" not in page
    assert hr.get(page_of(batch)).status_code == 404
    assert "Velg fra listen." in text_of(world.upload(hr, GOOD))


@pytest.mark.parametrize("role", [Role.UNIT_LEADER, Role.QUALITY, Role.POLITICIAN, Role.AUDITOR, Role.EMPLOYEE])
def test_others_find_no_import(world, role):
    assert world.sign_in(role).get(IMPORT).status_code == 404


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.ADMINISTRATOR])
def test_who_only_reads_brings_no_file(world, role, controller):
    batch = world.batch(controller, WRONG_SUM)
    reader = world.sign_in(role)

    assert reader.get(IMPORT).status_code == 200
    assert reader.get(f"{IMPORT}ny/").status_code == 404
    assert "Avvis filen" not in text_of(reader.get(page_of(batch)))
    assert reader.post(page_of(batch, "bestem/"), {"handling": "avvis"}).status_code == 404


def test_without_a_file_the_choice_stays(world, controller):
    answer = controller.post(f"{IMPORT}ny/", {"source": "okonomi", "period": "2026-09"})

    assert answer.status_code == 422
    assert "Velg en fil." in text_of(answer)
    assert '<option value="okonomi" selected' in markup_of(answer)


def test_the_queue_maps_a_code_and_the_amounts_follow(world, controller):
    batch = world.batch(controller, UNKNOWN)
    controller.post(page_of(batch, "bestem/"), {"handling": "lagre", "sett": "unmapped"})
    code = UnknownCode.objects.get()
    assert Balance.objects.filter(unit=None).exists()

    answer = controller.post(f"{IMPORT}ukjente/", {f"kode-{code.pk}-unit": "402", f"kode-{code.pk}-valid_from": "2026-09-01"})

    assert answer.status_code == 302
    assert not Balance.objects.filter(unit=None).exists()


def test_the_front_page_costs_the_same_with_one_file_and_thirty(world, controller):
    world.batch(controller, GOOD)
    one = statements(controller, IMPORT)
    batch = Batch.objects.get()
    for number in range(29):
        batch.pk, batch.file_name = None, f"fil_{number}.csv"
        batch.save()

    assert statements(controller, IMPORT) == one


def test_a_large_file_waits_for_the_next_beat_when_the_queue_is_away(world, controller, settings, monkeypatch):
    def nobody_there() -> None:
        raise OperationalError("connection refused")

    settings.IMPORT_AT_ONCE_BYTES = 10
    monkeypatch.setattr(tasks.work_waiting, "delay", nobody_there)

    batch = world.batch(controller, GOOD)

    assert batch.state == BatchState.RECEIVED
    assert controller.get(page_of(batch)).status_code == 200
    tasks.sweep_and_work()
    batch.refresh_from_db()
    assert batch.state == BatchState.CHECKED
