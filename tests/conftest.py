"""Fixtures for every test; the servers and databases are in tests/services."""

pytest_plugins = [
    "tests.services.fixtures",
    "tests.services.databases",
    "tests.apps",
    "tests.tours.mill",
    "tests.classes.room",
    "tests.classes.roles",
]
