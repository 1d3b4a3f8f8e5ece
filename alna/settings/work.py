"""Background work and e-mail. The embedded default keeps messages in files; production uses Redis."""

import environ

from alna.settings.base import ALNA_MODE, DATA_DIR, TIME_ZONE, env

# Other systems put their files here, each source into a folder of its own.
INBOX = env.folder("ALNA_INBOX", DATA_DIR / "inbox")
# A file is taken when its size has stood still for so long.
INBOX_SETTLE_SECONDS = 0 if ALNA_MODE == "test" else 2
# Every file that was taken in is kept here as it came; a refused one is not.
IMPORT_FOLDER = DATA_DIR / "files" / "imports"
IMPORT_MAX_BYTES = env.number("ALNA_IMPORT_MAX_MB", 300, least=1) * 1_000_000
# Files up to this size are read while the person waits; larger ones by the worker.
IMPORT_AT_ONCE_BYTES = 3_000_000

CELERY_BROKER_URL = env.url("ALNA_BROKER_URL", "filesystem://", ("filesystem", "redis", "rediss"))
if CELERY_BROKER_URL.startswith("filesystem"):
    _folder = DATA_DIR / "queue"
    for name in ("messages", "control"):
        (_folder / name).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(_folder / "messages"),
        "data_folder_out": str(_folder / "messages"),
        "control_folder": str(_folder / "control"),
    }
CELERY_TASK_ALWAYS_EAGER = ALNA_MODE == "test"
CELERY_TASK_EAGER_PROPAGATES = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Every entry asks the database what is due; a missed run is caught up by the next.
CELERY_BEAT_SCHEDULE = {
    "follow-the-tree": {"task": "scorecard.tasks.follow_the_tree", "schedule": 60.0},
    "sweep-and-work": {"task": "imports.tasks.sweep_and_work", "schedule": 60.0},
    "tell-late-files": {"task": "imports.tasks.tell_late_files", "schedule": 3600.0},
    "lift-overdue-actions": {"task": "actions.tasks.lift_overdue", "schedule": 60.0 * 60},
    "remind-of-reports": {"task": "reporting.tasks.remind_of_reports", "schedule": 60.0 * 5},
    "follow-the-units": {"task": "annualcycle.tasks.follow_the_units", "schedule": 60.0 * 60},
    "remind-of-deadlines": {"task": "annualcycle.tasks.remind", "schedule": 60.0 * 5},
    "close-ended-addresses": {"task": "annualcycle.tasks.close_ended_addresses", "schedule": 60.0 * 60},
    "judge-forecasts": {"task": "reporting.tasks.judge_forecasts", "schedule": 60.0 * 60},
    "forget-old-addresses": {"task": "annualcycle.tasks.forget_old_addresses", "schedule": 3600.0 * 6},
    "forget-old-messages": {"task": "notifications.tasks.forget_old_messages", "schedule": 3600.0 * 6},
    "deliver-messages": {"task": "notifications.tasks.deliver_messages", "schedule": 60.0},
}
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")

EMAIL_URL = env.text("ALNA_EMAIL_URL")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if EMAIL_URL else "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = str(DATA_DIR / "mail")
if EMAIL_URL:
    vars().update(environ.Env.email_url_config(EMAIL_URL))
# A mail server that is silent must not hold up the others who wait.
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("ALNA_FROM_EMAIL", "alna@localhost")
# At least as long as a deadline is told of from first to last: with a message goes the key by which it is told once.
MESSAGES_KEPT_DAYS = env.number("ALNA_MESSAGES_KEPT_DAYS", 730, least=550)
