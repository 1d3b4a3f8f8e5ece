"""The parts of a report as markup: each made from its own values and nothing else, so that one which says the same is not made again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from common.http import Request
from common.memory import Memory
from common.pages import key_of
from reporting.models import Cause
from reporting.queries.report_facts import ReportFacts
from reporting.queries.report_stamp import remembered
from reporting.views.report_context import Shown, new_action_form, page_context

# What each part shows of the page, of the report, and of what else the page is given.
OF_PAGE = {
    "economy": ("sentence", "bar", "groups", "shared_budget"),
    "forecast": (),
    "explanation": ("demands",),
    "sick_leave": (),
}
OF_REPORT = {"forecast": ("method",), "explanation": ("causes",), "sick_leave": ("sick_causes",)}
OF_CONTEXT = {
    "economy": ("month_name", "accounts_url", "earmarked"),
    "forecast": (
        *("revised", "months", "last_year", "accuracy", "suggested", "others", "own", "result", "asks_why"),
        *("change_month", "change_line"),
    ),
    "explanation": ("before_month", "timing", "corrected"),
    "sick_leave": ("sick",),
}
FIELDS = {
    "forecast": ("method", "own", "change_text"),
    "explanation": ("causes", "explanation", "timing", "timing_text"),
    "sick_leave": ("sick_text",),
}
CAUSES = {"explanation": "causes", "sick_leave": "sick_causes"}

_made: Memory[SafeString] = Memory(2000)


def whole_report(request: Request, facts: ReportFacts, shown: Shown, now: datetime) -> str:
    """All of the page below the crumbs."""
    context = page_context(request, facts, shown, now)
    context["parts"] = rendered_parts(context)
    context["new_action_part"] = new_action_part(request, facts, shown, context["errors"].get("new_action", ""))
    return render_to_string("reporting/report/_body.html", context)


def rendered_parts(context: Mapping[str, Any]) -> dict[str, SafeString]:
    """The markup of every part of the page."""
    return {part: _rendered(part, values_of(part, context)) for part in OF_PAGE}


def values_of(part: str, context: Mapping[str, Any]) -> dict[str, Any]:
    """All that the part's template is given: plain values, which tell themselves in full."""
    page, report, fields = context["page"], context["report"], (*FIELDS.get(part, ()), f"answered_{part}")
    question, before = context["returns"].get(part), context["before"]
    values = {name: context[name] for name in OF_CONTEXT[part]}
    values |= {
        "page": {name: getattr(page, name) for name in OF_PAGE[part]} | {"part": {part: page.part.get(part)}},
        "report": {name: getattr(report, name) for name in OF_REPORT.get(part, ())},
        "returns": {part: {"part": part, "reason": question.reason}} if question else {},
        "typed": {"answered": context["typed"].get("answered", "")},
        "may": {part: context["may"].get(part, False)},
        "errors": {name: str(context["errors"][name]) for name in fields if name in context["errors"]},
        "texts": {name: context["texts"][name] for name in fields if name in context["texts"]},
        "before": {"explanation": before.explanation, "unchanged_months": before.unchanged_months} if before else None,
    }
    if name := CAUSES.get(part):
        values[name] = [_cause(each) for each in context[name]]
    return values


def _cause(cause: Cause) -> dict[str, str]:
    return {"code": cause.code, "label": cause.label}


def _rendered(part: str, values: dict[str, Any]) -> SafeString:
    key = key_of(part, values)
    made = _made.get(key)
    if made is None:
        made = mark_safe(render_to_string(f"reporting/report/_{part}.html", values))
        _made.put(key, made)
    return made


def new_action_part(request: Request, facts: ReportFacts, shown: Shown, error: str) -> SafeString:
    """The folded form of a new action. An empty one is made once for each person and day."""

    def made() -> SafeString:
        form = shown.new_action or new_action_form(facts, owner=request.user.pk)
        return mark_safe(render_to_string("reporting/report/_new_action.html", {"new_action": form, "errors": {"new_action": error}}))

    stamp = None if shown.new_action else facts.stamp
    return remembered(stamp, "new action", ["roles"], made, request.user.pk, facts.today, error)
