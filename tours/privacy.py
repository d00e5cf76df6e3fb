"""What the tours hold of a visitor."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import delete, select

from app.core.privacy import Holding, PrivacyRegistry
from app.core.writer import Transaction
from tours.models import Attempt, Hotspot, Scene, Tour, Visit, Walk

Held = type[Visit] | type[Attempt] | type[Walk]
WHAT: dict[Held, str] = {
    Visit: "the scenes opened and where one looked last",
    Attempt: "the last answer at each question and whether it was right",
    Walk: "the trail given and the ending reached",
}
NAMED: dict[Held, Any] = {
    Visit: select(Tour.slug.label("tour"), Scene.slug.label("scene"))
    .join_from(Visit, Scene, Scene.id == Visit.scene_id)
    .join(Tour, Tour.id == Scene.tour_id),
    Attempt: select(Tour.slug.label("tour"), Hotspot.slug.label("hotspot"))
    .join_from(Attempt, Hotspot, Hotspot.id == Attempt.hotspot_id)
    .join(Tour, Tour.id == Hotspot.tour_id),
    Walk: select(Tour.slug.label("tour")).join_from(Walk, Tour, Tour.id == Walk.tour_id),
}
"""What a row is about, by names instead of numbers."""
NUMBERS = frozenset({"id", "visitor_id", "scene_id", "hotspot_id", "tour_id"})


def _exporter(model: Held) -> Callable[[Transaction, int], list[dict[str, Any]]]:
    def export(tx: Transaction, visitor: int) -> list[dict[str, Any]]:
        columns = [c for c in model.__table__.columns if c.name not in NUMBERS]
        query = NAMED[model].add_columns(*columns).where(model.visitor_id == visitor)
        return [dict(row) for row in tx.execute(query.order_by(model.id)).mappings()]

    return export


def _eraser(model: Held) -> Callable[[Transaction, int], None]:
    def erase(tx: Transaction, visitor: int) -> None:
        tx.execute(delete(model).where(model.visitor_id == visitor))

    return erase


def declare_privacy(registry: PrivacyRegistry) -> None:
    """Say what this room holds."""
    for model, what in WHAT.items():
        name = model.__tablename__
        registry.add(Holding(name, what, _exporter(model), _eraser(model), None))
