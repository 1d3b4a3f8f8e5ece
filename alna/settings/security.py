"""Keys, hosts, cookies, headers and the content security policy."""

import secrets
from pathlib import Path

from csp.constants import NONE, SELF

from alna.env import InvalidSetting
from alna.settings.base import ALNA_MODE, DATA_DIR, DEBUG, PRODUCTION, env


def _kept_secret(path: Path) -> str:
    """A key made at the first start and kept beside the data; production must bring its own."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()


if PRODUCTION:
    SECRET_KEY = env.required("ALNA_SECRET_KEY", "production never makes its own key")
    if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5:
        raise InvalidSetting("ALNA_SECRET_KEY", "(hidden)", "at least 50 characters chosen by chance")
    ALLOWED_HOSTS = env.names("ALNA_ALLOWED_HOSTS")
    if not ALLOWED_HOSTS:
        raise InvalidSetting("ALNA_ALLOWED_HOSTS", "", "the host names of the application, with commas between")
    if DEBUG:
        raise InvalidSetting("ALNA_DEBUG", "true", "false in production")
else:
    SECRET_KEY = env.text("ALNA_SECRET_KEY") or _kept_secret(DATA_DIR / "secret-key")
    ALLOWED_HOSTS = env.names("ALNA_ALLOWED_HOSTS", ("localhost", "127.0.0.1", "[::1]", "testserver"))

CSRF_TRUSTED_ORIGINS = env.names("ALNA_TRUSTED_ORIGINS")
_behind_https = env.flag("ALNA_HTTPS", default=PRODUCTION)
SECURE_SSL_REDIRECT = _behind_https
# What links in e-mails begin with: there is no request to ask.
_host = next((name.lstrip(".") for name in ALLOWED_HOSTS if name != "*"), "localhost")
BASE_URL = env.url("ALNA_BASE_URL", f"https://{_host}" if _behind_https else "http://localhost:8000", ("http", "https")).rstrip("/")
_behind_proxy = env.flag("ALNA_BEHIND_PROXY", default=PRODUCTION)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _behind_proxy else None
# Whose sign-in attempts are counted: the last address of X-Forwarded-For is the proxy's own word, the others anybody's.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _behind_proxy else 0
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31536000 if _behind_https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _behind_https
SECURE_HSTS_PRELOAD = _behind_https
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _behind_https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # Strict would lose the session on the way back from the municipality's sign-in
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "django.contrib.sessions.backends.db" if ALNA_MODE == "test" else "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = False

# Plotly makes an empty style element and fills it through the object model: only the empty text is allowed.
EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF, EMPTY_STYLE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
