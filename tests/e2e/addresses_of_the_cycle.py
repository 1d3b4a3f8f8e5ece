"""The pages of the annual cycle's set-up, with real arguments."""

from __future__ import annotations

from annualcycle.models import Activity
from tests.e2e.demonstration import YEAR

# These answer to a form only.
FORMS = {
    "annualcycle:activity_day",
    "annualcycle:activity_restore",
    "annualcycle:feed_new",
    "annualcycle:feed_revoke",
    "annualcycle:finish_chosen",
    "annualcycle:setup_usual",
    "annualcycle:task_open",
}
FILES = {"annualcycle:feed", "annualcycle:print"}
# There for those alone who may finish the very task; tests/e2e/test_finishing.py opens them.
ELSEWHERE = {"annualcycle:task", "annualcycle:task_not_needed"}
LEADING_ON = {"annualcycle:setup_index", "annualcycle:index"}
# The year that is not there yet is looked at where it is rolled.
NEXT_YEAR = {"annualcycle:roll"}
OF_AN_ACTIVITY = {"annualcycle:activity", "annualcycle:activity_edit", "annualcycle:activity_cancel", "annualcycle:activity_remove"}


def arguments_of_the_cycle(name: str) -> dict[str, object]:
    """Nothing for pages of other rooms."""
    if name in OF_AN_ACTIVITY:
        # One that politicians see too, and with a task for every unit.
        return {"pk": Activity.objects.get(district__code="alna", year=YEAR, short="Dialogmøter", is_public=True).pk}
    if name == "annualcycle:month":
        return {"code": "alna", "year": YEAR, "number": 10}
    if name.startswith("annualcycle:"):
        return {"code": "alna", "year": YEAR + 1 if name in NEXT_YEAR else YEAR}
    return {}
