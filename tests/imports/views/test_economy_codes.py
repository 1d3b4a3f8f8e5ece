"""Whose a code is decides whose ledger it is: only who brings in ledgers says so, whatever file it stood in."""

from datetime import date

import pytest

from imports.models import FileCode, UnknownCode
from imports.queries.codes import UnitCodes
from imports.services import codes as services
from organisation.models import AuditEntry, CostCentre, Unit
from organisation.rules.access import Role
from organisation.services.holdings import CodeHeldByOther
from tests.factories.organisation import EPOCH, UnitFactory, person
from tests.imports.views.conftest import IMPORT, UNKNOWN, page_of
from tests.imports.views.test_lost_rows import HEAD
from tests.pages import markup_of, text_of

CODE = "402150"
SEPTEMBER = date(2026, 9, 30)
SAID = "Koden står også i regnskapet. Controlleren kobler den til en enhet."


def sick_leave_of(code: str) -> bytes:
    return f"{HEAD}\n{code};Hjemmetjenesten natt;2026-09;18,0;396,0;6,0;14,6;20,6;9,4;11,2;5,2\n".encode()


@pytest.fixture
def hr(world):
    return world.sign_in(Role.HR)


def asked(kind: str, code: str = CODE) -> UnknownCode:
    return UnknownCode.objects.get(kind=kind, code=code)


def answer_of(row: UnknownCode, unit: str = "402") -> dict[str, str]:
    return {f"kode-{row.pk}-unit": unit, f"kode-{row.pk}-valid_from": "2026-09-01"}


def test_a_ledgers_code_does_not_exist_for_hr(world, controller, hr):
    world.batch(controller, UNKNOWN)
    row = asked("economy")
    assert CODE not in text_of(hr.get(f"{IMPORT}ukjente/"))
    assert hr.post(f"{IMPORT}ukjente/", answer_of(row)).status_code == 404
    assert not CostCentre.objects.filter(code=CODE).exists()


def test_hr_does_not_map_by_a_sick_leave_file_what_the_ledger_asks_about(world, controller, hr):
    world.batch(controller, UNKNOWN)
    batch = world.batch(hr, sick_leave_of(CODE), "sykefravaer.csv", source="hr")
    row = asked("sick_leave")
    control, queue = hr.get(page_of(batch)), hr.get(f"{IMPORT}ukjente/")
    assert SAID in text_of(control)
    assert SAID in text_of(queue)

    for address, more in ((page_of(batch, "bestem/"), {"handling": "koble"}), (f"{IMPORT}ukjente/", {})):
        assert hr.post(address, {**answer_of(row), **more}).status_code == 422
    assert not CostCentre.objects.filter(code=CODE).exists()
    assert asked("sick_leave").state == "open"


def test_hr_maps_what_only_sick_leave_knows(world, controller, hr):
    world.batch(controller, UNKNOWN)
    world.batch(hr, sick_leave_of("499"), "sykefravaer.csv", source="hr")
    page = hr.get(f"{IMPORT}ukjente/")
    assert SAID not in text_of(page)
    assert hr.post(f"{IMPORT}ukjente/", answer_of(asked("sick_leave", "499"))).status_code == 302
    assert FileCode.objects.get(code="499").unit == world.homecare
    # It decides whose sick leave the row is, and of no ledger.
    assert not CostCentre.objects.filter(code="499").exists()
    batch = world.batch(hr, sick_leave_of("499"), "sykefravaer_igjen.csv", source="hr")
    assert batch.findings["unknown"] == []


