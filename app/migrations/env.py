"""How Alembic reaches the database: on a connection of the app, in one writing transaction."""

from alembic import context
from sqlalchemy import Connection, text

from app.core.db import db


def migrate() -> None:
    """Run the migrations. SQLite checks foreign keys after, since tables are made anew."""
    engine = db.engine.execution_options(writing=True)
    is_sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if is_sqlite:
            set_keys(connection, "OFF")
        context.configure(
            connection=connection, target_metadata=db.metadata, render_as_batch=is_sqlite
        )
        with context.begin_transaction():
            context.run_migrations()
        if is_sqlite:
            check_keys(connection)
            set_keys(connection, "ON")


def set_keys(connection: Connection, state: str) -> None:
    """Check foreign keys, or do not; SQLite takes this outside a transaction only."""
    raw = connection.connection.driver_connection
    if raw is not None:
        raw.execute(f"PRAGMA foreign_keys={state}")


def check_keys(connection: Connection) -> None:
    """Raise when a migration left a key that leads nowhere."""
    broken = connection.execute(text("PRAGMA foreign_key_check")).all()
    if broken:
        raise RuntimeError(f"broken keys: {broken}")


migrate()
