"""The mode, the applications and the request's way through them."""

from pathlib import Path

from alna.env import Environment, InvalidSetting

env = Environment()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
MODES = ("development", "demo", "production", "test")
ALNA_MODE = env.choice("ALNA_MODE", "development", MODES)
ALNA_DEMO = ALNA_MODE == "demo"
PRODUCTION = ALNA_MODE == "production"
DEBUG = env.flag("ALNA_DEBUG", default=ALNA_MODE == "development")
DATA_DIR = env.folder("ALNA_DATA_DIR", BASE_DIR / "var")
DATA_DIR.mkdir(parents=True, exist_ok=True)

# The day the application believes it is; only for demonstrations and tests.
ALNA_TODAY = env.day("ALNA_TODAY")
if PRODUCTION and ALNA_TODAY:
    raise InvalidSetting("ALNA_TODAY", str(ALNA_TODAY), "nothing in production: there it is the day it is")
DISTRICT_NAME = env.text("ALNA_DISTRICT_NAME", "Bydel Alna")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "crispy_forms",
    "django_htmx",
    "simple_history",
    "common",
    "organisation",
    "notifications",
    "actions",
    "scorecard",
    "reporting",
    "imports",
    "annualcycle",
    "overview",
    "alna",
]

MIDDLEWARE = [
    # What adds headers stands outside of what answers with files, so that these have them too.
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "alna.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "alna.middleware.Access",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "alna.urls"
WSGI_APPLICATION = "alna.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "organisation.User"

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "Bokmål"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/Oslo"
USE_I18N = True
USE_TZ = True
# Codes, ids and years never get thousand separators: figures are formatted by common.formats only.
USE_THOUSAND_SEPARATOR = False

LOG_LEVEL = env.choice("ALNA_LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"secrets": {"()": "common.logs.WithoutSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Those that tell of addresses leave secrets out for every handler, also one that somebody adds.
    "loggers": {"alna": {"level": LOG_LEVEL}, "django.request": {"filters": ["secrets"]}, "django.server": {"filters": ["secrets"]}},
}
