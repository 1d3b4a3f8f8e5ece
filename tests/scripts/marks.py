"""A task that leaves a trace on disk, so that a test sees from outside whether a worker did it."""

from pathlib import Path

from celery import shared_task


@shared_task(name="tests.leave_a_mark")
def leave_a_mark(path):
    Path(path).write_text("done")
