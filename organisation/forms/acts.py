"""The audit trail in words. Apps further up point to words of their own by `audit_actions` and `audit_details` of their AppConfig."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.formats import date_short
from common.told import told_by_apps
from organisation.models import AuditEntry

ACTIONS = {
    "unit.created": gettext_lazy("Opprettet enheten"),
    "unit.renamed": gettext_lazy("Ga enheten nytt navn"),
    "unit.moved": gettext_lazy("Flyttet enheten"),
    "unit.merged": gettext_lazy("Slo sammen enheter til"),
    "unit.became": gettext_lazy("Lot enheten gå inn i en annen"),
    "unit.split": gettext_lazy("Delte enheten"),
    "unit.closed": gettext_lazy("Avsluttet enheten"),
    "site.added": gettext_lazy("La til sted"),
    "site.ended": gettext_lazy("Avsluttet sted"),
    "cost_centre.added": gettext_lazy("La til ansvar"),
    "cost_centre.ended": gettext_lazy("Avsluttet ansvar"),
    "staffing.set": gettext_lazy("Endret årsverk i"),
    "person.created": gettext_lazy("La inn personen"),
    "person.changed": gettext_lazy("Endret opplysninger om"),
    "person.deactivated": gettext_lazy("Stengte tilgangen for"),
    "person.reactivated": gettext_lazy("Åpnet tilgangen for"),
    "person.link_sent": gettext_lazy("Sendte lenke for å lage passord til"),
    "role.given": gettext_lazy("Ga rolle til"),
    "role.ended": gettext_lazy("Avsluttet rolle for"),
    "role.deputy_given": gettext_lazy("Ga stedfortrederrolle til"),
    "role.handed_over": gettext_lazy("Overdro roller fra"),
    "units.imported": gettext_lazy("Leste inn enheter fra fil"),
    "people.imported": gettext_lazy("Leste inn personer fra fil"),
}
DETAILS = {
    "after": gettext_lazy("Etter"),
    "before": gettext_lazy("Før"),
    "changed": gettext_lazy("Endret"),
    "code": gettext_lazy("Kode"),
    "cost_centres": gettext_lazy("Ansvar som følger med"),
    "deputy_for": gettext_lazy("Stedfortreder for"),
    "email": gettext_lazy("E-post"),
    "ended_cost_centres": gettext_lazy("Ansvar som avsluttes"),
    "ended_deputies": gettext_lazy("Stedfortredere som avsluttes"),
    "ended_roles": gettext_lazy("Roller som avsluttes"),
    "ended_sites": gettext_lazy("Steder som avsluttes"),
    "file": gettext_lazy("Fil"),
    "from": gettext_lazy("Gjelder fra"),
    "kind": gettext_lazy("Type"),
    "merged": gettext_lazy("Slått sammen"),
    "name": gettext_lazy("Navn"),
    "own": gettext_lazy("Egen rolle"),
    "parent": gettext_lazy("Enhet over"),
    "parts": gettext_lazy("Nye enheter"),
    "predecessor": gettext_lazy("Kommer fra"),
    "role": gettext_lazy("Rolle"),
    "roles": gettext_lazy("Roller som følger med"),
    "sites": gettext_lazy("Steder som følger med"),
    "staffing": gettext_lazy("Årsverk"),
    "successor": gettext_lazy("Videreføres i"),
    "to": gettext_lazy("Til og med"),
    "to_person": gettext_lazy("Til"),
    "unit": gettext_lazy("Enhet"),
}


@dataclass(frozen=True, slots=True)
class ActRow:
    """One line of the log, ready to be read."""

    at: datetime
    who: str
    did: str
    what: str
    unit: str
    details: tuple[tuple[str, str], ...]


def actions() -> dict[str, str]:
    """Every action of every app with its words, in the order of the words. What a line would fill in is «…»."""
    plain = {code: _filled(words, {}) for code, words in _words("audit_actions", ACTIONS).items()}
    return dict(sorted(plain.items(), key=lambda pair: pair[1]))


def act_rows(entries: Iterable[AuditEntry]) -> list[ActRow]:
    """Rows for a page or a file. An action without words shows its code, a detail without words its key."""
    words, labels = _words("audit_actions", ACTIONS), _words("audit_details", DETAILS)
    return [
        ActRow(
            at=entry.at,
            who=entry.actor_name,
            did=_filled(words.get(entry.action, entry.action), entry.details),
            what=entry.target_label,
            unit=str(entry.unit) if entry.unit else "",
            details=tuple((labels.get(key, key), _shown(value)) for key, value in entry.details.items() if value not in (None, "", [], {})),
        )
        for entry in entries
    ]


def _words(attribute: str, own: Mapping[str, object]) -> dict[str, str]:
    """Our own words and those that each app's configuration points to."""
    found = {code: str(words) for code, words in own.items()}
    for told in told_by_apps(attribute).values():
        found |= {code: str(words) for code, words in told.items()}
    return found


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def _filled(words: str, details: Mapping[str, object]) -> str:
    """Words such as «La til «%(name)s»» with the details of the line."""
    return words % _Facts({key: _shown(value) for key, value in details.items()}) if "%(" in words else words


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nei")
    if isinstance(value, list):
        return ", ".join(_shown(item) for item in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_shown(item)}" for key, item in value.items())
    text = str(value)
    try:
        return date_short(date.fromisoformat(text)) if len(text) == 10 else text
    except ValueError:
        return text
