"""A receipt for the leader whose deputy has sent the report."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from common import formats
from common.lines import one_line
from notifications.services.messages import NewMessage, send
from reporting.models import MonthlyReport


def tell_principal(*, report: MonthlyReport, now: datetime) -> int:
    """Once for each time the report is sent; nothing where nobody stood in. How many were told."""
    principal, deputy = report.on_behalf_of, report.submitted_by
    if principal is None or deputy is None:
        return 0
    with translation.override(principal.language or settings.LANGUAGE_CODE):
        words = {"deputy": one_line(deputy.name), "unit": one_line(report.unit.name), "month": formats.period_label(report.period)}
        message = NewMessage(
            key=f"report:receipt:{report.pk}:{report.version}",
            kind="report_receipt",
            recipient_id=principal.pk,
            subject=_("Rapporten for %(month)s er sendt på vegne av deg") % words,
            text=_("%(deputy)s har sendt rapporten for %(unit)s. Du trenger ikke gjøre noe.") % words,
            link=reverse("reporting:report_read", args=[report.unit.code, report.month]),
        )
    return send(messages=[message], now=now)
