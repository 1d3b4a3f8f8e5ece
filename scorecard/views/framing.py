"""What the pages about one scorecard share: title, way back, tabs, and how a refusal is told."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import pgettext

from common.http import Request
from organisation.rules.access import Permission
from scorecard.models import Scorecard
from scorecard.rules.lifecycle import State
from scorecard.services.editing import NotEditable, StaleVersion
from scorecard.views.reach import access_in

STALE = lazy("Noen har endret målekartet etter at du åpnet siden. Det du skrev, står her. Se over og lagre på nytt.")
NOT_EDITABLE = {
    State.PROPOSED: lazy("Målekartet ligger til godkjenning. Be om å få det tilbake før du endrer noe."),
    State.PUBLISHED: lazy("Målekartet er publisert, så oppbygningen er fast. Mål kan endres fra en dato."),
    State.LOCKED: lazy("Året er låst. Ingenting kan endres."),
}


def card_title(card: Scorecard) -> str:
    return card.title or _("Målekart %(year)s") % {"year": card.year}


def not_editable(state: State) -> str:
    return str(NOT_EDITABLE.get(state, STALE))


def card_address(name: str, card: Scorecard, *args: object) -> str:
    return reverse(f"scorecard:{name}", args=[card.unit.code, card.year, *args])


def card_frame(request: Request, card: Scorecard, current: str, *, page: str = "") -> dict[str, Any]:
    """Title, crumbs, tabs and rights of a page about one scorecard; `page` is a page below the tab."""
    access = access_in(request)
    structure = access.may_in(Permission.EDIT_SCORECARD, card.unit_id)
    targets = access.may_in(Permission.EDIT_TARGETS, card.unit_id)
    tabs = [
        ("setup_card", _("Oppbygning"), structure),
        ("setup_weights", _("Vekter"), structure),
        ("target_grid", pgettext("several", "Mål"), targets),
        ("setup_check", _("Kontroll"), structure),
        ("setup_preview", _("Forhåndsvisning"), structure),
        ("setup_log", _("Endringer"), structure),
    ]
    shown = [{"label": label, "url": card_address(name, card), "current": name == current} for name, label, may in tabs if may]
    crumbs = [
        (_("Oppsett av målekart"), reverse("scorecard:setup")),
        (f"{card_title(card)}, {card.unit.name}", card_address("setup_card", card)),
    ]
    if page:
        crumbs.append((page, ""))
    return {
        "card": card,
        "title": card_title(card),
        "tabs": shown,
        "crumbs": crumbs,
        "may_edit": structure and card.state == State.DRAFT,
        "may_target": targets,
    }


def attempt(form: forms.Form, card: Scorecard, change: Callable[[], object]) -> bool:
    """Does the change. A refusal becomes an error of the form, which keeps what was typed and gets the version that stands now."""
    try:
        change()
    except StaleVersion:
        form.add_error(None, str(STALE))
    except NotEditable as refusal:
        form.add_error(None, not_editable(refusal.state))
    else:
        return True
    renew_version(form, card.version)
    return False


def renew_version(form: forms.BaseForm, version: int) -> None:
    renew(form, "version", str(version))


def renew(form: forms.BaseForm, name: str, value: str) -> None:
    """A refused form is sent again with what stands now; everything else stays as typed."""
    data = form.data.copy() if isinstance(form.data, QueryDict) else QueryDict(mutable=True)
    data[name] = value
    form.data = data
