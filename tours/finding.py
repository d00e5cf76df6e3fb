"""A find: one visitor did what one hotspot asks. It counts once, whatever is sent again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.classes.visitors import move
from app.core.db import now
from app.core.errors import Refusal
from app.core.events import Event
from app.core.queries import Query
from app.core.writer import Transaction
from app.points.ledger import Award, award, total_of
from tours.content import HotspotContent
from tours.kinds.base import BadEvidence, Evidence, Outcome
from tours.models import Attempt, Scene, Visit

VISITED = Query(
    select(Visit.seen_at).where(
        Visit.visitor_id == bindparam("visitor"), Visit.scene_id == bindparam("scene")
    )
)
_THIS_TOUR = select(Scene.tour_id).where(Scene.id == bindparam("scene")).scalar_subquery()
_WAS_THERE = Query(
    select(Visit.id)
    .join(Scene, Scene.id == Visit.scene_id)
    .where(Visit.visitor_id == bindparam("visitor"), Scene.tour_id == _THIS_TOUR)
    .limit(1)
)
"""Whether a visitor opened any scene of the tour: its own questions ask for no more."""
_ATTEMPT = Query(
    select(Attempt.tries, Attempt.is_right, Attempt.answer).where(
        Attempt.visitor_id == bindparam("visitor"), Attempt.hotspot_id == bindparam("hotspot")
    )
)
_FIRST_VISIT = {
    "sqlite": sqlite.insert(Visit).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(Visit).on_conflict_do_nothing(),
}
_ANSWERED: dict[str, Any] = {
    name: bindparam(name)
    for name in ("visitor_id", "hotspot_id", "tries", "answer", "is_right", "at")
}
_FIRST_ATTEMPT = Query(
    sqlite.insert(Attempt).values(_ANSWERED).on_conflict_do_nothing(),
    postgresql.insert(Attempt).values(_ANSWERED).on_conflict_do_nothing(),
)


class Moved(Event):
    """A visitor opened a scene, or looks elsewhere in it."""

    visitor_id: int
    tour: str
    scene: str


@dataclass(frozen=True)
class Found:
    """What came of one piece of evidence."""

    outcome: Outcome
    award: Award


def open_scene(tx: Transaction, visitor: int, scene_id: int, at: datetime) -> None:
    """Note that a visitor opened a scene: only then can something be found in it."""
    tx.execute(
        _FIRST_VISIT[tx.connection.dialect.name],
        {"visitor_id": visitor, "scene_id": scene_id, "opened_at": at, "seen_at": at},
    )
    tx.execute(
        update(Visit)
        .where(Visit.visitor_id == visitor, Visit.scene_id == scene_id)
        .values(seen_at=at)
    )


def find(
    tx: Transaction, visitors: Sequence[int], hotspot: HotspotContent, evidence: Evidence
) -> Found:
    """Judge evidence and credit those present.

    Raises Refusal when the scene was never opened, or when nobody is known any more.
    """
    present = [visitor for visitor in visitors if move(tx, visitor)]
    if not present:
        raise Refusal("no_visitor", _l("Ouvre d’abord un lieu de la visite."), status=409)
    leader = present[0]
    visited = _WAS_THERE if hotspot.holder == "tour" else VISITED
    if not tx.rows(visited, visitor=leader, scene=hotspot.scene_id):
        raise Refusal("scene_not_opened", _l("Ouvre d’abord ce lieu."), status=409)
    outcome = _judge(tx, leader, hotspot, evidence)
    if not outcome.is_found and not is_closed_by(hotspot, outcome):
        return Found(outcome, Award(False, total_of(tx.rows, leader)))
    awards = award(tx, present, hotspot.source, outcome.points, hotspot.offers)
    return Found(outcome, awards[leader])


def is_closed_by(hotspot: HotspotContent, outcome: Outcome) -> bool:
    """Whether this was the last try: the hotspot is explained, and found for no points.

    Without it, a clue that was answered wrong would leave a mission without way out.
    """
    return bool(hotspot.kind.max_tries) and not outcome.may_try_again


def _judge(tx: Transaction, visitor: int, hotspot: HotspotContent, evidence: Evidence) -> Outcome:
    """Judge; where tries are counted, an answered hotspot stays as it was answered."""
    kind = hotspot.kind
    if not kind.max_tries:
        return ask(hotspot, evidence, 0)
    earlier = tx.rows(_ATTEMPT, visitor=visitor, hotspot=hotspot.id)
    tries, is_right, answered = earlier[0] if earlier else (0, False, None)
    if is_right or tries >= kind.max_tries:
        return Outcome(is_found=is_right)
    outcome = ask(hotspot, evidence, tries)
    if earlier and outcome.answer == answered:  # sent again: its reply was lost on the way
        return ask(hotspot, evidence, tries - 1)
    _keep_attempt(tx, visitor, hotspot.id, tries + 1, outcome)
    return outcome


def ask(hotspot: HotspotContent, evidence: Evidence, tries: int) -> Outcome:
    """What the kind says. Raises Refusal when the evidence says nothing."""
    try:
        return hotspot.kind.judge(hotspot.keys, evidence, tries, hotspot.facts)
    except BadEvidence as error:
        raise Refusal("bad_evidence", str(error), 422, "answer") from None


def _keep_attempt(
    tx: Transaction, visitor: int, hotspot_id: int, tries: int, outcome: Outcome
) -> None:
    values: dict[str, Any] = {
        "tries": tries,
        "answer": outcome.answer or [],
        "is_right": outcome.is_found,
        "at": now(),
    }
    if tries == 1:
        tx.rows(_FIRST_ATTEMPT, visitor_id=visitor, hotspot_id=hotspot_id, **values)
        return
    tx.execute(
        update(Attempt)
        .where(Attempt.visitor_id == visitor, Attempt.hotspot_id == hotspot_id)
        .values(values)
    )
