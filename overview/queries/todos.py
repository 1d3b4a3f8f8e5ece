"""«Dette trenger deg»: what waits for the person, in every app, the most urgent first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats
from common.periods import Period
from imports.models import UnknownCode
from imports.queries.reach import Reach
from imports.rules.states import BatchState, CodeState
from organisation.queries.access import Access
from organisation.rules.access import Permission
from overview.queries.cycle_todos import cycle_lines, next_year_lines
from overview.queries.minutes import MINUTES_TO_DECIDE, report_minutes
from overview.queries.waiting import Expected, UnfinishedCard, any_proposed_target, due_actions, expected_figures, unfinished_cards
from reporting.queries.due_steps import deadlines_of, due_text
from reporting.queries.own_reports import left_to_others, waiting_in
from reporting.queries.report_list import ReportLine, my_reports
from reporting.rules.kinds import Duty, ReportState, Step
from scorecard.models import Scorecard, Target
from scorecard.queries.structure import scorecard_for
from scorecard.rules.lifecycle import State

SOON = timedelta(days=7)
MOST_FILES = 3


@dataclass(frozen=True)
class Todo:
    """One thing that waits, for components/todo.html. `minutes` and `due_on` where they are known; `due` says the day in words, where the
    text does not."""

    title: str
    text: str
    url: str
    minutes: int | None = None
    due_on: date | None = None
    due: str = ""


def todos(access: Access, day: date, now: datetime, *, card: Scorecard | None = None) -> list[Todo]:
    """What waits for the person, what is due first at the top. At most 14 statements.

    Alike in time, or without one: reports, approvals, files and actions come first, then the målekart. `card` is the one of the person's
    own unit this year, from whoever has it already.
    """
    month = [*_reports(access, day, now), *_to_decide(access, day), *_files(access), *_actions(access, day), *_cycle(access, day)]
    approved, drafted = access.unit_ids(Permission.APPROVE_SCORECARD), access.unit_ids(Permission.EDIT_SCORECARD)
    cards = unfinished_cards(approved | drafted)
    to_approve = [row for row in cards if row.state == State.PROPOSED and row.unit_id in approved]
    drafts = [row for row in cards if row.state == State.DRAFT and row.unit_id in drafted and row.year >= day.year]
    found = [*month, *_due_figures(access, day, card), *_to_approve(to_approve), *_proposed_targets(access), *_drafts(drafts)]
    return sorted(found, key=lambda todo: todo.due_on or date.max)


def time_text(found: Sequence[Todo]) -> str:
    """«Omtrent 12 minutter.» for all of it together; says so where the time of some is not known. Nothing where none is."""
    known = [todo.minutes for todo in found if todo.minutes]
    if not known:
        return ""
    words = _("Omtrent %(time)s.") if len(known) == len(found) else _("Omtrent %(time)s for det vi vet tiden på.")
    return words % {"time": formats.duration(sum(known))}


def _reports(access: Access, day: date, now: datetime) -> list[Todo]:
    """The latest report of each unit one writes for, until it is delivered; and every returned one."""
    written = access.unit_ids(Permission.WRITE_REPORT)
    if not written:
        return []
    lines = [
        line
        for unit in my_reports(unit_ids=written, today=day)
        for place, line in enumerate(unit)
        if line.state is ReportState.RETURNED or (place == 0 and line.is_open and line.due is not None and line.due.duty is not Duty.NONE)
    ]
    minutes = report_minutes({line.node.id for line in lines}, day)
    ordered = sorted(lines, key=lambda line: (line.state is not ReportState.RETURNED, line.month))
    return [_report(line, day, now, minutes.get(line.node.id)) for line in ordered]


def _report(line: ReportLine, day: date, now: datetime, minutes: int | None) -> Todo:
    words = {"month": formats.month_label(line.month), "unit": line.node.name}
    due = due_text(line.due, day, now)
    url = reverse("reporting:report", args=[line.node.code, line.month])
    if line.state is ReportState.RETURNED:
        title = _("Svar på spørsmålet om rapporten for %(month)s") % words
        # Somebody waits for the answer.
        return Todo(title, _("%(unit)s. Resten av rapporten står.") % words, url, due_on=day)
    text = _("%(unit)s. %(due)s.") % {**words, "due": due} if due else words["unit"]
    return Todo(_("Send inn rapporten for %(month)s") % words, text, url, minutes, line.due.at.date() if line.due else None)


def _to_decide(access: Access, day: date) -> list[Todo]:
    """Delivered reports of the latest month that nobody has decided on, and that are not the person's own for another to decide on."""
    reached = access.unit_ids(Permission.APPROVE_REPORT)
    if not reached:
        return []
    latest = Period.month(day.year, day.month).previous()
    reports = waiting_in(reached, latest.start)
    own = left_to_others(access.user_id, reports, day)
    counts: dict[str, int] = {}
    for report in reports:
        if report.pk in own:
            continue
        district = access.tree.nodes[access.tree.district_of(report.unit_id) or report.unit_id]
        counts[district.code] = counts.get(district.code, 0) + 1
    due = _decided_by(latest.start) if counts else None
    return [
        Todo(
            ngettext("Gå gjennom %(n)s rapport for %(month)s", "Gå gjennom %(n)s rapporter for %(month)s", n)
            % {"n": n, "month": formats.period_label(latest)},
            _("De grønne kan du godkjenne samlet."),
            reverse("reporting:approval", args=[code, latest.start]),
            minutes=n * MINUTES_TO_DECIDE,
            due_on=due,
            due=_("Måneden låses %(day)s.") % {"day": formats.date_long(due)} if due else "",
        )
        for code, n in sorted(counts.items())
    ]


