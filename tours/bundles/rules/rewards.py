"""A reward can be earned."""

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from tours.bundles.graph import hotspots_of
from tours.bundles.problems import Fault, Loc
from tours.bundles.reward import DECISION, Needs
from tours.bundles.rules.mission import no_hotspot
from tours.bundles.rules.scenes import repeated
from tours.bundles.tour import TourFile


def reward_faults(tour: TourFile) -> Iterator[Fault]:
    """What is wrong with the rewards."""
    kinds = {hotspot.slug: hotspot.kind for _loc, _scene, hotspot in hotspots_of(tour)}
    if tour.mission is not None:
        kinds[DECISION] = DECISION
    yield from repeated((("rewards", n, "slug"), r.slug) for n, r in enumerate(tour.rewards))
    for number, reward in enumerate(tour.rewards):
        yield from _needs_faults(("rewards", number, "needs"), reward.needs, kinds)


def _needs_faults(loc: Loc, needs: Needs, kinds: dict[str, str]) -> Iterator[Fault]:
    yield from repeated(((*loc, "finds", n), slug) for n, slug in enumerate(needs.finds))
    for n, slug in enumerate(needs.finds):
        if slug not in kinds:
            known = "mission" if slug == DECISION else "hotspots"
            yield Fault((*loc, "finds", n), no_hotspot(slug), rests_on=(known,))
        elif kinds[slug] == "link":
            yield Fault((*loc, "finds", n), _l("Un passage ne se gagne pas : retirez-le."))
    if needs.count is not None and needs.count > len(set(needs.finds)):
        sentence = _l("Personne ne peut en trouver autant : la liste est courte.")
        yield Fault((*loc, "count"), sentence, rests_on=("finds",))
