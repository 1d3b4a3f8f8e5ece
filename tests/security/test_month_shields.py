"""What of the month tells more than it may: by subtraction, by an older version, by the audit trail, by a page that was kept."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actions.rules.states import Outcome, Status
from actions.services.actions import close_action, set_status
from imports.forms.problem_words import problem
from imports.rules.findings import Problem
from organisation.models import RoleAssignment, Unit, User
from organisation.rules.access import Role
from reporting.models import Delivery, MonthlyReport
from reporting.queries.sick_leave import sick_leave_of
from reporting.rules.kinds import DeliveryKind, ReportState
from tests.factories.actions import ActionFactory
from tests.factories.month import World, a_district
from tests.factories.organisation import UnitFactory, person
from tests.factories.reporting import DeliveryFactory, LedgerLineFactory, SickLeaveMonthFactory
from tests.pages import text_of
from tests.security.conftest import NOW, TODAY, as_role, signed_in

pytestmark = pytest.mark.django_db
SEPTEMBER = date(2026, 9, 1)


# Sick leave by subtraction ------------------------------------------------------


def absence(delivery: Delivery, unit: Unit, contracted: str, *, fte: str = "40", persons: int = 9) -> Unit:
    split = {"self_certified": Decimal(20), "certified": Decimal(64), "short": Decimal(30), "long": Decimal(54)}
    figures = {"fte": Decimal(fte), "persons_absent": persons, "contracted": Decimal(contracted), "lost": Decimal(84)}
    SickLeaveMonthFactory(delivery=delivery, unit=unit, **figures, **split)
    return unit


def nobody_away(delivery: Delivery, unit: Unit, *, fte: str) -> Unit:
    nothing = dict.fromkeys(("lost", "self_certified", "certified", "short", "long"), Decimal(0))
    SickLeaveMonthFactory(delivery=delivery, unit=unit, fte=Decimal(fte), persons_absent=0, contracted=Decimal(60), **nothing)
    return unit


def shown(*units: Unit) -> set[int]:
    found = sick_leave_of(unit_ids=[unit.pk for unit in units], month=SEPTEMBER, access=None)
    return {pk for pk, each in found.items() if each.split is not None}


@pytest.fixture
def delivery(home):
    return DeliveryFactory(district=home.top, kind=DeliveryKind.SICK_LEAVE)


def test_a_small_part_of_a_unit_without_figures_of_its_own_is_not_what_the_district_has_more_than_the_others(home, delivery):
    part = absence(delivery, UnitFactory(parent=home.north), "80", fte="4", persons=2)
    absence(delivery, home.south, "840")
    other = absence(delivery, UnitFactory(parent=home.top), "900")

    # Without hiding one more, the district less the two others would be the small part.
    assert shown(home.top, home.north, home.south, other, part) == {home.top.pk, other.pk}
    # Each asked for by itself answers the same.
    assert [shown(unit) for unit in (home.north, home.south, part)] == [set(), set(), set()]


def test_nor_are_the_parts_of_a_unit_that_is_hidden_for_anothers_sake_its_sum(home, delivery):
    small = absence(delivery, home.south, "80", fte="4", persons=2)
    parts = [absence(delivery, UnitFactory(parent=home.north), size) for size in ("300", "310")]
    large = absence(delivery, UnitFactory(parent=home.top), "900")

    assert shown(home.top, home.north, small, large, *parts) == {home.top.pk, large.pk, parts[1].pk}


def test_nor_is_one_of_two_hidden_units_where_nobody_was_away_in_the_other(home, delivery):
    tiny = absence(delivery, home.south, "80", fte="4", persons=2)
    still = nobody_away(delivery, UnitFactory(parent=home.top), fte="4")
    other = absence(delivery, home.north, "840")
    large = absence(delivery, UnitFactory(parent=home.top), "900")

    assert shown(home.top, tiny, still, other, large) == {home.top.pk, large.pk}


def test_nor_are_two_tiny_units_together(home, delivery):
    tiny = [absence(delivery, UnitFactory(parent=home.top), "80", fte="3", persons=1) for _ in range(2)]
    other = absence(delivery, home.north, "840")
    large = absence(delivery, UnitFactory(parent=home.top), "900")

    assert shown(home.top, *tiny, other, large) == {home.top.pk, large.pk}


def test_a_sum_of_which_all_belongs_to_one_is_hidden_and_hides_behind_another(home, delivery):
    alone = absence(delivery, UnitFactory(parent=home.north), "80", fte="4", persons=5)
    still = nobody_away(delivery, UnitFactory(parent=home.north), fte="12")
    large = [absence(delivery, UnitFactory(parent=home.top), size) for size in ("900", "950")]

    assert shown(home.top, home.north, alone, still, *large) == {home.top.pk, large[1].pk}


# The ledger ---------------------------------------------------------------------


def test_an_older_version_of_a_line_does_not_lead_to_amounts_of_the_unit_that_has_it_now(home):
    old = DeliveryFactory(district=home.top, version=0, is_current=False)
    mine = LedgerLineFactory(delivery=old, unit=home.north, actual=Decimal("111111.11"))
    now = LedgerLineFactory(delivery=DeliveryFactory(district=home.top), unit=home.south, actual=Decimal("222222.22"))
    address = reverse("reporting:ledger_row", args=[old.pk, mine.row])

    page = text_of(as_role(Role.UNIT_LEADER, home.north).get(address))

    assert "111 111,11" in page
    assert "222 222,22" not in page
    assert "222 222,22" in text_of(as_role(Role.CONTROLLER, home.top).get(address))
    assert as_role(Role.UNIT_LEADER, home.north).get(reverse("reporting:ledger_row", args=[now.delivery_id, now.row])).status_code == 404


# Who reads that things were done, and not what ------------------------------------


def test_the_audit_trail_holds_no_amount_and_no_words_of_an_action(home):
    leader = person(Role.UNIT_LEADER, home.north)
    action = ActionFactory(unit=home.north, owner=leader)
    action = set_status(action=action, status=Status.DELAYED, text="Vi venter på svar", version=1, actor=leader, now=NOW, today=TODAY)
    judged = {"outcome": next(iter(Outcome)), "outcome_amount": Decimal(123456), "outcome_text": "Overtiden gikk ned"}
    close_action(action=action, **judged, version=action.version, actor=leader, now=NOW, today=TODAY)

    page = text_of(as_role(Role.ADMINISTRATOR, home.top).get(reverse("organisation:audit")))

    assert action.title in page
    assert [each for each in ("123", "Vi venter på svar", "Overtiden gikk ned") if each in page] == []


def test_a_sentence_about_a_row_tells_no_figure_to_those_who_see_none():
    found = Problem(row=7, column="percent", code="percent_differs", params={"worked_out": "13.8"}, text="12,0")

    assert "13,8" in problem(found)
    assert "13,8" not in problem(found, amounts=False)
    assert "rad 3" in problem(Problem(row=7, column="", code="duplicate_row", params={"first": 3}), amounts=False)


# Reports ------------------------------------------------------------------------


@pytest.fixture
def world(settings) -> World:
    settings.ALNA_TODAY = date(2026, 10, 12)
    return a_district(("401", "402"), {"402": ReportState.BEGUN})


def of_402(world: World, name: str) -> str:
    return reverse(f"reporting:{name}", args=[world.units["402"].code, SEPTEMBER])


@pytest.mark.parametrize("name", ["approval", "consolidated", "economy", "case_page"])
def test_a_draft_is_in_nothing_that_the_director_opens(world, name):
    MonthlyReport.objects.filter(unit=world.units["402"]).update(explanation="Et utkast ingen skal se", forecast=Decimal(77_654_000))
    director = signed_in(world.director)

    page = text_of(director.get(reverse(f"reporting:{name}", args=[world.district.code, SEPTEMBER])))

    assert "Et utkast ingen skal se" not in page
    assert "77 654" not in page
    assert director.get(of_402(world, "report_read")).status_code == 404
    assert director.get(of_402(world, "report_pdf")).status_code == 404


def test_a_colleague_reads_the_explanation_of_a_settled_report_and_nothing_of_what_it_rests_on(world):
    said = {"change_text": "Endret fordi", "timing": Decimal(400_000), "timing_text": "Jevner seg ut", "sick_text": "Langtid"}
    MonthlyReport.objects.filter(unit=world.units["402"]).update(
        state=ReportState.APPROVED, explanation="Vikarer", submitted_at=NOW, **said
    )

    page = text_of(signed_in(world.leader("401")).get(of_402(world, "report_read")))

    assert "Vikarer" in page
    assert [each for each in ("Endret fordi", "Jevner seg ut", "Langtid", "1 070") if each in page] == []
    assert "Endret fordi" in text_of(signed_in(world.leader("402")).get(of_402(world, "report_read")))


@pytest.mark.parametrize("state", [ReportState.DELIVERED, ReportState.APPROVED, ReportState.LOCKED])
def test_a_report_that_was_handed_in_is_changed_by_no_posting(world, state):
    submitted = timezone.now() - timedelta(minutes=11)
    leader = world.leader("402")
    MonthlyReport.objects.filter(unit=world.units["402"]).update(state=state, submitted_at=submitted, submitted_by=leader)
    before = MonthlyReport.objects.filter(unit=world.units["402"]).values().get()
    client = signed_in(leader)
    fields = {
        "explanation": "Skrevet etterpå",
        "method": "own",
        "own": "1",
        "state": "begun",
        "unit": "1",
        "submitted_by": "1",
        "version": "1",
    }

    for do in ("save", "send", "green", "add_action", "use_previous"):
        client.post(of_402(world, "report"), fields | {"do": do})
    client.post(of_402(world, "report_field"), fields)
    client.post(of_402(world, "report_undo"))

    assert MonthlyReport.objects.filter(unit=world.units["402"]).values().get() == before


def test_only_the_part_that_was_asked_about_is_answered(world):
    report = world.report("402")
    MonthlyReport.objects.filter(pk=report.pk).update(state=ReportState.RETURNED, submitted_at=NOW)
    report.returns.create(part="explanation", reason="Hvorfor?", at=NOW, due_at=NOW, by=world.director)

    fields = {"explanation": "Sykdom på natt", "method": "own", "own": "1", "sick_text": "Smuglet inn", "version": report.version}
    signed_in(world.leader("402")).post(of_402(world, "report_field"), fields)
    signed_in(world.leader("402")).post(of_402(world, "report_field"), {"explanation": "Sykdom på natt", "version": report.version})

    report.refresh_from_db()
    assert (report.explanation, report.sick_text, report.forecast) == ("Sykdom på natt", "", Decimal(69_500_000))


# Roles that ended ---------------------------------------------------------------


def ended(user: User, day: date) -> None:
    RoleAssignment.objects.filter(user=user).update(valid_from=date(2026, 1, 1), valid_to=day)


@pytest.mark.parametrize("name", ["report", "report_sent", "economy", "sick_leave"])
def test_a_kept_page_is_gone_the_day_after_the_deputy_was_one(world, settings, name):
    deputy = person(Role.UNIT_LEADER, world.units["402"])
    ended(deputy, date(2026, 10, 12))
    client = Client()
    client.force_login(deputy, backend="django.contrib.auth.backends.ModelBackend")
    first = client.get(of_402(world, name))
    assert first.status_code in (200, 302)

    settings.ALNA_TODAY = date(2026, 10, 14)
    again = client.get(of_402(world, name), headers={"if-none-match": first.get("ETag", '"x"')})

    assert again.status_code == 404
    assert client.post(of_402(world, "report_field"), {"explanation": "Fortsatt her"}).status_code == 404


def test_the_directors_list_is_not_kept_for_one_who_directs_no_more(world, settings):
    address = reverse("reporting:approval", args=[world.district.code, SEPTEMBER])
    client = signed_in(world.director)
    first = client.get(address)
    assert first.status_code == 200
    ended(world.director, date(2026, 10, 12))

    settings.ALNA_TODAY = date(2026, 10, 14)

    assert client.get(address, headers={"if-none-match": first.get("ETag", '"x"')}).status_code == 404
