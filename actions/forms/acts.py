"""The words for this app's lines in the audit trail."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

ACTS: dict[str, Promise] = {
    "action.created": lazy("Laget tiltaket"),
    "action.changed": lazy("Endret tiltaket"),
    "action.status_set": lazy("Satte status på tiltaket"),
    "action.closed": lazy("Gjennomførte tiltaket"),
    "action.cancelled": lazy("Avbrøt tiltaket"),
    "action.lifted": lazy("Løftet tiltaket til nivået over"),
    "actions.setting_saved": lazy("Endret når tiltak løftes"),
}
DETAILS: dict[str, Promise] = {
    "due_on": lazy("Frist"),
    "due_on_before": lazy("Frist før"),
    "escalate_after": lazy("Arbeidsdager over fristen"),
    "outcome": lazy("Virkning"),
    "owner": lazy("Ansvarlig"),
    "owner_before": lazy("Ansvarlig før"),
    "told": lazy("Fikk beskjed"),
}

# What messages are about, in the administrator's list.
KINDS: dict[str, Promise] = {
    "action_owner": lazy("Ansvar for et tiltak"),
    "action_lifted": lazy("Tiltak over fristen"),
}
