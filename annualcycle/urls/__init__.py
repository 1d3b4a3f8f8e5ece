"""Addresses of the annual cycle, below /styringshjul/: one list for each thing people come for."""

from django.urls import URLPattern

from annualcycle.urls import feeds, reading, reminders, setup, tasks

app_name = "annualcycle"
urlpatterns: list[URLPattern] = [
    # Before whatever begins with a unit's code.
    *tasks.urlpatterns,
    *feeds.urlpatterns,
    *setup.urlpatterns,
    *reminders.urlpatterns,
    *reading.urlpatterns,
]
