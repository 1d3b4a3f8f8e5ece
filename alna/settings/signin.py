"""Sign-in: local accounts, second factor and, by these variables alone, the municipality's own sign-in."""

from urllib.parse import urlsplit

from alna.env import InvalidSetting
from alna.settings.base import ALNA_DEMO, ALNA_MODE, PRODUCTION, env
from alna.settings.security import CONTENT_SECURITY_POLICY

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "alna.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by an administrator, with the address of the municipality
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # or anybody could have letters sent to anybody
ACCOUNT_RATE_LIMITS: dict[str, str] | bool = False if ALNA_MODE == "test" and not env.flag("ALNA_RATE_LIMITS", default=False) else {}
ACCOUNT_USER_DISPLAY = "alna.adapters.display_name"

MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Addresses are the administrator's doing, not the person's claim.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Alna"
# A passkey wants https; a browser accepts plain http on its own machine only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
# Directors and administrators must have a second factor before they see anything else.
MFA_REQUIRED = env.flag("ALNA_MFA_REQUIRED", default=PRODUCTION)

SOCIALACCOUNT_ADAPTER = "alna.adapters.SocialAccountAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_LOGIN_ON_GET = False
OIDC_ISSUER = env.text("ALNA_OIDC_ISSUER")
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, object]] = {}
if OIDC_ISSUER:
    if PRODUCTION and not OIDC_ISSUER.startswith("https://"):
        raise InvalidSetting("ALNA_OIDC_ISSUER", OIDC_ISSUER, "an address that starts with https://")
    # The button is a form that is sent on to the sign-in's own host, and a browser follows only where the policy lets it.
    _issuer = urlsplit(OIDC_ISSUER)
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] += env.names("ALNA_OIDC_ORIGINS", (f"{_issuer.scheme}://{_issuer.netloc}",))
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": env.text("ALNA_OIDC_ID", "kommune"),
                "name": env.text("ALNA_OIDC_NAME", "Oslo kommune"),
                "client_id": env.required("ALNA_OIDC_CLIENT_ID", "ALNA_OIDC_ISSUER is set"),
                "secret": env.required("ALNA_OIDC_SECRET", "ALNA_OIDC_ISSUER is set"),
                "settings": {
                    "server_url": OIDC_ISSUER,
                    "token_auth_method": env.text("ALNA_OIDC_TOKEN_AUTH", "client_secret_basic"),
                    "scope": env.text("ALNA_OIDC_SCOPES", "openid profile email").split(),
                },
            }
        ],
    }

# Idle minutes before a session ends: short where one can change the system, long where one reports from a ward's phone.
SESSION_IDLE_MINUTES_SENSITIVE = env.number("ALNA_IDLE_MINUTES_SENSITIVE", 30, least=1)
SESSION_IDLE_MINUTES = env.number("ALNA_IDLE_MINUTES", 480, least=1)

# One shared password, only where everything is made up. Production refuses to know it.
DEMO_PASSWORD = "alna-demo-2026" if ALNA_DEMO else ""
