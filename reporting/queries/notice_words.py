"""What is said about a month's report, and when what was said yesterday reads otherwise today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from common import formats
from common.lines import one_line
from common.oslo import OSLO
from notifications.rules.checking import Fresh
from reporting.rules.kinds import ReportState


@dataclass(frozen=True, slots=True)
class Notice:
    """One kind of message. `mail` False: on the page alone."""

    kind: str
    subject: Promise
    text: Promise
    mail: bool = True


READY = Notice(
    "figures_ready", lazy("Tallene for %(month)s er klare"), lazy("%(due)s Det tar omtrent fire minutter å sende inn for %(unit)s.")
)
BEFORE = Notice("report_before", lazy("Rapporten for %(month)s skal snart sendes inn"), lazy("%(unit)s har ikke levert ennå. %(due)s"))
TODAY = Notice("report_today", lazy("Rapporten for %(month)s skal sendes inn i dag"), lazy("%(unit)s har ikke levert ennå. %(due)s"))
AFTER = Notice(
    "report_after",
    lazy("Rapporten for %(month)s er over fristen"),
    lazy("%(unit)s har ikke levert ennå. %(due)s Send inn så snart du kan, så kommer dere med i den samlede rapporten."),
)
ASKED = Notice("report_reminder", lazy("Bydelen venter på rapporten for %(month)s"), lazy("%(unit)s har ikke levert ennå. %(due)s"))
UNANSWERED = Notice(
    "report_reminder",
    lazy("Bydelen venter på svar om rapporten for %(month)s"),
    lazy("Rapporten for %(unit)s er returnert med et spørsmål. Åpne den, svar på det ene, og send inn på nytt."),
)
RETURNED = Notice(
    "report_returned",
    lazy("Du har fått et spørsmål om rapporten for %(month)s"),
    lazy("Rapporten for %(unit)s er returnert med et spørsmål. Åpne den, svar på det ene, og send inn på nytt innen %(answer)s."),
)
APPROVED = Notice("report_approved", lazy("Rapporten for %(month)s er godkjent"), lazy("Rapporten for %(unit)s er godkjent."), mail=False)
# Those that follow each other as the deadline comes and goes.
BY_DEADLINE = (BEFORE, TODAY, AFTER)
BY_KIND = {notice.kind: notice for notice in (*BY_DEADLINE, READY)}


def asking(state: ReportState | str | None) -> Notice:
    """What one is told whom somebody waits for: for the report, or for an answer about it."""
    return UNANSWERED if state == ReportState.RETURNED else ASKED


def words_of(notice: Notice, unit_name: str, month: date, facts: Mapping[str, str]) -> Fresh:
    """The notice about a unit's report in the language of the moment."""
    said = {"unit": one_line(unit_name), "month": formats.month_label(month), **facts}
    return Fresh(str(notice.subject) % said, (str(notice.text) % said).strip())


def is_over(notice: Notice, due: datetime | None, day: date) -> bool:
    """Whether another of those that follow each other is right on this day."""
    if notice not in BY_DEADLINE or due is None:
        return False
    due_on = due.astimezone(OSLO).date()
    return notice is not (TODAY if due_on == day else BEFORE if due_on > day else AFTER)


def due_words(due: datetime | None, today: date) -> str:
    """«Frist i dag kl. 15.00.», «Frist 9. oktober 2026 kl. 15.00.», «Fristen var …»; nothing where there is none."""
    if due is None:
        return ""
    day = due.astimezone(OSLO).date()
    if day == today:
        return _("Frist i dag kl. %(clock)s.") % {"clock": formats.clock(due)}
    pattern = _("Frist %(moment)s.") if day > today else _("Fristen var %(moment)s.")
    return pattern % {"moment": formats.moment(due)}
