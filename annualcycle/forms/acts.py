"""The words for this app's lines in the audit trail."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

ACTS: dict[str, Promise] = {
    "cycle.activity_created": lazy("La til aktiviteten i styringshjulet"),
    "cycle.activity_changed": lazy("Endret aktiviteten i styringshjulet"),
    "cycle.activity_cancelled": lazy("Avlyste aktiviteten i styringshjulet"),
    "cycle.activity_restored": lazy("Tok aktiviteten inn i styringshjulet igjen"),
    "cycle.activity_removed": lazy("Slettet aktiviteten fra styringshjulet"),
    "cycle.year_installed": lazy("La et vanlig år inn i styringshjulet"),
    "cycle.rolled": lazy("Rullet styringshjulet til neste år"),
    "cycle.task_done": lazy("Gjorde oppgaven"),
    "cycle.task_opened": lazy("Åpnet oppgaven igjen"),
    "cycle.task_not_needed": lazy("Sa at oppgaven ikke gjelder enheten"),
    "cycle.task_lifted": lazy("Løftet oppgaven til nivået over"),
    "cycle.setting_saved": lazy("Endret når det minnes om frister"),
    "cycle.feed_created": lazy("Laget en kalenderadresse"),
    "cycle.feed_revoked": lazy("Stengte en kalenderadresse"),
}
DETAILS: dict[str, Promise] = {
    "activity": lazy("Aktivitet"),
    "due_on": lazy("Frist"),
    "due_on_before": lazy("Frist før"),
    "number": lazy("Antall"),
    "reason": lazy("Begrunnelse"),
    "told": lazy("Fikk beskjed"),
    "year": lazy("År"),
}
