"""The frame of every page: menu by rights, units, the person. Only links that lead somewhere for this person."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from alna.access import PAGES
from common.clock import today
from common.http import Request
from common.periods import Period
from notifications.queries.box import unread_count
from organisation.queries.access import Access
from organisation.rules.access import Permission


@dataclass
class Link:
    label: str
    url: str
    icon: str = ""
    current: bool = False
    strong: bool = False
    children: list["Link"] = field(default_factory=list)
    # For the bar of short cuts on a phone, where the label is too long for a fifth of the width.
    short: str = ""
    # Where all pages of this link lie, when the link itself leads to one of them.
    under: str = ""


@dataclass
class Frame:
    menu: list[Link]
    admin_menu: list[Link]
    bottom: list[Link]
    units: dict[str, Any] | None
    user_menu: list[Link]
    footer: list[Link]
    user_name: str
    user_initials: str
    demo_notice: str
    district_name: str
    updated_text: str = ""
    search_url: str | None = None
    report_link: Link | None = None
    # Where messages lie, and how many are not read.
    messages_link: Link | None = None
    unread: int = 0


def frame(request: Request) -> dict[str, Any]:
    """Made only where a page shows it."""
    return {"frame": SimpleLazyObject(lambda: _frame(request))}


def _frame(request: Request) -> Frame:
    signed_in = request.user.is_authenticated
    access: Access | None = request.access if signed_in else None
    path = request.path
    menu = _marked(_menu(access), path) if access else []
    return Frame(
        menu=menu,
        admin_menu=_marked(_admin_menu(access), path) if access else [],
        bottom=[link for link in menu if link.icon][:5],
        units=_units(request, access) if access else None,
        user_menu=_user_menu(access) if access else [],
        footer=_footer(signed_in=signed_in),
        user_name=request.user.name if signed_in else "",
        user_initials=request.user.initials if signed_in else "",
        demo_notice=_("Demodata. Tallene for 2006–2014 er fra kilden, resten er oppdiktet") if settings.ALNA_DEMO else "",
        district_name=settings.DISTRICT_NAME,
        search_url=reverse("overview:search") if signed_in else None,
        messages_link=Link(_("Meldinger"), reverse("notifications:box"), "message") if signed_in else None,
        unread=unread_of(request),
    )


def unread_of(request: Request) -> int:
    """How many messages the person has not read. One SQL statement the first time a request asks; none for visitors."""
    if not request.user.is_authenticated:
        return 0
    known: int | None = getattr(request, "unread_messages", None)
    if known is None:
        known = request.unread_messages = unread_count(request.user.pk, timezone.now())
    return known


def _allowed(access: Access, view_name: str) -> bool:
    gate = PAGES[view_name]
    return not isinstance(gate, Permission) or access.may(gate)


def _links(access: Access, rows: list[tuple[str, str, str]]) -> list[Link]:
    return [Link(label, reverse(view_name), icon) for label, view_name, icon in rows if _allowed(access, view_name)]


def _menu(access: Access) -> list[Link]:
    links = _links(access, [(_("Hjem"), "overview:home", "home")])
    links += _reporting(access)
    links += _links(access, [(_("Bydelen nå"), "overview:now", "org"), (_("Målekart"), "scorecard:index", "map")])
    if access.may(Permission.ENTER_VALUES) and access.home_unit_id:
        code = _entry_unit(access)
        if code:
            links.append(Link(_("Før inn tall"), reverse("scorecard:values", args=[code]), "edit"))
    links += [_with_pages(link, access) for link in _links(access, [(_("Tiltak"), "actions:mine", "flag")])]
    links += _links(access, [(_("Styringshjul"), "annualcycle:index", "calendar")])
    links += _links(access, [(_("Publiserte resultater"), "scorecard:snapshots", "my")])
    shorter = {reverse("overview:now"): _("Bydelen"), reverse("scorecard:snapshots"): _("Resultater")}
    for link in links:
        link.short = link.short or shorter.get(link.url, "")
    return links


def _reporting(access: Access) -> list[Link]:
    """The month. Whoever reads no reports, but sick leave, comes straight to that."""
    front = reverse("reporting:index")
    pages = [Link(_("Min rapport"), front)] if access.may(Permission.WRITE_REPORT) else []
    pages += _all_reports(access)
    rows = [(_("Økonomi"), "reporting:economy_index", ""), (_("Sykefravær"), "reporting:sick_leave_index", "")]
    pages += _links(access, rows)
    if not pages and not _allowed(access, "reporting:index"):
        return []
    pages += _links(access, [(_("Produksjonstall"), "reporting:production_index", "")])
    url = front if _allowed(access, "reporting:index") else pages[0].url
    return [Link(_("Rapportering"), url, "my", short=_("Rapport"), under=front, children=pages)]


def _all_reports(access: Access) -> list[Link]:
    """The leadership's pages of the whole district, for the month that was over last."""
    home = access.home_unit_id
    top = access.tree.district_of(home) if home else None
    if top is None or not access.may_in(Permission.SEE_DELIVERED_REPORT, top):
        return []
    code, month = access.tree.nodes[top].code, Period.month(today().year, today().month).previous().start
    reports = Link(_("Alle rapporter"), reverse("reporting:approval", args=[code, month]))
    whole = Link(_("Samlet rapport"), reverse("reporting:consolidated", args=[code, month]))
    links = [reports, whole]
    if access.may_in(Permission.CONSOLIDATE, top):
        links.append(Link(_("Sak til bydelsutvalget"), reverse("reporting:case_page", args=[code, month])))
    links.append(Link(_("Treffsikkerhet"), reverse("reporting:accuracy", args=[code])))
    front = reverse("reporting:index")
    for link in links:
        link.under = f"{front}{link.url.removeprefix(front).split('/')[0]}/"
    return links


