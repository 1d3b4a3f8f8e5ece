"""A locked month goes on saying what was printed, whatever files come later."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from organisation.queries.access import access_of
from organisation.rules.access import Role
from reporting.models import Balance, LockedBalance, MonthlyReport
from reporting.queries.approval import Rights, approval_page
from reporting.queries.approval_versions import versions_of
from reporting.queries.case_paper import case_paper
from reporting.queries.consolidated import district_month
from reporting.queries.report_sheets import pack_of
from reporting.rules.kinds import ReportState as S
from reporting.services import lock
from reporting.services.ledger import Line, store_economy
from tests.factories.month import DAY, SEPTEMBER, a_district
from tests.factories.organisation import person

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 15, 7, 0, tzinfo=UTC)
LATER = datetime(2026, 10, 20, 7, 0, tzinfo=UTC)
K = Decimal(1000)
NOTE = "Tallene i regnskapet er endret etter låsing"


@pytest.fixture
def world(settings):
    settings.ALNA_TODAY = date(2026, 10, 20)
    world = a_district(["402", "403", "404"], {"402": S.APPROVED, "403": S.APPROVED, "404": S.NOT_STARTED})
    lock.lock_month(district=world.district, month=SEPTEMBER, actor=world.director, now=NOW, today=DAY)
    return world


def a_later_file(world, codes=("402", "403", "404"), changed="402"):
    """The same figures again, but one unit's: 53 000 instead of what was locked."""
    lines = []
    for number, code in enumerate(codes, start=2):
        row = Balance.objects.get(unit=world.units[code], month=SEPTEMBER)
        actual = 53_000 * K if code == changed else row.actual
        amounts = (row.original, row.revised, row.budget, actual)
        lines.append(Line(number, 9, f"{code}100", row.unit_id, "10300", "Vikarer", "254", "", *amounts))
    store_economy(
        district=world.district, year=2026, number=9, cumulative=True, file_name="ny.csv", sha256="a" * 64, lines=lines, actor=None,
        now=LATER, today=date(2026, 10, 20),
    )  # fmt: skip


def found_in(world):
    return district_month(district_id=world.district.pk, month=SEPTEMBER)


def test_a_file_after_the_lock_changes_nothing_that_was_printed(world):
    """Domain handbook 7.4: locked months keep their printed values, with a note."""
    before = found_in(world)
    assert before.total.amounts.actual
    assert not before.changed_since_lock
    a_later_file(world)
    assert Balance.objects.get(unit=world.units["402"]).actual == 53_000 * K
    found = found_in(world)
    assert (found.units, found.areas, found.total) == (before.units, before.areas, before.total)
    assert found.changed_since_lock
    paper = case_paper(district_id=world.district.pk, month=SEPTEMBER)
    assert paper.total.actual == before.total.amounts.actual
    assert any(NOTE in remark for remark in paper.remarks)
    pack = pack_of(access=access_of(world.director, DAY), district_id=world.district.pk, month=SEPTEMBER)
    sheets = {sheet.name: sheet for sheet in pack.sheets}
    assert sheets["Enhet 402"].groups[0].cells[1] == "52\u00a0130"
    assert NOTE in sheets["Enhet 402"].note
    assert sheets["Enhet 403"].note == ""


def test_the_list_says_whose_figures_are_others(world):
    a_later_file(world)
    page = approval_page(district_id=world.district.pk, month=SEPTEMBER, rights=Rights(approve=True, give_back=True))
    changed = {row.name: row.changed for group in page.groups for row in group.rows}
    assert changed == {"Enhet 402": NOTE, "Enhet 403": "", "Enhet 404": ""}


def test_the_pages_say_so_and_lead_to_the_correction(world):
    a_later_file(world)
    client = Client()
    client.force_login(world.director)
    code, unit = world.district.code, world.units["402"].code
    correct = reverse("reporting:approval_correct", args=[code, SEPTEMBER, unit])
    for address in (
        reverse("reporting:approval", args=[code, SEPTEMBER]),
        reverse("reporting:consolidated", args=[code, SEPTEMBER]),
        reverse("reporting:report_read", args=[unit, SEPTEMBER]),
    ):
        assert NOTE in client.get(address).text, address
    read = client.get(reverse("reporting:report_read", args=[unit, SEPTEMBER])).text
    assert "1\u00a0470\u00a0000" in read
    assert correct in read
    # The leader of the unit reads the note, and cannot correct.
    client.force_login(person(Role.UNIT_LEADER, world.units["402"]))
    read = client.get(reverse("reporting:report_read", args=[unit, SEPTEMBER])).text
    assert NOTE in read
    assert correct not in read


def test_what_is_locked_is_in_the_report_also_where_none_was_delivered(world):
    assert world.report("404").figures["actual"] == "35266000.00"
    assert world.report("402").figures["actual"] == "52130000.00"


def test_a_correction_can_take_in_the_new_figures_of_its_unit(world):
    a_later_file(world)
    client = Client()
    client.force_login(world.director)
    address = reverse("reporting:approval_correct", args=[world.district.code, SEPTEMBER, world.units["402"].code])
    form = client.get(address).text
    assert "Ta inn de nye tallene" in form
    assert "Regnskapet er endret etter låsing." in form
    report = world.report("402")
    sent = {"version": report.version, "forecast": "69 500 000", "explanation": report.explanation, "figures": "on", "reason": "Rettet fil"}
    assert client.post(address, sent).status_code == 302
    found = found_in(world)
    assert {unit.node.name: unit.economy.actual for unit in found.units}["Enhet 402"] == 53_000 * K
    assert not found.changed_since_lock
    newest = versions_of(world.report("402"), sees_restricted=True)[0]
    assert (newest.number, newest.reason) == (2, "Rettet fil")
    assert [(field.label, field.before, field.now) for field in newest.fields] == [
        ("Regnskap hittil i år", "52\u00a0130\u00a0000\u00a0kr", "53\u00a0000\u00a0000\u00a0kr")
    ]


def test_without_a_newer_file_there_are_no_figures_to_take_in(world):
    client = Client()
    client.force_login(world.director)
    address = reverse("reporting:approval_correct", args=[world.district.code, SEPTEMBER, world.units["402"].code])
    assert "Ta inn de nye tallene" not in client.get(address).text
    before = list(LockedBalance.objects.order_by("pk").values_list("pk", flat=True))
    report = world.report("402")
    with pytest.raises(lock.NothingChanged):
        lock.correct_after_lock(
            report=report, fields={}, reason="x", version=report.version, actor=world.director, now=LATER, today=DAY, takes_figures=True
        )
    assert list(LockedBalance.objects.order_by("pk").values_list("pk", flat=True)) == before
    assert MonthlyReport.objects.get(pk=report.pk).revision == 1


@pytest.mark.parametrize("code", ["402", None])
def test_a_balance_is_printed_once(world, code):
    unit = world.units[code] if code else None
    place = {"district": world.district, "unit": unit, "month": SEPTEMBER, "area": "x", "group": "10"}
    LockedBalance.objects.create(**place)
    with pytest.raises(IntegrityError), transaction.atomic():
        LockedBalance.objects.create(**place)
    LockedBalance.objects.create(**place, earmarked=True)
    assert LockedBalance.objects.filter(**place).count() == 2
