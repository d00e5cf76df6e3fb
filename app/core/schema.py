"""The schema of the database: brought up to date by migrations, up and down."""

from pathlib import Path

from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import Migrate, downgrade, upgrade
from sqlalchemy import inspect, text

from app.core.db import db

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


def upgrade_database(revision: str = "head") -> None:
    """Bring the schema up to `revision`."""
    _attach()
    upgrade(str(MIGRATIONS), revision)


def downgrade_database(revision: str) -> None:
    """Bring the schema down to `revision`."""
    _attach()
    downgrade(str(MIGRATIONS), revision)


def _attach() -> None:
    """Only commands migrate: a server is 8 MB lighter without the tools for it."""
    if "migrate" not in current_app.extensions:
        Migrate(current_app, db, directory=str(MIGRATIONS), render_as_batch=True)


def newest_revision() -> str | None:
    """The revision that this code wants."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def current_revision() -> str | None:
    """The revision of the database; None when it is empty."""
    with db.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return found


def is_current() -> bool:
    """Whether the database has the schema that this code wants."""
    return current_revision() == newest_revision()