def test_what_hr_has_mapped_is_asked_again_of_whoever_brings_in_the_ledger(world, controller, hr):
    world.batch(hr, sick_leave_of(CODE), "sykefravaer.csv", source="hr")
    assert hr.post(f"{IMPORT}ukjente/", answer_of(asked("sick_leave"))).status_code == 302

    batch = world.batch(controller, UNKNOWN)
    assert [each["code"] for each in batch.findings["unknown"]] == [CODE]
    row = asked("economy")
    page = controller.get(f"{IMPORT}ukjente/")
    assert "Koblet til denne enheten i filer av slaget «Sykefravær». Bekreft at det gjelder regnskapet også." in text_of(page)
    assert f'<option value="{world.homecare.code}" selected>' in markup_of(page)
    # The ledger may say something else than sick leave does.
    assert controller.post(f"{IMPORT}ukjente/", answer_of(row, "301")).status_code == 302
    assert CostCentre.objects.get(code=CODE).unit == world.nav
    assert UnitCodes(world.district.pk, kind="economy")(CODE, SEPTEMBER) == world.nav.pk
    assert UnitCodes(world.district.pk, kind="sick_leave")(CODE, SEPTEMBER) == world.homecare.pk


def test_a_code_means_a_unit_from_a_day_on(world, hr):
    world.batch(hr, sick_leave_of("499"), "sykefravaer.csv", source="hr")
    given = {"district": world.district, "kind": "sick_leave", "code": "499"}
    FileCode.objects.create(**given, unit=world.homecare, valid_from=date(2026, 1, 1))
    FileCode.objects.create(**given, unit=world.nav, valid_from=date(2026, 9, 1))
    means = UnitCodes(world.district.pk, kind="sick_leave")
    assert [means("499", day) for day in (date(2025, 12, 31), date(2026, 8, 31), SEPTEMBER)] == [None, world.homecare.pk, world.nav.pk]
    # A unit that is gone by then answers for nothing.
    assert UnitCodes(world.nav.pk, kind="sick_leave")("499", SEPTEMBER) is None


def test_a_connection_is_taken_away_and_asked_about_again(world, controller, hr):
    world.batch(hr, sick_leave_of("499"), "sykefravaer.csv", source="hr")
    hr.post(f"{IMPORT}ukjente/", answer_of(asked("sick_leave", "499")))
    mapped = FileCode.objects.get()
    assert "Koder som bare gjelder én slags fil" in text_of(hr.get(f"{IMPORT}ukjente/"))
    answer = hr.post(f"{IMPORT}ukjente/", {"fjern": mapped.pk}, follow=True)
    assert "Koblingen av 499 er tatt bort. Neste fil spør om koden." in text_of(answer)
    assert AuditEntry.objects.filter(action="import.code_released").count() == 1
    assert hr.post(f"{IMPORT}ukjente/", {"fjern": mapped.pk}).status_code == 404
    batch = world.batch(hr, sick_leave_of("499"), "sykefravaer_igjen.csv", source="hr")
    assert [each["code"] for each in batch.findings["unknown"]] == ["499"]
    assert asked("sick_leave", "499").state == "open"


def test_whoever_brings_in_no_such_files_sees_and_takes_away_no_connection(world, hr):
    given = {"district": world.district, "kind": "sick_leave", "code": "499", "unit": world.homecare, "valid_from": SEPTEMBER}
    mapped = FileCode.objects.create(**given)
    page = world.neighbour.get(f"{IMPORT}ukjente/")
    assert "499" not in text_of(page)
    assert world.neighbour.post(f"{IMPORT}ukjente/", {"fjern": mapped.pk}).status_code == 404
    assert FileCode.objects.exists()


def test_a_code_is_not_mapped_to_a_unit_before_it_was_there(world, hr):
    world.homecare.valid_from = date(2026, 10, 1)
    world.homecare.save()
    world.batch(hr, sick_leave_of("499"), "sykefravaer.csv", source="hr")
    assert hr.post(f"{IMPORT}ukjente/", answer_of(asked("sick_leave", "499"))).status_code == 422
    assert not FileCode.objects.exists()
    assert asked("sick_leave", "499").state == "open"


def test_a_refused_connection_is_given_back_with_its_reason(world, controller):
    """Held by another unit meanwhile: the code is still open, and so is what was typed."""
    batch = world.batch(controller, UNKNOWN)
    CostCentre.objects.create(unit=world.nav, code=CODE, valid_from=EPOCH)
    row = asked("economy")
    for address, more in ((f"{IMPORT}ukjente/", {}), (page_of(batch, "bestem/"), {"handling": "koble"})):
        answer = controller.post(address, {**answer_of(row), **more})
        assert answer.status_code == 422
        assert "Alle koder er kjent" not in text_of(answer)
        assert "Ansvar 402150 hører til 301 NAV fra 1. januar 2004." in text_of(answer)
        assert '<option value="402" selected>' in markup_of(answer)
        assert 'value="2026-09-01"' in markup_of(answer)
        assert asked("economy").state == "open"


