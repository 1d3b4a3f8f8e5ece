"""What happens to a unit on a day, in words."""

from django.utils.translation import gettext as _

from common.formats import date_long
from organisation.rules.events import Event, Happening


def event_text(event: Event) -> str:
    """«Flytter til 501 Nærmiljø fra 1. juli 2027.»"""
    words = {
        Happening.BEGINS: _("Opprettes %(day)s."),
        Happening.ENDS: _("Avsluttes, finnes ikke fra %(day)s."),
        Happening.RENAMED: _("Heter %(to)s fra %(day)s."),
        Happening.MOVED: _("Flytter til %(to)s fra %(day)s."),
        Happening.BECOMES: _("Går inn i %(to)s fra %(day)s."),
    }
    return words[event.kind] % {"day": date_long(event.day), "to": event.to}
