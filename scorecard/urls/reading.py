"""Addresses of those who read figures and write them down."""

from django.urls import URLPattern

reading_urls: list[URLPattern] = []
