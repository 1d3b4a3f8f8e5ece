"""Saves what a report's page was posted with, and says what could not be saved. Nothing that was typed is lost."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from actions.services.actions import ActionClosed, ActionRefused, StaleVersion
from common.clock import today
from common.http import Request
from organisation.models import User
from reporting.forms.report import NewActionForm, ReportForm, figure_name
from reporting.models import MonthlyReport
from reporting.queries.report_facts import ReportFacts
from reporting.services import report_additions, reports
from reporting.views.report_context import Conflict, Shown, is_own, new_action_form
from scorecard.forms.problems import problem_sentence
from scorecard.services.values import ValuesRefused

LABELS = {
    "forecast": lazy("Prognose"),
    "method": lazy("Prognose"),
    "change_text": lazy("Hva er endret?"),
    "causes": lazy("Årsak"),
    "explanation": lazy("Forklaring"),
    "timing": lazy("Periodisering"),
    "timing_text": lazy("Hva jevner seg ut?"),
    "sick_causes": lazy("Sykefravær"),
    "sick_text": lazy("Sykefravær"),
    "action_lines": lazy("Tiltak"),
    "indicator_lines": lazy("Tiltak"),
}


def save(request: Request, report: MonthlyReport, facts: ReportFacts, form: ReportForm, now: datetime) -> Shown:
    """Every field that can be saved is saved; the rest comes back with its reason and as it was typed."""
    shown = Shown(errors=form.errors, typed=_typed(form))
    errors = form.errors
    try:
        reports.save_fields(report=report, fields=form.fields, version=form.version, actor=request.user, now=now)
    except reports.FieldChanged as changed:
        shown.conflict = Conflict(str(LABELS[changed.field]), _theirs(changed.theirs))
        errors[changed.field] = _("Noen andre har skrevet i dette feltet samtidig. Se begge tekstene, og lagre den dere vil ha.")
    except reports.TooLong as long:
        for name in long.fields:
            errors[name] = _("Teksten er for lang. Kort den ned til høyst 2000 tegn.")
    except reports.PersonalNumber as personal:
        for name in personal.fields:
            errors[name] = _("Teksten inneholder et fødselsnummer. Ta det bort. Ikke skriv navn eller helseopplysninger.")
    except reports.ReportClosed:
        errors["report"] = _("Denne delen kan ikke endres nå. Last siden på nytt for å se hvordan rapporten står.")
    _save_statuses(request, report, form, now)
    _save_figures(request, report, facts, form, now)
    return shown


def _typed(form: ReportForm) -> dict[str, Any]:
    """What was typed, for the fields that come back with an error."""
    return {name: text for name, text in form.data.items() if name not in {"csrfmiddlewaretoken", "version", "do"}}


def _theirs(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value or _("ingenting"))


def _save_statuses(request: Request, report: MonthlyReport, form: ReportForm, now: datetime) -> None:
    for change in form.statuses:
        try:
            report_additions.set_action_status(
                report=report, action=change.action, status=change.status, actor=request.user, now=now, today=today()
            )
        except (ActionClosed, ActionRefused, StaleVersion, reports.ReportClosed):
            form.errors[f"action_status_{change.action.pk}"] = _("Tiltaket er endret i mellomtiden. Last siden på nytt.")


def _save_figures(request: Request, report: MonthlyReport, facts: ReportFacts, form: ReportForm, now: datetime) -> None:
    entries = form.figures(place for place in facts.places if is_own(place))
    if not entries:
        return
    try:
        report_additions.record_figures(report=report, entries=entries, actor=request.user, now=now, today=today())
    except reports.ReportClosed:
        return
    except ValuesRefused as refused:
        for refusal in refused.refusals:
            entry = entries[refusal.entry]
            form.errors[figure_name(entry.indicator, "value")] = problem_sentence(
                refusal.problem, indicator=entry.indicator, unit_name=facts.unit.name, period=entry.period, value=entry.value
            )


def new_action_of(request: Request, facts: ReportFacts, now: datetime) -> NewActionForm | None:
    """Makes the action that was written; None where it was made, the form with its errors where not."""
    form = new_action_form(facts, request.POST)
    if not form.is_valid():
        return form
    cleaned = form.cleaned_data
    try:
        report_additions.add_action(
            report=facts.report,
            title=cleaned["title"],
            amount=form.kroner,
            due_on=cleaned["due_on"],
            owner=User.objects.get(pk=cleaned["owner"]),
            actor=request.user,
            now=now,
            today=today(),
        )
    except ActionRefused:
        form.add_error("title", _("Tiltaket kan ikke lagres slik. Se over frist, beløp og hvem som har ansvaret."))
        return form
    except reports.ReportClosed:
        form.add_error("title", _("Denne delen kan ikke endres nå."))
        return form
    return None
