"""Rules, deadlines and groupings: who changes them, from when they count, and what is refused."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organisation.models import AuditEntry
from organisation.rules.access import Role
from reporting.models import AccountGroup, Balance, Cause, DeadlineRule, EarmarkedProject, FigureFeed, FunctionArea, ReportingRule
from reporting.queries.rules import rules_on
from reporting.queries.setup import rows_of_deadline, rows_of_rule, token
from reporting.rules.kinds import FeedKind, RuleKind, Step
from reporting.services.balances import rebuild_balances
from reporting.services.defaults import install_defaults
from reporting.services.setup import NotShielded, save_feed
from tests.factories.organisation import DistrictFactory, UnitFactory, person
from tests.factories.reporting import DeliveryFactory, LedgerLineFactory
from tests.factories.scorecard import IndicatorFactory, SickLeaveFactory
from tests.pages import markup_of, text_of

SETUP = "/administrasjon/rapportering/"
TODAY = date(2026, 10, 9)
NOW = datetime(2026, 10, 9, 9, tzinfo=UTC)


@pytest.fixture
def district(db, settings):
    settings.ALNA_TODAY = TODAY
    install_defaults(actor=None, now=NOW, today=TODAY)
    return DistrictFactory(code="B1")


def sign_in(role, unit):
    client = Client()
    client.force_login(person(role, unit), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def admin(district):
    return sign_in(Role.ADMINISTRATOR, district)


def rule_fields(**given):
    seen = token(*rows_of_rule(RuleKind.VARIANCE_TO_DATE))
    fields = {"from_month": "2026-10", "limit_percent": "3", "limit_amount": "200 000", "needs_both": "on", "demand": "comment"}
    return {**fields, "min_length": "30", "is_active": "on", "seen": seen, **given}


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.UNIT_LEADER, Role.QUALITY, Role.HR, Role.AUDITOR])
def test_only_whoever_sets_rules_opens_them(district, role):
    assert sign_in(role, district).get(SETUP).status_code == 404


def test_an_administrator_of_one_unit_does_not_change_what_concerns_all(district):
    unit = UnitFactory(parent=district)
    assert sign_in(Role.ADMINISTRATOR, unit).post(f"{SETUP}regler/variance_to_date/", rule_fields()).status_code == 404
    assert ReportingRule.objects.filter(kind=RuleKind.VARIANCE_TO_DATE).count() == 1


def test_a_changed_limit_counts_from_its_month_and_earlier_months_keep_theirs(admin):
    assert admin.post(f"{SETUP}regler/variance_to_date/", rule_fields()).status_code == 302

    assert rules_on(date(2026, 9, 30))[RuleKind.VARIANCE_TO_DATE].limit_percent == Decimal(2)
    assert rules_on(date(2026, 10, 31))[RuleKind.VARIANCE_TO_DATE].limit_percent == Decimal(3)
    assert "Fra rapporten for oktober 2026: Over 3 % og over 200 000 kr" in text_of(admin.get(SETUP))
    assert AuditEntry.objects.filter(action="rules.changed").exists()


def test_months_that_are_reported_keep_their_rules(admin):
    answer = admin.post(f"{SETUP}regler/variance_to_date/", rule_fields(from_month="2026-08"))

    assert answer.status_code == 422
    assert "Velg fra listen." in text_of(answer)
    assert ReportingRule.objects.filter(kind=RuleKind.VARIANCE_TO_DATE).count() == 1


def test_two_people_do_not_undo_each_other(admin):
    fields = rule_fields()
    assert admin.post(f"{SETUP}regler/variance_to_date/", fields).status_code == 302
    late = admin.post(f"{SETUP}regler/variance_to_date/", {**fields, "limit_percent": "4,5"})

    assert late.status_code == 422
    assert "Noen har endret dette" in text_of(late)
    assert 'value="4,5"' in markup_of(late)
    assert admin.post(f"{SETUP}regler/variance_to_date/", rule_fields(limit_percent="4,5")).status_code == 302
    assert ReportingRule.objects.get(kind=RuleKind.VARIANCE_TO_DATE, valid_from=date(2026, 10, 1)).limit_percent == Decimal("4.5")


@pytest.mark.parametrize(
    "given, said",
    [
        ({"limit_percent": "to"}, "Skriv et tall, for eksempel 2."),
        ({"limit_percent": "", "limit_amount": ""}, "Skriv en grense, for eksempel 2."),
        ({"limit_percent": ""}, "Fyll ut begge grensene, eller fjern haken."),
        ({"min_length": ""}, "Fyll ut «Minste lengde på teksten»."),
    ],
    ids=["words", "no limit", "one of both", "no length"],
)
def test_a_rule_that_cannot_be_used_is_refused_with_what_to_write(admin, given, said):
    answer = admin.post(f"{SETUP}regler/variance_to_date/", rule_fields(**given))

    assert answer.status_code == 422
    assert said in text_of(answer)
    assert ReportingRule.objects.filter(kind=RuleKind.VARIANCE_TO_DATE).count() == 1


def test_what_is_to_come_can_be_withdrawn_and_what_counts_cannot(admin):
    admin.post(f"{SETUP}regler/variance_to_date/", rule_fields(from_month="2026-11"))
    coming = ReportingRule.objects.get(valid_from=date(2026, 11, 1))
    standing = ReportingRule.objects.get(kind=RuleKind.VARIANCE_TO_DATE, valid_from__lt=TODAY)

    admin.post(f"{SETUP}trekk-tilbake/regel/{coming.pk}/")
    answer = admin.post(f"{SETUP}trekk-tilbake/regel/{standing.pk}/", follow=True)

    assert "Det gjelder allerede" in text_of(answer)
    assert list(ReportingRule.objects.filter(kind=RuleKind.VARIANCE_TO_DATE)) == [standing]


def test_the_deadlines_are_shown_as_days_that_are_working_days(admin):
    page = text_of(admin.get(f"{SETUP}frister/"))

    # 10 October 2026 is a Saturday.
    assert "September 2026: tallene er klare 8. oktober kl. 08.00, og enhetene leverer 9. oktober kl. 15.00." in page


def test_a_new_district_has_its_deadlines_in_order(admin):
    # In January 2027 the sixth working day comes after the 10th, which is a Sunday: December has days of its own.
    page = text_of(admin.get(f"{SETUP}frister/"))

    assert "Desember 2026 6. januar kl. 16.00 7. januar kl. 08.00 8. januar kl. 15.00 20. januar kl. 16.00 25. januar kl. 09.00" in page
    assert "kommer ikke i rekkefølge" not in page
    assert "(flyttet)" not in page


def test_a_deadline_that_waits_for_the_step_before_it_is_marked(admin, settings):
    # The 10th of May 2026 is a Sunday, and the sixth working day comes after it.
    settings.ALNA_TODAY = date(2026, 5, 4)
    page = text_of(admin.get(f"{SETUP}frister/"))

    assert "11. mai kl. 08.00 11. mai kl. 15.00 (flyttet) 12. mai kl. 16.00" in page
    assert "kommer ikke i rekkefølge" not in page


def test_deadlines_out_of_order_are_told(admin):
    DeadlineRule.objects.filter(step=Step.UNIT_REPORT, month=12).update(day=5)
    page = text_of(admin.get(f"{SETUP}frister/"))

    assert "Fristene for desember 2026 kommer ikke i rekkefølge." in page
    assert "Fristene for november 2026" not in page


def test_a_deadline_of_one_month_counts_for_that_month_alone(admin):
    fields = {"from_month": "2026-10", "day": "18", "workday": "", "months_later": "", "time": "12.00", "duty": "figures"}
    for number in (11, 12):
        seen = token(*rows_of_deadline(Step.UNIT_REPORT, number))
        assert admin.post(f"{SETUP}frister/unit_report/{number}/", {**fields, "seen": seen}).status_code == 302

    page = text_of(admin.get(f"{SETUP}frister/"))
    assert "18. desember kl. 12.00 (bare tall)" in page
    assert "18. januar kl. 12.00 (bare tall)" in page
    assert page.count("(bare tall)") == 2
    assert DeadlineRule.objects.get(step=Step.UNIT_REPORT, month=11).valid_from == date(2026, 11, 1)


def test_a_deadline_has_a_working_day_or_a_day_and_not_both(admin):
    fields = {"from_month": "2026-10", "day": "10", "workday": "5", "time": "15:00", "duty": "full", "seen": ""}
    answer = admin.post(f"{SETUP}frister/unit_report/0/", fields)

    assert answer.status_code == 422
    assert "Skriv enten arbeidsdag eller dag i måneden, ikke begge." in text_of(answer)


def test_a_cause_is_added_and_goes_out_of_use(admin):
    assert admin.post(f"{SETUP}arsaker/ny/", {"label": "Flytting", "code": "flytting", "part": "economy", "order": "9"}).status_code == 302
    cause = Cause.objects.get(code="flytting")
    assert not cause.is_active

    taken = admin.post(f"{SETUP}arsaker/ny/", {"label": "En til", "code": "flytting", "part": "economy", "order": "9"})
    assert taken.status_code == 422
    assert "Koden er i bruk. Velg en annen." in text_of(taken)


def test_an_account_belongs_to_one_group_and_the_year_is_added_up_anew(district, admin):
    unit = UnitFactory(parent=district)
    delivery = DeliveryFactory(district=district)
    LedgerLineFactory(delivery=delivery, unit=unit, account="10201")
    rebuild_balances(district=district, months=[date(2026, 9, 1)])
    assert Balance.objects.get().group == "vikarer"
    group = AccountGroup.objects.get(code="vikarer")

    taken = admin.post(f"{SETUP}kontogrupper/ny/", {"name": "Ny", "code": "ny", "prefixes": "1020", "order": "1"})
    assert "1020 hører til Vikarer. Ta det bort der først." in text_of(taken)
    fields = {"name": "Vikarer", "prefixes": "1029", "order": "1", "seen": token(group)}
    assert admin.post(f"{SETUP}kontogrupper/{group.pk}/", fields).status_code == 302

    assert Balance.objects.get().group == ""


def test_a_group_without_accounts_is_refused(admin):
    refused = admin.post(f"{SETUP}kontogrupper/ny/", {"name": "Tom", "code": "tom", "prefixes": " , ", "order": "1"})

    assert refused.status_code == 422
    assert "Skriv minst én begynnelse på en kode" in text_of(refused)


def test_an_area_with_another_name_leaves_the_years_before_alone(admin):
    area = FunctionArea.objects.get(code="FO3")
    fields = {"name": "Helse og omsorg", "functions": "234, 241, 243, 253, 254", "order": "4", "first_year": "2027", "seen": token(area)}
    assert admin.post(f"{SETUP}omrader/{area.pk}/", fields).status_code == 302

    old, new = FunctionArea.objects.filter(code="FO3").order_by("first_year")
    assert (old.name, old.last_year) == ("Pleie og omsorg", 2026)
    assert (new.name, new.first_year, new.functions.count()) == ("Helse og omsorg", 2027, 5)


def test_years_that_are_over_keep_their_areas_and_projects(admin):
    area = FunctionArea.objects.get(code="FO4")
    fields = {"name": "Annet", "functions": "281", "order": "5", "first_year": "2025", "seen": token(area)}
    refused = admin.post(f"{SETUP}omrader/{area.pk}/", fields)

    assert refused.status_code == 422
    assert "Skriv 2026 eller senere." in text_of(refused)
    project = admin.post(f"{SETUP}oremerkede/nytt/", {"prefix": "59", "name": "Rus", "first_year": "2024"})
    assert project.status_code == 422
    assert not EarmarkedProject.objects.exists()


def test_a_figure_of_the_month_fills_the_chosen_indicator(admin):
    indicator = IndicatorFactory(name="Økonomisk resultat")
    assert admin.post(f"{SETUP}indikatorer/forecast_result/", {"indicator": indicator.pk, "seen": token(None)}).status_code == 302
    feed = FigureFeed.objects.get(kind=FeedKind.FORECAST_RESULT)
    assert feed.indicator == indicator

    assert admin.post(f"{SETUP}indikatorer/forecast_result/", {"indicator": "", "seen": token(feed)}).status_code == 302
    assert not FigureFeed.objects.exists()


def test_sick_leave_is_refused_an_indicator_that_other_units_may_read(admin):
    opened, shielded = IndicatorFactory(name="Trivsel"), SickLeaveFactory(name="Sykefravær")
    page = admin.post(f"{SETUP}indikatorer/sick_leave/", {"indicator": opened.pk, "seen": token(None)})
    assert page.status_code == 422
    assert "«Trivsel» er ikke skjermet for andre enheter" in page.content.decode()
    assert not FigureFeed.objects.exists()

    assert admin.post(f"{SETUP}indikatorer/sick_leave/", {"indicator": shielded.pk, "seen": token(None)}).status_code == 302
    assert FigureFeed.objects.get().indicator == shielded


def test_the_service_refuses_what_the_form_would(district):
    with pytest.raises(NotShielded):
        save_feed(kind=FeedKind.SICK_LEAVE, indicator=IndicatorFactory(), seen="", actor=None)
    save_feed(kind=FeedKind.FORECAST_RESULT, indicator=IndicatorFactory(), seen=token(None), actor=None)
    assert FigureFeed.objects.get().kind == FeedKind.FORECAST_RESULT


@pytest.mark.parametrize(
    "rest", ["regler/finnes-ikke/", "frister/finnes-ikke/0/", "frister/lock/13/", "arsaker/99999/", "indikatorer/ukjent/"]
)
def test_a_wrong_address_does_not_exist(admin, rest):
    assert admin.get(f"{SETUP}{rest}").status_code == 404


def test_the_page_costs_the_same_with_many_rows(admin):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert admin.get(SETUP).status_code == 200
        return len(queries)

    cost()
    before = cost()
    for month in range(1, 9):
        for kind in RuleKind:
            ReportingRule.objects.create(kind=kind, valid_from=date(2026, month, 1))

    assert cost() == before
