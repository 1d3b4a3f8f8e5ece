"""The economy on «Bydelen nå»: the forecast, and the bridge of units that make it."""

import re
from datetime import date

import pytest
from django.test import Client

from organisation.queries.access import access_of
from organisation.rules.access import Role
from overview.queries.economy import economy_now
from reporting.models import Balance, MonthlyReport
from reporting.rules.kinds import ReportState as S
from tests.factories.month import ALNA, a_district
from tests.factories.organisation import DistrictFactory, person

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 12)


@pytest.fixture(autouse=True)
def october(settings):
    settings.ALNA_TODAY = DAY


def shown(user) -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    text = re.sub(r"<[^>]+>", " ", client.get("/bydelen-na/").content.decode())
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


def test_the_bridge_of_alna():
    """Golden test 8: −9 700, −0,95 %."""
    world = a_district([row[0] for row in ALNA], {"404": S.RETURNED})
    text = shown(world.director)
    for said in (
        "−9,7 mill. kr",
        "Prognosen er et merforbruk på 0,95 %. Sju enheter trekker ned 14,45 mill. Tolv trekker opp 4,75 mill.",
        "Hittil i år: 5,5 mill. kr merforbruk (−0,72 %).",
        "21 av 22 enheter har levert for september 2026.",
        "Ni andre enheter +2,15",
        "Prognose for bydelen −9,7",
    ):
        assert said in text
    assert text.index("Enhet 202 −6,5") < text.index("Enhet 301 −3,0") < text.index("Enhet 900 +1,2")


def test_each_step_begins_where_the_one_before_ended():
    world = a_district(["402", "404", "501"])
    found = economy_now(_node(world.director, world.district.pk), DAY)
    bars = [(float(bar.x), float(bar.width), float(bar.ends), bar.kind) for bar in found.bars]
    # 1 500 and 700 over, 500 under: of 2 200.
    assert bars == [
        (0.0, 681.8, 681.8, "down"),
        (681.8, 318.2, 1000.0, "down"),
        (772.7, 227.3, 772.7, "up"),
        (0.0, 772.7, 772.7, "sum"),
    ]


def test_a_district_better_than_its_budget_is_drawn_within_the_picture():
    world = a_district(["402", "203", "900"])
    found = economy_now(_node(world.director, world.district.pk), DAY)
    assert all(float(bar.x) >= 0 and float(bar.x) + float(bar.width) <= 1000.1 for bar in found.bars)
    assert "mindreforbruk" in found.sentence


def _node(user, unit_id):
    return access_of(user, DAY).tree.nodes[unit_id]


def test_a_draft_moves_nothing_and_a_report_does():
    world = a_district(["402"])
    assert "−1,5 mill. kr" in shown(world.director)
    MonthlyReport.objects.update(forecast=68_000_000, version=2)
    assert "Prognosen er som budsjettet." in shown(world.director)


def test_before_the_ledger_has_come_the_month_before_is_shown():
    world = a_district(["402"])
    Balance.objects.update(month=date(2026, 8, 1))
    MonthlyReport.objects.update(month=date(2026, 8, 1))
    assert "Disse gir prognosen, august 2026" in shown(world.director)


def test_without_ledgers_there_is_no_economy():
    assert "Økonomien" not in shown(person(Role.DIRECTOR, DistrictFactory()))


def test_who_may_not_see_the_reports_sees_no_economy():
    world = a_district(["402"])
    assert "Disse gir prognosen" in shown(world.controller)
    assert "Disse gir prognosen" not in shown(person(Role.QUALITY, world.district))
