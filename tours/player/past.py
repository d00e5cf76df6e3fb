"""What a visitor did in a tour, as its pages show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from app.core.queries import Query, read
from app.points.ledger import sources_of
from tours.content import TourContent
from tours.models import Attempt, Hotspot, Scene, Visit, Walk

_VISITS = Query(
    select(Visit.scene_id, Visit.yaw, Visit.pitch, Visit.hfov)
    .join(Scene, Scene.id == Visit.scene_id)
    .where(Visit.visitor_id == bindparam("visitor"), Scene.tour_id == bindparam("tour"))
)
_ATTEMPTS = Query(
    select(Attempt.hotspot_id, Attempt.tries, Attempt.is_right, Attempt.answer)
    .join(Hotspot, Hotspot.id == Attempt.hotspot_id)
    .where(Attempt.visitor_id == bindparam("visitor"), Hotspot.tour_id == bindparam("tour"))
)
_WALK = Query(
    select(Walk.trail, Walk.ending).where(
        Walk.visitor_id == bindparam("visitor"), Walk.tour_id == bindparam("tour")
    )
)


class Attempted(NamedTuple):
    """What a visitor answered at a hotspot."""

    tries: int
    is_right: bool
    answer: list[Any]


NO_ATTEMPT = Attempted(0, False, [])


@dataclass(frozen=True)
class Past:
    """What a visitor did in a tour."""

    sources: Mapping[str, int]
    visits: Mapping[int, Mapping[str, float | None]]
    """By scene: where they looked last."""
    attempts: Mapping[int, Attempted]
    """By hotspot."""
    trail: str | None
    ending: str | None


NO_PAST = Past({}, {}, {}, None, None)


def past_of(content: TourContent, visitor: int | None) -> Past:
    """Read what a visitor did in a tour."""
    if visitor is None:
        return NO_PAST
    walks = read(_WALK, visitor=visitor, tour=content.id)
    trail, ending = walks[0] if walks else (None, None)
    visits = read(_VISITS, visitor=visitor, tour=content.id)
    attempts = read(_ATTEMPTS, visitor=visitor, tour=content.id)
    return Past(
        sources=sources_of(read, visitor),
        visits={scene: {"yaw": y, "pitch": p, "hfov": h} for scene, y, p, h in visits},
        attempts={hotspot: Attempted(*attempt) for hotspot, *attempt in attempts},
        trail=trail,
        ending=ending,
    )
