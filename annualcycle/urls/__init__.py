"""Addresses of the annual cycle, below /styringshjul/: one list for each thing people come for."""

from django.urls import URLPattern

from annualcycle.urls import reminders, setup

app_name = "annualcycle"
urlpatterns: list[URLPattern] = [
    *setup.urlpatterns,
    *reminders.urlpatterns,
]
