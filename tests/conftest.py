"""Fixtures for every test; the servers and databases are in tests/services."""

from hypothesis import settings

# What is slow is no fault on a shared machine, and the same code has the same verdict each time.
settings.register_profile("test", deadline=None, derandomize=True)
settings.register_profile("fuzz", deadline=None, max_examples=5000)
settings.load_profile("test")
pytest_plugins = [
    "tests.services.fixtures",
    "tests.services.databases",
    "tests.apps",
    "tests.tours.mill",
    "tests.classes.room",
    "tests.classes.roles",
]
