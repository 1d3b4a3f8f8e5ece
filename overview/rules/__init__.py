"""Decisions of the front pages."""