def test_a_code_that_another_district_holds_is_in_use_and_no_more(world, controller):
    batch = world.batch(controller, UNKNOWN)
    theirs = UnitFactory(code="777", name="Naboenheten", parent=Unit.objects.get(code="B2"))
    CostCentre.objects.create(unit=theirs, code=CODE, valid_from=EPOCH)
    for address, more in ((f"{IMPORT}ukjente/", {}), (page_of(batch, "bestem/"), {"handling": "koble"})):
        answer = controller.post(address, {**answer_of(asked("economy")), **more})
        assert answer.status_code == 422
        assert "Koden er i bruk i en annen bydel." in text_of(answer)
        assert not [told for told in ("Naboenheten", "777", "hører til 777", "2004") if told in text_of(answer)]


def test_a_refused_connection_of_what_was_left_stays_among_those_left(world, controller):
    world.batch(controller, UNKNOWN)
    CostCentre.objects.create(unit=world.nav, code=CODE, valid_from=EPOCH)
    UnknownCode.objects.update(state="left", reason="Avklares")
    answer = controller.post(f"{IMPORT}ukjente/", answer_of(asked("economy")))
    assert answer.status_code == 422
    assert "Ansvar 402150 hører til" in text_of(answer)
    assert "Avklares" in text_of(answer)
    assert (asked("economy").state, asked("economy").reason) == ("left", "Avklares")


def test_a_refused_code_has_changed_for_nobody(world, controller):
    """What the caller holds says what is stored: nothing was decided."""
    batch = world.batch(controller, UNKNOWN)
    CostCentre.objects.create(unit=world.nav, code=CODE, valid_from=EPOCH)
    row = asked("economy")
    actor = person(Role.CONTROLLER, world.district)
    given = {"unit": world.homecare, "valid_from": date(2026, 9, 1), "now": batch.received_at, "today": date(2026, 10, 9)}
    with pytest.raises(CodeHeldByOther):
        services.map_code(unknown=row, actor=actor, **given)
    assert (row.state, row.decided_by_id) == ("open", None)
    services.leave_code(unknown=row, reason="Avklares", actor=actor, now=batch.received_at)
    assert (row.state, row.reason, row.decided_by_id) == ("left", "Avklares", actor.pk)


def test_the_controller_maps_it_from_either_file(world, controller, hr):
    world.batch(controller, UNKNOWN)
    world.batch(hr, sick_leave_of(CODE), "sykefravaer.csv", source="hr")
    assert SAID not in text_of(controller.get(f"{IMPORT}ukjente/"))
    assert controller.post(f"{IMPORT}ukjente/", answer_of(asked("sick_leave"))).status_code == 302
    assert CostCentre.objects.get(code=CODE).unit == world.homecare


@pytest.mark.parametrize("kind", ["economy", "sick_leave"])
def test_the_service_refuses_whoever_brings_in_no_ledgers(world, controller, hr, kind):
    world.batch(controller, UNKNOWN)
    world.batch(hr, sick_leave_of(CODE), "sykefravaer.csv", source="hr")
    today = date(2026, 10, 9)
    somebody = person(Role.HR, world.district)
    given = {
        "unit": world.homecare,
        "valid_from": date(2026, 9, 1),
        "now": UnknownCode.objects.latest("pk").batch.received_at,
        "today": today,
    }
    with pytest.raises(services.OfTheEconomy):
        services.map_code(unknown=asked(kind), actor=somebody, **given)
    assert asked(kind).state == "open"
    services.map_code(unknown=asked(kind), actor=person(Role.CONTROLLER, world.district), **given)
    assert asked(kind).state == "mapped"
