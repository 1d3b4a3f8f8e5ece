"""Addresses for calendar programs."""

from django.urls import URLPattern, path

from annualcycle.views import feeds

urlpatterns: list[URLPattern] = [
    path("kalender/", feeds.feeds, name="feeds"),
    path("kalender/ny/", feeds.feed_new, name="feed_new"),
    path("kalender/<int:feed_id>/steng/", feeds.feed_revoke, name="feed_revoke"),
    path("kalender/<str:secret>.ics", feeds.feed, name="feed"),
]
