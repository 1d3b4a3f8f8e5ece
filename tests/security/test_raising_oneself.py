"""Ways to give oneself more than one has: through roles, kinds of units, and the library that all districts share."""

import pytest
from django.urls import reverse

from organisation.models import Unit
from organisation.queries.access import access_of
from organisation.queries.tree import mark_changed
from organisation.rules.access import TABLE, Permission, Reach, Role
from organisation.services import audit
from scorecard.models import Indicator, Scorecard
from scorecard.rules.lifecycle import State
from tests.factories.organisation import RoleAssignmentFactory, person
from tests.security.conftest import TODAY, as_role, signed_in

pytestmark = pytest.mark.django_db
# Measures, published results, how reports stand, and the year's plan: what the matrix of rights lets everybody in the district read.
READ_IN_THE_WHOLE_DISTRICT = {
    Permission.SEE_SCORECARD,
    Permission.SEE_PUBLISHED,
    Permission.SEE_REPORT_SUMMARY,
    Permission.SEE_CYCLE,
    Permission.SEE_TASKS,
}


def definition(indicator: Indicator, **changed) -> dict[str, object]:
    names = (
        *("name", "definition", "numerator_text", "denominator_text", "method_text", "source", "owner_role"),
        *("measure", "unit_text", "direction", "rollup", "factor", "formula", "frequency", "window", "due_days", "minutes", "places"),
        *("scale_min", "scale_max", "version"),
    )
    fields = {name: getattr(indicator, name) for name in names}
    fields["factor"] = str(indicator.factor).replace(".", ",")
    return {name: "" if value is None else value for name, value in fields.items()} | changed


def test_who_administers_one_unit_reads_nothing_of_the_others_by_giving_roles(home):
    admin = person(Role.ADMINISTRATOR, home.north)
    audit.record(actor=None, action="unit.renamed", target=home.south, unit=home.south, details={"before": "gammelt-navn-i-sor"})
    audit.record(actor=None, action="unit.renamed", target=home.north, unit=home.north, details={"before": "gammelt-navn-i-nord"})
    for role in set(Role) - {Role.ADMINISTRATOR}:
        RoleAssignmentFactory(user=admin, role=role, unit=home.north)
    page = signed_in(admin).get(reverse("organisation:audit")).text
    assert "gammelt-navn-i-nord" in page
    assert "gammelt-navn-i-sor" not in page

    access = access_of(admin, TODAY)
    wider = {each for each in Permission if access.may_in(each, home.south.pk)}
    assert wider == READ_IN_THE_WHOLE_DISTRICT


def test_no_role_carries_more_than_reading_beyond_its_own_unit():
    far = {each for permissions in TABLE.values() for each, reach in permissions.items() if reach is Reach.DISTRICT}
    assert far == READ_IN_THE_WHOLE_DISTRICT


def test_the_shield_is_taken_away_by_those_only_who_see_what_it_hides(home):
    sick = home.sick
    address = reverse("scorecard:library_edit", args=[sick.code])

    refused = as_role(Role.ADMINISTRATOR, home.top).post(address, definition(sick))
    assert refused.status_code == 422
    assert "skjermingen" in refused.text
    sick.refresh_from_db()
    assert sick.restricted

    assert as_role(Role.QUALITY, home.top).post(address, definition(sick)).status_code == 302
    sick.refresh_from_db()
    assert not sick.restricted


def test_one_district_takes_no_shield_from_anothers_figures(home, away):
    address = reverse("scorecard:library_edit", args=[home.sick.code])
    assert as_role(Role.QUALITY, home.top).post(address, definition(home.sick)).status_code == 422
    home.sick.refresh_from_db()
    assert home.sick.restricted


def test_what_is_shielded_stays_so_while_something_else_is_changed_and_anybody_may_shield(home):
    sick = home.sick
    admin = as_role(Role.ADMINISTRATOR, home.top)
    address = reverse("scorecard:library_edit", args=[sick.code])
    assert admin.post(address, definition(sick, name="Nytt navn", restricted="on")).status_code == 302
    sick.refresh_from_db()
    assert (sick.name, sick.restricted) == ("Nytt navn", True)

    open_one = home.placed(code="apen", name="Åpen")
    answer = admin.post(reverse("scorecard:library_edit", args=["apen"]), definition(open_one, restricted="on", minutes=0))
    assert answer.status_code == 302
    open_one.refresh_from_db()
    assert open_one.restricted


