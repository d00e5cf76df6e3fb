"""Fixtures: the app inside the test process, for tests that speak HTTP to it."""

import contextvars
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.core.config import Settings, read_settings
from app.core.db import db
from app.factory import create_app
from tests.serving import SECRET


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """Settings of a site of its own, on the database of this run."""
    given = {"data": tmp_path / "data", "database": database_url, "second_factor": "optional"}
    return read_settings(secret=SECRET, **given)


class Browser(FlaskClient):
    """A client whose requests have contexts of their own, as in the serving process.

    Inside the context that a test holds, Flask would share its session and its `g`.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Ask, away from the test's own context."""
        return contextvars.Context().run(super().open, *args, **kwargs)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The app, with its context."""
    app = create_app(settings)
    app.test_client_class = Browser
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without scripts."""
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()
