"""What only happens, on the pages of the year and in the form."""

from datetime import date

import pytest

from annualcycle.models import Activity, Task
from annualcycle.rules.kinds import Scope
from organisation.rules.access import Role
from tests.annualcycle.setting_up import PLAN
from tests.factories.cycle import ActivityFactory, TaskFactory
from tests.factories.organisation import person
from tests.pages import signed_in, text_of

pytestmark = pytest.mark.django_db
NEW = "/styringshjul/alna/2026/oppsett/ny/"


@pytest.fixture
def summer(world):
    return ActivityFactory(
        district=world.district, title="Ingen rapport i juli", scope=Scope.NONE, responsible="", due_on=date(2026, 7, 31)
    )


@pytest.mark.parametrize("responsible", ["", "unit_leader"])
def test_what_only_happens_asks_for_nobody_and_gives_no_task(world, admin, responsible):
    answer = admin.post(NEW, PLAN | {"scope": "none", "responsible": responsible}, follow=True)
    assert "Aktiviteten er lagt til." in text_of(answer)
    ((_month, (line,)),) = answer.context["months"]
    assert (line["who"], line["responsible"]) == ("Ingen", "")
    row = Activity.objects.get()
    assert (row.scope, row.responsible, Task.objects.count()) == (Scope.NONE, "", 0)
    assert "Velg fra listen" not in text_of(admin.get(f"/styringshjul/oppsett/aktivitet/{row.pk}/"))


def test_what_somebody_does_still_asks_for_whom(world, admin):
    answer = admin.post(NEW, PLAN | {"responsible": ""})
    assert answer.status_code == 422
    assert not Activity.objects.exists()


def test_whoever_sees_no_tasks_is_not_asked_to_do_them(world, admin):
    offered = [role for role, _label in admin.get(NEW).context["form"].fields["responsible"].choices]
    assert Role.POLITICIAN.value not in offered
    assert Role.UNIT_LEADER.value in offered
    assert admin.post(NEW, PLAN | {"responsible": Role.POLITICIAN.value}).status_code == 422


def test_the_pages_of_the_year_name_nobody(world, summer):
    TaskFactory(activity=ActivityFactory(district=world.district, title="Årsplan"), unit=world.unit)
    TaskFactory(activity=ActivityFactory(district=world.district, responsible=Role.DIRECTOR.value), unit=world.district)
    reader = signed_in(person(Role.DIRECTOR, world.district))
    wheel = reader.get("/styringshjul/alna/2026/")
    assert [name for name, _url, _is_chosen in wheel.context["roles"]] == ["Alle", "Bydelsdirektør", "Resultatenhetsleder"]
    assert "Ferdig" in text_of(wheel).split("Ingen rapport i juli")[-1]
    by_role = reader.get("/styringshjul/alna/2026/roller/")
    assert by_role.status_code == 200
    assert "Ingen rapport i juli" not in text_of(by_role)
    page = text_of(reader.get(f"/styringshjul/aktivitet/{summer.pk}/"))
    assert "Ingen, den bare skjer" in page
    assert "Ansvarlig" not in page.split("Om aktiviteten")[-1]


def test_a_task_from_before_is_nobodys_and_stops_no_page(world, summer):
    TaskFactory(activity=summer, unit=world.district, note="Gjort i fjor")
    reader = signed_in(person(Role.DIRECTOR, world.district))
    mine = reader.get("/styringshjul/mine-frister/")
    assert mine.status_code == 200
    assert "Ingen rapport i juli" not in text_of(mine)
    assert reader.get("/styringshjul/alna/2026/7/").status_code == 200
