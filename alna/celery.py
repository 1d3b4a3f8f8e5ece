"""The worker's application. The same code runs on files in the embedded default and on Redis in production."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alna.settings")

app = Celery("alna")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
