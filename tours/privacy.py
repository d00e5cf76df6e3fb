"""What the tours hold of a visitor."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import delete, select

from app.core.privacy import Holding, PrivacyRegistry
from app.core.writer import Transaction
from tours.models import Attempt, Visit, Walk

WHAT: dict[type[Visit] | type[Attempt] | type[Walk], str] = {
    Visit: "the scenes opened and where one looked last",
    Attempt: "the last answer at each question and whether it was right",
    Walk: "the trail given and the ending reached",
}


def _exporter(
    model: type[Visit] | type[Attempt] | type[Walk],
) -> Callable[[Transaction, int], list[dict[str, Any]]]:
    def export(tx: Transaction, visitor: int) -> list[dict[str, Any]]:
        columns = [c for c in model.__table__.columns if c.name not in ("id", "visitor_id")]
        rows = tx.execute(select(*columns).where(model.visitor_id == visitor))
        return [dict(row) for row in rows.mappings()]

    return export


def _eraser(
    model: type[Visit] | type[Attempt] | type[Walk],
) -> Callable[[Transaction, int], None]:
    def erase(tx: Transaction, visitor: int) -> None:
        tx.execute(delete(model).where(model.visitor_id == visitor))

    return erase


def declare_privacy(registry: PrivacyRegistry) -> None:
    """Say what this room holds."""
    for model, what in WHAT.items():
        name = model.__tablename__
        registry.add(Holding(name, what, _exporter(model), _eraser(model), None))
