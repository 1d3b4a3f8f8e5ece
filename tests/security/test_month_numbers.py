"""Numbers, days and names in addresses, forms and folders that no database, calendar or disk takes: not there, never a failure."""

from datetime import UTC, date, datetime
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from imports.models import Batch
from imports.services import folders
from organisation.rules.access import Role
from reporting.models import MonthlyReport
from reporting.rules.kinds import ReportState
from tests.factories.imports import SourceFactory, ubw_file
from tests.factories.month import World, a_district
from tests.security.conftest import as_role, signed_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 12, 6, tzinfo=UTC)


@pytest.fixture
def world(settings) -> World:
    settings.ALNA_TODAY = date(2026, 10, 12)
    return a_district(("401", "402"))


def approval(world: World, rest: str = "") -> str:
    return reverse("reporting:approval", args=[world.district.code, "2026-09"]) + rest


@pytest.mark.parametrize("token", ["9" * 25 + ":1", "1:" + "9" * 25, "9223372036854775808:1"])
def test_a_number_that_is_no_row_approves_nothing(world, token):
    director = signed_in(world.director)

    assert director.post(approval(world, "godkjenn/"), {"rapport": token}).status_code == 404
    assert director.post(approval(world, "gronne/"), {"sett": token}).status_code == 302
    assert not MonthlyReport.objects.filter(state=ReportState.APPROVED).exists()


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_moment_beyond_the_calendar_undoes_nothing(world, moment):
    director = signed_in(world.director)

    assert director.get(approval(world), {"angre": moment}).status_code == 200
    assert director.post(approval(world, "angre/"), {"angre": moment}).status_code == 302


@pytest.mark.parametrize("name", ["economy", "case_page", "case_word", "case_xlsx", "pack_pdf", "production"])
@pytest.mark.parametrize("month", ["1900-01", "1900-12", "1901-06"])
def test_a_month_before_there_was_a_district_does_not_exist(world, name, month):
    address = reverse(f"reporting:{name}", args=[world.district.code, "2026-09"]).replace("2026-09", month)

    wanted = {404} if name != "production" or month.startswith("1900") else {200}
    assert signed_in(world.director).get(address).status_code in wanted


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_nor_does_its_file(world, form):
    address = reverse("reporting:economy_export", args=[world.district.code, "1901-06", form])

    assert signed_in(world.director).get(address).status_code == 404


def test_a_report_keeps_lines_about_what_it_asks_about_and_nothing_else(world):
    report = world.report("402")
    MonthlyReport.objects.filter(pk=report.pk).update(state=ReportState.BEGUN, submitted_at=None)
    address = reverse("reporting:report_field", args=[world.units["402"].code, "2026-09"])
    lines = {"action_line_a\x00b": "x", "action_line_99999": "x", "indicator_line_" + "k" * 5000: "x"}

    body = urlencode({**lines, "explanation": "Vikarer.", "version": report.version})
    answer = signed_in(world.leader("402")).post(address, body, content_type="application/x-www-form-urlencoded")

    report.refresh_from_db()
    assert answer.status_code == 200
    assert report.explanation == "Vikarer."
    assert (report.action_lines, report.indicator_lines) == ({}, {})


@pytest.mark.parametrize("name", ["a" * 250 + ".csv", "æ" * 120 + ".csv", "a\udcff\udcfe.csv"], ids=["long", "two bytes each", "no text"])
def test_a_file_with_an_odd_name_stops_no_other_file(settings, tmp_path, name):
    settings.INBOX = tmp_path / "inbox"
    SourceFactory(folder="okonomi")
    folders.sweep_folders(now=NOW)
    for each in (name, "zz_vanlig.csv"):
        (settings.INBOX / "okonomi" / each).write_bytes(ubw_file(("402100", "10101", "100,00")))

    assert folders.sweep_folders(now=NOW) == 2

    Batch.objects.update(state="rejected")
    assert folders.tidy_folders(now=NOW) == 2
    put_away = sorted(path.name for path in (settings.INBOX / "okonomi" / "rejected").iterdir())
    assert len(put_away) == 4
    assert sum(each.endswith(".csv") for each in put_away) == 2


@pytest.mark.parametrize("text", ["9" * 10_000, '{"code": ' + "9" * 5000 + "}", "[" * 100_000])
def test_a_profile_that_is_hard_to_read_is_refused_in_words(world, text):
    address = reverse("imports:profile_new")

    assert as_role(Role.ADMINISTRATOR, world.district).post(address, {"text": text, "version": "0"}).status_code == 422
