"""Figures pasted from a spreadsheet: read, shown row by row, and stored when somebody has looked at them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from common.clock import today
from common.http import Request
from common.tables import UnreadableFile
from organisation.models import Unit
from organisation.rules.access import Permission
from scorecard.forms.paste import PasteForm
from scorecard.forms.paste_wording import table_sentence, unknown_sentence
from scorecard.forms.problems import PROBLEMS
from scorecard.forms.value_grid import saved_sentence
from scorecard.importing.paste_preview import PASTED, MayEnter, Preview, State, preview
from scorecard.importing.pasted_values import Known, Pasted, read_values
from scorecard.models import Indicator
from scorecard.rules.pasted_columns import UnreadableTable
from scorecard.rules.values import Problem
from scorecard.services.values import ValuesRefused, record_values
from scorecard.views.entry_page import may_enter
from scorecard.views.reach import access_in, unit_or_404

SAVE = "save"
# So many rows with something to mend are named above the table; all of them are marked in it.
MOST_NAMED = 20


@require_http_methods(["GET", "POST"])
def values_paste(request: Request, unit_code: str) -> HttpResponse:
    """Nothing is stored before somebody has seen what would be, and then all of it or nothing."""
    unit = unit_or_404(access_in(request), Permission.ENTER_VALUES, unit_code)
    indicators = list(Indicator.objects.filter(formula="").order_by("name", "code"))
    form = PasteForm(request.POST or None, indicators=indicators)
    if request.method == "GET" or not form.is_valid():
        return _page(request, unit, form)
    pasted = _read(request, form, indicators)
    if pasted is None:
        return _page(request, unit, form)
    found = preview(pasted, may_enter=_rights(request), reason=form.cleaned_data["reason"].strip(), today=today())
    if request.POST.get("do") == SAVE and _may_save(request, form, found) and _saved(request, form, found):
        return redirect(request.path)
    return _page(request, unit, form, pasted, found)


def _rights(request: Request) -> MayEnter:
    access = access_in(request)
    return lambda indicator, unit_id: may_enter(access, indicator, unit_id)


def _read(request: Request, form: PasteForm, indicators: list[Indicator]) -> Pasted | None:
    """The table as read; None, with an error at the field, where it cannot be."""
    access = access_in(request)
    reached = access.unit_ids(Permission.ENTER_VALUES)
    known = Known([access.tree.nodes[unit_id] for unit_id in sorted(reached)], indicators)
    try:
        return read_values(form.cleaned_data["text"], known, chosen=form.chosen, decimal_point=form.decimal_point)
    except UnreadableTable as error:
        form.add_error("text", table_sentence(error.code, error.shown))
    except UnreadableFile as error:
        form.add_error("text", table_sentence(error.code))
    return None


def _may_save(request: Request, form: PasteForm, found: Preview) -> bool:
    """Whether what would be done is what was shown, and every change has its reason."""
    if not found.can_save:
        return False
    if found.lacks_reason:
        form.add_error("reason", str(PROBLEMS[Problem.REASON_MISSING]))
        return False
    if request.POST.get("digest") != found.digest:
        form.add_error(None, _("Tallene er ikke de samme som da du så på dem. Se over tabellen under og lagre på nytt."))
        return False
    return True


def _saved(request: Request, form: PasteForm, found: Preview) -> bool:
    try:
        done = record_values(entries=found.entries, actor=request.user, source=PASTED, now=timezone.now(), today=today())
    except ValuesRefused as refused:
        told = (Problem.STALE, Problem.SUM_TOO_LARGE)
        texts = {str(PROBLEMS[refusal.problem]) for refusal in refused.refusals if refusal.problem in told}
        form.add_error(None, " ".join(sorted(texts)) or _("Tallene kunne ikke lagres. Se over tabellen under."))
        return False
    messages.success(request, saved_sentence(done.new, done.corrected))
    return True


def _page(request: Request, unit: Unit, form: PasteForm, pasted: Pasted | None = None, found: Preview | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "unit": unit,
        "form": form,
        "pasted": pasted,
        "found": found,
        "values_url": reverse("scorecard:values", args=[unit.code]),
        "crumbs": [(_("Målekart"), reverse("scorecard:index")), (unit.name, ""), (_("Lim inn tall"), "")],
    }
    faulty = form.is_bound and bool(form.errors)
    if pasted is not None and found is not None:
        context |= _told(pasted, found)
        faulty = faulty or bool(found.counts[State.FAULTY])
    return render(request, "scorecard/values/paste.html", context, status=422 if faulty else 200)


def _told(pasted: Pasted, found: Preview) -> dict[str, Any]:
    """What the preview says besides its table."""
    faulty = [row for row in found.rows if row.state is State.FAULTY]
    return {
        "table": SafeString(render_to_string("scorecard/values/preview.html", {"rows": found.rows}, using="tables")),
        "faulty": faulty[:MOST_NAMED],
        "more_faulty": max(0, len(faulty) - MOST_NAMED),
        "to_save": found.counts[State.NEW] + found.counts[State.CHANGED],
        "counts": {state.value: found.counts[state] for state in State},
        "unknown_units": [unknown_sentence(name, *where) for name, where in pasted.unknown_units.items()][:MOST_NAMED],
        "unknown_indicators": [unknown_sentence(name, *where) for name, where in pasted.unknown_indicators.items()][:MOST_NAMED],
    }
