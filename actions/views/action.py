"""One action: what, who, when, why, how far, what came of it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_POST

from actions.forms.actions import StatusForm
from actions.forms.words import OUTCOME_WORDS, status_word
from actions.models import Action, ActionUpdate
from actions.queries.actions import LogLine, actions_by_id, log_of
from actions.queries.told import evidence_of
from actions.rules.states import Outcome, Status
from actions.services.actions import ActionClosed, ActionRefused, StaleVersion, set_status
from actions.views.lists import line_of
from actions.views.reach import Place, place_or_404
from common import formats
from common.clock import today
from common.http import Request

CHANGES = {
    "due_on": lazy("Fristen er flyttet fra %(before)s til %(after)s."),
    "owner": lazy("Ansvaret er gitt fra %(before)s til %(after)s."),
}


@require_GET
def action(request: Request, action_id: int) -> HttpResponse:
    """The page."""
    place = place_or_404(request, action_id)
    form = StatusForm(initial={"status": place.action.status, "version": place.action.version}) if place.may_follow else None
    return _shown(request, place, form)


@require_POST
def status(request: Request, action_id: int) -> HttpResponse:
    """A new status, what is new in words, or both. A refused version keeps the words."""
    place = place_or_404(request, action_id)
    if not place.may_follow:
        messages.error(request, closed_words(place))
        return redirect(place.url)
    form = StatusForm(request.POST)
    if form.is_valid() and _saved(request, place, form):
        messages.success(request, _("Lagret. Tiltaket er «%(status)s».") % {"status": status_word(form.cleaned_data["status"])})
        return redirect(place.url)
    return _shown(request, place, form, status=422)


def _saved(request: Request, place: Place, form: StatusForm) -> bool:
    found = form.cleaned_data
    try:
        set_status(
            action=place.action,
            status=Status(found["status"]),
            text=found["text"],
            version=found["version"],
            actor=request.user,
            now=timezone.now(),
            today=today(),
        )
    except StaleVersion:
        form.add_error(None, stale_words())
        place.action.refresh_from_db()
        form.refresh_version(place.action.version)
        return False
    except ActionClosed:
        form.add_error(None, closed_words(place))
        return False
    except ActionRefused as refusal:
        form.add_problems(refusal.problems)
        return False
    return True


def stale_words() -> str:
    return _("Noen andre har lagret tiltaket mens du hadde det åpent. Se over det som står nå, og lagre på nytt.")


def closed_words(place: Place) -> str:
    """Why nothing can be done with the action: it is closed, or this is not the person to do it."""
    if Status(place.action.status).is_open:
        return _("Bare den som har ansvaret og lederne av enheten kan endre tiltaket.")
    return _("Tiltaket er avsluttet og kan ikke endres.")


def _shown(request: Request, place: Place, form: StatusForm | None, status: int = 200) -> HttpResponse:
    row, day = place.action, today()
    context = {
        "action": row,
        "line": line_of(actions_by_id([row.pk])[row.pk], day),
        "place": place,
        "form": form,
        "facts": _facts(row),
        "evidence": evidence_of([row.pk], access=place.access).get(row.pk, []),
        "outcome": _outcome(row),
        "log": [_log_entry(line) for line in log_of(row)],
        "crumbs": place.crumbs(),
    }
    return render(request, "actions/action.html", context, status=status)


def _facts(row: Action) -> list[tuple[str, str]]:
    facts = [
        (_("Ansvarlig"), row.owner.name),
        (_("Enhet"), str(row.unit)),
        (_("Frist"), formats.date_long(row.due_on)),
        (_("Ventet virkning"), _expected(row)),
        (_("Virker fra"), formats.date_long(row.effect_from) if row.effect_from else ""),
        (_("Laget"), _made(row)),
    ]
    return [(name, text) for name, text in facts if text]


def _expected(row: Action) -> str:
    amount = formats.money(row.effect_amount) if row.effect_amount is not None else ""
    return ". ".join(part for part in (amount, row.effect_text) if part)


def _made(row: Action) -> str:
    who = row.created_by.name if row.created_by else "Alna"
    return f"{who}, {formats.moment(row.created_at)}"


def _outcome(row: Action) -> dict[str, Any] | None:
    """What came of it, beside what was expected; None until it is done."""
    if row.evaluated_at is None or not row.outcome:
        return None
    return {
        "word": str(OUTCOME_WORDS[Outcome(row.outcome)]),
        "expected": formats.money(row.effect_amount) if row.effect_amount is not None else "",
        "achieved": formats.money(row.outcome_amount) if row.outcome_amount is not None else "",
        "text": row.outcome_text,
        "who": f"{row.evaluated_by.name if row.evaluated_by else 'Alna'}, {formats.moment(row.evaluated_at)}",
    }


def _log_entry(line: LogLine) -> dict[str, str]:
    if isinstance(line, ActionUpdate):
        who = line.by.name if line.by else "Alna"
        return {"title": status_word(line.status), "text": f"{line.text} {who}, {formats.moment(line.at)}".strip()}
    title = _("Fristen gikk ut. Nivået over fikk beskjed") if line.action == "action.lifted" else _("Endret tiltaket")
    said = [
        str(pattern) % {"before": _told(line.details[f"{name}_before"]), "after": _told(line.details[name])}
        for name, pattern in CHANGES.items()
        if f"{name}_before" in line.details
    ]
    return {"title": title, "text": " ".join([*said, f"{line.actor_name}, {formats.moment(line.at)}"])}


def _told(value: object) -> str:
    try:
        return formats.date_long(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)