def _with_pages(link: Link, access: Access) -> Link:
    """Actions have a second page that another app owns."""
    pages = [(_("Alle tiltak"), "actions:mine", ""), (_("Rødt uten tiltak"), "scorecard:red_without_action", "")]
    link.children = _links(access, pages)
    return link


def _entry_unit(access: Access) -> str | None:
    reached = access.unit_ids(Permission.ENTER_VALUES)
    home = access.home_unit_id
    if home in reached:
        return access.tree.nodes[home].code
    return next((access.tree.nodes[unit_id].code for unit_id in sorted(reached)), None)


def _admin_menu(access: Access) -> list[Link]:
    return _links(
        access,
        [
            (_("Oppsett av målekart"), "scorecard:setup", ""),
            (_("Godkjenning av målekart"), "scorecard:setup_approvals", ""),
            (_("Mål for enheten"), "scorecard:target_propose_mine", ""),
            (_("Indikatorer"), "scorecard:library", ""),
            (_("Import"), "imports:index", ""),
            (_("Regler og frister"), "reporting:setup_rules", ""),
            (_("Når tiltak løftes"), "actions:setting", ""),
            (_("Oppsett av styringshjulet"), "annualcycle:setup_index", ""),
            (_("Påminnelser om frister"), "annualcycle:reminder_setting", ""),
            (_("Enheter"), "organisation:units", ""),
            (_("Personer og roller"), "organisation:people", ""),
            (_("Alle meldinger"), "notifications:every", ""),
            (_("Logg"), "organisation:audit", ""),
        ],
    )


def _user_menu(access: Access) -> list[Link]:
    return [
        Link(_("Passord"), reverse("account_change_password")),
        Link(_("Totrinnsbekreftelse"), reverse("mfa_index")),
        Link(_("Slik får du beskjed"), reverse("notifications:choices")),
        *_links(access, [(_("Mine frister"), "annualcycle:mine", ""), (_("Frister i kalenderen"), "annualcycle:feeds", "")]),
        Link(_("Det jeg har gjort"), reverse("organisation:my_acts")),
    ]


def _units(request: Request, access: Access) -> dict[str, Any] | None:
    """The units of the person's district that have a målekart for the person, and the one that is open."""
    home = access.home_unit_id
    district = access.tree.district_of(home) if home else None
    if district is None or not access.may(Permission.SEE_SCORECARD):
        return None
    reached = access.unit_ids(Permission.SEE_SCORECARD)
    nodes = [node for node in (access.tree.nodes[district], *access.tree.children(district)) if node.id in reached]
    if len(nodes) < 2:
        return None
    match = request.resolver_match
    open_code = match.kwargs.get("unit_code") if match else None
    year = (match.kwargs.get("year") if match else None) or today().year
    items = [Link(node.name, reverse("scorecard:card", args=[node.code, year]), current=node.code == open_code) for node in nodes]
    own = access.tree.nodes[home if home is not None else district]
    current = next((link.label for link in items if link.current), own.name)
    return {"current_label": current, "items": items}


def pages_of(access: Access) -> list[tuple[str, str, str]]:
    """Label, address and section of every page the person's menus lead to."""
    others = [*_user_menu(access), *_footer(signed_in=True)]
    found = []
    for section, links in (("", _menu(access)), (_("Administrasjon"), _admin_menu(access)), ("", others)):
        for link in links:
            found.append((link.label, link.url, section))
            found += [(child.label, child.url, link.label) for child in link.children]
    return found


def _footer(*, signed_in: bool) -> list[Link]:
    return [
        *([Link(_("Om tallene"), reverse("about_figures")), Link(_("Hjelp"), reverse("help"))] if signed_in else []),
        Link(_("Personvern"), reverse("privacy")),
        Link(_("Tilgjengelighet"), reverse("accessibility")),
    ]


def _marked(links: list[Link], path: str) -> list[Link]:
    """The one link that leads here, or nearest to here, is current."""
    leading = [link for link in links if path == link.url or (link.url != "/" and path.startswith(link.under or link.url))]
    if leading:
        nearest = max(leading, key=lambda link: len(link.under or link.url))
        nearest.current = True
        _marked(nearest.children, path)
    return links
