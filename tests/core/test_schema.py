"""Migrations go up and down, and end where the models are."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from sqlalchemy import inspect

from app.core.config import read_settings
from app.core.db import Base, db
from app.core.schema import (
    current_revision,
    downgrade_database,
    is_current,
    newest_revision,
    upgrade_database,
)
from app.factory import create_app
from tests.serving import SECRET


@pytest.fixture
def empty(empty_database_url: str, tmp_path: Path) -> Flask:
    """The app on a database without a table."""
    return create_app(
        read_settings(secret=SECRET, data=tmp_path / "data", database=empty_database_url)
    )


def test_up_and_down_and_up_again(empty: Flask) -> None:
    with empty.app_context():
        assert current_revision() is None
        upgrade_database()
        assert is_current()
        downgrade_database("base")
        assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}
        upgrade_database()
        assert current_revision() == newest_revision()
        db.engine.dispose()


def test_the_migrations_make_what_the_models_say(empty: Flask) -> None:
    with empty.app_context():
        upgrade_database()
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": False})
            assert compare_metadata(context, Base.metadata) == []
        db.engine.dispose()
