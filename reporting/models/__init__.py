"""Delivered figures with the rows they came from, the rules of the month, and the reports themselves."""

from reporting.models.ledger import Balance, Delivery, LedgerLine, LockedBalance, SickLeaveMonth
from reporting.models.reports import (
    ConsolidatedText,
    ForecastAccuracy,
    MonthlyReport,
    ReportAction,
    ReportEvent,
    ReportingMonth,
    ReportReturn,
)
from reporting.models.setup import (
    AccountGroup,
    Cause,
    DeadlineRule,
    EarmarkedProject,
    FigureFeed,
    FunctionArea,
    FunctionCode,
    ReportingRule,
    ReportTimes,
    SickLeaveShield,
)

__all__ = [
    "AccountGroup",
    "Balance",
    "Cause",
    "ConsolidatedText",
    "DeadlineRule",
    "Delivery",
    "EarmarkedProject",
    "FigureFeed",
    "ForecastAccuracy",
    "FunctionArea",
    "FunctionCode",
    "LedgerLine",
    "LockedBalance",
    "MonthlyReport",
    "ReportAction",
    "ReportEvent",
    "ReportReturn",
    "ReportTimes",
    "ReportingMonth",
    "ReportingRule",
    "SickLeaveMonth",
    "SickLeaveShield",
]
