"""Addresses of those who set the målekart up: library, structure, targets, life."""

from django.urls import URLPattern

setup_urls: list[URLPattern] = []