def _decided_by(month: date) -> date | None:
    """The day the month is locked, when everything must have been decided. One SQL statement."""
    lock = deadlines_of(month).get(Step.LOCK)
    return lock.at.date() if lock else None


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
    near = due_actions(reached, access.user_id, day + SOON)
    if not near:
        return []
    if len(near) == 1:
        row = near[0]
        pattern = _("Fristen var %(day)s.") if row.due_on < day else _("Frist %(day)s.")
        text = pattern % {"day": formats.date_long(row.due_on)}
        return [Todo(row.title, text, reverse("actions:action", args=[row.id]), due_on=row.due_on)]
    over = sum(row.due_on < day for row in near)
    text = ngettext("%(n)s er over fristen.", "%(n)s er over fristen.", over) % {"n": over} if over else _("Fristen er denne uken.")
    first = min(row.due_on for row in near)
    return [Todo(_("Si hvordan det går med %(n)s tiltak") % {"n": len(near)}, text, reverse("actions:mine"), due_on=first)]


def _cycle(access: Access, day: date) -> list[Todo]:
    """The person's open tasks of the annual cycle, one line for each activity, and a year to come that is empty."""
    tasks = [Todo(each.title, text, url, each.minutes, each.due_on) for each, text, url in cycle_lines(access, day)]
    return tasks + [Todo(title, text, url, due_on=date(day.year, 12, 31)) for title, text, url in next_year_lines(access, day)]


def _due_figures(access: Access, day: date, card: Scorecard | None) -> list[Todo]:
    """Figures that should have come by now, in the person's own unit."""
    unit_id = access.home_unit_id
    if unit_id is None or not access.may_in(Permission.ENTER_VALUES, unit_id):
        return []
    card = card or scorecard_for(unit_id, day.year)
    if card is None:
        return []
    due = [(figure, on) for figure in expected_figures(unit_id, card.pk) if (on := _late_since(figure, day))]
    late = [figure for figure, _on in due]
    if not late:
        return []
    unit = access.tree.nodes[unit_id]
    names = ", ".join(figure.name for figure in late[:3]) + (" …" if len(late) > 3 else "")
    title = ngettext("Før inn %(n)s tall for %(unit)s", "Før inn %(n)s tall for %(unit)s", len(late)) % {"n": len(late), "unit": unit.name}
    first = min(on for _figure, on in due)
    return [
        Todo(
            title,
            f"{names}.",
            reverse("scorecard:values", args=[unit.code]),
            minutes=sum(figure.minutes for figure in late) or None,
            due_on=first,
            due=_("De skulle vært her %(day)s.") % {"day": formats.date_long(first)},
        )
    ]


def _late_since(figure: Expected, day: date) -> date | None:
    """The day the latest figure that should be there by now was due; None where it has come."""
    due = Period.containing(day, figure.kind).previous()
    if due.last_day + timedelta(days=figure.due_days) > day:
        due = due.previous()
    return due.last_day + timedelta(days=figure.due_days) if figure.newest is None or figure.newest < due.start else None


def _to_approve(cards: Sequence[UnfinishedCard]) -> list[Todo]:
    return [
        Todo(
            _("Godkjenn målekartet for %(year)s") % {"year": card.year},
            _("%(unit)s. Målekartet er sendt til deg.") % {"unit": card.name},
            reverse("scorecard:setup_approval", args=[card.code, card.year]),
        )
        for card in cards
    ]


def _proposed_targets(access: Access) -> list[Todo]:
    reached = access.unit_ids(Permission.EDIT_TARGETS) | access.unit_ids(Permission.APPROVE_SCORECARD)
    if not reached or not any_proposed_target(reached):
        return []
    rows = Target.objects.filter(unit_id__in=reached, confirmed=False, recorded_by__isnull=False)
    count = rows.exclude(indicator__placements__target_confirmed=False).distinct().count()
    if not count:
        return []
    title = ngettext("Svar på %(n)s forslag til mål", "Svar på %(n)s forslag til mål", count) % {"n": count}
    page = "scorecard:target_proposals" if access.may(Permission.EDIT_TARGETS) else "scorecard:setup_proposals"
    return [Todo(title, _("Ledere har foreslått egne mål for enhetene sine."), reverse(page))]


def _drafts(cards: Sequence[UnfinishedCard]) -> list[Todo]:
    return [
        Todo(
            _("Gjør ferdig målekartet for %(year)s") % {"year": card.year},
            _("%(unit)s. Utkastet er ikke sendt til godkjenning.") % {"unit": card.name},
            reverse("scorecard:setup_card", args=[card.code, card.year]),
        )
        for card in cards
    ]
