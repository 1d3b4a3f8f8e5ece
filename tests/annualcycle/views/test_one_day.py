"""A report has one day, its own; no page gives it another."""

from datetime import UTC, date, datetime

import pytest

from annualcycle.rules.kinds import LinkKind, Scope
from organisation.rules.access import Role
from reporting.services.defaults import install_defaults
from tests.factories.cycle import ActivityFactory
from tests.factories.organisation import person
from tests.pages import signed_in, text_of

pytestmark = pytest.mark.django_db
YEAR = "/styringshjul/alna/2026/"
FOLLOWS = "Følger månedsrapportens frist"


@pytest.fixture
def march(world):
    """By the wheel's rule on Saturday 11 April, which is moved to the 10th; the report itself is due on Monday the 13th."""
    install_defaults(actor=None, now=datetime(2026, 1, 1, tzinfo=UTC), today=date(2026, 1, 1))
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


@pytest.mark.parametrize("path", [f"{YEAR}oppsett/", "/styringshjul/alna/2027/rull/"])
def test_those_who_set_it_up_are_told_whose_day_it_is(admin, march, path):
    said = text_of(admin.get(path))
    assert FOLLOWS in said
    assert "april" not in said.split("Månedsrapport mars")[-1].split("Avlys")[0]
