"""The game of a tour: clues, a decision that opens when enough are found, endings, trails."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.classes.visitors import move
from app.core.db import now
from app.core.errors import Refusal
from app.core.writer import Transaction
from app.points.ledger import Award, award, sources_of
from tours.content import TourContent
from tours.models import Walk

DECISION_POINTS = 5
_FIRST_WALK = {
    "sqlite": sqlite.insert(Walk).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(Walk).on_conflict_do_nothing(),
}


@dataclass(frozen=True)
class Clues:
    """How far a visitor is from the decision."""

    found: int
    needed: int
    total: int

    @property
    def is_open(self) -> bool:
        """Whether enough is known to decide."""
        return self.found >= self.needed


def count_clues(content: TourContent, sources: Mapping[str, int]) -> Clues:
    """Count the clues found; those of withdrawn scenes are not needed."""
    mission = content.mission or {"clues": (), "needed": 0}
    reachable = {hotspot.slug for hotspot in content.finds}
    clues = [slug for slug in mission["clues"] if slug in reachable]
    found = sum(content.hotspots[slug].source in sources for slug in clues)
    return Clues(found, min(int(mission["needed"]), len(clues)), len(clues))


def start_walk(tx: Transaction, content: TourContent, visitor: int) -> None:
    """Begin a tour: the trails are given in turn, so that a class needs each other after."""
    values = {
        "visitor_id": visitor,
        "tour_id": content.id,
        "trail": _next_trail(tx, content),
        "started_at": now(),
    }
    tx.execute(_FIRST_WALK[tx.connection.dialect.name], values)


def _next_trail(tx: Transaction, content: TourContent) -> str | None:
    trails = (content.mission or {}).get("trails") or []
    if not trails:
        return None
    walks = tx.execute(
        select(func.count()).select_from(Walk).where(Walk.tour_id == content.id)
    ).scalar_one()
    return str(trails[walks % len(trails)]["slug"])


def decide_together(
    tx: Transaction, content: TourContent, visitors: Sequence[int], option: str
) -> Award:
    """Decide for those at one screen: for mates who know enough too. Raises Refusal as `decide`."""
    first = decide(tx, content, visitors[0], option)
    for mate in visitors[1:]:
        if count_clues(content, sources_of(tx.rows, mate)).is_open:
            decide(tx, content, mate, option)
    return first


def decide(tx: Transaction, content: TourContent, visitor: int, option: str) -> Award:
    """Take a decision and reach its ending. Another may be tried; the boulons come once.

    Raises Refusal for an unknown option, or when too few clues are found.
    """
    mission: Mapping[str, Any] = content.mission or {}
    options = {o["slug"]: o["ending"] for o in mission.get("decision", {}).get("options", ())}
    if option not in options:
        raise Refusal("unknown_option", _l("Choisis une des réponses."), 422, "option")
    if not move(tx, visitor):
        raise Refusal("no_visitor", _l("Ouvre d’abord un lieu de la visite."), status=409)
    if not count_clues(content, sources_of(tx.rows, visitor)).is_open:
        raise Refusal("too_few_clues", _l("Il te manque des indices pour décider."), status=409)
    start_walk(tx, content, visitor)
    tx.execute(
        update(Walk)
        .where(Walk.visitor_id == visitor, Walk.tour_id == content.id)
        .values(ending=options[option], ended_at=now())
    )
    ending = f"ending:{content.slug}/{options[option]}"
    award(tx, [visitor], ending, 0, content.offers.get(ending, ()))
    source = f"decision:{content.slug}"
    return award(tx, [visitor], source, DECISION_POINTS, content.offers.get(source, ()))[visitor]
