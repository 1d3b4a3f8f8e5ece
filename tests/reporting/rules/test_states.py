"""Which state follows which, by whose right, and what can be changed in each."""

from datetime import date, time
from decimal import Decimal
from itertools import product

import pytest

from organisation.rules.access import TABLE, Role
from organisation.rules.access import Permission as P
from reporting.rules.kinds import ReportState as S
from reporting.rules.states import (
    HANDED_IN,
    PARTS,
    SETTLED,
    TRANSITIONS,
    answer_due,
    answer_due_at,
    is_green,
    may_approve,
    may_edit,
    may_follow,
)
from reporting.rules.times import Times

STEPS = {
    (S.NOT_STARTED, S.BEGUN): {P.WRITE_REPORT},
    (S.BEGUN, S.DELIVERED): {P.WRITE_REPORT},
    (S.DELIVERED, S.BEGUN): {P.WRITE_REPORT},
    (S.DELIVERED, S.RETURNED): {P.WRITE_REPORT, P.RETURN_REPORT},
    (S.RETURNED, S.DELIVERED): {P.WRITE_REPORT},
    (S.DELIVERED, S.APPROVED): {P.APPROVE_REPORT},
    (S.APPROVED, S.DELIVERED): {P.APPROVE_REPORT},
    (S.NOT_STARTED, S.LOCKED): {P.APPROVE_REPORT},
    (S.BEGUN, S.LOCKED): {P.APPROVE_REPORT},
    (S.RETURNED, S.LOCKED): {P.APPROVE_REPORT},
    (S.APPROVED, S.LOCKED): {P.APPROVE_REPORT},
}


@pytest.mark.parametrize("now, then", list(product(S, S)))
def test_every_pair_of_states(now, then):
    assert may_follow(now, then) == ((now, then) in STEPS)
    assert TRANSITIONS.get((now, then)) == STEPS.get((now, then))


def test_a_locked_report_leads_nowhere():
    assert not [then for now, then in TRANSITIONS if now == S.LOCKED]


def test_a_controller_returns_and_does_not_approve():
    controller = TABLE[Role.CONTROLLER].keys()
    assert TRANSITIONS[S.DELIVERED, S.RETURNED] & controller
    assert not TRANSITIONS[S.DELIVERED, S.APPROVED] & controller
    assert not TRANSITIONS[S.APPROVED, S.LOCKED] & controller


def test_a_leader_decides_nothing():
    leader = TABLE[Role.UNIT_LEADER].keys()
    assert not TRANSITIONS[S.DELIVERED, S.APPROVED] & leader
    assert not TRANSITIONS[S.APPROVED, S.DELIVERED] & leader


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    "state, open_parts, expected",
    [
        (S.NOT_STARTED, (), True),
        (S.BEGUN, (), True),
        (S.DELIVERED, PARTS, False),
        (S.RETURNED, (), False),
        (S.RETURNED, PARTS, True),
        (S.APPROVED, PARTS, False),
        (S.LOCKED, PARTS, False),
    ],
)
def test_what_can_be_changed(state, open_parts, expected, part):
    assert may_edit(state, open_parts, part) is expected


def test_a_returned_report_opens_what_was_asked_about_and_no_more():
    assert [part for part in PARTS if may_edit(S.RETURNED, {"actions"}, part)] == ["actions"]
    assert not may_edit(S.BEGUN, (), "salary")


@pytest.mark.parametrize(
    "state, forecast, revised, expected",
    [
        (S.DELIVERED, "100", "100", True),
        (S.DELIVERED, "99.99", "100", True),
        (S.DELIVERED, "100.01", "100", False),
        (S.DELIVERED, None, "100", False),
        (S.DELIVERED, "100", None, False),
        (S.BEGUN, "90", "100", False),
        (S.RETURNED, "90", "100", False),
        (S.APPROVED, "90", "100", False),
    ],
)
def test_green(state, forecast, revised, expected):
    assert is_green(state, forecast and Decimal(forecast), revised and Decimal(revised)) is expected


@pytest.mark.parametrize(
    "asked, due",
    [
        (date(2026, 10, 12), date(2026, 10, 13)),
        # A Friday's question is answered on Monday.
        (date(2026, 10, 9), date(2026, 10, 12)),
        (date(2026, 10, 10), date(2026, 10, 12)),
        # Easter: from Wednesday to Tuesday after Easter Monday.
        (date(2026, 4, 1), date(2026, 4, 7)),
    ],
)
def test_an_answer_is_due_on_the_next_working_day(asked, due):
    assert answer_due(asked) == due


def test_an_answer_may_take_longer_and_end_at_another_clock():
    times = Times(answer_days=3, answer_by=time(12))
    assert answer_due(date(2026, 10, 8), times) == date(2026, 10, 13)
    assert str(answer_due_at(date(2026, 10, 8), times)) == "2026-10-13 12:00:00+02:00"
    assert str(answer_due_at(date(2026, 10, 8))) == "2026-10-09 15:00:00+02:00"


def test_what_others_read_and_what_is_built_on():
    assert S.BEGUN not in HANDED_IN
    assert S.NOT_STARTED not in HANDED_IN
    assert {S.APPROVED, S.LOCKED} == SETTLED


def test_figures_that_changed_after_the_delivery_need_a_look():
    assert not is_green(S.DELIVERED, Decimal(90), Decimal(100), figures_changed=True)


@pytest.mark.parametrize(
    "delivered_by, approvers, expected",
    [
        ({2}, {1}, True),
        ({2}, {1, 2}, True),
        ({1}, {1, 2}, False),
        ({1}, {2}, False),
        ({2, 1}, {1, 2}, False),
        ({1}, {1}, True),
        ({1}, set(), True),
        (set(), {1, 2}, True),
    ],
)
def test_one_approves_ones_own_report_only_where_nobody_else_can(delivered_by, approvers, expected):
    assert may_approve(1, delivered_by, approvers) is expected
