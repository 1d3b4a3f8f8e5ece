"""Background work of the målekart: each task calls one service and may run twice without harm."""

from celery import shared_task

from scorecard.services import reorganised


@shared_task
def follow_the_tree() -> int:
    """Rebuilds what moved and merged units have made wrong; a page that confirmed the change normally has done it already."""
    return reorganised.catch_up()
