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
    CLOSED = "closed"


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
    "scorecard:values_paste": P.ENTER_VALUES,
    "scorecard:value_edit": P.ENTER_VALUES,
    "scorecard:note_add": P.ANNOTATE,
    "scorecard:limits_reset": P.ANNOTATE,
    "scorecard:acceptance_add": P.ACCEPT_DEVIATION,
    "scorecard:acceptance_end": P.ACCEPT_DEVIATION,
    # målekart: set-up
    "scorecard:library": P.EDIT_LIBRARY,
    "scorecard:library_new": P.EDIT_LIBRARY,
    "scorecard:library_export": P.EDIT_LIBRARY,
    "scorecard:library_indicator": P.EDIT_LIBRARY,
    "scorecard:library_edit": P.EDIT_LIBRARY,
    "scorecard:library_retire": P.EDIT_LIBRARY,
    "scorecard:library_take_back": P.EDIT_LIBRARY,
    "scorecard:library_benchmark_new": P.EDIT_LIBRARY,
    "scorecard:library_benchmark": P.EDIT_LIBRARY,
    "scorecard:setup": P.EDIT_SCORECARD,
    "scorecard:setup_new": P.EDIT_SCORECARD,
    "scorecard:setup_card": P.EDIT_SCORECARD,
    "scorecard:setup_settings": P.EDIT_SCORECARD,
    "scorecard:setup_check": P.EDIT_SCORECARD,
    "scorecard:setup_preview": P.EDIT_SCORECARD,
    "scorecard:setup_log": P.EDIT_SCORECARD,
    "scorecard:setup_area_add": P.EDIT_SCORECARD,
    "scorecard:setup_area": P.EDIT_SCORECARD,
    "scorecard:setup_factor_add": P.EDIT_SCORECARD,
    "scorecard:setup_factor": P.EDIT_SCORECARD,
    "scorecard:setup_arrows": P.EDIT_SCORECARD,
    "scorecard:setup_place_add": P.EDIT_SCORECARD,
    "scorecard:setup_place": P.EDIT_SCORECARD,
    "scorecard:setup_weights": P.EDIT_SCORECARD,
    "scorecard:setup_move": P.EDIT_SCORECARD,
    "scorecard:setup_remove": P.EDIT_SCORECARD,
    "scorecard:setup_propose": P.EDIT_SCORECARD,
    "scorecard:target_grid": P.EDIT_TARGETS,
    "scorecard:target_paste": P.EDIT_TARGETS,
    "scorecard:target_confirm": P.EDIT_TARGETS,
    "scorecard:target_export": P.EDIT_TARGETS,
    "scorecard:target": P.EDIT_TARGETS,
    "scorecard:target_withdraw": P.EDIT_TARGETS,
    "scorecard:target_proposals": P.EDIT_TARGETS,
    "scorecard:target_decide": P.EDIT_TARGETS,
    "scorecard:target_propose_mine": P.PROPOSE_TARGETS,
    "scorecard:target_propose_list": P.PROPOSE_TARGETS,
    "scorecard:target_propose": P.PROPOSE_TARGETS,
    "scorecard:setup_approvals": P.APPROVE_SCORECARD,
    "scorecard:setup_proposals": P.APPROVE_SCORECARD,
    "scorecard:setup_decide": P.APPROVE_SCORECARD,
    "scorecard:setup_approval": P.APPROVE_SCORECARD,
    "scorecard:setup_publish": P.APPROVE_SCORECARD,
    "scorecard:setup_return": P.APPROVE_SCORECARD,
    "scorecard:setup_unpublish": P.APPROVE_SCORECARD,
    "scorecard:setup_lock": P.APPROVE_SCORECARD,
    # organisation
    "organisation:units": P.MANAGE_ORGANISATION,
    "organisation:units_export": P.MANAGE_ORGANISATION,
    "organisation:units_import": P.MANAGE_ORGANISATION,
    "organisation:units_sample": P.MANAGE_ORGANISATION,
    "organisation:unit_new": P.MANAGE_ORGANISATION,
    "organisation:unit": P.MANAGE_ORGANISATION,
    "organisation:unit_rename": P.MANAGE_ORGANISATION,
    "organisation:unit_move": P.MANAGE_ORGANISATION,
    "organisation:unit_merge": P.MANAGE_ORGANISATION,
    "organisation:unit_split": P.MANAGE_ORGANISATION,
    "organisation:unit_close": P.MANAGE_ORGANISATION,
    "organisation:site_new": P.MANAGE_ORGANISATION,
    "organisation:site_end": P.MANAGE_ORGANISATION,
    "organisation:cost_centre_new": P.MANAGE_ORGANISATION,
    "organisation:cost_centre_end": P.MANAGE_ORGANISATION,
    "organisation:staffing": P.MANAGE_ORGANISATION,
    "organisation:people": P.SEE_ROLES,
    "organisation:people_export": P.SEE_ROLES,
    "organisation:people_import": P.MANAGE_ROLES,
    "organisation:people_sample": P.MANAGE_ROLES,
    "organisation:person": P.SEE_ROLES,
    "organisation:person_new": P.MANAGE_ROLES,
    "organisation:person_edit": P.MANAGE_ROLES,
    "organisation:person_deactivate": P.MANAGE_ROLES,
    "organisation:person_reactivate": P.MANAGE_ROLES,
    "organisation:person_link": P.MANAGE_ROLES,
    "organisation:person_handover": P.MANAGE_ROLES,
    "organisation:role_new": P.MANAGE_ROLES,
    "organisation:role_end": P.MANAGE_ROLES,
    "organisation:role_deputy": P.MANAGE_ROLES,
    "organisation:import_check": G.SIGNED_IN,
    "organisation:audit": P.SEE_AUDIT,
    "organisation:audit_export": P.SEE_AUDIT,
    "organisation:my_acts": G.SIGNED_IN,
}

# Pages of the sign-in library. Addresses of people are the administrator's doing, and nobody signs up: those pages stay closed.
# What needs a person asks for it itself, also where the second factor is still to be made.
SIGN_IN_PAGES: dict[str, Gate] = {
    "account_login": G.PUBLIC,
    "account_logout": G.PUBLIC,
    "account_inactive": G.PUBLIC,
    "account_reauthenticate": G.PUBLIC,
    "account_change_password": G.PUBLIC,
    "account_set_password": G.PUBLIC,
    "account_reset_password": G.PUBLIC,
    "account_reset_password_done": G.PUBLIC,
    "account_reset_password_from_key": G.PUBLIC,
    "account_reset_password_from_key_done": G.PUBLIC,
    "account_signup": G.CLOSED,
    "account_email": G.CLOSED,
    "account_email_verification_sent": G.CLOSED,
    "account_confirm_email": G.CLOSED,
    "account_confirm_login_code": G.CLOSED,
    "socialaccount_login_cancelled": G.PUBLIC,
    "socialaccount_login_error": G.PUBLIC,
    "socialaccount_connections": G.SIGNED_IN,
    "socialaccount_signup": G.CLOSED,
}
# Second factors and the municipality's sign-in, by the start of their name.
PREFIXES: dict[str, Gate] = {
    "mfa_": G.PUBLIC,
    "openid_connect_": G.PUBLIC,
}


def gate_of(view_name: str) -> P | Gate | None:
    """What a page asks for, or None where the page is not in the table."""
    if view_name in PAGES:
        return PAGES[view_name]
    if view_name in SIGN_IN_PAGES:
        return SIGN_IN_PAGES[view_name]
    return next((gate for prefix, gate in PREFIXES.items() if view_name.startswith(prefix)), None)
