"""Pages that are made again only when something on them is new: an unchanged one is answered with 304, else from a kept fragment.

What a page shows decides its key. The key of a whole page also holds the person, since the frame names them; the key of a fragment
must hold every right that changes it, so that nobody is shown what was made for another.
"""

import hashlib
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import caches
from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from common.http import Request

KEPT_SECONDS = 24 * 60 * 60
SHOWING = {".py", ".html", ".mo"}
PASSED_OVER = {".venv", ".git", "node_modules", "static", "staticfiles", "var", "tests", "benchmarks", "__pycache__"}


def answer_if_changed(request: Request, parts: Iterable[object], make: Callable[[], HttpResponse]) -> HttpResponse:
    """304 where the browser has this very page, else what `make` gives, marked so that the next visit can be answered so.

    `parts` is everything the page depends on besides person, language, address and version of the code: stamps of the data, the day,
    rights, version of the organisation. A page with a message waiting is always made, and never kept.
    """
    if len(get_messages(request)):
        response = make()
        response["Cache-Control"] = "private, no-store"
        return response
    etag = f'"{key_of(*parts, *_personal(request))}"'
    response = get_conditional_response(request, etag=etag) or make()
    if response.status_code in (200, 304):
        response["ETag"] = etag
        # Kept by this browser alone, and asked for anew each time: the answer is then short.
        response["Cache-Control"] = "private, no-cache"
        patch_vary_headers(response, ["Cookie", "HX-Request"])
    return response


def cached_fragment(parts: Iterable[object], make: Callable[[], str]) -> SafeString:
    """Finished markup for these parts: kept from the last time, or made now.

    Language and version of the code are added here. Rights, day, stamps and filters are the caller's to name; never a message, a token
    of a form or a person's name in a fragment.
    """
    key = f"fragment:{key_of(*parts)}"
    cache = caches["pages"]
    kept = cache.get(key)
    if kept is None:
        kept = str(make())
        cache.set(key, kept, KEPT_SECONDS)
    return mark_safe(kept)


def key_of(*parts: object) -> str:
    """A short key that differs as soon as one part, the language or the code differs."""
    text = "\x1f".join(map(_told, (*parts, get_language(), code_version())))
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:40]


def _told(part: object) -> str:
    """The part as text; sets in one order, whatever way they came about."""
    return repr(sorted(part, key=repr)) if isinstance(part, set | frozenset) else repr(part)


def _personal(request: Request) -> tuple[object, ...]:
    """What the frame of a page takes from the request: person, roles, address, the secret of its forms, and what else is shown in it."""
    user = request.user
    roles = getattr(getattr(request, "access", None), "held", ())
    shown: tuple[object, ...] = getattr(request, "shown_in_frame", tuple)()
    return (user.pk, getattr(user, "name", ""), roles, request.get_full_path(), request.META.get("CSRF_COOKIE", ""), shown)


@lru_cache(maxsize=1)
def code_version() -> str:
    """Differs with every change to code, templates and translations, and is the same in all processes of one version."""
    digest = hashlib.sha256()
    for path in sorted(_sources(Path(settings.BASE_DIR))):
        state = path.stat()
        digest.update(f"{path}{state.st_mtime_ns}{state.st_size}".encode())
    return digest.hexdigest()[:16]


def _sources(folder: Path) -> Iterable[Path]:
    for path in folder.iterdir():
        if path.is_dir():
            if path.name not in PASSED_OVER and not path.name.startswith("."):
                yield from _sources(path)
        elif path.suffix in SHOWING:
            yield path
