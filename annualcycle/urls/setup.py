"""Setting up a year: its activities, the next year, and how the year went."""

from django.urls import URLPattern, path

from annualcycle.views import cancelling, rolling, setup, year_end

_YEAR = "<str:code>/<int:year>/"

urlpatterns: list[URLPattern] = [
    path("oppsett/", setup.setup_index, name="setup_index"),
    path("oppsett/aktivitet/<int:pk>/", setup.activity_edit, name="activity_edit"),
    path("oppsett/aktivitet/<int:pk>/utgar/", cancelling.activity_cancel, name="activity_cancel"),
    path("oppsett/aktivitet/<int:pk>/tilbake/", cancelling.activity_restore, name="activity_restore"),
    path("oppsett/aktivitet/<int:pk>/slett/", cancelling.activity_remove, name="activity_remove"),
    path(f"{_YEAR}oppsett/", setup.setup, name="setup"),
    path(f"{_YEAR}oppsett/ny/", setup.activity_new, name="activity_new"),
    path(f"{_YEAR}oppsett/dagen/", setup.activity_day, name="activity_day"),
    path(f"{_YEAR}oppsett/vanlig-ar/", setup.setup_usual, name="setup_usual"),
    path(f"{_YEAR}rull/", rolling.roll, name="roll"),
    path(f"{_YEAR}slik-gikk-aret/", year_end.year_end, name="year_end"),
]
