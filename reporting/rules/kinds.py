"""The closed lists of words that the month's tables use."""

from enum import StrEnum


class DeliveryKind(StrEnum):
    """What a delivered set of figures is about."""

    ECONOMY = "economy"
    SICK_LEAVE = "sick_leave"


class ReportState(StrEnum):
    """How far a unit's report of a month has come."""

    NOT_STARTED = "not_started"
    BEGUN = "begun"
    DELIVERED = "delivered"
    RETURNED = "returned"
    APPROVED = "approved"
    LOCKED = "locked"


class ForecastMethod(StrEnum):
    """Where the leader's forecast comes from; A, B and C are the three suggestions."""

    BUDGET = "budget"
    NO_MORE = "no_more"
    SAME_PACE = "same_pace"
    LAST_YEAR = "last_year"
    KEPT = "kept"
    OWN = "own"


class RuleKind(StrEnum):
    """What must be explained."""

    VARIANCE_TO_DATE = "variance_to_date"
    FORECAST_OVERSPEND = "forecast_overspend"
    FORECAST_CHANGED = "forecast_changed"
    FORECAST_OFF_PACE = "forecast_off_pace"
    UNDERSPEND = "underspend"
    SICK_LEAVE = "sick_leave"
    RED_INDICATOR = "red_indicator"
    OVERDUE_ACTION = "overdue_action"


class Demand(StrEnum):
    """What a rule asks for when it strikes."""

    COMMENT = "comment"
    COMMENT_AND_ACTION = "comment_and_action"
    ACTION = "action"
    STATUS_LINE = "status_line"


class CausePart(StrEnum):
    """Which part of the report a cause can be chosen in."""

    ECONOMY = "economy"
    SICK_LEAVE = "sick_leave"


class Step(StrEnum):
    """The steps of a month's closing, in their order."""

    PERIOD_CLOSED = "period_closed"
    FIGURES_READY = "figures_ready"
    UNIT_REPORT = "unit_report"
    CONTROL = "control"
    LOCK = "lock"


class Duty(StrEnum):
    """What a month asks of the units: a whole report, figures alone, or nothing."""

    FULL = "full"
    FIGURES = "figures"
    NONE = "none"


class FeedKind(StrEnum):
    """Which of the month's figures become an indicator's measurement."""

    FORECAST_RESULT = "forecast_result"
    SPENT_TO_DATE = "spent_to_date"
    SICK_LEAVE = "sick_leave"
