"""`GET /healthz`: whether database, storage and queue answer."""

from collections.abc import Callable

from flask import Flask, Response, jsonify
from sqlalchemy import text

from app.core.db import db

Check = Callable[[], None]
"""Raises when what it checks does not answer."""


def check_database() -> None:
    """The database answers."""
    db.session.execute(text("SELECT 1"))


def state_of(check: Check) -> str:
    """`ok`, or the name of what went wrong; never its details, which may hold addresses."""
    try:
        check()
    except Exception as error:  # noqa: BLE001  whatever it is, it is not well
        return type(error).__name__
    return "ok"


def watch_health(app: Flask, checks: dict[str, Check]) -> None:
    """Answer 200 when everything is well, else 503, each part named."""

    @app.get("/healthz")
    def healthz() -> tuple[Response, int]:
        states = {name: state_of(check) for name, check in checks.items()}
        return jsonify(states), 200 if set(states.values()) == {"ok"} else 503
