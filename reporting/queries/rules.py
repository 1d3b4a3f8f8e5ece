"""What must be explained, from the rows an administrator decides."""

from collections.abc import Mapping
from datetime import date

from reporting.models import ReportingRule
from reporting.rules.demands import Rule
from reporting.rules.kinds import Demand, RuleKind


def rules_on(day: date) -> dict[RuleKind, ReportingRule]:
    """The row in force of each kind, in the order of the kinds; a kind that was taken out of use is left out. One SQL statement."""
    latest = {row.kind: row for row in ReportingRule.objects.filter(valid_from__lte=day).order_by("valid_from", "pk")}
    return {kind: latest[kind] for kind in RuleKind if kind in latest and latest[kind].is_active}


def as_rules(rows: Mapping[RuleKind, ReportingRule]) -> list[Rule]:
    """The rows as the rules read them."""
    return [
        Rule(kind, row.limit_percent, row.limit_amount, row.needs_both, row.periods, row.min_length, Demand(row.demand))
        for kind, row in rows.items()
    ]
