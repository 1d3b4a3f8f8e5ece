"""What was done with a scorecard, in words, from the audit trail."""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

from common import formats
from organisation.models import AuditEntry

ACTS: dict[str, Promise] = {
    "scorecard.created": lazy("Laget målekartet"),
    "scorecard.copied": lazy("Laget målekartet som kopi av %(source_year)s"),
    "scorecard.settings_changed": lazy("Endret innstillingene"),
    "scorecard.area_added": lazy("La til fokusområdet «%(name)s»"),
    "scorecard.area_changed": lazy("Endret fokusområdet «%(before)s» til «%(name)s»"),
    "scorecard.factor_added": lazy("La til suksessfaktoren «%(name)s» i «%(area)s»"),
    "scorecard.factor_changed": lazy("Endret suksessfaktoren «%(name)s»"),
    "scorecard.indicator_placed": lazy("Plasserte indikatoren «%(name)s» under «%(factor)s»"),
    "scorecard.place_changed": lazy("Endret plasseringen av «%(name)s»"),
    "scorecard.weights_changed": lazy("Endret vekter"),
    "scorecard.part_moved": lazy("Flyttet «%(name)s»"),
    "scorecard.part_removed": lazy("Fjernet «%(name)s»"),
    "scorecard.arrows_changed": lazy("Endret pilene fra «%(name)s»"),
    "scorecard.targets_saved": lazy("Lagret %(count)s mål"),
    "scorecard.targets_confirmed": lazy("Bekreftet mål fra i fjor"),
    "scorecard.proposed": lazy("Sendte til godkjenning"),
    "scorecard.returned": lazy("Sendte tilbake til utkast"),
    "scorecard.published": lazy("Publiserte målekartet"),
    "scorecard.unpublished": lazy("Tok målekartet tilbake til utkast"),
    "scorecard.locked": lazy("Låste året"),
    "target.saved": lazy("Satte målet"),
    "target.withdrawn": lazy("Tok bort eget mål"),
    "target.proposed": lazy("Foreslo målet"),
    "target.confirmed": lazy("Bekreftet forslaget"),
    "target.declined": lazy("Avslo forslaget"),
    "target.recomputed": lazy("Regnet ut målet på nytt"),
    "indicator.added": lazy("La til indikatoren"),
    "indicator.changed": lazy("Endret indikatoren"),
    "indicator.retired": lazy("Tok indikatoren ut av bruk"),
    "indicator.taken_back": lazy("Tok indikatoren i bruk igjen"),
    "benchmark.saved": lazy("Lagret sammenlikningstall for"),
    "benchmark.removed": lazy("Tok bort sammenlikningstall for"),
    "values.recorded": lazy("Førte verdier for"),
    "values.taken_back": lazy("Tok tilbake verdier for"),
    "note.added": lazy("Skrev merknad til"),
    "limits.reset": lazy("Satte nye grenser for"),
    "deviation.accepted": lazy("Aksepterte avvik for"),
    "deviation.ended": lazy("Avsluttet akseptert avvik for"),
    "snapshot.published": lazy("Publiserte resultater for"),
    "snapshot.withdrawn": lazy("Trakk tilbake resultater for"),
}

# What the details of an act are called in the log of the whole application.
DETAILS: dict[str, Promise] = {
    "area": lazy("Fokusområde"),
    "at": lazy("Tidspunkt"),
    "benchmark": lazy("Sammenlikningstall"),
    "changes": lazy("Endringer"),
    "count": lazy("Antall"),
    "factor": lazy("Suksessfaktor"),
    "group": lazy("Gruppe"),
    "indicator": lazy("Indikator"),
    "indicators": lazy("Indikatorer"),
    "left_out": lazy("Ikke med"),
    "on": lazy("Dato"),
    "period": lazy("Periode"),
    "reason": lazy("Begrunnelse"),
    "same_person": lazy("Samme person"),
    "source_unit": lazy("Fra enhet"),
    "source_year": lazy("Fra år"),
    "valid_from": lazy("Gjelder fra"),
    "value": lazy("Verdi"),
    "weight": lazy("Vekt"),
    "year": lazy("År"),
}

# Where an act's own words end and what it names begins, in every language.
FACTS = re.compile(r"[«“]|%\(")


@dataclass(frozen=True)
class Act:
    """One line of a log: what, and by whom, when and why."""

    title: str
    text: str


def act_sentence(entry: AuditEntry) -> Act:
    """An entry of the trail as a reader meets it; an act without words shows its code."""
    pattern = str(ACTS.get(entry.action, entry.action))
    try:
        title = pattern % entry.details
    except (KeyError, TypeError, ValueError):
        title = FACTS.split(pattern)[0].strip()
    reason = entry.details.get("reason") if isinstance(entry.details, dict) else ""
    text = f"{entry.actor_name}, {formats.moment(entry.at)}"
    return Act(title, f"{text}. {reason}" if reason else text)
