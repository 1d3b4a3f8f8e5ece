from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress

from organisation.models import AuditEntry, RoleAssignment
from organisation.queries.access import access_of
from organisation.rules import refusals
from organisation.rules.access import Permission, Role
from organisation.services import people, roles
from organisation.services.holdings import EndsBeforeStart
from organisation.services.versions import StaleVersion
from tests.factories.organisation import EPOCH, RoleAssignmentFactory, UserFactory, person

pytestmark = pytest.mark.django_db

TODAY = date(2026, 10, 8)
NOVEMBER, DECEMBER, YEAR_END = date(2026, 11, 1), date(2026, 12, 1), date(2026, 12, 31)


def may_enter(user, day, unit):
    return access_of(user, day).may_in(Permission.ENTER_VALUES, unit.pk)


@pytest.fixture
def leader(world):
    return RoleAssignmentFactory(unit=world.north, role=Role.UNIT_LEADER)


def test_an_expired_deputy_may_nothing(world, leader):
    deputy = UserFactory()

    roles.give_deputy(assignment=leader, deputy=deputy, valid_from=NOVEMBER, valid_to=YEAR_END, actor=world.admin)

    assert [
        may_enter(deputy, day, world.north) for day in (NOVEMBER - timedelta(days=1), NOVEMBER, YEAR_END, YEAR_END + timedelta(days=1))
    ] == [
        False,
        True,
        True,
        False,
    ]
    assert not access_of(deputy, YEAR_END + timedelta(days=1)).held


@pytest.mark.parametrize(
    "valid_from, valid_to, refusal",
    [
        (date(2003, 12, 31), YEAR_END, roles.DeputyOutsideRole),
        (NOVEMBER, date(2027, 6, 1), roles.DeputyOutsideRole),
        (DECEMBER, NOVEMBER, EndsBeforeStart),
    ],
)
def test_a_deputy_stands_in_only_while_the_role_lasts(world, leader, valid_from, valid_to, refusal):
    RoleAssignment.objects.filter(pk=leader.pk).update(valid_to=date(2027, 5, 31))
    leader.refresh_from_db()

    with pytest.raises(refusal):
        roles.give_deputy(assignment=leader, deputy=UserFactory(), valid_from=valid_from, valid_to=valid_to, actor=world.admin)


def test_nobody_is_a_deputy_for_themselves_or_for_a_deputy(world, leader):
    with pytest.raises(roles.OwnDeputy):
        roles.give_deputy(assignment=leader, deputy=leader.user, valid_from=NOVEMBER, valid_to=YEAR_END, actor=world.admin)
    deputyship = roles.give_deputy(assignment=leader, deputy=UserFactory(), valid_from=NOVEMBER, valid_to=YEAR_END, actor=world.admin)
    with pytest.raises(roles.OwnDeputy):
        roles.give_deputy(assignment=deputyship, deputy=UserFactory(), valid_from=NOVEMBER, valid_to=YEAR_END, actor=world.admin)


def test_a_deputy_ends_with_the_role(world, leader):
    deputy = UserFactory()
    roles.give_deputy(assignment=leader, deputy=deputy, valid_from=NOVEMBER, valid_to=YEAR_END, actor=world.admin)

    roles.end_role(assignment=leader, last_day=date(2026, 11, 15), today=TODAY, actor=world.admin)

    assert deputy.assignments.get().valid_to == date(2026, 11, 15)
    assert not may_enter(deputy, date(2026, 11, 16), world.north)
    assert AuditEntry.objects.latest("pk").details["ended_deputies"] == [f"{deputy.name} (Resultatenhetsleder, N1)"]


def test_the_same_role_twice_is_refused(world, leader):
    with pytest.raises(roles.RoleHeldAlready):
        roles.give_role(person=leader.user, role=Role.UNIT_LEADER, unit=world.north, valid_from=TODAY, valid_to=None, actor=world.admin)
    assert leader.user.assignments.count() == 1


def test_a_role_lies_inside_the_life_of_its_unit(world):
    with pytest.raises(refusals.UnitOutsideLife):
        roles.give_role(person=UserFactory(), role=Role.HR, unit=world.north, valid_from=date(2003, 1, 1), valid_to=None, actor=world.admin)


def test_a_role_that_has_not_begun_is_taken_back(world):
    coming = RoleAssignmentFactory(unit=world.north, valid_from=DECEMBER)

    roles.end_role(assignment=coming, last_day=TODAY, today=TODAY, actor=world.admin)

    assert not RoleAssignment.objects.filter(pk=coming.pk).exists()


