"""How long people have with a report is decided by an administrator, from a month on, and followed everywhere."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from organisation.models import AuditEntry
from organisation.rules.access import Role
from reporting.models import MonthlyReport, ReportReturn, ReportTimes
from reporting.queries.setup import token
from reporting.queries.times import times_on, times_rows
from reporting.rules.kinds import ReportState as S
from reporting.rules.times import USUAL
from reporting.services import approval, reports
from tests.factories.month import DAY, SEPTEMBER, a_district
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.pages import text_of
from tests.reporting.report.world import address, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/administrasjon/rapportering/paminnelser/"
GIVEN = {
    "from_month": "2026-09",
    "remind_before": "5",
    "remind_after": "2",
    "tell_leadership": "4",
    "answer_days": "2",
    "answer_by": "12.00",
    "regret_minutes": "30",
}


@pytest.fixture(autouse=True)
def october(settings):
    settings.ALNA_TODAY = date(2026, 10, 9)


@pytest.fixture
def admin():
    return signed_in(person(Role.ADMINISTRATOR, DistrictFactory()))


def sent(admin, **fields):
    return admin.post(PAGE, {**GIVEN, "seen": token(*times_rows()), **fields})


def decided(**fields):
    usual = {"remind_before": 3, "reminds_on_day": True, "remind_after": 1, "tell_leadership": 2, "answer_days": 1}
    return ReportTimes.objects.create(**{**usual, "answer_by": time(15), "regret_minutes": 10, "valid_from": SEPTEMBER, **fields})


def test_a_leader_has_no_such_page():
    leader = signed_in(person(Role.UNIT_LEADER, UnitFactory(parent=DistrictFactory())))
    assert leader.get(PAGE).status_code == 404
    assert leader.post(PAGE, GIVEN).status_code == 404
    assert not ReportTimes.objects.exists()


def test_until_somebody_decides_it_is_as_usual(admin):
    assert times_on(SEPTEMBER) == USUAL
    page = admin.get(PAGE).content.decode()
    for name, value in (("remind_before", "3"), ("tell_leadership", "2"), ("answer_by", "15:00"), ("regret_minutes", "10")):
        field = page[page.index(f'name="{name}"') :]
        assert f'value="{value}"' in field[: field.index(">")]


def test_what_is_decided_counts_from_its_month_and_earlier_months_keep_theirs(admin):
    assert sent(admin).status_code == 302
    found = times_on(SEPTEMBER)
    assert (found.remind_before, found.reminds_on_day, found.remind_after, found.tell_leadership) == (5, False, 2, 4)
    assert (found.answer_days, found.answer_by, found.regret_minutes) == (2, time(12), 30)
    assert times_on(date(2026, 8, 1)) == USUAL
    assert AuditEntry.objects.get(action="rules.times_changed").details["regret_minutes"] == 30

    assert sent(admin, regret_minutes="20").status_code == 302
    assert [(row.regret_minutes, row.version) for row in times_rows()] == [(20, 2)]

    assert sent(admin, from_month="2026-11", regret_minutes="5").status_code == 302
    assert times_on(SEPTEMBER).regret_minutes == 20
    assert "Fra rapporten for november 2026" in text_of(admin.get(PAGE))


@pytest.mark.parametrize(
    "fields, said",
    [
        ({"remind_after": "4"}, "Enheten minnes før ledelsen får listen. Skriv 5 eller mer."),
        ({"answer_by": "kveld"}, "Skriv et klokkeslett, for eksempel 15.00."),
        ({"regret_minutes": "500"}, "120"),
        ({"answer_days": "0"}, "1"),
        ({"from_month": "2026-01"}, "Velg"),
        ({"seen": "gammel"}, "Noen har endret dette etter at du åpnet siden."),
    ],
)
def test_what_cannot_be_saved_is_told_and_stays_in_the_form(admin, fields, said):
    decided()
    answer = sent(admin, **{"remind_before": "7", **fields})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert 'value="7"' in answer.content.decode()
    assert times_on(SEPTEMBER) == USUAL


def test_a_question_is_answered_by_what_was_decided():
    decided(answer_days=2, answer_by=time(12))
    world = a_district(["402"])
    now = datetime(2026, 10, 12, 7, 0, tzinfo=UTC)
    page = text_of(
        signed_in(world.director).get(
            f"{reverse('reporting:approval', args=[world.district.code, SEPTEMBER])}?returner={world.units['402'].code}"
        )
    )
    assert "Svarfrist 13. oktober." in page  # two working days after Friday the 9th

    approval.return_report(
        report=world.report("402"), part="actions", reason="Hva med resten?", version=1, actor=world.controller, now=now, today=DAY
    )
    assert ReportReturn.objects.get().due_at == datetime(2026, 10, 14, 10, 0, tzinfo=UTC)


def test_a_report_is_taken_back_within_the_minutes_that_were_decided():
    decided(regret_minutes=30)
    world = a_district(["402"])
    leader, now = world.leader("402"), timezone.now()
    MonthlyReport.objects.update(submitted_by=leader, submitted_at=now - timedelta(minutes=20))
    assert "Angre innsendingen" in text_of(signed_in(leader).get(address(world.units["402"], "report_sent")))

    ReportTimes.objects.update(regret_minutes=15)
    assert "Angre innsendingen" not in text_of(signed_in(leader).get(address(world.units["402"], "report_sent")))
    with pytest.raises(reports.TooLate):
        reports.undo_submit(report=world.report("402"), actor=leader, now=now)
    ReportTimes.objects.update(regret_minutes=30)
    assert reports.undo_submit(report=world.report("402"), actor=leader, now=now).state == S.BEGUN


def test_the_report_says_how_long_and_anew_when_it_is_another():
    world = a_district(["402"], {"402": S.BEGUN})
    client, where = signed_in(world.leader("402")), f"{address(world.units['402'])}?hele=1"
    assert "Du kan angre i 10 minutter." in text_of(client.get(where))
    decided(regret_minutes=1)
    assert "Du kan angre i ett minutt." in text_of(client.get(where))
    ReportTimes.objects.update(regret_minutes=0, version=2)
    page = text_of(client.get(where))
    assert "Rapporten sendes til bydelsdirektøren." in page
    assert "Du kan angre i" not in page
