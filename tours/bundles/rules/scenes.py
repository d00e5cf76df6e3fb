"""Scenes can be reached, links lead somewhere, slugs are unique, hotspots lie apart."""

from collections.abc import Iterable, Iterator
from itertools import combinations

from flask_babel import lazy_gettext as _l

from quizzes.angles import angle
from tours.bundles.graph import hotspots_of, reachable
from tours.bundles.problems import Fault, Loc
from tours.bundles.scene import SceneFile
from tours.bundles.tour import TourFile

APART_DEGREES = 3.0
RESERVED = frozenset({"decision", "end", "hotspots", "media", "start"})
"""Words that stand where a scene's slug would, in the addresses of a tour."""


def scene_faults(tour: TourFile) -> Iterator[Fault]:
    """What is wrong with the scenes and the ways between them."""
    yield from repeated((("scenes", n, "slug"), s.slug) for n, s in enumerate(tour.scenes))
    yield from repeated(((*loc, "slug"), h.slug) for loc, _scene, h in hotspots_of(tour))
    for number, scene in enumerate(tour.scenes):
        if scene.slug in RESERVED:
            sentence = _l("« %(slug)s » est réservé : choisissez un autre nom.", slug=scene.slug)
            yield Fault(("scenes", number, "slug"), sentence)
        yield from _crowded(number, scene)
    yield from _ways(tour)
    yield from _lost(tour)


def repeated(slugs: Iterable[tuple[Loc, str]]) -> Iterator[Fault]:
    """The slugs that were there before."""
    seen: set[str] = set()
    for loc, slug in slugs:
        if slug in seen:
            yield Fault(loc, _l("« %(slug)s » sert deux fois : changez-en un.", slug=slug))
        seen.add(slug)


def _crowded(number: int, scene: SceneFile) -> Iterator[Fault]:
    for (_n, one), (m, other) in combinations(enumerate(scene.hotspots), 2):
        away = angle(one.yaw, one.pitch, other.yaw, other.pitch)
        if away < APART_DEGREES:
            sentence = _l(
                "« %(one)s » et « %(other)s » sont au même endroit (%(away)s° d’écart, "
                "il en faut 3).",
                one=one.slug,
                other=other.slug,
                away=f"{away:.1f}",
            )
            yield Fault(("scenes", number, "hotspots", m, "yaw"), sentence, is_unfinished=True)


def _ways(tour: TourFile) -> Iterator[Fault]:
    known = {scene.slug for scene in tour.scenes}
    if tour.start not in known:
        yield Fault(("start",), no_scene(tour.start), rests_on=("scenes",))
    for loc, scene, hotspot in hotspots_of(tour):
        to = getattr(hotspot, "to", None)
        if hotspot.kind != "link":
            continue
        if to not in known:
            yield Fault((*loc, "to"), no_scene(str(to)), rests_on=("scenes",))
        elif to == scene:
            yield Fault((*loc, "to"), _l("Ce passage mène à la scène où l’on est déjà."))


def no_scene(slug: str) -> object:
    """The sentence for a scene that is not there."""
    return _l("Aucune scène ne s’appelle « %(slug)s ».", slug=slug)


def _lost(tour: TourFile) -> Iterator[Fault]:
    there = reachable(tour)
    for number, scene in enumerate(tour.scenes):
        if there and scene.slug not in there:
            sentence = _l(
                "Aucun passage ne mène à la scène « %(slug)s » depuis « %(start)s ».",
                slug=scene.slug,
                start=tour.start,
            )
            yield Fault(
                ("scenes", number, "slug"),
                sentence,
                is_unfinished=True,
                rests_on=("ways", "scenes"),
            )
