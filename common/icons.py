"""Icons and other files that the set-up fetches. Pages stay readable where they are missing."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

SPRITE = "vendor/icons/sprite.svg"

# Drawn by us, for machines where the icon set was not fetched: a status must have a shape.
OWN_SHAPES = {
    "arrow": "M4 15h20l-6-6 2-2 9 9-9 9-2-2 6-6H4z",
    "check": "M4 17l3-3 6 6L26 7l3 3-16 16z",
    "close": "M7 5l9 9 9-9 2 2-9 9 9 9-2 2-9-9-9 9-2-2 9-9-9-9z",
    "down": "M5 11l11 11 11-11-2-2-9 9-9-9z",
    "err": "M9 7l7 7 7-7 2 2-7 7 7 7-2 2-7-7-7 7-2-2 7-7-7-7z",
    "menu": "M3 7h26v2H3zM3 15h26v2H3zM3 23h26v2H3z",
    "minus": "M6 15h20v2H6z",
    "next": "M11 5l11 11-11 11-2-2 9-9-9-9z",
    "ok": "M4 17l3-3 6 6L26 7l3 3-16 16z",
    "prev": "M21 5L10 16l11 11 2-2-9-9 9-9z",
    "question": "M15 23h3v3h-3zM10 8h12v9h-4v4h-3v-7h4v-3h-9z",
    "warn": "M16 3l14 26H2zM15 12v9h2v-9zM15 24v3h2v-3z",
}


def vendored(path: str) -> str:
    """Address of a fetched file, or "" where the set-up has not brought it."""
    name = f"vendor/{path}"
    return staticfiles_storage.url(name) if _is_there(name) else ""


@lru_cache(maxsize=64)
def _is_there(name: str) -> bool:
    return bool(finders.find(name)) or staticfiles_storage.exists(name)


@lru_cache(maxsize=1)
def sprite() -> SafeString:
    """All icons as one hidden <svg>, read once; a page includes it once."""
    found = finders.find(SPRITE)
    text = Path(found).read_text(encoding="utf-8") if isinstance(found, str) else own_sprite()
    return mark_safe(
        text.strip().replace(
            '<svg xmlns="http://www.w3.org/2000/svg">',
            '<svg class="al-sprite" aria-hidden="true" focusable="false">',
            1,
        )
    )


def own_sprite() -> str:
    """The few shapes that no page can do without."""
    symbols = "".join(
        f'<symbol id="i-{name}" viewBox="0 0 32 32"><path fill="currentColor" fill-rule="evenodd" d="{shape}"/></symbol>'
        for name, shape in OWN_SHAPES.items()
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>'


@lru_cache(maxsize=256)
def icon_mark(name: str, size: str = "") -> SafeString:
    """One icon of the sprite. `size` is "", "s" or "l". Decoration: a word stands beside it."""
    extra = f" al-icon--{escape(size)}" if size else ""
    return mark_safe(f'<svg class="al-icon{extra}" aria-hidden="true" focusable="false"><use href="#i-{escape(name)}"></use></svg>')
