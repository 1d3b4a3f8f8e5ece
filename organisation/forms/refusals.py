"""What a service refused, as a sentence that says what to do."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from common.formats import date_long
from organisation.queries.access import Access
from organisation.queries.reach import ever_reached
from organisation.rules import refusals as tree
from organisation.rules.access import Permission
from organisation.services import holdings, people, roles, versions


def sentence(refusal: Exception, access: Access | None = None) -> str:
    """The words for a named exception of this app; raises the exception again where it has none.

    `access` is of whoever reads them: a unit of somebody else is named only where the person reaches it.
    """
    if isinstance(refusal, holdings.CodeHeldByOther) and not _reaches(access, refusal.unit_id):
        return _("Koden er i bruk i en annen bydel.")
    for kind, words in SENTENCES.items():
        if isinstance(refusal, kind):
            return words(refusal)
    raise refusal


def _reaches(access: Access | None, unit_id: int) -> bool:
    """Every role that sets up units or brings in files sees the målekart of its whole district."""
    return access is not None and unit_id in ever_reached(access, Permission.SEE_SCORECARD)


def _life(refusal: tree.UnitOutsideLife) -> str:
    facts = {"unit": refusal.unit, "day": date_long(refusal.day), "from": date_long(refusal.valid_from), "to": date_long(refusal.valid_to)}
    if refusal.valid_to is not None:
        return _("%(unit)s finnes ikke %(day)s. Enheten gjelder fra %(from)s til %(to)s. Velg en dato i den tiden.") % facts
    return _("%(unit)s finnes ikke %(day)s. Enheten gjelder fra %(from)s. Velg en senere dato.") % facts


def _held(refusal: holdings.CodeHeldByOther) -> str:
    facts = {
        "code": refusal.code,
        "unit": refusal.unit,
        "from": date_long(refusal.valid_from),
        "to": date_long(refusal.valid_to),
    }
    if refusal.valid_to is not None:
        return _("Ansvar %(code)s hører til %(unit)s fra %(from)s til %(to)s. Velg en periode utenfor.") % facts
    return _("Ansvar %(code)s hører til %(unit)s fra %(from)s. Avslutt det der først.") % facts


def _role_held(refusal: roles.RoleHeldAlready) -> str:
    facts = {"person": refusal.person, "from": date_long(refusal.valid_from), "to": date_long(refusal.valid_to)}
    if refusal.valid_to is not None:
        return _("%(person)s har rollen i enheten fra %(from)s til %(to)s. Velg en periode utenfor.") % facts
    return _("%(person)s har rollen i enheten fra %(from)s.") % facts


def _deputy_outside(refusal: roles.DeputyOutsideRole) -> str:
    facts = {"from": date_long(refusal.valid_from), "to": date_long(refusal.valid_to)}
    if refusal.valid_to is not None:
        return _("Rollen gjelder fra %(from)s til %(to)s. Velg en periode innenfor.") % facts
    return _("Rollen gjelder fra %(from)s. Velg en periode etter det.") % facts


SENTENCES: dict[type[Exception], Callable[[Any], str]] = {
    # Says nothing of the other unit: it may be a neighbour's.
    tree.CodeTaken: lambda refusal: (
        _("Koden %(code)s er i bruk eller har vært det. En kode brukes aldri om igjen. Skriv en annen.") % {"code": refusal.code}
    ),
    tree.BelowItself: lambda refusal: (
        _("%(unit)s ville stå under seg selv fra %(day)s. Velg en annen enhet over, eller flytt %(parent)s først.")
        % {"unit": refusal.unit, "parent": refusal.parent, "day": date_long(refusal.day)}
    ),
    tree.UnitOutsideLife: _life,
    tree.ParentOutsideLife: lambda refusal: (
        _("%(parent)s finnes ikke %(day)s, og %(unit)s kan ikke stå under den da. Velg en annen dato eller en annen enhet over.")
        % {"unit": refusal.unit, "parent": refusal.parent, "day": date_long(refusal.day)}
    ),
    tree.UnitEndsAlready: lambda refusal: (
        _("%(unit)s har allerede siste dag %(day)s.") % {"unit": refusal.unit, "day": date_long(refusal.last_day)}
    ),
    tree.HasOpenChildren: lambda refusal: (
        _("%(unit)s har fortsatt enheter under seg: %(children)s. Flytt eller avslutt dem først.")
        % {"unit": refusal.unit, "children": ", ".join(refusal.children)}
    ),
    tree.SuccessorBelowPredecessor: lambda refusal: (
        _("%(successor)s står under %(predecessor)s, som skal avsluttes. Flytt den først.")
        % {"successor": refusal.successor, "predecessor": refusal.predecessor}
    ),
    tree.WideBelowNarrow: lambda refusal: (
        _("%(unit)s kan ikke stå under %(parent)s. En bydel står rett under kommunen. Velg en annen type eller en annen enhet over.")
        % {"unit": refusal.unit, "parent": refusal.parent}
    ),
    tree.NothingChanges: lambda _refusal: _("Det er slik allerede. Ingenting ble endret."),
    tree.TooFewUnits: lambda _refusal: _("Velg minst to enheter."),
    tree.SameUnitTwice: lambda _refusal: _("En enhet kan ikke slås sammen med seg selv. Velg en annen."),
    holdings.CodeHeldByOther: _held,
    holdings.SiteAlreadyThere: lambda refusal: _("Enheten har allerede stedet «%(name)s» i perioden.") % {"name": refusal.name},
    holdings.EndsBeforeStart: lambda refusal: (
        _("Siste dag kan ikke være før %(day)s, som er første dag.") % {"day": date_long(refusal.valid_from)}
    ),
    roles.RoleHeldAlready: _role_held,
    roles.PersonInactive: lambda refusal: _("%(person)s kan ikke logge inn. Åpne tilgangen først.") % {"person": refusal.person},
    roles.LastAdministrator: lambda refusal: (
        _("%(unit)s ville stå uten administrator fra %(day)s. Gi rollen til en annen først.")
        % {"unit": refusal.unit, "day": date_long(refusal.day)}
    ),
    roles.DeputyOutsideRole: _deputy_outside,
    roles.OwnDeputy: lambda _refusal: _("Velg en annen person."),
    people.EmailTaken: lambda refusal: _("Adressen %(email)s er i bruk av en annen. Skriv en annen adresse.") % {"email": refusal.email},
    people.OwnAccess: lambda _refusal: _("Du kan ikke stenge din egen tilgang. Be en annen administrator."),
    versions.StaleVersion: lambda _refusal: _(
        "Noen andre har lagret endringer mens du skrev. Det du skrev står her fortsatt. Se over og lagre en gang til."
    ),
    versions.OrganisationChanged: lambda _refusal: _(
        "Organisasjonen er endret etter at du så forhåndsvisningen. Ingenting ble lagret. Se over og bekreft på nytt."
    ),
}
