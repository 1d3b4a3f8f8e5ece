"""The report beside a file from a folder: what became of it, for whoever looks after the other system."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from common import formats
from imports.models import Batch
from imports.rules.findings import Findings
from imports.rules.states import BatchState


def report_of(batch: Batch) -> str:
    """Some lines of text. Figures of units are not in it: the folder is read by others than the page."""
    with override("nb"):
        lines = [
            _("Fil: %(name)s") % {"name": batch.file_name},
            _("Kilde: %(name)s") % {"name": batch.source.name},
            _("Mottatt: %(at)s") % {"at": formats.moment(batch.received_at)},
            _("Resultat: %(state)s") % {"state": batch.get_state_display()},
        ]
        if batch.state == BatchState.REFUSED:
            lines.append(_("Årsak: %(code)s. Siden «Import» i Alna forklarer hva som må rettes.") % {"code": batch.refusal.get("code", "")})
        if batch.findings:
            lines += _counted(Findings.from_json(batch.findings))
        return "\n".join(lines) + "\n"


def too_large_report(name: str, limit: int) -> str:
    """Of a file that was not even taken in."""
    with override("nb"):
        facts = {"name": name, "limit": limit // 1_000_000}
        return _("Fil: %(name)s\nResultat: Filen er større enn %(limit)s MB og er ikke lest.\n") % facts


def _counted(findings: Findings) -> list[str]:
    period = "" if findings.year is None else f"{findings.year}{(findings.number or 0):02}"
    lines = [
        _("Periode i filen: %(period)s") % {"period": period or "–"},
        _("Rader lest: %(rows)s av %(lines)s") % {"rows": findings.rows, "lines": findings.lines},
    ]
    lines += [_("Hoppet over (%(reason)s): %(count)s") % {"reason": group.reason, "count": group.count} for group in findings.left_out]
    lines.append(_("Feil: %(count)s") % {"count": findings.errors})
    lines.append(_("Kontrollsummer som ikke stemmer: %(count)s") % {"count": len(findings.sums_differ)})
    lines.append(_("Koder uten enhet: %(count)s") % {"count": findings.unknown_count})
    return lines
