"""What every change of a scorecard asks first: is it a draft, and is it still the one that was on the screen."""

from django.db.models import F

from scorecard.models import Scorecard
from scorecard.rules.lifecycle import EDITABLE, State


class StaleVersion(Exception):
    """Somebody else has saved since the page was opened."""


class NotEditable(Exception):
    """The scorecard is not a draft; `state` says what it is."""

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.state = state


def claim_draft(scorecard: Scorecard, version: int) -> None:
    """Takes the next version of a draft, in one conditional update. Raises NotEditable or StaleVersion."""
    claimed = Scorecard.objects.filter(pk=scorecard.pk, version=version, state__in=EDITABLE).update(version=F("version") + 1)
    scorecard.refresh_from_db(fields=["version", "state"])
    if claimed:
        return
    if State(scorecard.state) not in EDITABLE:
        raise NotEditable(State(scorecard.state))
    raise StaleVersion
