"""Front pages."""

from django.urls import path

from overview.views import home, now, presentation, search, trivial

app_name = "overview"
urlpatterns = [
    path("", home.home, name="home"),
    path("enkel/", trivial.trivial, name="trivial"),
    path("sok/", search.search, name="search"),
    path("bydelen-na/", now.now, name="now"),
    path("bydelen-na/presentasjon/", presentation.presentation, name="presentation"),
    path("bydelen-na/eksport.<str:form>", now.now_export, name="now_export"),
]
