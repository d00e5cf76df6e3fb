"""A tour as the database holds it, read back as the models of a bundle."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from tours.bundles.factory import FactoryFile
from tours.bundles.problems import Fault
from tours.bundles.rules import tour_faults
from tours.bundles.rules.written import written_faults
from tours.bundles.tour import TourFile
from tours.models import Factory, Hotspot, Tour


def factory_file(factory: Factory) -> FactoryFile:
    """What factory.yaml says."""
    return FactoryFile.model_validate(factory.content)


def tour_file(tour: Tour) -> TourFile:
    """What tour.yaml says."""
    scenes = [
        {
            **scene.content,
            "withdrawn": scene.withdrawn_at is not None,
            "hotspots": _held_by("view", scene.hotspots),
            "questions": _held_by("scene", scene.hotspots),
        }
        for scene in tour.scenes
    ]
    whole = [hotspot for scene in tour.scenes for hotspot in scene.hotspots]
    asked = {"scenes": scenes, "questions": _held_by("tour", whole)}
    return TourFile.model_validate({**tour.content, **asked})


def _held_by(holder: str, hotspots: Iterable[Hotspot]) -> list[dict[str, Any]]:
    return [hotspot.content for hotspot in hotspots if hotspot.holder == holder]


def stored_faults(tour: Tour) -> list[Fault]:
    """What keeps a stored tour from being published."""
    return [*written_faults(factory_file(tour.factory)), *tour_faults(tour_file(tour))]


def find_tour(session: Session, slug: str) -> Tour | None:
    """A tour by its slug, as it is now."""
    return session.query(Tour).filter(Tour.slug == slug).populate_existing().one_or_none()
