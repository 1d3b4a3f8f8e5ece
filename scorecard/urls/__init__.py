"""The målekart: reading, figures and set-up."""

from scorecard.urls.reading import reading_urls
from scorecard.urls.setup import setup_urls

app_name = "scorecard"
urlpatterns = [*reading_urls, *setup_urls]
