"""Styringshjulet: what the year demands of whom, the deadlines of all apps, reminders, the wheel, calendars."""

from django.apps import AppConfig


class AnnualCycleConfig(AppConfig):
    name = "annualcycle"
    # What the search of the frame finds here.
    search = "annualcycle.queries.search.find"
    # The words for this app's lines in the audit trail.
    audit_actions = "annualcycle.forms.acts.ACTS"
    audit_details = "annualcycle.forms.acts.DETAILS"
    # Its own tasks among the deadlines of all apps.
    deadlines = "annualcycle.queries.tasks.deadlines"
    # Whether a reminder is still true when its e-mail leaves, and what administrators read of messages.
    message_check = "annualcycle.queries.reminders.still_due"
    message_kinds = "annualcycle.forms.kinds.KINDS"
