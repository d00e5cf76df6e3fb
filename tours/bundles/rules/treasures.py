"""A treasure's riddle can be answered from the texts of its scene, in either language."""

from collections.abc import Iterator

from flask_babel import lazy_gettext as _l

from quizzes.wording import plain_words
from tours.bundles.problems import Fault, Loc
from tours.bundles.scene import HotspotFile, SceneFile
from tours.bundles.tour import TourFile
from tours.bundles.walking import texts_of
from tours.kinds.treasure import TreasureKeys

_ABSENT = {
    "fr": _l("La réponse à l’énigme n’est dans aucun texte français de la scène."),
    "en": _l("La réponse à l’énigme n’est dans aucun texte anglais de la scène."),
}


def treasure_faults(tour: TourFile) -> Iterator[Fault]:
    """The riddles whose answer is nowhere to be read."""
    for s, scene in enumerate(tour.scenes):
        for h, hotspot in enumerate(scene.hotspots):
            if isinstance(hotspot, TreasureKeys):
                loc: Loc = ("scenes", s, "hotspots", h, "riddle", "answers")
                yield from _riddle_faults(loc, scene, hotspot)


def _riddle_faults(loc: Loc, scene: SceneFile, treasure: TreasureKeys) -> Iterator[Fault]:
    for language, sentence in _ABSENT.items():
        answers = getattr(treasure.riddle.answers, language)
        read = readable_words(scene, language)
        if answers and not any(f" {plain_words(answer)} " in read for answer in answers):
            yield Fault((*loc, language), sentence, rests_on=(f"texts-{loc[1]}",))


def readable_words(scene: SceneFile, language: str) -> str:
    """What can be read in a scene before anything hidden in it is found, as plain words."""
    said = [getattr(scene.title, language), getattr(scene.text, language)]
    for hotspot in scene.hotspots:
        if not isinstance(hotspot, TreasureKeys):
            said.extend(_said(hotspot, language))
    return f" {' '.join(plain_words(text) for text in said)} "


def _said(hotspot: HotspotFile, language: str) -> Iterator[str]:
    for text in texts_of(hotspot):
        yield getattr(text, language)
