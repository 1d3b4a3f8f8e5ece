"""Background work of files: each task asks the database what waits, and may run twice without harm."""

import logging
import os
import socket

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from common.clock import today
from imports.importing.reading import read
from imports.services import folders, telling, work

logger = logging.getLogger("alna")


def this_worker() -> str:
    """Who takes a file: this process of this machine."""
    return f"{socket.gethostname()}:{os.getpid()}"[:80]


@shared_task
def sweep_and_work() -> int:
    """Takes in what lies in the folders, and handles every file that waits."""
    now = timezone.now()
    folders.sweep_folders(now=now)
    return work.work(now=now, today=today(), worker=this_worker(), read=read)


@shared_task
def work_waiting() -> int:
    """Handles files that wait: asked for when somebody has sent a large one."""
    return work.work(now=timezone.now(), today=today(), worker=this_worker(), read=read)


@shared_task
def tell_late_files() -> int:
    """Tells about files that have not come on their day, each once."""
    return telling.tell_late(now=timezone.now(), today=today())


def call_worker() -> None:
    """Asks a worker to come at once. Without a queue it comes with the next beat: the file waits in the database."""
    try:
        work_waiting.delay()
    except (OperationalError, OSError):
        logger.exception("the queue is away; files wait for the next beat")
