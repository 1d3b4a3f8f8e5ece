"""How far each unit's report of a month has come: all are locked but those of the newest month, which tell their stories."""

from alna.demo.plan import Plan
from common.periods import Period
from reporting.rules.kinds import ReportState as S

# The newest month while its reports are being written. Others have delivered.
IN_PROGRESS = {
    "101": S.BEGUN,
    "103": S.NOT_STARTED,
    "104": S.RETURNED,
    "106": S.NOT_STARTED,
    "402": S.RETURNED,
    "900": S.APPROVED,
}
# What the director asks about, by part of the report.
RETURNS = {
    "104": (("explanation", "Prognosen er bedre enn budsjettet, men antall barn går ned. Hva venter dere ut året?"),),
    "402": (
        ("explanation", "Teksten er den samme som i august. Hva er nytt i september, og når virker de nye stillingene?"),
        ("sick_leave", "Fraværet øker for tredje måned. Hva gjør dere fremover?"),
        ("production", "Brukere i alt mangler. Skriv inn tallet for siste dag i måneden."),
    ),
}


def state_of(plan: Plan, unit: str, period: Period) -> S:
    """The state of a unit's report of a closed month."""
    if not plan.is_in_progress(period):
        return S.LOCKED
    if not plan.has_begun(period):
        return S.NOT_STARTED
    return IN_PROGRESS.get(unit, S.DELIVERED)
