"""Offering the pins: which contents of all tours count for each is written at every import."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.core.db import now
from app.points.models import Reward
from tours.bundles.graph import hotspots_of
from tours.bundles.tour import TourFile
from tours.challenges.completing import CHALLENGE_OWNER, CRITERION
from tours.challenges.data import ChallengePin, challenge_pins, pin_slug


def store_challenges(session: Session, tour: TourFile, fill: Callable[..., None]) -> None:
    """Let the contents of `tour` count for their challenges; `fill` writes columns of a row.

    A pin that nobody could earn is not offered.
    """
    for position, (challenge, pin) in enumerate(challenge_pins().items()):
        slug = pin_slug(challenge)
        row = session.get(Reward, slug)
        given = [
            f"hotspot:{tour.slug}/{one.slug}"
            for _loc, _scene, one in hotspots_of(tour)
            if challenge in one.challenges
        ]
        sources = sorted([*_of_others(row, tour.slug), *given])
        if row is None:
            if not sources:
                continue
            row = Reward(slug=slug, owner=CHALLENGE_OWNER)
            session.add(row)
        is_offered = len(sources) >= pin.needed
        retired_at = None if is_offered else row.retired_at or now()
        fill(row, position=position, retired_at=retired_at, **_columns(slug, pin, sources))


def _of_others(row: Reward | None, tour: str) -> list[str]:
    sources: Sequence[str] = row.settings["sources"] if row is not None else ()
    return [source for source in sources if not source.startswith(f"hotspot:{tour}/")]


def _columns(slug: str, pin: ChallengePin, sources: list[str]) -> dict[str, Any]:
    return {
        "title": pin.title.model_dump(mode="json"),
        "text": pin.text.model_dump(mode="json"),
        "icon": slug,
        "criterion": CRITERION,
        "settings": {"pin": slug, "sources": sources, "count": pin.needed},
    }
