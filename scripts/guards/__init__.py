"""Small checks of the whole tree that no linter knows. Each is a function from the root folder to complaints.

`python -m scripts.guards` runs them all; tests/architecture plants an offender for each, so that none is blind.
"""
