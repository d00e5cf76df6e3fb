"""What the boulons of a tour are earned for, and what a robot would get."""

from dataclasses import dataclass

from tours.bundles.graph import hotspots_of
from tours.bundles.tour import TourFile
from tours.kinds import KINDS

DECISION_POINTS = 5
LEAST_ANSWERED = 0.5
MOST_BY_LUCK = 0.55


@dataclass(frozen=True)
class Shares:
    """Points of a tour, by what they are for."""

    content: int
    answer: int
    decision: int
    luck: float
    """What opening everything and answering at random brings, on average."""

    @property
    def total(self) -> int:
        """What a reader gets who finds everything."""
        return self.content + self.answer + self.decision

    @property
    def answered(self) -> float:
        """The part that looking and answering earns, 0 to 1."""
        return (self.answer + self.decision) / self.total if self.total else 0.0

    @property
    def by_luck(self) -> float:
        """The part that a robot gets, 0 to 1."""
        return self.luck / self.total if self.total else 0.0


def shares_of(tour: TourFile) -> Shares:
    """Count the points of a tour."""
    points = {"content": 0, "answer": 0, "way": 0}
    decision = DECISION_POINTS if tour.mission is not None else 0
    luck = float(decision)
    for _loc, _scene, hotspot in hotspots_of(tour):
        kind = KINDS[hotspot.kind]
        points[kind.share] += kind.points
        luck += kind.luck(hotspot)
    return Shares(points["content"], points["answer"], decision, luck)
