"""The director's list as a page."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisation.rules.access import Role
from reporting.models import MonthlyReport
from reporting.rules.kinds import ReportState as S
from tests.factories.month import ALNA, AUGUST, SEPTEMBER, a_district
from tests.factories.organisation import person
from tests.factories.reporting import BalanceFactory, MonthlyReportFactory, ReportingMonthFactory
from tests.reporting.approval.reading import address, page, plain, signed_in

pytestmark = pytest.mark.django_db
PICTURE = {"202": S.RETURNED, "404": S.NOT_STARTED, "502": S.BEGUN, "900": S.APPROVED}


@pytest.fixture(autouse=True)
def october(settings):
    settings.ALNA_TODAY = date(2026, 10, 12)


@pytest.mark.parametrize(
    "name, method, more",
    [
        ("approval", "get", []),
        ("approval_export", "get", ["csv"]),
        ("approval_approve", "post", []),
        ("approval_green", "post", []),
        ("approval_undo", "post", []),
        ("approval_open_again", "post", []),
        ("approval_return", "post", []),
        ("approval_remind", "post", []),
        ("approval_lock", "get", []),
        ("approval_lock", "post", []),
        ("approval_correct", "get", ["402"]),
        ("approval_versions", "get", ["402"]),
        ("approval_agree", "get", ["402"]),
        ("consolidated", "get", []),
        ("consolidated_edit", "get", ["bydelen"]),
        ("consolidated_build", "post", ["bydelen"]),
    ],
)
def test_a_neighbour_and_a_leader_find_nothing(name, method, more):
    world, other = a_district(["402"]), a_district(["401"])
    more = [world.units["402"].code if part == "402" else part for part in more]
    for stranger in (other.director, other.controller, world.leader("402"), person(Role.POLITICIAN, world.district)):
        response = getattr(signed_in(stranger), method)(address(world, name, *more), {})
        assert response.status_code == 404
    assert world.report("402").state == S.DELIVERED


def test_the_picture():
    world = a_district([row[0] for row in ALNA], PICTURE)
    MonthlyReport.objects.filter(unit=world.units["404"]).delete()
    text = page(world)
    for said in (
        "14 enheter er grønne og kan godkjennes samlet. Fem bør du se på.",
        "Se på disse (5)",
        "Venter på enheten (3)",
        "Grønne, klare til godkjenning (14)",
        "Ferdig (1)",
        "Godkjenn alle grønne (14)",
        "19 av 22 enheter",
        "1 er returnert, 1 er påbegynt og 1 er ikke startet.",
        "5,5 mill. kr merforbruk",
        "0,72 % over budsjettet hittil",
        "Sum, 22 enheter og stab",
        "Ingen tekst ennå.",
        "Rapporten er påbegynt, men ikke sendt.",
        "Lås september",
    ):
        assert said in text
    # What has not come counts with its budget: 404 would have been 700 over.
    assert "−9 000 −0,88 %, merforbruk" in text


def test_the_worst_stand_first_and_all_say_the_word():
    text = page(a_district(["401", "402", "403"]))
    assert text.index("Enhet 401") < text.index("Enhet 402") < text.index("Enhet 403")
    assert "−1 500 −2,2 %, merforbruk" in text
    assert "+100 +0,5 %, mindreforbruk" in text


def test_a_draft_is_not_shown_to_the_director():
    world = a_district(["402"], {"402": S.BEGUN})
    MonthlyReport.objects.update(explanation="Hemmelig utkast", forecast=Decimal(77_777_000))
    text = page(world)
    assert "Hemmelig" not in text
    assert "77 777" not in text
    assert "Påbegynt" in text


def test_a_controller_returns_and_does_not_approve():
    world = a_district(["402", "403"])
    text = page(world, world.controller)
    assert "Returner" in text
    assert "Godkjenn" not in text
    assert "Lås september" not in text
    token = f"{world.report('403').pk}:1"
    client = signed_in(world.controller)
    assert client.post(address(world, "approval_approve"), {"rapport": token}).status_code == 404
    assert client.post(address(world, "approval_green"), {"sett": token}).status_code == 404
    assert client.post(address(world, "approval_lock")).status_code == 404
    assert world.report("403").state == S.DELIVERED


def test_an_auditor_reads():
    world = a_district(["402"])
    text = page(world, person(Role.AUDITOR, world.district))
    assert "Enhet 402" in text
    assert "Returner" not in text


def test_new_figures_after_the_delivery_are_flagged():
    """Golden test 32."""
    world = a_district(["403"])
    report = world.report("403")
    assert "Tallene er endret etter levering" not in page(world)
    MonthlyReport.objects.update(figures_changed_at=report.submitted_at + timedelta(days=1))
    text = page(world)
    assert "Tallene er endret etter levering" in text
    assert "Se på disse (1)" in text
    assert "Godkjenn alle grønne" not in text


def test_a_month_to_come_and_a_wrong_address_are_404():
    world = a_district(["402"])
    client = signed_in(world.director)
    for where in (
        reverse("reporting:approval", args=[world.district.code, date(2028, 11, 1)]),
        reverse("reporting:approval", args=[world.units["402"].code, SEPTEMBER]),
        reverse("reporting:approval", args=["finnes-ikke", SEPTEMBER]),
        f"{address(world)}?returner=finnes-ikke",
        f"/rapportering/godkjenning/{world.district.code}/2026-13/",
        address(world, "approval_export", "pdf"),
    ):
        assert client.get(where).status_code == 404


def test_unchanged_is_304_and_changed_is_made_again():
    world = a_district(["402"])
    client = signed_in(world.director)
    # The first visit brings the secret that forms are signed with.
    client.get(address(world))
    tag = client.get(address(world))["ETag"]
    assert client.get(address(world), headers={"If-None-Match": tag}).status_code == 304
    report = world.report("402")
    report.version += 1
    report.explanation = "Noe nytt"
    report.save()
    response = client.get(address(world), headers={"If-None-Match": tag})
    assert response.status_code == 200
    assert "Noe nytt" in plain(response)


def test_what_is_kept_for_the_director_is_not_shown_to_the_controller():
    world = a_district(["402"])
    assert "Godkjenn Enhet 402" in page(world)
    assert "Godkjenn" not in page(world, world.controller)


def test_a_locked_month():
    states = {"402": S.LOCKED, "403": S.LOCKED, "404": S.LOCKED}
    world = a_district(["402", "403", "404"], states)
    MonthlyReport.objects.filter(unit=world.units["402"]).update(approved_at=world.report("402").submitted_at)
    MonthlyReport.objects.filter(unit=world.units["404"]).update(is_unconfirmed=True, submitted_at=None)
    ReportingMonthFactory(district=world.district, locked_at=world.report("402").submitted_at, locked_by=world.director)
    text = page(world)
    for said in (
        "September er låst",
        "Over budsjettet (2)",
        "Innenfor budsjettet (1)",
        "Enhet 404 leverte ikke.",
        "2 av 3 enheter",
        "ikke bekreftet",
        "Godkjent og låst",
        "Rett et tall",
    ):
        assert said in text
    assert "Lås september" not in text
    assert "Godkjenn" not in text.replace("Godkjent", "").replace("Godkjenning", "")


def test_the_file_has_real_figures_and_is_safe():
    world = a_district(["402"])
    MonthlyReport.objects.update(explanation="=1+1")
    response = signed_in(world.director).get(address(world, "approval_export", "csv"))
    rows = response.content.decode("utf-8-sig").splitlines()
    line = next(row for row in rows if "Enhet 402" in row)
    assert "68000000,00;50660000,00;52130000,00;-1470000,00" in line
    assert ";-1500000,00;-2,21;" in line
    assert ";=1+1" not in line
    assert signed_in(world.director).get(address(world, "approval_export", "xlsx")).status_code == 200


def test_amounts_that_belong_to_nobody_are_shown():
    world = a_district(["402"])
    BalanceFactory(unit=None, district=world.district, group="x", revised=Decimal(0), budget=Decimal(0), actual=Decimal(80_000))
    assert "Ikke fordelt" in page(world)


def test_the_minutes_are_a_median():
    world = a_district(["401", "402", "403"])
    for code, seconds in (("401", 60), ("402", 240), ("403", 6000)):
        MonthlyReport.objects.filter(unit=world.units[code]).update(seconds_spent=seconds)
    assert "Halvparten brukte 4 minutter eller mindre." in page(world)


def statements(codes, years):
    """How many SQL statements the page takes, made anew and kept, with so many units and so many years behind it."""
    world = a_district(codes, {"401": S.RETURNED})
    for year in range(2026 - years + 1, 2027):
        for month in (date(year, number, 1) for number in range(1, 9)):
            MonthlyReportFactory(unit=world.units["402"], month=month)
            BalanceFactory(unit=world.units["402"], district=world.district, month=month)
    assert MonthlyReport.objects.filter(unit=world.units["402"], month=AUGUST).exists()
    client = signed_in(world.director)
    client.get(reverse("overview:home"))
    with CaptureQueriesContext(connection) as fresh:
        client.get(address(world))
    with CaptureQueriesContext(connection) as kept:
        client.get(address(world))
    return len(fresh), len(kept)


def test_the_number_of_statements_is_the_same_for_few_units_and_many_and_for_one_year_and_ten():
    few = statements(["401", "402"], 1)
    assert few == statements([row[0] for row in ALNA], 1) == statements(["401", "402"], 10)
    fresh, kept = few
    # Two of them are what a returned report said when it was delivered.
    assert fresh <= 22
    assert kept <= 13
