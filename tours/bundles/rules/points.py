"""At least half of a tour's boulons come from looking and answering."""

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from tours.bundles.problems import Fault
from tours.bundles.shares import LEAST_ANSWERED, MOST_BY_LUCK, shares_of
from tours.bundles.tour import TourFile


def points_faults(tour: TourFile) -> Iterator[Fault]:
    """Too little to look for, or too much for a robot."""
    shares = shares_of(tour)
    if shares.answered < LEAST_ANSWERED:
        sentence = _l(
            "%(share)s %% des boulons viennent de l’observation et des réponses ; "
            "il en faut au moins 50 %%.",
            share=f"{shares.answered:.0%}".rstrip("%"),
        )
        yield Fault(("scenes",), sentence, is_unfinished=True, rests_on=("points",))
    if shares.by_luck > MOST_BY_LUCK:
        sentence = _l(
            "Un robot qui ouvre tout et répond au hasard aurait %(share)s %% des boulons ; "
            "55 %% au plus.",
            share=f"{shares.by_luck:.0%}".rstrip("%"),
        )
        yield Fault(("scenes",), sentence, is_unfinished=True, rests_on=("points",))
