"""What people are told about actions."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from actions.models import Action
from common import formats
from common.lines import one_line
from notifications.services.messages import NewMessage, send
from organisation.models import User
from organisation.queries.holders import Holder


def tell_owner(*, action: Action, actor: User | None, now: datetime) -> None:
    """The owner, unless the owner did it; by version, so that whoever gets it back is told again."""
    owner = action.owner
    if actor is not None and actor.pk == owner.pk:
        return
    with translation.override(owner.language or settings.LANGUAGE_CODE):
        message = NewMessage(
            key=f"action:{action.pk}:owner:{owner.pk}:{action.version}",
            kind="action_owner",
            recipient_id=owner.pk,
            subject=_("Du har fått ansvar for et tiltak"),
            text=_("«%(title)s» i %(unit)s. Frist %(due)s.") % _facts(action),
            link=reverse("actions:action", args=[action.pk]),
        )
    send(messages=[message], now=now)


def _facts(action: Action) -> dict[str, str]:
    return {"title": one_line(action.title), "unit": one_line(action.unit.name), "due": formats.date_long(action.due_on)}


def tell_lifted(*, action: Action, people: Iterable[Holder], now: datetime) -> int:
    """Those one level up, and the owner: the deadline has passed and nothing has been said. Once per deadline."""
    messages = [_lifted(action, holder) for holder in people]
    return send(messages=messages, now=now)


def _lifted(action: Action, holder: Holder) -> NewMessage:
    with translation.override(holder.language or settings.LANGUAGE_CODE):
        facts = _facts(action)
        return NewMessage(
            key=f"action:{action.pk}:lifted:{action.due_on.isoformat()}:{holder.user_id}",
            kind="action_lifted",
            recipient_id=holder.user_id,
            subject=_("Et tiltak i %(unit)s er over fristen") % facts,
            text=_("«%(title)s» skulle vært ferdig %(due)s. Avtal ny frist, eller avslutt tiltaket.") % facts,
            link=reverse("actions:action", args=[action.pk]),
        )
