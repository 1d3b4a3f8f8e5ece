"""«Dette trenger deg»: what waits for the person, in every app, the most urgent first."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actions.queries.actions import actions_in
from common import formats
from common.periods import Period
from imports.models import UnknownCode
from imports.queries.reach import Reach
from imports.rules.states import BatchState, CodeState
from organisation.queries.access import Access
from organisation.rules.access import Permission
from reporting.models import MonthlyReport
from reporting.queries.deadlines import due_text
from reporting.queries.own_reports import left_to_others
from reporting.queries.report_list import ReportLine, my_reports
from reporting.rules.kinds import Duty, ReportState
from scorecard.models import Cell, Indicator, Scorecard, Target
from scorecard.queries.structure import scorecard_for
from scorecard.rules.lifecycle import State

SOON = timedelta(days=7)
MOST_FILES = 3


@dataclass(frozen=True)
class Todo:
    """One thing that waits, for components/todo.html."""

    title: str
    text: str
    url: str


def todos(access: Access, day: date, now: datetime) -> list[Todo]:
    """What waits for the person: reports, approvals, files and actions first, then the målekart. At most 13 statements."""
    month = [*_reports(access, day, now), *_to_decide(access, day), *_files(access), *_actions(access, day)]
    return [*month, *_due_figures(access, day), *_to_approve(access), *_proposed_targets(access), *_drafts(access, day)]


def _reports(access: Access, day: date, now: datetime) -> list[Todo]:
    """The latest report of each unit one writes for, until it is delivered; and every returned one."""
    lines = [
        line
        for unit in my_reports(unit_ids=access.unit_ids(Permission.WRITE_REPORT), today=day)
        for place, line in enumerate(unit)
        if line.state is ReportState.RETURNED or (place == 0 and line.is_open and line.due is not None and line.due.duty is not Duty.NONE)
    ]
    return [_report(line, day, now) for line in sorted(lines, key=lambda line: (line.state is not ReportState.RETURNED, line.month))]


def _report(line: ReportLine, day: date, now: datetime) -> Todo:
    words = {"month": formats.month_label(line.month), "unit": line.node.name}
    due = due_text(line.due, day, now)
    url = reverse("reporting:report", args=[line.node.code, line.month])
    if line.state is ReportState.RETURNED:
        return Todo(_("Svar på spørsmålet om rapporten for %(month)s") % words, _("%(unit)s. Resten av rapporten står.") % words, url)
    text = _("%(unit)s. %(due)s.") % {**words, "due": due} if due else words["unit"]
    return Todo(_("Send inn rapporten for %(month)s") % words, text, url)


def _to_decide(access: Access, day: date) -> list[Todo]:
    """Delivered reports of the latest month that nobody has decided on, and that are not the person's own for another to decide on."""
    reached = access.unit_ids(Permission.APPROVE_REPORT)
    if not reached:
        return []
    latest = Period.month(day.year, day.month).previous()
    waiting = MonthlyReport.objects.filter(unit_id__in=reached, month=latest.start, state=ReportState.DELIVERED)
    reports = list(waiting.order_by().only("unit", "submitted_by", "on_behalf_of"))
    own = left_to_others(access.user_id, reports, day)
    counts: dict[str, int] = {}
    for report in reports:
        if report.pk in own:
            continue
        district = access.tree.nodes[access.tree.district_of(report.unit_id) or report.unit_id]
        counts[district.code] = counts.get(district.code, 0) + 1
    return [
        Todo(
            ngettext("Gå gjennom %(n)s rapport for %(month)s", "Gå gjennom %(n)s rapporter for %(month)s", n)
            % {"n": n, "month": formats.period_label(latest)},
            _("De grønne kan du godkjenne samlet."),
            reverse("reporting:approval", args=[code, latest.start]),
        )
        for code, n in sorted(counts.items())
    ]


def _files(access: Access) -> list[Todo]:
    """Files that wait for somebody to look at them, and codes nobody knew."""
    if not access.may(Permission.IMPORT_FILES):
        return []
    reach = Reach(access)
    checked = [
        batch for batch in reach.batches().filter(state=BatchState.CHECKED) if reach.may_import(batch.source.kind, batch.source.district_id)
    ]
    found = [
        Todo(_("Kontroller filen %(name)s") % {"name": batch.file_name}, batch.source.name, reverse("imports:batch", args=[batch.pk]))
        for batch in checked[:MOST_FILES]
    ]
    unknown = _unknown_codes(access)
    if unknown:
        title = ngettext("Koble %(n)s ukjent kode til en enhet", "Koble %(n)s ukjente koder til enheter", unknown) % {"n": unknown}
        found.append(Todo(title, _("Beløpene vises som «Ikke fordelt» til det er gjort."), reverse("imports:unknown_codes")))
    return found


