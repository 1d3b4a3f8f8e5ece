"""One activity: what it is, «17 av 22 ferdig», and every unit's part."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET

from annualcycle.forms.tasks import STANDINGS, STATES, ManyForm
from annualcycle.forms.wording import day_words, moved_words
from annualcycle.models import Activity
from annualcycle.queries.activity_page import UnitLine, activity_for, unit_lines, units_under
from annualcycle.queries.standing import Progress, progress_of
from annualcycle.rules.kinds import Standing, TaskState
from annualcycle.rules.standing import share_of
from annualcycle.services.tasks import ActivityCancelled, TaskRefused, finish_many
from annualcycle.views.place import EDIT
from common import formats
from common.clock import today
from common.http import Request, posted_or_to
from organisation.forms.people import role_label
from organisation.queries.reach import ever_reached
from organisation.rules.access import Permission


@require_GET
def activity(request: Request, pk: int) -> HttpResponse:
    """The page. Who sees published things only sees the activity without the units."""
    row = _activity_or_404(request, pk)
    return _shown(request, row, None)


@posted_or_to("annualcycle:activity", "pk")
def finish_chosen(request: Request, pk: int) -> HttpResponse:
    """The chosen units are done, all on one day."""
    row, day = _activity_or_404(request, pk), today()
    lines = unit_lines(request.access, row)
    form = ManyForm(request.POST, units=_units_to_finish(lines), today=day)
    if not _units_to_finish(lines):
        messages.error(request, _("Her er det ingenting igjen som du kan merke som ferdig."))
        return redirect("annualcycle:activity", row.pk)
    if form.is_valid():
        found = form.cleaned_data
        try:
            n = finish_many(activity=row, unit_ids=found.pop("unit"), **found, actor=request.user, now=timezone.now(), today=day)
        except TaskRefused as refusal:
            form.add_flaws(refusal.flaws)
        except ActivityCancelled:
            form.add_error(None, cancelled_words())
        else:
            messages.success(request, ngettext("%(n)s enhet er merket som ferdig.", "%(n)s enheter er merket som ferdige.", n) % {"n": n})
            return redirect("annualcycle:activity", row.pk)
    return _shown(request, row, form, status=422)


def cancelled_words() -> str:
    return _("Aktiviteten er avlyst, så her er det ingenting å gjøre.")


def _activity_or_404(request: Request, pk: int) -> Activity:
    try:
        return activity_for(request.access, pk)
    except Activity.DoesNotExist:
        raise Http404 from None


def _units_to_finish(lines: list[UnitLine]) -> list[int]:
    return [line.unit_id for line in lines if line.task_id is not None and line.state is TaskState.OPEN]


def _shown(request: Request, row: Activity, form: ManyForm | None, status: int = 200) -> HttpResponse:
    day, access = today(), request.access
    sees_units = row.district_id in access.unit_ids(Permission.SEE_TASKS)
    lines = unit_lines(access, row) if sees_units else []
    progress = progress_of([row], access=access, unit_ids=units_under(row))[row.pk] if sees_units else None
    to_finish = _units_to_finish(lines)
    many = form or (ManyForm(units=to_finish, today=day) if len(to_finish) > 1 else None)
    context: dict[str, Any] = {
        "activity": row,
        "progress": _progress(progress, day) if progress and row.cancelled_at is None else None,
        "facts": _facts(row, progress.due_on if progress else row.due_on),
        "change_url": reverse("annualcycle:activity_edit", args=[row.pk]) if row.district_id in ever_reached(access, EDIT) else "",
        "lines": [_line(line, day) for line in lines],
        "many": many,
        "chosen": many.chosen if many else set(),
        "crumbs": [(_("Styringshjul"), wheel_url(row)), (row.title, "")],
    }
    return render(request, "annualcycle/activity.html", context, status=status)


def wheel_url(row: Activity) -> str:
    """The wheel the activity stands in."""
    return reverse("annualcycle:wheel", args=[row.district.code, row.year])


def _progress(progress: Progress, day: date) -> dict[str, Any]:
    over = (day - progress.due_on).days if progress.standing is Standing.LATE else 0
    return {
        "done": progress.done,
        "total": progress.total,
        "label": _("%(done)s av %(total)s ferdig") % {"done": progress.done, "total": progress.total},
        "share": formats.percent(share_of(progress.done, progress.total), 0) if progress.total else "",
        "standing": progress.standing.value,
        "word": STANDINGS[progress.standing],
        "over": ngettext("%(n)s dag over fristen", "%(n)s dager over fristen", over) % {"n": over} if over else "",
    }


def _facts(row: Activity, due_on: date) -> list[tuple[str, str]]:
    """`due_on`: the day that holds; another app's own is not moved by the wheel's rule."""
    due = f"{day_words(due_on)} {due_on.year}"
    moved = "" if row.fixed_on or due_on != row.due_on else moved_words(row.rule_day, row.due_on)
    facts = [
        (_("Frist"), f"{due}. {moved}." if moved else due),
        (_("Begynner"), day_words(row.starts_on) if row.starts_on else ""),
        (_("Ansvarlig"), role_label(row.responsible)),
        (_("Deltar"), ", ".join(role_label(role) for role in row.participants)),
        (_("Hvem får oppgaven"), row.get_scope_display()),
        (pgettext("activity", "Gjelder"), row.get_link_kind_display() if row.link_kind != "none" else ""),
        (_("Tar omtrent"), ngettext("%(n)s minutt", "%(n)s minutter", row.minutes) % {"n": row.minutes} if row.minutes else ""),
    ]
    return [(name, text) for name, text in facts if text]


def _line(line: UnitLine, day: date) -> dict[str, Any]:
    over = line.days_over(day)
    standing = Standing.DONE if line.state is TaskState.DONE else Standing.LATE if over else Standing.COMING
    late = ""
    if over and line.state is TaskState.DONE:
        late = ngettext("%(n)s dag etter fristen", "%(n)s dager etter fristen", over) % {"n": over}
    elif over:
        late = ngettext("%(n)s dag over fristen", "%(n)s dager over fristen", over) % {"n": over}
    done = formats.date_long(line.done_on) if line.done_on else ""
    return {
        "row": line,
        "standing": standing.value,
        "word": STATES[line.state] if standing is not Standing.LATE else STANDINGS[Standing.LATE],
        "is_open": line.state is TaskState.OPEN,
        "when": ". ".join(text for text in (done, late) if text),
        "link": line.url_name or _("Se hva som kom ut av det"),
    }
