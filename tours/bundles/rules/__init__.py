"""What a tour must be beyond the shape of its files. A rule takes a model and yields faults."""

from collections.abc import Callable, Iterator

from tours.bundles.problems import Fault
from tours.bundles.rules.mission import mission_faults
from tours.bundles.rules.points import points_faults
from tours.bundles.rules.questions import question_faults
from tours.bundles.rules.rewards import reward_faults
from tours.bundles.rules.scenes import scene_faults
from tours.bundles.rules.treasures import treasure_faults
from tours.bundles.rules.written import written_faults
from tours.bundles.tour import TourFile

Rule = Callable[[TourFile], Iterator[Fault]]

RULES: tuple[Rule, ...] = (
    written_faults,
    scene_faults,
    mission_faults,
    reward_faults,
    treasure_faults,
    question_faults,
    points_faults,
)


def tour_faults(tour: TourFile) -> Iterator[Fault]:
    """Everything that the rules find in a tour."""
    for rule in RULES:
        yield from rule(tour)
