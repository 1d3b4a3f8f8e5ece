"""Who is told about files: leaders that the figures are ready, controllers that a file is late or needs them."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from common import formats
from common.lines import one_line
from common.periods import Period
from imports.models import Batch, Source
from imports.queries.schedule import COUNTING, expectations
from imports.rules.reach import AMOUNTS
from imports.rules.states import BatchState, SourceKind
from notifications.services.messages import NewMessage, send
from organisation.models import RoleAssignment, Unit, User
from organisation.queries import tree
from organisation.queries.validity import valid_on
from organisation.rules.access import Permission, roles_with
from organisation.services import audit
from reporting.models import Balance, ReportingMonth
from reporting.rules.ledger import month_of
from reporting.services import notices

IMPORTS_PAGE = "/administrasjon/import/"
MONTHLY = (SourceKind.ECONOMY, SourceKind.SICK_LEAVE)


class NothingToTell(Exception):
    """The batch has left no figures of a month."""


@transaction.atomic
def tell_leaders(*, batch: Batch, actor: User | None, now: datetime, today: date) -> int:
    """Tells everybody who writes a report of the month that its figures are ready, each once; how many were told. Raises NothingToTell."""
    if batch.state not in COUNTING or batch.year is None or batch.number is None or batch.source.kind not in MONTHLY:
        raise NothingToTell
    district, month = batch.source.district, month_of(batch.year, batch.number)
    told = _tell_month(district, month, now, today)
    Batch.objects.filter(pk=batch.pk, leaders_told_at__isnull=True).update(leaders_told_at=now)
    batch.refresh_from_db()
    details = {"month": Period.month(month.year, month.month).code, "count": told}
    audit.record(actor=actor, action="import.leaders_told", target=batch, unit=district, details=details)
    return told


@transaction.atomic
def tell_when_complete(*, batch: Batch, now: datetime, today: date) -> int:
    """As `tell_leaders`, by itself, once the last of the month's expected files is in; 0 before that."""
    if batch.state not in COUNTING or batch.year is None or batch.number is None or batch.source.kind not in MONTHLY:
        return 0
    month = month_of(batch.year, batch.number)
    waiting = [
        each
        for each in expectations(today, batch.source.district_id)
        if each.source.kind in MONTHLY and each.expected.month == month and each.saved is None
    ]
    newest = any(each.expected.month == month for each in expectations(today, batch.source.district_id))
    return 0 if waiting or not newest else tell_leaders(batch=batch, actor=None, now=now, today=today)


def _tell_month(district: Unit, month: date, now: datetime, today: date) -> int:
    row, _made = ReportingMonth.objects.get_or_create(district=district, month=month)
    ReportingMonth.objects.filter(pk=row.pk, leaders_told_at__isnull=True).update(leaders_told_at=now)
    with_figures = set(Balance.objects.filter(district=district, month=month, unit__isnull=False).values_list("unit_id", flat=True))
    return notices.figures_ready(unit_ids=with_figures, month=month, now=now, today=today)


def tell_late(*, now: datetime, today: date) -> int:
    """Tells whoever takes files in that one has not come on its day, each once per month."""
    messages: list[NewMessage] = []
    for each in expectations(today):
        if each.is_late(today):
            month = formats.period_label(Period.month(each.expected.month.year, each.expected.month.month))
            facts = {"source": one_line(each.source.name), "month": month, "day": formats.date_long(each.expected.on)}
            subject = _("%(source)s for %(month)s er ikke kommet") % facts
            text = _("Filen var ventet %(day)s. Se etter hos den som leverer den, eller last den opp selv.") % facts
            key = f"file-late:{each.source.pk}:{each.expected.month:%Y-%m}"
            messages += _to_importers(each.source, key, "file_late", subject, text, today)
    return send(messages=messages, now=now)


def tell_needs_person(*, batch: Batch, now: datetime, today: date) -> int:
    """A file from a folder waits for somebody to look at it, or could not be read."""
    facts = {"file": one_line(batch.file_name), "source": one_line(batch.source.name)}
    if batch.state == BatchState.REFUSED:
        subject, text = _("Filen %(file)s kan ikke leses inn"), _("Filen fra %(source)s ble avvist. Åpne den for å se hvorfor.")
    else:
        subject, text = _("Filen %(file)s venter på kontroll"), _("Filen fra %(source)s er lest. Se over tallene og lagre dem.")
    key = f"file-waits:{batch.pk}:{batch.state}"
    return send(messages=_to_importers(batch.source, key, "file_waits", subject % facts, text % facts, today), now=now)


def _to_importers(source: Source, key: str, kind: str, subject: str, text: str, today: date) -> Iterable[NewMessage]:
    """Whoever may read such a file in: those who may see its amounts, too."""
    roles = roles_with(Permission.IMPORT_FILES) & roles_with(AMOUNTS[source.kind])
    above = tree.tree_on(today).path(source.district_id)
    rows = RoleAssignment.objects.filter(valid_on(today), unit_id__in=above, role__in=[role.value for role in roles], user__is_active=True)
    users = rows.order_by().values_list("user_id", flat=True).distinct()
    return [
        NewMessage(key=f"{key}:{user_id}", kind=kind, recipient_id=user_id, subject=subject, text=text, link=IMPORTS_PAGE)
        for user_id in users
    ]
