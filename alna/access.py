"""The one table of all addresses: who may open which page. What is not here does not exist for anybody.

A page's own query still narrows to the units the person reaches (organisation.queries.access).
"""

from enum import StrEnum

from organisation.rules.access import Permission as P


class Gate(StrEnum):
    """Pages that ask for no permission."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    DEMO = "demo"
    DEBUG = "debug"


G = Gate

PAGES: dict[str, P | Gate] = {
    # the application itself
    "healthz": G.PUBLIC,
    "readyz": G.PUBLIC,
    "set_language": G.PUBLIC,
    "demo": G.DEMO,
    "demo_sign_in": G.DEMO,
    "component_sheet": G.DEBUG,
    "about_figures": G.SIGNED_IN,
    "help": G.SIGNED_IN,
    "privacy": G.PUBLIC,
    "accessibility": G.PUBLIC,
    # front pages
    "overview:home": G.SIGNED_IN,
    "overview:trivial": G.SIGNED_IN,
    "overview:now": P.SEE_OVERVIEW,
    "overview:now_export": P.SEE_OVERVIEW,
    # målekart: reading
    "scorecard:index": P.SEE_SCORECARD,
    "scorecard:card": P.SEE_SCORECARD,
    "scorecard:card_export": P.SEE_SCORECARD,
    "scorecard:strategy_map": P.SEE_SCORECARD,
    "scorecard:indicator": P.SEE_SCORECARD,
    "scorecard:indicator_export": P.SEE_SCORECARD,
    "scorecard:value": P.SEE_SCORECARD,
    "scorecard:snapshots": P.SEE_PUBLISHED,
    "scorecard:snapshot": P.SEE_PUBLISHED,
    "scorecard:snapshot_export": P.SEE_PUBLISHED,
    "scorecard:snapshot_publish": P.APPROVE_SCORECARD,
    "scorecard:snapshot_withdraw": P.APPROVE_SCORECARD,
    # målekart: figures
    "scorecard:values": P.ENTER_VALUES,
    "scorecard:value_edit": P.ENTER_VALUES,
    "scorecard:note_add": P.ANNOTATE,
    "scorecard:limits_reset": P.ANNOTATE,
    "scorecard:acceptance_add": P.ACCEPT_DEVIATION,
    "scorecard:acceptance_end": P.ACCEPT_DEVIATION,
    # målekart: set-up
    "scorecard:setup": P.EDIT_SCORECARD,
    "scorecard:library": P.EDIT_LIBRARY,
    # organisation
    "organisation:units": P.MANAGE_ORGANISATION,
    "organisation:people": P.SEE_ROLES,
    "organisation:audit": P.SEE_AUDIT,
    "organisation:my_acts": G.SIGNED_IN,
}

# Third-party pages, by the start of their name.
PREFIXES: dict[str, Gate] = {
    "account_": G.PUBLIC,
    "mfa_": G.PUBLIC,
    "openid_connect_": G.PUBLIC,
    "socialaccount_": G.PUBLIC,
}


def gate_of(view_name: str) -> P | Gate | None:
    """What a page asks for, or None where the page is not in the table."""
    if view_name in PAGES:
        return PAGES[view_name]
    return next((gate for prefix, gate in PREFIXES.items() if view_name.startswith(prefix)), None)
