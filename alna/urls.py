"""All addresses. Who may open which stands in alna.access."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from alna import views
from alna.components import component_sheet

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("sprak/", set_language, name="set_language"),
    path("konto/", include("allauth.urls")),
    path("demo/", views.demo, name="demo"),
    path("demo/logg-inn/", views.demo_sign_in, name="demo_sign_in"),
    path("om-tallene/", views.text_page, {"page": "about_figures"}, name="about_figures"),
    path("hjelp/", views.text_page, {"page": "help"}, name="help"),
    path("personvern/", views.text_page, {"page": "privacy"}, name="privacy"),
    path("tilgjengelighet/", views.text_page, {"page": "accessibility"}, name="accessibility"),
    path("administrasjon/import/", include("imports.urls")),
    path("administrasjon/", include("organisation.urls")),
    path("meldinger/", include("notifications.urls")),
    path("tiltak/", include("actions.urls")),
    path("styringshjul/", include("annualcycle.urls")),
    path("", include("reporting.urls")),
    path("", include("scorecard.urls")),
    path("", include("overview.urls")),
]

# The access table lets nobody in outside debug.
urlpatterns.append(path("komponenter/", component_sheet, name="component_sheet"))
