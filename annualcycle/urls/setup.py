"""Setting up a year: its activities, the next year, and how the year went."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
