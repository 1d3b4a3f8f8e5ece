"""Requests and responses of every app."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods


class Request(HttpRequest):
    """The request of a signed-in person, for signatures of views; never made by our code. The frame and the middleware meet visitors in it.

    ``user`` and ``access`` (what the person may see and do) are loose here because this room does not know the person model.
    ``shown_in_frame`` is what the frame of every page shows besides, and ``unread_messages`` is known once it has been asked for.
    """

    user: Any
    access: Any
    shown_in_frame: Callable[[], tuple[object, ...]]
    unread_messages: int


def posted_or_to(page: str, *names: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """For views of forms alone. Who comes by the address, as after a reload, is led to `page`, which takes the arguments `names`."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def answer(request: HttpRequest, **given: Any) -> HttpResponse:
            if request.method == "POST":
                return view(request, **given)
            return redirect(page, **{name: given[name] for name in names})

        return answer

    return decorate


def download(data: bytes, filename: str, content_type: str) -> HttpResponse:
    """A file to save: never shown in the browser, never guessed at, not kept by caches. Any letters in the name."""
    # Control characters, slashes and backslashes have no place in a file name.
    name = "".join("_" if character in '/\\"' or not character.isprintable() else character for character in filename)
    disposition = content_disposition_header(as_attachment=True, filename=name.strip(" .") or "fil")
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}
    return HttpResponse(data, content_type=content_type, headers=headers | {"Content-Disposition": disposition or "attachment"})
