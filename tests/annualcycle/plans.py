"""An activity of all units, as the tests of services make it."""

from annualcycle.rules.kinds import DateRule, Scope
from annualcycle.services.activities import ActivityValues
from common.deadlines import Lane
from organisation.rules.access import Role

PLAN = ActivityValues(
    title="Årsplan levert",
    short="Årsplan",
    lane=Lane.PLAN,
    rule=DateRule.FIXED,
    month=2,
    day=28,
    responsible=Role.UNIT_LEADER,
    scope=Scope.UNITS,
    lead_days=(3, 14, 3),
)
