"""When the steps of a month's closing are due, from the rows an administrator decides."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from common import formats
from common.workdays import workdays_between
from reporting.models import DeadlineRule
from reporting.rules.deadlines import DueRule, StepDue, deadlines
from reporting.rules.kinds import Duty, Step

__all__ = ["StepDue", "deadlines_of", "due_rules", "due_text", "duty_of"]


RULE = ("step", "time", "month", "workday", "day", "months_later", "duty", "valid_from")


def due_rules() -> list[DueRule]:
    """Every row, for whoever needs more than one month. One SQL statement."""
    rows = DeadlineRule.objects.order_by("valid_from", "pk").values_list(*RULE)
    return [
        DueRule(Step(step), at, month, workday, day, later, Duty(duty), since) for step, at, month, workday, day, later, duty, since in rows
    ]


def deadlines_of(month: date) -> dict[Step, StepDue]:
    """Steps without a row in force have none. One SQL statement."""
    return deadlines(due_rules(), month)


def duty_of(found: dict[Step, StepDue]) -> Duty:
    """What the month asks of the units; a whole report where nobody has decided otherwise."""
    return found[Step.UNIT_REPORT].duty if Step.UNIT_REPORT in found else Duty.FULL


def due_text(due: StepDue | None, day: date, now: datetime) -> str:
    """«Frist i dag kl. 15», «Frist 9. oktober 2026 kl. 15», «2 arbeidsdager over fristen»."""
    if due is None:
        return ""
    last = due.at.date()
    words = {"clock": formats.clock(due.at).removesuffix(".00"), "day": formats.date_long(last)}
    if last > day:
        return _("Frist %(day)s kl. %(clock)s") % words
    # A demonstration's day may be another than the clock's.
    if last == day and (now <= due.at or now.astimezone(due.at.tzinfo).date() != day):
        return _("Frist i dag kl. %(clock)s") % words
    over = workdays_between(last, day)
    return _("%(n)s arbeidsdager over fristen") % {"n": over} if over > 1 else _("Fristen er passert")
