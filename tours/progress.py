"""How far a visitor is in a tour, counted from the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass

from tours.content import TourContent
from tours.mission import DECISION_POINTS


@dataclass(frozen=True)
class Progress:
    """`found` of `total` hotspots; boulons of this tour and of all."""

    found: int
    total: int
    tour_points: int
    tour_worth: int
    points: int

    @property
    def is_complete(self) -> bool:
        """Everything was found."""
        return self.total > 0 and self.found >= self.total


def worth_of(content: TourContent) -> int:
    """All boulons that a tour holds."""
    finds = sum(hotspot.kind.points for hotspot in content.finds)
    return finds + (DECISION_POINTS if content.mission else 0)


def progress_in(content: TourContent, sources: Mapping[str, int]) -> Progress:
    """Count a visitor's `sources` (points by source) in this tour."""
    found = sum(hotspot.source in sources for hotspot in content.finds)
    prefixes = (f"hotspot:{content.slug}/", f"decision:{content.slug}")
    mine = sum(points for source, points in sources.items() if source.startswith(prefixes))
    return Progress(found, len(content.finds), mine, worth_of(content), sum(sources.values()))
