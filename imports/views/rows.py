"""From a finding to the rows of the file it is about, as they stand there."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from common.http import Request
from common.uploads import UnreadableFile
from imports.forms import control, words
from imports.forms.problem_words import problem
from imports.forms.profile_words import column_name
from imports.importing.looking import TABLES, look
from imports.models import Batch
from imports.queries.codes import UnitCodes
from imports.rules.context import Refused
from imports.rules.findings import Findings
from imports.rules.looking import SHOWN_REASONS, Shown, Wanted, of_unit, with_code
from imports.rules.profile import FIGURES, load_profile
from imports.services.files import path_of
from imports.views.framing import batch_or_404, crumbs, reach_of, tree_of

MOST_ROW = 2**31


@dataclass(frozen=True)
class Question:
    """Which rows, and what the page says of them. `count` is how many there are, where that is known; `why` is about all of them."""

    title: str
    why: str
    wanted: Wanted
    count: int | None = None


@require_GET
def rows(request: Request, pk: int) -> HttpResponse:
    """A page of rows, for whoever may read the file's rows as they stand."""
    found = batch_or_404(request, pk)
    if not shows_rows(request, found):
        raise Http404
    findings = Findings.from_json(found.findings)
    asked = _asked(request, found, findings)
    try:
        shown = look(
            path=path_of(found),
            file_name=found.file_name,
            profile=load_profile(found.definition or found.source.profile.definition),
            found=findings,
            period=(found.year, found.number) if found.year is not None and found.number is not None else None,
            wanted=asked.wanted,
            first=_first(request),
        )
    except (UnreadableFile, Refused, OSError):
        shown = None
    context = {
        "batch": found,
        "facts": control.facts(found),
        "asked": asked,
        "shown": shown,
        **(_table(shown) if shown else {}),
        "first_url": f"?{_query(request)}" if _first(request) > 1 else "",
        "next_url": f"?{_query(request)}&fra={shown.goes_on_at}" if shown and shown.goes_on_at else "",
        "crumbs": crumbs((found.file_name, reverse("imports:batch", args=[pk])), (_("Rader"), "")),
    }
    return render(request, "imports/rows.html", context)


def shows_rows(request: Request, found: Batch) -> bool:
    """Whether the person may see rows of the file, and it is a table."""
    is_table = found.findings.get("format") in TABLES
    return is_table and reach_of(request).sees_rows(found.source.kind, found.source.district_id)


def _asked(request: Request, found: Batch, findings: Findings) -> Question:
    """Raises Http404 where nothing, or nothing that the file has, is asked for."""
    for name, question in QUESTIONS.items():
        if text := request.GET.get(name, ""):
            return question(text, found, findings)
    raise Http404


def _of_code(text: str, found: Batch, findings: Findings) -> Question:
    known = next((each for each in findings.unknown if each.code == text and each.kind == "unit"), None)
    if known is None:
        raise Http404
    return Question(_("Rader med koden %(code)s") % {"code": text}, _("Koden hører ikke til noen enhet."), _code(found, text), known.rows)


def _code(found: Batch, text: str) -> Wanted:
    return with_code(found.source.kind, text)


def _of_unit(text: str, found: Batch, _findings: Findings) -> Question:
    tree = tree_of(found)
    node = tree.by_code.get(text)
    if node is None or node.id not in tree.subtree(found.source.district_id):
        raise Http404
    codes = UnitCodes(found.source.district_id, kind=found.source.kind)
    title = _("Radene til %(unit)s") % {"unit": node.name}
    return Question(title, _("Slik de står i filen, og slik kodene er koblet nå."), of_unit(found.source.kind, codes, node.id))


def _of_nobody(_text: str, found: Batch, _findings: Findings) -> Question:
    codes = UnitCodes(found.source.district_id, kind=found.source.kind)
    why = _("Kodene deres hører ikke til noen enhet.")
    return Question(_("Rader som ikke er fordelt"), why, of_unit(found.source.kind, codes, None))


def _skipped(text: str, _found: Batch, findings: Findings) -> Question:
    group = next((each for each in findings.skipped if each.reason == text and text in SHOWN_REASONS), None)
    if group is None:
        raise Http404
    why = _("De første av dem.") if group.count > len(group.rows) else ""
    return Question(words.skipped(text), why, Wanted(numbers=dict.fromkeys(group.rows, "")), group.count)


def _with_faults(_text: str, _found: Batch, findings: Findings) -> Question:
    numbers: dict[int, str] = {}
    for each in findings.problems:
        if each.row:
            numbers[each.row] = " ".join(filter(None, [numbers.get(each.row, ""), problem(each)]))
    return Question(_("Rader å se på"), "", Wanted(numbers=numbers), len(numbers))


QUESTIONS: dict[str, Callable[[str, Batch, Findings], Question]] = {
    "kode": _of_code,
    "enhet": _of_unit,
    "ufordelt": _of_nobody,
    "hoppet": _skipped,
    "feil": _with_faults,
}


def _first(request: Request) -> int:
    text = request.GET.get("fra", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 and 0 < int(text) < MOST_ROW else 1


def _query(request: Request) -> str:
    return urlencode({name: request.GET[name] for name in QUESTIONS if request.GET.get(name)})


def _table(shown: Shown) -> dict[str, object]:
    """Headings and cells, each with whether it is a figure."""
    columns = [(column_name(name) if heading == name else heading, name in FIGURES) for name, heading in shown.columns]
    return {
        "columns": columns,
        "lines": [
            {"number": row.number, "cells": [(text, *columns[place]) for place, text in enumerate(row.cells)], "why": row.why}
            for row in shown.rows
        ],
        "has_why": any(row.why for row in shown.rows),
    }
