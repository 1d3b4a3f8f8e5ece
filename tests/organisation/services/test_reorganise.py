from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from organisation.models import AuditEntry, CostCentre, ParentLink, RoleAssignment, ServiceSite, Staffing, Succession, TreeChange, Unit
from organisation.queries.access import access_of
from organisation.queries.tree import tree_on, version_token
from organisation.rules import refusals
from organisation.rules.access import Permission, Role
from organisation.rules.reorganisation import NewUnit
from organisation.services import holdings, reorganise
from organisation.services.reorganise import Shares
from organisation.services.units import create_unit, rename_unit
from organisation.services.versions import OrganisationChanged, StaleVersion
from tests.factories.organisation import EPOCH, DistrictFactory, RoleAssignmentFactory, UnitFactory, UserFactory, person

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 10, 8, 6, 0, tzinfo=UTC)
JULY, JUNE_END = date(2027, 7, 1), date(2027, 6, 30)


@pytest.fixture
def district():
    return DistrictFactory(name="Bydelen")


@pytest.fixture
def north(district):
    return UnitFactory(name="Nord", parent=district)


@pytest.fixture
def south(district):
    return UnitFactory(name="Sør", parent=district)


@pytest.fixture
def kindergarten(north):
    return UnitFactory(name="Barnehagen", kind=Unit.Kind.SUB_UNIT, parent=north)


@pytest.fixture
def actor(district):
    return person(Role.ADMINISTRATOR, district)


def way(unit, day):
    tree = tree_on(day)
    return [tree.nodes[step].name for step in tree.path(unit.pk)]


def test_a_move_is_written_as_it_was_planned(actor, north, south, kindergarten):
    plan = reorganise.plan_move(unit=kindergarten, parent=south, on=JULY)
    assert way(kindergarten, JULY) == ["Barnehagen", "Nord", "Bydelen"], "a plan writes nothing"

    reorganise.move_unit(plan=plan, token=plan.token, unit=kindergarten, actor=actor, now=NOW)

    assert way(kindergarten, JUNE_END) == ["Barnehagen", "Nord", "Bydelen"]
    assert way(kindergarten, JULY) == ["Barnehagen", "Sør", "Bydelen"]
    change = TreeChange.objects.get()
    assert (change.on, set(change.unit_ids), change.handled_at) == (JULY, {kindergarten.pk, north.pk, south.pk}, None)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.unit, entry.actor) == ("unit.moved", kindergarten, actor)
    assert entry.details == {"before": "Bydelen / Nord / Barnehagen", "after": "Bydelen / Sør / Barnehagen", "from": "2027-07-01"}


def test_a_plan_of_an_organisation_that_has_changed_is_refused(actor, south, kindergarten):
    plan = reorganise.plan_move(unit=kindergarten, parent=south, on=JULY)
    rename_unit(unit=south, name="Søndre", on=JULY, version=1, actor=actor)

    with pytest.raises(OrganisationChanged):
        reorganise.move_unit(plan=plan, token=plan.token, unit=kindergarten, actor=actor, now=NOW)
    assert way(kindergarten, JULY) == ["Barnehagen", "Nord", "Bydelen"]
    assert not TreeChange.objects.exists()


def test_the_same_plan_twice_is_done_once(actor, south, kindergarten):
    plan = reorganise.plan_move(unit=kindergarten, parent=south, on=JULY)
    reorganise.move_unit(plan=plan, token=plan.token, unit=kindergarten, actor=actor, now=NOW)

    with pytest.raises(OrganisationChanged):
        reorganise.move_unit(plan=plan, token=plan.token, unit=kindergarten, actor=actor, now=NOW)
    assert TreeChange.objects.count() == 1
    assert ParentLink.objects.filter(unit=kindergarten).count() == 2


def test_a_plan_says_who_gets_and_who_loses_sight(north, south, kindergarten):
    leaders = {unit.name: person(Role.UNIT_LEADER, unit) for unit in (north, south, kindergarten)}

    impact = reorganise.plan_move(unit=kindergarten, parent=south, on=JULY).impact

    assert [role.user for role in impact.moving] == [leaders["Barnehagen"]]
    assert [role.user for role in impact.gaining] == [leaders["Sør"]]
    assert [role.user for role in impact.losing] == [leaders["Nord"]]


@pytest.fixture
def merged(actor, district, north, south, kindergarten):
    """Nord and Sør have become one, with everything they had."""
    leader = person(Role.UNIT_LEADER, north)
    RoleAssignmentFactory(user=leader, unit=south)
    RoleAssignmentFactory(user=UserFactory(), unit=south, role=Role.UNIT_LEADER, deputy_for=leader, valid_to=date(2027, 12, 31))
    CostCentre.objects.create(code="0402", unit=north, valid_from=EPOCH)
    CostCentre.objects.create(code="0499", unit=north, valid_from=EPOCH, valid_to=date(2020, 12, 31))
    CostCentre.objects.create(code="0500", unit=south, valid_from=date(2027, 9, 1))
    for unit in (north, south):
        ServiceSite.objects.create(unit=unit, name="Fellesbygget", valid_from=EPOCH)
        Staffing.objects.create(unit=unit, fte=Decimal("40.5"), valid_from=EPOCH)
    new = NewUnit("777", "Nord og sør", Unit.Kind.RESULT_UNIT)
    plan = reorganise.plan_merge(predecessors=[north, south], successor=new, parent=district, on=JULY)
    return reorganise.merge_units(
        plan=plan, token=plan.token, predecessors=[north, south], successor=new, roles_follow=True, actor=actor, now=NOW
    )


