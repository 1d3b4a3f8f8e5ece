"""Units, people, roles and the audit trail."""

from django.urls import URLPattern

app_name = "organisation"
urlpatterns: list[URLPattern] = []