def test_a_role_does_not_end_before_it_began_nor_later_than_it_does(world, leader):
    with pytest.raises(EndsBeforeStart):
        roles.end_role(assignment=leader, last_day=date(2003, 1, 1), today=TODAY, actor=world.admin)
    roles.end_role(assignment=leader, last_day=YEAR_END, today=TODAY, actor=world.admin)
    with pytest.raises(StaleVersion):
        roles.end_role(assignment=leader, last_day=NOVEMBER, today=TODAY, actor=world.admin)
    leader.refresh_from_db()
    with pytest.raises(refusals.NothingChanges):
        roles.end_role(assignment=leader, last_day=YEAR_END, today=TODAY, actor=world.admin)


# The last administrator ----------------------------------------------------------------


def admin_role(user):
    return user.assignments.get(role=Role.ADMINISTRATOR)


def test_the_last_administrator_stays(world):
    with pytest.raises(roles.LastAdministrator) as refusal:
        roles.end_role(assignment=admin_role(world.admin), last_day=TODAY, today=TODAY, actor=world.admin)
    assert refusal.value.day == TODAY + timedelta(days=1)
    with pytest.raises(roles.LastAdministrator):
        people.deactivate_person(person=world.admin, today=TODAY, actor=world.neighbour_admin)
    world.admin.refresh_from_db()
    assert world.admin.is_active


def other_admin(unit, **period):
    return RoleAssignmentFactory(role=Role.ADMINISTRATOR, unit=unit, **period).user


@pytest.mark.parametrize(
    "place, period, stays",
    [
        ("district", {}, False),
        ("district", {"valid_to": YEAR_END}, True),
        ("district", {"valid_from": NOVEMBER}, True),
        ("north", {}, True),
        ("neighbour", {}, True),
    ],
)
def test_another_administrator_must_cover_every_later_day_of_the_whole_unit(world, place, period, stays):
    other_admin(getattr(world, place), **period)

    def end():
        roles.end_role(assignment=admin_role(world.admin), last_day=TODAY, today=TODAY, actor=world.admin)

    if stays:
        with pytest.raises(roles.LastAdministrator):
            end()
    else:
        end()


def test_a_deputy_and_somebody_kept_out_do_not_count_as_administrators(world):
    roles.give_deputy(
        assignment=admin_role(world.admin), deputy=UserFactory(), valid_from=EPOCH, valid_to=date(2099, 1, 1), actor=world.admin
    )
    gone = other_admin(world.district)
    gone.is_active = False
    gone.save()

    with pytest.raises(roles.LastAdministrator):
        roles.end_role(assignment=admin_role(world.admin), last_day=TODAY, today=TODAY, actor=world.admin)


def test_an_administrator_of_a_unit_below_may_go_while_the_district_has_one(world):
    small = RoleAssignmentFactory(role=Role.ADMINISTRATOR, unit=world.north)

    roles.end_role(assignment=small, last_day=TODAY, today=TODAY, actor=world.admin)

    small.refresh_from_db()
    assert small.valid_to == TODAY


# Handing over and keeping out ---------------------------------------------------------------


def test_everything_is_handed_over_in_one_step(world, leader):
    second = RoleAssignmentFactory(user=leader.user, unit=world.south, role=Role.QUALITY, valid_to=YEAR_END)
    deputy, receiver = UserFactory(), UserFactory()
    roles.give_deputy(assignment=leader, deputy=deputy, valid_from=NOVEMBER, valid_to=YEAR_END, actor=world.admin)

    roles.hand_over(person=leader.user, receiver=receiver, assignments=[leader, second], on=DECEMBER, actor=world.admin)

    assert set(receiver.assignments.values_list("unit", "role", "valid_from", "valid_to")) == {
        (world.north.pk, Role.UNIT_LEADER, DECEMBER, None),
        (world.south.pk, Role.QUALITY, DECEMBER, YEAR_END),
    }
    assert set(leader.user.assignments.values_list("valid_to", flat=True)) == {DECEMBER - timedelta(days=1)}
    assert deputy.assignments.get().valid_to == DECEMBER - timedelta(days=1)
    assert not may_enter(deputy, DECEMBER, world.north)


