"""Whose a code is decides whose ledger it is: only who brings in ledgers says so, whatever file it stood in."""

from datetime import date

import pytest

from imports.models import UnknownCode
from imports.services import codes as services
from organisation.models import CostCentre
from organisation.rules.access import Role
from tests.factories.organisation import person
from tests.imports.views.conftest import IMPORT, UNKNOWN, page_of
from tests.imports.views.test_lost_rows import HEAD
from tests.pages import text_of

CODE = "402150"
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
    assert CostCentre.objects.get(code="499").unit == world.homecare


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
