"""A page that takes a report from one state to another asks for a right that the table of states knows for that step."""

import pytest

from alna.access import PAGES
from reporting.rules.kinds import ReportState as S
from reporting.rules.states import TRANSITIONS

STEPS = {
    "report_field": [(S.NOT_STARTED, S.BEGUN)],
    "report": [(S.BEGUN, S.DELIVERED), (S.RETURNED, S.DELIVERED)],
    "report_undo": [(S.DELIVERED, S.BEGUN), (S.DELIVERED, S.RETURNED)],
    "approval_approve": [(S.DELIVERED, S.APPROVED)],
    "approval_green": [(S.DELIVERED, S.APPROVED)],
    "approval_return": [(S.DELIVERED, S.RETURNED)],
    "approval_open_again": [(S.APPROVED, S.DELIVERED)],
    "approval_undo": [(S.APPROVED, S.DELIVERED)],
    "approval_lock": [(S.NOT_STARTED, S.LOCKED), (S.BEGUN, S.LOCKED), (S.RETURNED, S.LOCKED), (S.APPROVED, S.LOCKED)],
}


@pytest.mark.parametrize("page, step", [(page, step) for page, steps in STEPS.items() for step in steps])
def test_the_page_asks_for_a_right_of_the_step(page, step):
    assert PAGES[f"reporting:{page}"] in TRANSITIONS[step]


def test_every_step_has_its_page():
    assert {step for steps in STEPS.values() for step in steps} == TRANSITIONS.keys()