def test_a_merge_ends_the_old_units_and_keeps_their_names(merged, north, south, kindergarten):
    assert way(kindergarten, JUNE_END) == ["Barnehagen", "Nord", "Bydelen"]
    assert way(kindergarten, JULY) == ["Barnehagen", "Nord og sør", "Bydelen"]
    assert set(Succession.objects.values_list("predecessor", "successor", "on", "whole")) == {
        (north.pk, merged.pk, JULY, True),
        (south.pk, merged.pk, JULY, True),
    }
    assert set(TreeChange.objects.get().unit_ids) >= {north.pk, south.pk, merged.pk, kindergarten.pk}


def test_a_merge_takes_along_what_the_units_had(merged, north):
    assert list(merged.cost_centres.values_list("code", "valid_from")) == [("0402", JULY), ("0500", date(2027, 9, 1))]
    assert list(north.cost_centres.values_list("code", "valid_to")) == [("0402", JUNE_END), ("0499", date(2020, 12, 31))]
    assert list(merged.sites.values_list("name", "valid_from")) == [("Fellesbygget", JULY)]
    assert list(merged.staffing.values_list("fte", "valid_from")) == [(Decimal(81), JULY)]


def test_roles_follow_a_merge_once_each(merged, north):
    leader = RoleAssignment.objects.filter(unit=north).get().user

    assert list(merged.assignments.filter(user=leader).values_list("role", "valid_from", "valid_to")) == [(Role.UNIT_LEADER, JULY, None)]
    assert merged.assignments.get(deputy_for=leader).valid_to == date(2027, 12, 31)
    assert access_of(leader, JUNE_END).unit_ids(Permission.ENTER_VALUES) >= {north.pk}
    assert access_of(leader, JULY).unit_ids(Permission.ENTER_VALUES) >= {merged.pk}
    assert north.pk not in access_of(leader, JULY).unit_ids(Permission.ENTER_VALUES)


def test_a_leader_who_is_also_deputy_in_the_other_unit_becomes_leader(actor, district, north, south):
    leader = person(Role.UNIT_LEADER, south)
    RoleAssignmentFactory(user=leader, unit=north, deputy_for=UserFactory(), valid_to=date(2027, 12, 31), valid_from=date(2020, 1, 1))
    plan = reorganise.plan_merge(predecessors=[north], successor=south, parent=None, on=JULY)

    reorganise.merge_units(plan=plan, token=plan.token, predecessors=[north], successor=south, roles_follow=True, actor=actor, now=NOW)

    assert [role.deputy_for for role in south.assignments.filter(user=leader)] == [None]


def test_without_roles_following_the_old_roles_end(actor, north, south):
    leader = person(Role.UNIT_LEADER, north)
    plan = reorganise.plan_merge(predecessors=[north], successor=south, parent=None, on=JULY)

    reorganise.merge_units(plan=plan, token=plan.token, predecessors=[north], successor=south, roles_follow=False, actor=actor, now=NOW)

    assert list(leader.assignments.values_list("unit", "valid_to")) == [(north.pk, JUNE_END)]
    assert AuditEntry.objects.get(action="unit.merged").details["ended_roles"] == [f"{leader.name} (Resultatenhetsleder)"]


def test_a_split_shares_out_what_the_unit_had(actor, north, kindergarten):
    centre = CostCentre.objects.create(code="0402", unit=north, valid_from=EPOCH)
    lost = CostCentre.objects.create(code="0403", unit=north, valid_from=EPOCH)
    role = RoleAssignmentFactory(unit=north)
    shares = Shares(children={kindergarten.pk: 1}, cost_centres={centre.pk: 1}, roles={role.pk: 0})
    parts = [NewUnit("801", "Øst", "result_unit"), NewUnit("802", "Vest", "result_unit")]
    plan = reorganise.plan_split(unit=north, parts=parts, on=JULY, shares=shares)

    east, west = reorganise.split_unit(plan=plan, token=plan.token, unit=north, shares=shares, actor=actor, now=NOW)

    assert (east.code, west.code) == ("801", "802")
    assert way(kindergarten, JULY) == ["Barnehagen", "Vest", "Bydelen"]
    assert list(west.cost_centres.values_list("code", flat=True)) == ["0402"]
    lost.refresh_from_db()
    assert lost.valid_to == JUNE_END
    assert list(east.assignments.values_list("user", "valid_from")) == [(role.user_id, JULY)]
    assert not Succession.objects.filter(whole=True).exists()


