"""The privacy registry: every room says what it holds of a visitor, exports it and erases it.

A table with a visitor key and no entry here fails the tests.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from app.core.traces.wiping import ask_to_wipe
from app.core.writer import Transaction


@dataclass(frozen=True)
class Holding:
    """What one table holds of a visitor."""

    table: str
    what: str
    """In plain words, for the privacy page of docs/."""
    export: Callable[[Transaction, int], list[dict[str, Any]]]
    erase: Callable[[Transaction, int], None]
    kept_days: int | None
    """Days after which a purge erases it; None: as long as its visitor."""


class PrivacyRegistry:
    """All holdings, filled by the rooms when the app is composed."""

    def __init__(self) -> None:
        self.holdings: dict[str, Holding] = {}

    def add(self, holding: Holding) -> None:
        """Declare a holding; a table is declared once."""
        if holding.table in self.holdings:
            raise ValueError(f"{holding.table} is declared twice")
        self.holdings[holding.table] = holding

    def export(self, tx: Transaction, visitor: int) -> dict[str, list[dict[str, Any]]]:
        """All that is held of one visitor, by table."""
        return {name: _plain(h.export(tx, visitor)) for name, h in self.holdings.items()}

    def erase(self, tx: Transaction, visitor: int) -> None:
        """Erase one visitor: the rooms above first, those they point to last."""
        for holding in reversed(self.holdings.values()):
            holding.erase(tx, visitor)
        ask_to_wipe(tx)


Export = Callable[[Transaction, int], list[dict[str, Any]]]
Erase = Callable[[Transaction, int], None]


def exporter(model: Any, told: Sequence[str]) -> Export:
    """What exports these columns of a table's rows that point to a visitor."""

    def export(tx: Transaction, visitor: int) -> list[dict[str, Any]]:
        columns = [model.__table__.c[name] for name in told]
        rows = tx.execute(select(*columns).where(model.visitor_id == visitor))
        return [dict(row) for row in rows.mappings()]

    return export


def eraser(model: Any) -> Erase:
    """What deletes a table's rows that point to a visitor."""

    def erase(tx: Transaction, visitor: int) -> None:
        tx.execute(delete(model).where(model.visitor_id == visitor))

    return erase


def _plain(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {key: v.isoformat() if isinstance(v, datetime) else v for key, v in row.items()}
        for row in rows
    ]
