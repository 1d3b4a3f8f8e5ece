"""The search of the frame: what was found, by kind, with what was searched for marked."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from common.found import FoundGroup
from common.http import Request
from common.searching import FEWEST, LONGEST, Wanted
from overview.queries.search import MANY, found


@require_GET
def search(request: Request) -> HttpResponse:
    """A few of each kind; with `i` all of one kind, as far as a page carries."""
    text = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:LONGEST]
    only = request.GET.get("i", "")
    wanted = Wanted.of(text)
    groups = found(request.access, text, only=only)
    context = {
        "text": text,
        "enough": wanted.is_enough,
        "fewest": FEWEST,
        "groups": [_shown(group, wanted, text, only) for group in groups],
        "total": sum(len(group.hits) for group in groups),
        "more": any(group.more for group in groups),
        "only": only,
        "most": MANY,
        "every_url": f"{reverse('overview:search')}?{urlencode({'q': text})}",
    }
    return render(request, "overview/search.html", context)


def _shown(group: FoundGroup, wanted: Wanted, text: str, only: str) -> dict[str, object]:
    all_url = f"{reverse('overview:search')}?{urlencode({'q': text, 'i': group.key})}"
    return {
        "key": group.key,
        "label": group.label,
        "hits": [{"pieces": wanted.pieces(hit.title), "url": hit.url, "about": hit.about} for hit in group.hits],
        "all_url": all_url if group.more and not only else "",
    }
