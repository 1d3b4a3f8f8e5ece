"""Which language a page is in: the one the person has chosen, else the municipality's own.

What the browser says is not asked. Many have one in English without wishing for it, and what people have written themselves would
still be Norwegian. Answering a survey is another matter and asks for itself.
"""

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation


class ChosenLanguage(LocaleMiddleware):
    """Django's own, with the cookie of the language switch as the only thing that decides."""

    def process_request(self, request: HttpRequest) -> None:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        translation.activate(chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()
