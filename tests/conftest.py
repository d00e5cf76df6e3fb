"""Fixtures for every test; the servers and databases are in tests/services."""

from hypothesis import settings

settings.register_profile("shared machine", deadline=None)  # what is slow is no fault here
settings.load_profile("shared machine")
pytest_plugins = [
    "tests.services.fixtures",
    "tests.services.databases",
    "tests.apps",
    "tests.tours.mill",
    "tests.classes.room",
    "tests.classes.roles",
]
