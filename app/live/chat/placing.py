"""Names the places that pages send: the tour says what they are called, not the page.

Whatever somebody could write there would pass by those who read first.
"""

from typing import Any

from app.core.locale import choose_language
from tours.content import TourContent
from tours.published import published_tours
from tours.texts import localise


def named(place: dict[str, Any]) -> dict[str, Any] | None:
    """The place with its own title; nothing when no open tour has that scene."""
    title = title_of(place["tour"], place["scene"], place["hotspot"])
    if title is None:
        return None
    tour = next(one for one in published_tours() if one.slug == place["tour"])
    is_known = _hotspot_of(tour, place["scene"], place["hotspot"]) is not None
    return place | {"title": title, "hotspot": place["hotspot"] if is_known else ""}


def title_of(tour: str, scene: str, hotspot: str) -> str | None:
    """The title of a hotspot, else of its scene; None when no open tour has that scene."""
    found = next((one for one in published_tours() if one.slug == tour), None)
    place = found.scenes.get(scene) if found else None
    if found is None or place is None:
        return None
    content = _hotspot_of(found, scene, hotspot) or place.content
    return str(localise(content["title"], choose_language()))


def _hotspot_of(tour: TourContent, scene: str, slug: str) -> Any:
    """What a hotspot of this scene is made of; a treasure keeps its name to itself."""
    hotspot = tour.hotspots.get(slug)
    is_there = hotspot is not None and hotspot.scene == scene and not hotspot.kind.is_hidden
    return hotspot.content if hotspot is not None and is_there else None
