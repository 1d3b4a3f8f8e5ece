"""One file: running, to be controlled, refused, or saved; each state has its page at the same address."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from common import formats
from common.clock import today
from common.http import Request
from common.periods import Period
from imports.forms import control, words
from imports.forms.problem_words import problem
from imports.importing.looking import TABLES
from imports.models import Batch
from imports.queries.surrounding_reports import Standing, standing_of
from imports.rules.findings import Findings
from imports.rules.states import BatchState
from imports.services.batches import needed_for_saving
from imports.views.codes import CodeRow, code_rows
from imports.views.framing import READING, batch_or_404, frame, reach_of, tree_of
from reporting.rules.ledger import month_of


@require_GET
def batch(request: Request, pk: int) -> HttpResponse:
    """The page that the state asks for."""
    found = batch_or_404(request, pk)
    if found.state in READING:
        return render(request, "imports/running.html", running_context(request, found))
    if found.state == BatchState.CHECKED:
        return control_page(request, found)
    if found.state == BatchState.REFUSED:
        why, what = words.refusal(found.refusal)
        context = {**frame(request, found, _("Kan ikke leses inn")), "why": why, "what": what}
        return render(request, "imports/refused.html", context)
    return render(request, "imports/after.html", after_context(request, found))


@require_GET
def progress(request: Request, pk: int) -> HttpResponse:
    """How far it has come, for the running page; where it is done, the browser goes to the file's page."""
    found = batch_or_404(request, pk)
    address = reverse("imports:batch", args=[pk])
    if not request.headers.get("HX-Request"):
        return redirect(address)
    if found.state not in READING:
        return HttpResponse(headers={"HX-Redirect": address})
    return render(request, "imports/_running.html", running_context(request, found))


