"""What a neighbour with an account of their own tries on the annual cycle: other people's things, and input nobody meant."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from actions.services.telling import tell_owner
from annualcycle.models import Activity
from annualcycle.queries.activity_page import unit_lines
from annualcycle.queries.year_end import year_end
from annualcycle.services.reminders import remind
from imports.rules.states import SourceKind
from notifications.models import Message
from organisation.queries.access import access_of
from organisation.rules.access import Role
from reporting.rules.kinds import ReportState
from reporting.services.defaults import install_defaults
from tests.annualcycle.calendar_programs import made, read
from tests.annualcycle.setting_up import PLAN
from tests.factories.actions import ActionFactory
from tests.factories.cycle import ActivityFactory, TaskFactory
from tests.factories.imports import SourceFactory
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.factories.reporting import MonthlyReportFactory
from tests.factories.scorecard import ScorecardFactory
from tests.pages import markup_of, signed_in, text_of

pytestmark = pytest.mark.django_db
MONTH, WHEEL = "/styringshjul/alna/2026/10/", "/styringshjul/alna/2026/"


@pytest.fixture
def district(settings):
    settings.ALNA_TODAY = date(2026, 10, 9)
    return DistrictFactory(code="alna", name="Bydel Prøve")


def calendar_of(user):
    return read(made(user)).content.decode()


READ = {
    "month": lambda user: text_of(signed_in(user).get(MONTH)),
    "wheel": lambda user: text_of(signed_in(user).get(WHEEL)),
    "calendar": calendar_of,
}


@pytest.mark.parametrize("kind", [SourceKind.ECONOMY, SourceKind.FIGURES, SourceKind.BENCHMARKS])
@pytest.mark.parametrize("place", READ)
def test_a_source_the_imports_hide_has_no_deadline_either(district, kind, place):
    ActivityFactory(district=district)
    SourceFactory(district=district, kind=kind, name="Skjult kilde")
    hr, controller = person(Role.HR, district), person(Role.CONTROLLER, district)
    assert "Skjult kilde" not in text_of(signed_in(hr).get("/administrasjon/import/"))
    assert "Skjult kilde" not in READ[place](hr)
    assert "Skjult kilde" in READ[place](controller)


def test_the_weekly_overview_names_no_source_that_the_imports_hide(district):
    SourceFactory(district=district, kind=SourceKind.ECONOMY, name="Skjult kilde")
    hr, controller = person(Role.HR, district), person(Role.CONTROLLER, district)
    # Monday morning in Oslo.
    remind(now=datetime(2026, 10, 12, 7, tzinfo=UTC), today=date(2026, 10, 12))
    assert any("Skjult kilde" in text for text in Message.objects.filter(recipient=controller).values_list("text", flat=True))
    assert not any("Skjult kilde" in text for text in Message.objects.filter(recipient=hr).values_list("text", flat=True))


@pytest.mark.parametrize("path", [MONTH, WHEEL])
def test_an_action_one_may_not_open_any_more_is_not_named(district, path):
    ActivityFactory(district=district)
    left, now = UnitFactory(parent=district), UnitFactory(parent=district)
    owner = person(Role.UNIT_LEADER, now)
    hidden = ActionFactory(unit=left, owner=owner, title="Omstilling på natt", due_on=date(2026, 10, 20))
    client = signed_in(owner)
    assert client.get(f"/tiltak/{hidden.pk}/").status_code == 404
    assert "Omstilling på natt" not in text_of(client.get(path))


def test_a_title_with_a_line_break_is_refused(district):
    title = "Årsplan\r\n\r\nViktig: logg inn på https://eksempel.no"
    answer = signed_in(person(Role.ADMINISTRATOR, district)).post("/styringshjul/alna/2026/oppsett/ny/", PLAN | {"title": title})
    assert answer.status_code == 422
    assert "Skriv det på én linje" in text_of(answer)
    assert not Activity.objects.exists()


def test_the_title_of_an_action_writes_no_paragraph_into_a_letter(district):
    unit = UnitFactory(parent=district, code="402")
    leader, owner = person(Role.UNIT_LEADER, unit), person(Role.UNIT_LEADER, unit)
    sent = {"title": "Bra", "owner": str(owner.pk), "due_on": "2026-11-01", "effect_kind": "other", "effect_text": "Ro"}
    client = signed_in(leader)
    assert client.post("/tiltak/ny/?enhet=402", sent | {"title": "Bra\r\n\r\nViktig: logg inn"}).status_code == 422
    assert not Message.objects.exists()
    assert client.post("/tiltak/ny/?enhet=402", sent).status_code == 302
    assert "«Bra»" in Message.objects.get().text


def test_titles_and_names_from_before_write_no_paragraph_either(district):
    unit = UnitFactory(parent=district, name="Enhet\r\n\r\nViktig: logg inn")
    leader = person(Role.UNIT_LEADER, unit)
    TaskFactory(activity=ActivityFactory(district=district, title="Årsplan\n– Viktig", due_on=date(2026, 10, 14)), unit=unit)
    tell_owner(action=ActionFactory(unit=unit, owner=leader, title="Tiltak\n\x07Viktig"), actor=None, now=timezone.now())
    remind(now=datetime(2026, 10, 12, 7, tzinfo=UTC), today=date(2026, 10, 12))
    texts = Message.objects.filter(recipient=leader).order_by("pk").values_list("text", flat=True)
    assert len(texts) == 2
    assert "«Tiltak Viktig» i Enhet Viktig: logg inn." in texts[0]
    assert "\n" not in texts[0]
    assert "\n– Årsplan – Viktig, Enhet Viktig: logg inn, " in texts[1]


def linked(district, kind, period):
    return ActivityFactory(district=district, title="Felles sak", link_kind=kind, link_period=period, due_on=date(2026, 10, 5))


@pytest.mark.parametrize("state", ["draft", "proposed"])
@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.UNIT_LEADER, Role.CONTROLLER])
def test_a_draft_of_a_scorecard_is_nobodys_business(district, role, state):
    unit, published = UnitFactory(parent=district, name="Enhet Utkast"), UnitFactory(parent=district, name="Enhet Ferdig")
    ScorecardFactory(unit=unit, year=2027, state=state)
    ScorecardFactory(unit=published, year=2027, state="published", published_at=datetime(2026, 10, 1, tzinfo=UTC))
    activity = linked(district, "scorecard", date(2027, 1, 1))
    user = person(role, district if role is Role.CONTROLLER else UnitFactory(parent=district))
    access = access_of(user, date(2026, 10, 9))
    assert [line.unit_name for line in unit_lines(access, activity)] == ["Bydel Prøve", "Enhet Ferdig"]
    assert {line.name for line in year_end(district, 2026, access=access).units} == {"Bydel Prøve", "Enhet Ferdig"}
    client = signed_in(user)
    for path in (f"/styringshjul/aktivitet/{activity.pk}/", "/styringshjul/alna/2026/slik-gikk-aret/"):
        inside = markup_of(client.get(path)).split("<main")[1].split("</main")[0]
        assert "Enhet Ferdig" in inside
        assert "Enhet Utkast" not in inside
    # Yet nobody is told that all is done: what is left is the district's.
    assert "1 av 2" in text_of(client.get(WHEEL))
    if state == "draft":
        mine = access_of(person(Role.ADMINISTRATOR, district), date(2026, 10, 9))
        assert [line.unit_name for line in unit_lines(mine, activity)] == ["Enhet Utkast", "Enhet Ferdig"]


@pytest.mark.parametrize("state", [ReportState.DELIVERED, ReportState.APPROVED, ReportState.LOCKED])
@pytest.mark.parametrize("role", list(Role))
def test_a_delivered_report_is_led_to_where_it_can_be_read(district, role, state):
    install_defaults(actor=None, now=datetime(2026, 1, 1, tzinfo=UTC), today=date(2026, 1, 1))
    unit, other = (UnitFactory(parent=district, code=code) for code in ("402", "403"))
    submitted_at = datetime(2026, 10, 8, tzinfo=UTC)
    MonthlyReportFactory(unit=unit, month=date(2026, 9, 1), state=state, submitted_at=submitted_at, figures={})
    activity = linked(district, "report", date(2026, 9, 1))
    page = "/rapportering/402/2026-09/les/"
    for place in (district, unit, other):
        client = signed_in(person(role, place))
        opens = client.get(page).status_code == 200
        for path in (f"/styringshjul/aktivitet/{activity.pk}/", "/styringshjul/alna/2026/slik-gikk-aret/"):
            answer = client.get(path)
            assert (page in markup_of(answer)) == (opens and answer.status_code == 200), (place, path)
