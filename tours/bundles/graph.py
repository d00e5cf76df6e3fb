"""How the scenes of a tour hang together."""

from collections.abc import Iterator

from tours.bundles.problems import Loc
from tours.bundles.scene import HotspotFile, QuestionFile
from tours.bundles.tour import TourFile
from tours.bundles.walking import FileUse, files_of

Found = HotspotFile | QuestionFile


def hotspots_of(tour: TourFile) -> Iterator[tuple[Loc, str, Found]]:
    """Every hotspot and question: the way to it, its scene, itself.

    A question of the whole tour is reached wherever the tour is: it goes with the first scene.
    """
    for s, scene in enumerate(tour.scenes):
        for h, hotspot in enumerate(scene.hotspots):
            yield ("scenes", s, "hotspots", h), scene.slug, hotspot
        for q, question in enumerate(scene.questions):
            yield ("scenes", s, "questions", q), scene.slug, question
    for q, question in enumerate(tour.questions):
        yield ("questions", q), tour.start, question


def shown_files(tour: TourFile) -> Iterator[FileUse]:
    """Every file that the tour shows: the panoramas of withdrawn scenes are left out."""
    hidden = {("scenes", n, "panorama", "file") for n, s in enumerate(tour.scenes) if s.withdrawn}
    return (use for use in files_of(tour) if use.loc not in hidden)


def reachable(tour: TourFile) -> set[str]:
    """The scenes to which links lead from the start, the start included."""
    ways: dict[str, set[str]] = {scene.slug: set() for scene in tour.scenes}
    for _loc, scene, hotspot in hotspots_of(tour):
        if hotspot.kind == "link":
            ways[scene].add(getattr(hotspot, "to", ""))
    seen: set[str] = set()
    waiting = [tour.start]
    while waiting:
        scene = waiting.pop()
        if scene in ways and scene not in seen:
            seen.add(scene)
            waiting.extend(ways[scene])
    return seen
