"""Small things of the pages of the year: the reader's language, what is read by others, addresses that lead nowhere."""

from datetime import date

import pytest

from annualcycle.rules.kinds import Scope
from organisation.rules.access import Role
from tests.factories.cycle import ActivityFactory
from tests.factories.organisation import person
from tests.pages import markup_of, signed_in, text_of

pytestmark = pytest.mark.django_db
YEAR = "/styringshjul/alna/2026/"


def test_holidays_are_named_in_the_readers_language(world, settings):
    reader = signed_in(person(Role.DIRECTOR, world.district))
    assert "Andre pinsedag" in text_of(reader.get(f"{YEAR}5/"))
    reader.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    said = text_of(reader.get(f"{YEAR}5/"))
    assert "Pentecost Monday" in said
    assert "pinsedag" not in said


def test_whoever_writes_about_an_activity_is_told_who_reads_it(admin):
    form = admin.get(f"{YEAR}oppsett/ny/").context["form"]
    for name in ("title", "description"):
        assert "Ikke skriv navn på personer." in form[name].help_text


@pytest.mark.parametrize("page", ["", "utgar/"])
@pytest.mark.parametrize("number", ["0", "9" * 18, "9" * 24])
def test_an_activity_that_cannot_be_is_not_there(admin, page, number):
    assert admin.get(f"/styringshjul/oppsett/aktivitet/{number}/{page}").status_code == 404


@pytest.mark.parametrize("day, kind", [(date(2026, 6, 30), "past"), (date(2026, 10, 9), "coming"), (date(2026, 12, 15), "coming")])
def test_a_politician_sees_what_is_over_as_over_and_not_as_coming(world, day, kind):
    """How far it came is not said; that the day has been, everybody knows."""
    activity = ActivityFactory(district=world.district, title="Dialogmøter", is_public=True, scope=Scope.UNITS, due_on=day)
    said = markup_of(signed_in(person(Role.POLITICIAN, world.district)).get(YEAR))
    assert f'<a href="#a{activity.pk}" class="is-{kind}"' in said
