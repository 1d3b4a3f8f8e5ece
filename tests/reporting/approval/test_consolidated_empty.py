"""The consolidated report before anything is approved."""

from reporting.queries.consolidated_view import states_of


class Month:
    is_locked, units = False, {402: None, 403: None}


def test_nothing_approved_is_told_as_such(db):
    assert states_of(Month(), []) == "Ingen rapporter er godkjent ennå."