@pytest.mark.parametrize("kind", [Unit.Kind.DISTRICT, Unit.Kind.CITY])
def test_a_unit_is_not_made_into_a_district_to_show_its_figures_to_everybody(home, kind):
    admin = as_role(Role.ADMINISTRATOR, home.top)
    fields = {"code": "NY", "name": "Ny", "parent": home.top.code, "valid_from": "01.11.2026"}

    refused = admin.post(reverse("organisation:unit_new"), fields | {"kind": kind})
    assert refused.status_code == 422
    assert "bydel" in refused.text.lower()
    assert not Unit.objects.filter(code="NY").exists()

    assert admin.post(reverse("organisation:unit_new"), fields | {"kind": "sub_unit"}).status_code == 302


LIBRARY = ("library", "library_new", "library_export", "library_edit", "library_retire", "library_take_back", "library_benchmark_new")


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.QUALITY])
def test_the_library_of_all_districts_is_edited_from_the_top_of_one(home, role):
    given = {"library_export": ["csv"], "library": [], "library_new": []}
    addresses = [reverse(f"scorecard:{name}", args=given.get(name, [home.sick.code])) for name in LIBRARY]
    top, unit = as_role(role, home.top), as_role(role, home.north)
    assert {top.get(address).status_code for address in addresses} == {200, 405}

    assert {unit.get(address).status_code for address in addresses} == {404}
    assert {unit.post(address).status_code for address in addresses} == {404}
    assert reverse("scorecard:library") in top.get(reverse("scorecard:index"), follow=True).text
    assert reverse("scorecard:library") not in unit.get(reverse("scorecard:index"), follow=True).text


def test_a_role_in_a_unit_that_has_ended_opens_nothing(home):
    user = person(Role.DIRECTOR, home.north)
    client = signed_in(user)
    assert client.get(reverse("overview:now")).status_code == 200
    Unit.objects.filter(pk=home.north.pk).update(valid_to=TODAY.replace(day=1))
    mark_changed()

    assert client.get(reverse("overview:now")).status_code == 404
    assert client.get(reverse("scorecard:card", args=[home.south.code, 2026])).status_code == 404


def test_a_unit_leader_confirms_no_target_and_publishes_nothing(home):
    leader = as_role(Role.UNIT_LEADER, home.north)
    card = Scorecard.objects.get(pk=home.card.pk)
    Scorecard.objects.filter(pk=card.pk).update(state=State.PROPOSED)
    for name in ("setup_publish", "setup_return", "setup_lock", "setup_unpublish", "setup_propose"):
        assert leader.post(reverse(f"scorecard:{name}", args=[home.top.code, 2026]), {"version": card.version}).status_code == 404
    assert leader.post(reverse("scorecard:target_confirm", args=[home.top.code, 2026]), {"indicator": home.sick.pk}).status_code == 404

    director = as_role(Role.DIRECTOR, home.top)
    director.post(reverse("scorecard:setup_return", args=[home.top.code, 2026]), {"version": card.version, "reason": "Vekter"})
    assert Scorecard.objects.get(pk=card.pk).state == State.DRAFT


def test_a_deputy_has_the_role_until_the_last_day_and_not_a_day_longer(home, settings):
    deputy = person(Role.EMPLOYEE, home.south)
    leader = person(Role.UNIT_LEADER, home.north)
    fields = {"role": Role.UNIT_LEADER, "unit": home.north, "deputy_for": leader, "valid_from": TODAY.replace(day=1)}
    RoleAssignmentFactory(user=deputy, valid_to=TODAY, **fields)
    client = signed_in(deputy)
    values = reverse("scorecard:values", args=[home.north.code])
    card = reverse("scorecard:card", args=[home.north.code, 2026])
    client.get(card)
    first = client.get(card)
    assert client.get(values).status_code == 200
    assert "11,7" in first.text

    settings.ALNA_TODAY = TODAY.replace(day=10)

    assert client.get(values).status_code == 404
    assert client.get(card, headers={"if-none-match": first["ETag"]}).status_code == 404
