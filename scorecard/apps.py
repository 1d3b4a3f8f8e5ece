"""The målekart: what we want to reach, what we measured, where we stand."""

from django.apps import AppConfig


class ScorecardConfig(AppConfig):
    name = "scorecard"
    # What the search of the frame finds here.
    search = "scorecard.queries.search.find"
    # Among the deadlines of all apps.
    deadlines = "scorecard.queries.deadlines.deadlines"
    # Why an action was made, and the figure before and now.
    action_evidence = "scorecard.queries.actions.evidence"
    # The words for this app's lines in the audit trail.
    audit_actions = "scorecard.forms.acts.ACTS"
    audit_details = "scorecard.forms.acts.DETAILS"
