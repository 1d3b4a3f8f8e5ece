"""Where rows and cached values are kept: SQLite and a cache table by default, PostgreSQL and Redis in production."""

import environ

from alna.settings.base import ALNA_MODE, DATA_DIR, env

DATABASE_URL = env.url("DATABASE_URL", f"sqlite:///{DATA_DIR / 'alna.sqlite3'}", ("sqlite", "postgres", "postgresql"))
DATABASES = {"default": environ.Env.db_url_config(DATABASE_URL)}

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # WAL lets readers go on while one writes; IMMEDIATE takes the write lock at BEGIN, so nobody is refused halfway.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;",
    }
    if ALNA_MODE != "test":
        DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.number("ALNA_DATABASE_KEEP_SECONDS", 600)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

CACHE_URL = env.text("ALNA_CACHE_URL", "database" if ALNA_MODE != "test" else "memory")
if CACHE_URL == "database":
    # Sessions and rate limits are shared by all processes; finished pieces of pages each keeps for itself, without SQL.
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "alna_cache"},
        "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 500}},
    }
elif CACHE_URL == "memory":
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
        "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages"},
    }
else:
    _redis = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env.url("ALNA_CACHE_URL", "", ("redis", "rediss")),
    }
    CACHES = {"default": _redis, "pages": _redis}