def running_context(request: Request, found: Batch) -> dict[str, Any]:
    """Progress in per mille of the file, as percent and as bytes."""
    is_saving = found.state == BatchState.SAVING
    done = found.size * found.progress // 1000
    is_waiting = found.state == BatchState.RECEIVED
    return {
        **frame(request, found, _("Leser fil")),
        "is_saving": is_saving,
        "is_waiting": is_waiting,
        "percent": found.progress // 10,
        "percent_text": formats.percent(found.progress // 10, 0),
        "done": words.size(done) if done else "0",
        "size": words.size(found.size),
        "label": _("Venter på tur") if is_waiting else _("Lagrer alt samlet") if is_saving else _("Leser og kontrollerer radene"),
    }


def control_page(request: Request, found: Batch, *, codes: list[CodeRow] | None = None, problems: list[Any] | None = None) -> HttpResponse:
    """Everything that was found, before anything is saved. `codes` and `problems` are a refused answer, given back."""
    findings = Findings.from_json(found.findings)
    seen = frame(request, found, _("Kontroller fil"))
    tree = tree_of(found)
    codes = codes if codes is not None else code_rows(reach_of(request), found, tree, today())
    needed = needed_for_saving(found)
    standing = standing_of(found)
    unmapped = findings.unmapped if seen["amounts"] and findings.unmapped else None
    context = {
        **seen,
        **_read_context(found, findings, seen),
        "lead": control.lead(findings, len(codes)),
        "problems": control.problem_rows(findings.problems, amounts=seen["sees_rows"]),
        "errors": findings.errors,
        "saveable": findings.saveable,
        "codes": codes if seen["may_import"] else [],
        "code_count": len(codes),
        "unmapped": formats.number(unmapped, 0) if unmapped is not None else "",
        "unmapped_percent": formats.percent(findings.unmapped_percent, 2),
        "ticks": [(key, text, key in request.POST.getlist("sett")) for key, text in control.ticks(needed)],
        "changes": control.change_rows(findings.changes, tree) if seen["amounts"] else [],
        "month": _month(found),
        "notes": [problem(each) for each in findings.warnings],
        "standing": standing,
        "differences": control.difference_rows(found, tree) if seen["amounts"] else [],
        "refused": problems or [],
    }
    return render(request, "imports/control.html", context, status=422 if problems else 200)


def _read_context(found: Batch, findings: Findings, seen: dict[str, Any]) -> dict[str, Any]:
    """What was read and whether sums hold; the same before and after saving."""
    amounts, sees_rows = seen["amounts"], seen["sees_rows"]
    return {
        "rows_url": reverse("imports:rows", args=[found.pk]) if sees_rows and findings.format in TABLES else "",
        "lines": formats.number(findings.lines),
        "rows": formats.number(findings.rows),
        "skipped": control.skipped(findings),
        "skipped_count": formats.number(findings.skipped_count),
        "took": control.took(found),
        "sums": control.sum_rows(findings, amounts=amounts),
        "sums_say": control.sums_say(findings),
        "differs": control.difference_say(findings) if amounts else None,
        "first_rows": findings.first_rows if sees_rows else [],
        "ignored": findings.ignored,
    }


def _month(found: Batch) -> dict[str, str] | None:
    """Names of the file's month and of the months it is compared with."""
    if found.year is None or found.number is None or not 2 <= found.number <= 12:
        return None
    month = Period.month(found.year, found.number)
    before = month.previous()
    first = Period.month(found.year, 1)
    name = formats.period_label(month).rsplit(" ", 1)[0]
    return {
        "name": name,
        "title": name.capitalize(),
        "before": formats.period_label(before).rsplit(" ", 1)[0],
        "span": formats.period_span(first, before).rsplit(" ", 1)[0],
    }


def after_context(request: Request, found: Batch) -> dict[str, Any]:
    """What became of the file: who, when, version, whose figures changed."""
    findings = Findings.from_json(found.findings) if found.findings else None
    seen = frame(request, found, found.get_state_display())
    tree = tree_of(found)
    standing: Standing = standing_of(found)
    is_saved = found.state == BatchState.SAVED
    return {
        **seen,
        **(_read_context(found, findings, seen) if findings else {"sums": [], "skipped": []}),
        "findings": findings,
        "refusal": words.refusal(found.refusal)[0] if found.refusal else "",
        "story": _story(found),
        "differences": control.difference_rows(found, tree) if seen["amounts"] else [],
        "is_saved": is_saved,
        "may_roll_back": is_saved and seen["may_import"] and (found.delivery is None or found.delivery.is_current),
        "may_tell": found.state in (BatchState.SAVED, BatchState.SAME) and seen["may_import"] and found.source.kind in MONTHLY,
        "standing": standing,
        "economy_url": _economy_url(request, found),
    }


MONTHLY = ("economy", "sick_leave")


def _story(found: Batch) -> list[tuple[str, str]]:
    """The file's life as names and values."""
    rows = [
        (_("Kilde"), found.source.name),
        (pgettext("file", "Gjelder"), control.period_text(found)),
        (_("Kom inn"), formats.moment(found.received_at)),
    ]
    rows.append((_("Fra"), found.received_by.name if found.received_by else found.get_way_display()))
    if found.saved_at:
        rows += [
            (_("Lagret"), formats.moment(found.saved_at)),
            (_("Lagret av"), found.saved_by.name if found.saved_by else _("Alna, uten kontroll fordi alt stemte")),
        ]
    if found.delivery is not None:
        rows.append((_("Versjon"), _version(found)))
    if found.rolled_back_at:
        rows += [
            (_("Angret"), formats.moment(found.rolled_back_at)),
            (_("Angret av"), found.rolled_back_by.name if found.rolled_back_by else "Alna"),
            (_("Hvorfor"), found.rolled_back_reason),
        ]
    if found.refusal.get("reason"):
        rows.append((_("Hvorfor"), str(found.refusal["reason"])))
    if found.leaders_told_at:
        rows.append((_("Lederne er varslet"), formats.moment(found.leaders_told_at)))
    return rows


def _version(found: Batch) -> str:
    delivery = found.delivery
    if delivery is None:
        return formats.MISSING
    words_ = {"version": delivery.version}
    if delivery.rolled_back_at:
        return _("%(version)s, angret") % words_
    return _("%(version)s, gjelder nå") % words_ if delivery.is_current else _("%(version)s, erstattet av en nyere fil") % words_


def _economy_url(request: Request, found: Batch) -> str:
    """The month's economy, for those who may see it."""
    if found.source.kind != "economy" or found.year is None or found.number is None or found.state != BatchState.SAVED:
        return ""
    if not frame(request, found, "")["amounts"]:
        return ""
    return reverse("reporting:economy", args=[found.source.district.code, month_of(found.year, found.number)])
