"""A report has one day, its own; no page gives it another."""

from datetime import UTC, date, datetime

import pytest

from annualcycle.models import Activity
from annualcycle.rules.kinds import LinkKind, Scope
from organisation.rules.access import Role
from reporting.models import DeadlineRule
from reporting.services.defaults import install_defaults
from tests.factories.cycle import ActivityFactory
from tests.factories.organisation import person
from tests.pages import signed_in, text_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 1, tzinfo=UTC)
YEAR = "/styringshjul/alna/2026/"
FOLLOWS = "Følger månedsrapportens frist"


@pytest.fixture
def march(world):
    """By the wheel's rule on Saturday 11 April, which is moved to the 10th; the report itself is due on Monday the 13th."""
    install_defaults(actor=None, now=NOW, today=date(2026, 1, 1))
    return ActivityFactory(
        district=world.district, title="Månedsrapport mars", short="Rapport mars", scope=Scope.UNITS, rule_day=date(2026, 4, 11),
        due_on=date(2026, 4, 10), link_kind=LinkKind.REPORT, link_period=date(2026, 3, 1),
    )  # fmt: skip


@pytest.mark.parametrize("path", [YEAR, f"{YEAR}4/", f"{YEAR}roller/", f"{YEAR}slik-gikk-aret/", "/styringshjul/aktivitet/{pk}/"])
def test_every_page_says_the_reports_own_day(world, march, path):
    said = text_of(signed_in(person(Role.DIRECTOR, world.district)).get(path.format(pk=march.pk)))
    assert "Månedsrapport mars" in said
    assert "10. april" not in said
    assert "10. apr" not in said.split("Månedsrapport mars")[0][-20:]
    assert "Flyttet fra" not in said


def test_the_activity_and_the_year_name_the_day_in_words(world, march):
    reader = signed_in(person(Role.DIRECTOR, world.district))
    assert "Frist mandag 13. april 2026" in text_of(reader.get(f"/styringshjul/aktivitet/{march.pk}/"))
    assert "Månedsrapport mars mandag 13. april" in text_of(reader.get(f"{YEAR}slik-gikk-aret/"))


def test_those_who_set_it_up_are_told_the_day_and_whose_it_is(admin, march):
    said = text_of(admin.get(f"{YEAR}oppsett/"))
    assert f"Månedsrapport mars mandag 13. april {FOLLOWS}" in said
    assert "10. april" not in said
    # The next year's report is due on Friday the 9th, the day before a Saturday.
    said = text_of(admin.get("/styringshjul/alna/2027/rull/"))
    assert f"Månedsrapport mars mandag 13. april {FOLLOWS} fredag 9. april {FOLLOWS}" in said


def test_without_a_deadline_of_the_report_no_day_is_made_up(admin, march):
    DeadlineRule.objects.all().delete()
    for path in (f"{YEAR}oppsett/", "/styringshjul/alna/2027/rull/"):
        said = text_of(admin.get(path))
        assert FOLLOWS in said
        assert "april" not in said.split("Månedsrapport mars")[-1].split("Avlys")[0]


def test_the_days_stand_in_order_and_under_the_reports_own_month(world, admin, march):
    ActivityFactory(district=world.district, title="Vernerunde", due_on=date(2026, 4, 10))
    Activity.objects.filter(pk=march.pk).update(rule_day=date(2026, 3, 31), due_on=date(2026, 3, 31))
    said = text_of(admin.get(f"{YEAR}oppsett/"))
    assert "Mars" not in said.split("Valg")[-1].split("Vernerunde")[0]
    assert said.index("Vernerunde") < said.index("Månedsrapport mars")
    said = text_of(admin.get("/styringshjul/alna/2027/rull/"))
    assert said.index("Månedsrapport mars") < said.index("Vernerunde")


def test_as_many_days_are_said_to_be_moved_as_rows_say_so(world, admin, march):
    """The wheel's own day of a report falls on a weekend too, and is shown nowhere."""
    anchor = ActivityFactory(district=world.district, title="Slutter i år", due_on=date(2026, 3, 24), cancelled_at=NOW)
    ActivityFactory(
        district=world.district, title="Regnes fra den", rule="relative", anchor=anchor, offset=4, month=None, day=None,
        rule_day=date(2026, 3, 28), due_on=date(2026, 3, 27),
    )  # fmt: skip
    ActivityFactory(district=world.district, title="Vernerunde", due_on=date(2026, 5, 29))
    Activity.objects.filter(pk=march.pk).update(month=4, day=10, rule_day=date(2026, 4, 10))
    said = text_of(admin.get("/styringshjul/alna/2027/rull/"))
    assert said.count("Flyttet fra") == 2
    assert "2 dager er flyttet fra helg eller helligdag." in said
