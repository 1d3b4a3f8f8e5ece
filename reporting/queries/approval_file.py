"""The director's list as a file: real figures in kroner, one row per unit and one for all."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from common import formats
from common.marks import STATUSES
from common.tables import Column
from reporting.queries.approval import ApprovalPage, Facts, rows_of
from reporting.queries.approval_words import state_told
from reporting.rules.consolidation import result_status
from reporting.rules.economy import percent_of


def approval_columns(page: ApprovalPage) -> list[Column]:
    before = formats.month_name(page.found.before)
    return [
        Column("code", _("Kode"), "code"),
        Column("name", _("Enhet")),
        Column("state", _("Rapport")),
        Column("budget", _("Årsbudsjett"), "number", places=2),
        Column("period", _("Budsjett hittil"), "number", places=2),
        Column("actual", _("Regnskap hittil"), "number", places=2),
        Column("to_date", _("Avvik hittil"), "number", places=2),
        Column("before", _("Prognose %(month)s") % {"month": before} if before else _("Forrige prognose"), "number", places=2),
        Column("now", _("Prognose nå"), "number", places=2),
        Column("confirmed", _("Bekreftet")),
        Column("variance", _("Prognoseavvik"), "number", places=2),
        Column("percent", _("Prognoseavvik i prosent"), "number", places=2),
        Column("status", _("Økonomi")),
        Column("explanation", _("Forklaring")),
    ]


def approval_rows(page: ApprovalPage) -> list[Mapping[str, object]]:
    rows = [_row(fact, page) for fact in rows_of(page)]
    found, total = page.found, page.found.total
    rows.append(
        {
            "name": _("Sum"),
            "budget": total.amounts.revised,
            "period": total.amounts.budget,
            "actual": total.amounts.actual,
            "to_date": total.amounts.variance,
            "before": total.forecasts.get(found.before) if found.before else None,
            "now": total.forecast,
            "variance": total.variance,
            "percent": percent_of(total.variance, total.amounts.revised),
            "status": str(STATUSES[total.status.value].word),
        }
    )
    return rows


def _row(fact: Facts, page: ApprovalPage) -> Mapping[str, object]:
    unit, found = fact.unit, page.found
    standing = unit.standing(found.month)
    return {
        "code": unit.node.code,
        "name": unit.node.name,
        "state": state_told(fact.report, fact.question),
        "budget": unit.economy.revised,
        "period": unit.economy.budget,
        "actual": unit.economy.actual,
        "to_date": unit.economy.variance,
        "before": unit.standing(found.before).forecast,
        "now": standing.forecast,
        "confirmed": _("Ja") if standing.is_confirmed else _("Nei"),
        "variance": fact.variance,
        "percent": percent_of(fact.variance, unit.economy.revised),
        "status": str(STATUSES[result_status(standing.forecast, unit.economy.revised).value].word),
        "explanation": fact.report.explanation if fact.was_delivered and fact.report else "",
    }