def _unknown_codes(access: Access) -> int:
    reached = access.unit_ids(Permission.IMPORT_FILES) & access.unit_ids(Permission.SEE_LEDGER)
    return UnknownCode.objects.filter(district_id__in=reached, state=CodeState.OPEN).count() if reached else 0


def _actions(access: Access, day: date) -> list[Todo]:
    """The person's own open actions whose deadline is passed or near."""
    reached = access.unit_ids(Permission.EDIT_ACTIONS)
    if not reached:
        return []
    near = [row for row in actions_in(unit_ids=reached, owner_id=access.user_id) if row.due_on <= day + SOON]
    if not near:
        return []
    if len(near) == 1:
        row = near[0]
        pattern = _("Fristen var %(day)s.") if row.due_on < day else _("Frist %(day)s.")
        return [Todo(row.title, pattern % {"day": formats.date_long(row.due_on)}, reverse("actions:action", args=[row.id]))]
    over = sum(row.due_on < day for row in near)
    text = ngettext("%(n)s er over fristen.", "%(n)s er over fristen.", over) % {"n": over} if over else _("Fristen er denne uken.")
    return [Todo(_("Si hvordan det går med %(n)s tiltak") % {"n": len(near)}, text, reverse("actions:mine"))]


def _due_figures(access: Access, day: date) -> list[Todo]:
    """Figures that should have come by now, in the person's own unit."""
    unit_id = access.home_unit_id
    if unit_id is None or not access.may_in(Permission.ENTER_VALUES, unit_id):
        return []
    card = scorecard_for(unit_id, day.year)
    if card is None:
        return []
    indicators = list(Indicator.objects.filter(placements__factor__area__scorecard=card, formula="").distinct())
    newest = dict(Cell.objects.filter(unit_id=unit_id, indicator__in=indicators).values_list("indicator_id", "newest_start"))
    late = [indicator for indicator in indicators if _is_late(indicator, newest.get(indicator.pk), day)]
    if not late:
        return []
    unit = access.tree.nodes[unit_id]
    minutes = sum(indicator.minutes for indicator in late)
    names = ", ".join(indicator.name for indicator in late[:3]) + (" …" if len(late) > 3 else "")
    about = ngettext("Omtrent %(n)s minutt.", "Omtrent %(n)s minutter.", minutes) % {"n": minutes} if minutes else ""
    title = ngettext("Før inn %(n)s tall for %(unit)s", "Før inn %(n)s tall for %(unit)s", len(late)) % {"n": len(late), "unit": unit.name}
    return [Todo(title, f"{names}. {about}".strip(), reverse("scorecard:values", args=[unit.code]))]


def _is_late(indicator: Indicator, newest: date | None, day: date) -> bool:
    """The latest period whose figure should be there by now has none."""
    due = Period.containing(day, indicator.kind).previous()
    if due.last_day + timedelta(days=indicator.due_days) > day:
        due = due.previous()
    return newest is None or newest < due.start


def _to_approve(access: Access) -> list[Todo]:
    reached = access.unit_ids(Permission.APPROVE_SCORECARD)
    if not reached:
        return []
    cards = Scorecard.objects.filter(unit_id__in=reached, state=State.PROPOSED).select_related("unit")
    return [
        Todo(
            _("Godkjenn målekartet for %(year)s") % {"year": card.year},
            _("%(unit)s. Målekartet er sendt til deg.") % {"unit": card.unit.name},
            reverse("scorecard:setup_approval", args=[card.unit.code, card.year]),
        )
        for card in cards
    ]


def _proposed_targets(access: Access) -> list[Todo]:
    reached = access.unit_ids(Permission.EDIT_TARGETS) | access.unit_ids(Permission.APPROVE_SCORECARD)
    if not reached:
        return []
    rows = Target.objects.filter(unit_id__in=reached, confirmed=False, recorded_by__isnull=False)
    count = rows.exclude(indicator__placements__target_confirmed=False).distinct().count()
    if not count:
        return []
    title = ngettext("Svar på %(n)s forslag til mål", "Svar på %(n)s forslag til mål", count) % {"n": count}
    page = "scorecard:target_proposals" if access.may(Permission.EDIT_TARGETS) else "scorecard:setup_proposals"
    return [Todo(title, _("Ledere har foreslått egne mål for enhetene sine."), reverse(page))]


def _drafts(access: Access, day: date) -> list[Todo]:
    reached = access.unit_ids(Permission.EDIT_SCORECARD)
    if not reached:
        return []
    cards = Scorecard.objects.filter(unit_id__in=reached, state=State.DRAFT, year__gte=day.year).select_related("unit")
    return [
        Todo(
            _("Gjør ferdig målekartet for %(year)s") % {"year": card.year},
            _("%(unit)s. Utkastet er ikke sendt til godkjenning.") % {"unit": card.unit.name},
            reverse("scorecard:setup_card", args=[card.unit.code, card.year]),
        )
        for card in cards
    ]