def test_the_deputy_may_be_the_one_who_takes_over(world, leader):
    deputy = UserFactory()
    roles.give_deputy(assignment=leader, deputy=deputy, valid_from=DECEMBER, valid_to=YEAR_END, actor=world.admin)

    roles.hand_over(person=leader.user, receiver=deputy, assignments=[leader], on=DECEMBER, actor=world.admin)

    assert list(deputy.assignments.values_list("deputy_for", "valid_from", "valid_to")) == [(None, DECEMBER, None)]


def test_a_receiver_who_has_the_role_for_a_time_keeps_it_longer(world, leader):
    receiver = RoleAssignmentFactory(unit=world.north, role=Role.UNIT_LEADER, valid_to=YEAR_END).user

    roles.hand_over(person=leader.user, receiver=receiver, assignments=[leader], on=DECEMBER, actor=world.admin)

    assert receiver.assignments.get().valid_to is None


def test_the_only_administrator_can_hand_over_to_another(world):
    receiver = UserFactory()

    roles.hand_over(person=world.admin, receiver=receiver, assignments=[admin_role(world.admin)], on=DECEMBER, actor=world.admin)

    assert access_of(receiver, DECEMBER).may(Permission.MANAGE_ROLES)
    assert not access_of(world.admin, DECEMBER).may(Permission.MANAGE_ROLES)
    assert AuditEntry.objects.latest("pk").details["own"] is True, "one's own roles are changed in the open"


def test_handing_over_needs_somebody_else_who_can_sign_in(world, leader):
    with pytest.raises(roles.OwnDeputy):
        roles.hand_over(person=leader.user, receiver=leader.user, assignments=[leader], on=DECEMBER, actor=world.admin)
    with pytest.raises(roles.PersonInactive):
        roles.hand_over(person=leader.user, receiver=UserFactory(is_active=False), assignments=[leader], on=DECEMBER, actor=world.admin)
    with pytest.raises(refusals.NothingChanges):
        roles.hand_over(person=leader.user, receiver=UserFactory(), assignments=[], on=DECEMBER, actor=world.admin)


def test_a_closed_door_ends_every_role_at_once(world, leader):
    deputy = UserFactory()
    roles.give_deputy(assignment=leader, deputy=deputy, valid_from=TODAY, valid_to=YEAR_END, actor=world.admin)

    people.deactivate_person(person=leader.user, today=TODAY, actor=world.admin)

    leader.user.refresh_from_db()
    assert not leader.user.is_active
    assert not may_enter(leader.user, TODAY, world.north)
    assert not may_enter(deputy, TODAY, world.north)
    with pytest.raises(refusals.NothingChanges):
        people.deactivate_person(person=leader.user, today=TODAY, actor=world.admin)
    people.reactivate_person(person=leader.user, actor=world.admin)
    leader.user.refresh_from_db()
    assert not may_enter(leader.user, TODAY, world.north), "roles are given anew"


def test_nobody_closes_their_own_door(world):
    other_admin(world.district)

    with pytest.raises(people.OwnAccess):
        people.deactivate_person(person=world.admin, today=TODAY, actor=world.admin)


def test_a_person_is_made_once_for_each_address(world):
    arguments = {"name": "Kari Eksempel", "unit": world.north, "valid_from": TODAY, "valid_to": None, "actor": world.admin}

    first, made = people.create_person(email="kari@example.test", role=Role.HR, **arguments)
    second, made_again = people.create_person(email="KARI@example.test", role=Role.QUALITY, **arguments)

    assert (first.pk, made, made_again) == (second.pk, True, False)
    assert not first.has_usable_password()
    assert first.assignments.count() == 2


def test_a_changed_address_closes_the_old_one(world):
    someone = person(Role.EMPLOYEE, world.north)
    EmailAddress.objects.create(user=someone, email=someone.email, verified=True, primary=True)

    people.change_person(person=someone, name="Nytt Navn", email="Ny@Example.test", version=1, actor=world.admin)

    someone.refresh_from_db()
    assert (someone.name, someone.email, someone.version) == ("Nytt Navn", "ny@example.test", 2)
    assert "nytt navn" in someone.search_text
    assert not EmailAddress.objects.exists()
    with pytest.raises(StaleVersion):
        people.change_person(person=someone, name="X", email="x@example.test", version=1, actor=world.admin)
    with pytest.raises(people.EmailTaken):
        people.change_person(person=someone, name="X", email=world.admin.email.upper(), version=2, actor=world.admin)
