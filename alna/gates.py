"""Pages that ask for no permission of their own, and those of the sign-in library."""

from enum import StrEnum


class Gate(StrEnum):
    """Pages that ask for no permission."""

    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    DEMO = "demo"
    DEBUG = "debug"
    CLOSED = "closed"


G = Gate

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
