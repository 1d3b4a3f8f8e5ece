"""The tests. Below here stand architecture/, e2e/, factories/ and then the same tree as the apps."""
