"""Pages a search finds: those of the person's own menu, and what the help tells about."""

from django.urls import reverse
from django.utils.translation import gettext as _

from alna.frame import pages_of
from common.found import Found, FoundGroup, found_group
from common.searching import Wanted
from organisation.queries.access import Access


def find(access: Access, text: str, limit: int) -> list[FoundGroup]:
    """The nearest first. No SQL."""
    wanted = Wanted.of(text)
    pages = [Found(label, url, about) for label, url, about in pages_of(access)] + _help()
    called = _called()
    found = sorted(
        (page for page in pages if wanted.meets(page.title) or wanted.meets(called.get(page.url, ""))),
        key=lambda page: wanted.distance(page.title),
    )
    return found_group("sider", _("Sider"), list(dict.fromkeys(found))[: limit + 1], limit)


def _called() -> dict[str, str]:
    """What else people call a page, by its address."""
    return {
        reverse("notifications:choices"): _("påminnelser varsler e-post"),
        reverse("annualcycle:feeds"): _("påminnelser Outlook abonnement"),
    }


def _help() -> list[Found]:
    """What the help has a section about."""
    figures = (_("Finne et tall"), _("Føre inn tall"), _("Rette et tall"), _("Se tallene slik de var"))
    sections = (*figures, _("Se fristene dine"), _("Får du ikke tilgang?"))
    return [Found(section, reverse("help"), _("Hjelp")) for section in sections]
