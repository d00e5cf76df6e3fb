"""A mission has no dead end: whatever one finds, a decision opens, and it leads to an ending."""

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from tours.bundles.graph import Found, hotspots_of, reachable
from tours.bundles.mission import Mission
from tours.bundles.problems import Fault, Loc
from tours.bundles.rules.scenes import no_scene, repeated
from tours.bundles.tour import TourFile

Places = dict[str, tuple[str, Found]]
"""By slug of a hotspot: its scene and itself."""


def mission_faults(tour: TourFile) -> Iterator[Fault]:
    """What is wrong with the mission, when there is one."""
    mission = tour.mission
    if mission is None:
        return
    places = {h.slug: (scene, h) for _loc, scene, h in hotspots_of(tour)}
    there = reachable(tour)
    whole = {question.slug for question in tour.questions}
    for number, slug in enumerate(mission.clues):
        if slug in whole:
            sentence = _l("Une question de toute la visite vient après la décision : pas d’indice.")
            yield Fault(("mission", "clues", number), sentence)
    yield from _clue_faults(mission, places, there)
    yield from _ending_faults(mission, places)
    yield from _trail_faults(tour, mission, places, there)
    yield from _person_fault(("mission", "finish", "job"), mission.finish.job, places)


def _clue_faults(mission: Mission, places: Places, there: set[str]) -> Iterator[Fault]:
    yield from repeated((("mission", "clues", n), slug) for n, slug in enumerate(mission.clues))
    for number, slug in enumerate(mission.clues):
        if slug not in places:
            yield Fault(("mission", "clues", number), no_hotspot(slug), rests_on=("hotspots",))
        elif places[slug][1].kind == "link":
            yield Fault(("mission", "clues", number), _l("Un passage ne peut pas être un indice."))
    if mission.needed > len(set(mission.clues)):
        sentence = _l("Il faut plus d’indices (%(n)s) qu’il n’y en a.", n=mission.needed)
        yield Fault(("mission", "needed"), sentence, rests_on=("clues",))
    found = sum(1 for slug in set(mission.clues) if places.get(slug, ("",))[0] in there)
    if found < mission.needed:
        sentence = _l(
            "Impasse : %(found)s indices peuvent être atteints, la décision en demande %(needed)s.",
            found=found,
            needed=mission.needed,
        )
        yield Fault(("mission", "clues"), sentence, rests_on=("ways", "hotspots", "clues"))


def no_hotspot(slug: str) -> object:
    """The sentence for a hotspot that is not there."""
    return _l("Aucun point ne s’appelle « %(slug)s ».", slug=slug)


def _ending_faults(mission: Mission, places: Places) -> Iterator[Fault]:
    options, endings = mission.decision.options, mission.endings
    at: Loc = ("mission", "decision", "options")
    yield from repeated(((*at, n, "slug"), o.slug) for n, o in enumerate(options))
    yield from repeated((("mission", "endings", n, "slug"), e.slug) for n, e in enumerate(endings))
    known = {ending.slug for ending in endings}
    led_to = {option.ending for option in options}
    for number, option in enumerate(options):
        if option.ending not in known:
            sentence = _l("Impasse : aucune fin ne s’appelle « %(slug)s ».", slug=option.ending)
            yield Fault((*at, number, "ending"), sentence, rests_on=("endings",))
    for number, ending in enumerate(endings):
        if ending.slug not in led_to:
            sentence = _l("Aucun choix ne mène à la fin « %(slug)s ».", slug=ending.slug)
            yield Fault(("mission", "endings", number, "slug"), sentence, rests_on=("endings",))
        yield from _person_fault(("mission", "endings", number, "person"), ending.person, places)


def _person_fault(loc: Loc, slug: str, places: Places) -> Iterator[Fault]:
    if slug not in places:
        yield Fault(loc, no_hotspot(slug), rests_on=("hotspots",))
    elif places[slug][1].kind != "person":
        sentence = _l("« %(slug)s » n’est pas une personne (kind: person).", slug=slug)
        yield Fault(loc, sentence, rests_on=("kinds",))


def _trail_faults(
    tour: TourFile, mission: Mission, places: Places, there: set[str]
) -> Iterator[Fault]:
    known = {scene.slug for scene in tour.scenes}
    trails = mission.trails
    yield from repeated((("mission", "trails", n, "slug"), t.slug) for n, t in enumerate(trails))
    for number, trail in enumerate(trails):
        loc: Loc = ("mission", "trails", number, "scenes")
        yield from repeated(((*loc, n), slug) for n, slug in enumerate(trail.scenes))
        for n, slug in enumerate(trail.scenes):
            if slug not in known:
                yield Fault((*loc, n), no_scene(slug), rests_on=("scenes",))
            elif slug not in there:
                sentence = _l("Impasse : aucun passage ne mène à « %(slug)s ».", slug=slug)
                yield Fault((*loc, n), sentence, rests_on=("ways", "scenes"))
        clues = sum(1 for slug in set(mission.clues) if places.get(slug, ("",))[0] in trail.scenes)
        if clues < mission.needed:
            sentence = _too_few(trail.slug, clues, mission.needed)
            yield Fault(loc, sentence, rests_on=("clues", "hotspots", "scenes"))


def _too_few(trail: str, clues: int, needed: int) -> object:
    return _l(
        "Impasse : la piste « %(trail)s » ne croise que %(clues)s indices, il en faut %(needed)s.",
        trail=trail,
        clues=clues,
        needed=needed,
    )