def test_closing_ends_roles_and_holdings(actor, kindergarten):
    role = RoleAssignmentFactory(unit=kindergarten)
    later = RoleAssignmentFactory(unit=kindergarten, valid_from=date(2028, 1, 1))
    plan = reorganise.plan_close(unit=kindergarten, last_day=JUNE_END)

    reorganise.close_unit(plan=plan, token=plan.token, unit=kindergarten, actor=actor, now=NOW)

    role.refresh_from_db()
    assert role.valid_to == JUNE_END
    assert not RoleAssignment.objects.filter(pk=later.pk).exists()
    assert way(kindergarten, JULY) == []


def test_a_new_unit_and_its_code(actor, district):
    unit = create_unit(code="402", name="Hjemmetjenesten", kind="result_unit", parent=district, valid_from=JULY, actor=actor)

    assert way(unit, JULY) == ["Hjemmetjenesten", "Bydelen"]
    assert way(unit, JUNE_END) == []
    with pytest.raises(refusals.CodeTaken):
        create_unit(code="402", name="En til", kind="result_unit", parent=district, valid_from=JULY, actor=actor)
    assert AuditEntry.objects.get().action == "unit.created"


def test_renaming_keeps_the_old_name_for_old_days(actor, north):
    rename_unit(unit=north, name="Furuset", on=JULY, version=1, actor=actor)

    assert (tree_on(JUNE_END).nodes[north.pk].name, tree_on(JULY).nodes[north.pk].name) == ("Nord", "Furuset")
    with pytest.raises(StaleVersion):
        rename_unit(unit=north, name="Gran", on=JULY, version=1, actor=actor)


def test_a_process_sees_the_change_because_the_token_is_another(actor, north):
    before = version_token()

    rename_unit(unit=north, name="Furuset", on=JULY, version=1, actor=actor)

    assert version_token() != before


@pytest.mark.parametrize(
    "valid_from, valid_to, taken",
    [
        (date(2020, 12, 31), None, True),
        (EPOCH, date(2004, 1, 1), True),
        (date(2010, 1, 1), date(2010, 12, 31), True),
        (date(2021, 1, 1), None, False),
    ],
)
def test_a_cost_centre_belongs_to_one_unit_at_a_time(actor, north, south, valid_from, valid_to, taken):
    CostCentre.objects.create(code="0402", unit=north, valid_from=EPOCH, valid_to=date(2020, 12, 31))
    arguments = {"unit": south, "code": "0402", "valid_from": valid_from, "valid_to": valid_to, "version": 1, "actor": actor}

    if taken:
        with pytest.raises(holdings.CodeHeldByOther) as refusal:
            holdings.add_cost_centre(**arguments)
        assert refusal.value.unit == str(north)
        assert south.cost_centres.count() == 0
    else:
        assert holdings.add_cost_centre(**arguments).unit == south


def test_holdings_stay_inside_the_life_of_the_unit(actor, north):
    before = date(2003, 12, 31)

    with pytest.raises(refusals.UnitOutsideLife):
        holdings.add_site(unit=north, name="Bygget", valid_from=before, valid_to=None, version=1, actor=actor)
    with pytest.raises(refusals.UnitOutsideLife):
        holdings.add_cost_centre(unit=north, code="1", valid_from=before, valid_to=None, version=1, actor=actor)
    with pytest.raises(refusals.UnitOutsideLife):
        holdings.set_staffing(unit=north, fte=Decimal(1), valid_from=before, version=1, actor=actor)
    north.refresh_from_db()
    assert north.version == 1, "nothing half done"


def test_sites_end_and_do_not_overlap(actor, north):
    site = holdings.add_site(unit=north, name="Bygget", valid_from=EPOCH, valid_to=None, version=1, actor=actor)
    with pytest.raises(holdings.SiteAlreadyThere):
        holdings.add_site(unit=north, name="Bygget", valid_from=JULY, valid_to=None, version=2, actor=actor)
    with pytest.raises(holdings.EndsBeforeStart):
        holdings.end_site(site=site, last_day=date(2003, 1, 1), version=2, actor=actor)

    holdings.end_site(site=site, last_day=JUNE_END, version=2, actor=actor)

    with pytest.raises(refusals.NothingChanges):
        holdings.end_site(site=site, last_day=JULY, version=3, actor=actor)
    assert holdings.add_site(unit=north, name="Bygget", valid_from=JULY, valid_to=None, version=3, actor=actor).valid_from == JULY


def test_staffing_is_kept_by_day(actor, north):
    holdings.set_staffing(unit=north, fte=Decimal("40.5"), valid_from=EPOCH, version=1, actor=actor)
    with pytest.raises(refusals.NothingChanges):
        holdings.set_staffing(unit=north, fte=Decimal("40.5"), valid_from=JULY, version=2, actor=actor)
    holdings.set_staffing(unit=north, fte=Decimal(38), valid_from=JULY, version=2, actor=actor)

    assert list(north.staffing.values_list("fte", flat=True)) == [Decimal("40.5"), Decimal(38)]
