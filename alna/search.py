"""Pages a search finds: those of the person's own menu, and what the help tells about."""

from django.urls import reverse
from django.utils.translation import gettext as _

from alna.frame import pages_of
from common.found import Found, FoundGroup, group_of
from common.searching import Wanted
from organisation.queries.access import Access


def find(access: Access, text: str, limit: int) -> list[FoundGroup]:
    """The nearest first. No SQL."""
    wanted = Wanted.of(text)
    pages = [Found(label, url, about) for label, url, about in pages_of(access)] + _help()
    found = sorted((page for page in pages if wanted.meets(page.title)), key=lambda page: wanted.distance(page.title))
    return group_of("sider", _("Sider"), list(dict.fromkeys(found))[: limit + 1], limit)


def _help() -> list[Found]:
    """What the help has a section about."""
    sections = (_("Finne et tall"), _("Føre inn tall"), _("Rette et tall"), _("Se tallene slik de var"), _("Får du ikke tilgang?"))
    return [Found(section, reverse("help"), _("Hjelp")) for section in sections]
