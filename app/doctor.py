"""`deambule doctor`: what is configured, what answers, what to do about the rest."""

import shutil
import sys

from rich.console import Console
from rich.table import Table

from app.core.config import Settings
from app.core.health import state_of
from app.core.schema import current_revision, newest_revision
from app.factory import create_app, health_checks

LOW_DISK = 2 * 1024**3
console = Console()


def examine(settings: Settings) -> int:
    """Print a table of checks; 0 when all is well, else 1."""
    app = create_app(settings)
    rows: list[tuple[str, str, bool]] = [("python", sys.version.split()[0], True)]
    rows += describe(settings)
    with app.app_context():
        for name, check in health_checks(app).items():
            state = state_of(check)
            rows.append((f"{name} answers", state, state == "ok"))
        if rows[-3][2]:
            current, newest = current_revision(), newest_revision()
            told = "up to date" if current == newest else "run: deambule db upgrade"
            rows.append(("schema", told, current == newest))
    table = Table("what", "state", "")
    for what, state, is_well in rows:
        table.add_row(what, state, "[green]ok[/]" if is_well else "[red]look here[/]")
    console.print(table)
    return 0 if all(is_well for _what, _state, is_well in rows) else 1


def describe(settings: Settings) -> list[tuple[str, str, bool]]:
    """What is configured, without a secret."""
    free = shutil.disk_usage(settings.data if settings.data.exists() else ".").free
    return [
        ("data folder", str(settings.data.resolve()), True),
        ("free space", f"{free / 1024**3:.1f} GB", free > LOW_DISK),
        ("database", "SQLite" if settings.is_sqlite else "PostgreSQL", True),
        ("storage", settings.storage, True),
        ("queue", "Redis" if settings.queue else "SQLite", True),
        ("address", settings.url or f"http://{settings.host}:{settings.port}", True),
    ]
