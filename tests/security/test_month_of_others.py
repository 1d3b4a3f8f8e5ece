"""The month of another district and of the neighbour's unit: every address with their codes and ids, asked for by everybody."""

from datetime import date
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse

from imports.models import Batch, UnknownCode
from imports.rules.states import BatchState, Way
from organisation.models import AuditEntry, Unit
from organisation.rules.access import Role
from reporting.models import MonthlyReport
from reporting.rules.kinds import DeliveryKind, ReportState
from tests.factories.actions import ActionFactory
from tests.factories.imports import SourceFactory
from tests.factories.notifications import MessageFactory
from tests.factories.organisation import UserFactory
from tests.factories.reporting import BalanceFactory, DeliveryFactory, LedgerLineFactory, MonthlyReportFactory, SickLeaveMonthFactory
from tests.security.conftest import NOW, as_role

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2026, 9, 1)
OF_A_UNIT = (
    *("report", "report_field", "report_sent", "report_undo", "report_read", "report_pdf"),
    *("economy", "ledger_lines", "sick_leave", "sick_leave_export"),
)
OF_A_DISTRICT = ("economy", "ledger_lines", "unallocated_lines", "case_page", "case_pdf", "case_word", "case_xlsx", "pack_pdf")
OF_A_LIST = (
    *("approval", "approval_approve", "approval_green", "approval_undo", "approval_open_again", "approval_return", "approval_remind"),
    *("approval_lock", "consolidated"),
)
OF_ONE_IN_A_LIST = ("approval_correct", "approval_versions", "approval_agree")


def month_of(place):
    """A delivered and a begun report, a ledger, sick leave, a file, a code nobody knows, an action and a message."""
    report = MonthlyReportFactory(unit=place.north, submitted_by=UserFactory())
    draft = MonthlyReportFactory(unit=place.south, state=ReportState.BEGUN, submitted_at=None, explanation="Et utkast ingen skal se.")
    delivery = DeliveryFactory(district=place.top)
    for unit in (place.north, place.south):
        BalanceFactory(unit=unit, district=place.top)
    line = LedgerLineFactory(delivery=delivery, unit=place.north)
    loose = LedgerLineFactory(delivery=delivery, unit=None)
    absence = DeliveryFactory(district=place.top, kind=DeliveryKind.SICK_LEAVE)
    SickLeaveMonthFactory(delivery=absence, unit=place.north)
    source = SourceFactory(district=place.top)
    batch = Batch.objects.create(
        source=source,
        file_name="tall.csv",
        way=Way.BROWSER,
        received_at=NOW,
        state=BatchState.SAVED,
        delivery=delivery,
        sha256="0" * 64,
        size=10,
    )
    UnknownCode.objects.create(district=place.top, kind="economy", code="999100", batch=batch, state="open")
    return {
        "report": report,
        "draft": draft,
        "delivery": delivery,
        "line": line,
        "loose": loose,
        "batch": batch,
        "source": source,
        "action": ActionFactory(unit=place.north, title="Naboens tiltak"),
        "message": MessageFactory(),
    }


def unit_addresses(unit: Unit) -> list[str]:
    return [reverse(f"reporting:{name}", args=[unit.code, SEPTEMBER]) for name in OF_A_UNIT]


def district_addresses(place) -> list[str]:
    where = [place.top.code, SEPTEMBER]
    found = [reverse(f"reporting:{name}", args=where) for name in (*OF_A_DISTRICT, *OF_A_LIST)]
    found += [
        reverse(f"reporting:{name}", args=[*where, unit.code]) for name, unit in product(OF_ONE_IN_A_LIST, (place.north, place.south))
    ]
    found += [
        reverse(f"reporting:{name}", args=[*where, form]) for name in ("approval_export", "economy_export") for form in ("csv", "xlsx")
    ]
    found += [reverse(f"reporting:{name}", args=[*where, "bydelen"]) for name in ("consolidated_edit", "consolidated_build")]
    return [*found, reverse("reporting:accuracy", args=[place.top.code])]


def thing_addresses(things):
    delivery, action, batch = things["delivery"], things["action"], things["batch"]
    found = [reverse("reporting:ledger_row", args=[delivery.pk, things[name].row]) for name in ("line", "loose")]
    found += [reverse(f"actions:{name}", args=[action.pk]) for name in ("action", "status", "close", "cancel", "change")]
    found += [reverse(f"notifications:{name}", args=[things["message"].pk]) for name in ("open", "read_one")]
    names = ("batch", "progress", "decide", "cancel", "check_again", "roll_back", "tell")
    found += [reverse(f"imports:{name}", args=[batch.pk]) for name in names]
    found += [reverse("imports:of_delivery", args=[delivery.pk]), reverse("imports:source", args=[things["source"].code])]
    return found


def traces() -> tuple[object, ...]:
    """What a writing would change."""
    return (
        AuditEntry.objects.count(),
        sorted(MonthlyReport.objects.values_list("pk", "version", "state")),
        sorted(UnknownCode.objects.values_list("pk", "state")),
        sorted(Batch.objects.values_list("pk", "state")),
    )


def opened(client: Client, addresses: list[str], body: dict[str, object]) -> list[str]:
    """What does not answer that it is not there: 405 tells nothing about the thing itself, only about the address."""
    answers = (each for address in addresses for each in (client.get(address), client.post(address, body)))
    return [
        f"{each.wsgi_request.method} {each.wsgi_request.path}: {each.status_code}" for each in answers if each.status_code not in (404, 405)
    ]


@pytest.mark.parametrize(
    "role, at",
    [(Role.UNIT_LEADER, "north"), *((role, "top") for role in (Role.DIRECTOR, Role.CONTROLLER, Role.HR, Role.ADMINISTRATOR, Role.AUDITOR))],
)
def test_nobody_opens_or_changes_anything_of_another_districts_month(home, away, role, at):
    things = month_of(away)
    client = as_role(role, getattr(home, at))
    before = traces()
    report = things["report"]
    body = {"rapport": f"{report.pk}:{report.version}", "sett": f"{report.pk}:{report.version}", "enhet": away.north.code, "do": "save"}
    body |= {"explanation": "Skrevet av en nabo.", "method": "own", "own": "1", "version": report.version, "handling": "lagre"}
    addresses = [*unit_addresses(away.north), *unit_addresses(away.south), *district_addresses(away), *thing_addresses(things)]
    # A district's sick leave as a whole is everybody's who reads shielded figures of a unit, so it is not asked for here.

    assert opened(client, addresses, body) == []

    assert traces() == before
