"""Templates, forms and static files."""

from alna.settings.base import ALNA_MODE, BASE_DIR, DATA_DIR, DEBUG, env

_context_processors = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.template.context_processors.i18n",
    "django.contrib.messages.context_processors.messages",
    "alna.frame.frame",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": _context_processors,
            "builtins": ["django.templatetags.i18n", "common.templatetags.ui"],
        },
    },
    # Tables of hundreds of cells: the same markup costs a third of the time here.
    {
        "NAME": "tables",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates" / "jinja2"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "alna.tables.environment", "autoescape": True},
    },
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("punkt",)
CRISPY_TEMPLATE_PACK = "punkt"
CRISPY_FAIL_SILENTLY = not DEBUG

STATIC_URL = "/static/"
STATIC_ROOT = env.folder("ALNA_STATIC_DIR", DATA_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or ALNA_MODE == "test"
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = DATA_DIR / "files"
WHITENOISE_USE_FINDERS = DEBUG or ALNA_MODE == "test"
WHITENOISE_AUTOREFRESH = DEBUG
