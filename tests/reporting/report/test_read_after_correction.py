"""A locked report that was put right says so to whoever reads it in full."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from reporting.rules.kinds import ReportState as S
from reporting.services import lock
from tests.factories.month import DAY, SEPTEMBER, a_district
from tests.pages import markup_of, text_of
from tests.reporting.report.world import address, signed_in

pytestmark = pytest.mark.django_db
SAID = "Rettet 21. oktober 2026: Feil linje i regnearket"
FIRST, SECOND = datetime(2026, 10, 20, 7, 0, tzinfo=UTC), datetime(2026, 10, 21, 7, 0, tzinfo=UTC)


@pytest.fixture
def world(settings):
    settings.ALNA_TODAY = date(2026, 10, 21)
    world = a_district(["402", "403"], {"402": S.APPROVED, "403": S.APPROVED})
    locked = datetime(2026, 10, 15, 7, 0, tzinfo=UTC)
    lock.lock_month(district=world.district, month=SEPTEMBER, actor=world.director, now=locked, today=DAY)
    return world


def correct(world, reason, now):
    report = world.report("402")
    lock.correct_after_lock(
        report=report,
        fields={"explanation": f"Forklart den {now.day}."},
        reason=reason,
        version=report.version,
        actor=world.director,
        now=now,
        today=DAY,
    )


def read(world, user, code="402"):
    return signed_in(user).get(address(world.units[code], "report_read"))


def test_the_newest_correction_stands_first_with_the_way_to_all_versions(world):
    assert "Rettet" not in text_of(read(world, world.director))
    correct(world, "Skrivefeil", FIRST)
    correct(world, "Feil linje i regnearket", SECOND)
    page = read(world, world.director)
    assert f"{SAID} Se versjonene" in text_of(page)
    assert "Skrivefeil" not in text_of(page)
    versions = reverse("reporting:approval_versions", args=[world.district.code, SEPTEMBER, world.units["402"].code])
    assert f'href="{versions}"' in markup_of(page)
    # The neighbour's report was not touched.
    assert "Rettet" not in text_of(read(world, world.director, "403"))


def test_the_unit_is_told_without_a_page_it_may_not_open(world):
    correct(world, "Feil linje i regnearket", SECOND)
    page = text_of(read(world, world.leader("402")))
    assert SAID in page
    assert "Se versjonene" not in page


def test_who_reads_the_summary_alone_is_told_no_reason(world):
    correct(world, "Feil linje i regnearket", SECOND)
    response = read(world, world.leader("403"))
    assert response.status_code == 200
    assert "Forklart den 21." in text_of(response)
    assert "Rettet" not in text_of(response)
    assert "Se versjonene" not in text_of(response)
