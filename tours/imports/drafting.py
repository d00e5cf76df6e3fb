"""Writing a tour made elsewhere as a draft bundle."""

from pathlib import Path

from flask_babel import lazy_gettext as _l

from app.core.texts import Text
from tours.bundles.check import FACTORY, TOUR
from tours.bundles.factory import FactoryFile
from tours.bundles.rules.scenes import RESERVED
from tours.bundles.scene import HotspotFile, SceneFile, read_hotspot
from tours.bundles.tour import TourFile
from tours.bundles.values import Direction, Panorama, View
from tours.bundles.writing import to_yaml
from tours.imports.foreign import (
    ForeignHotspot,
    ForeignScene,
    ForeignTour,
    MissingPicture,
    Slugs,
    slugify,
)
from tours.imports.numbers import between
from tours.imports.pictures import draw_placeholder

TITLE_LENGTH = 80


def write_draft(tour: ForeignTour, folder: Path, language: str) -> None:
    """Write the bundle; its texts are in `language`. What is missing is noted as lost."""
    drafting = Drafting(tour, folder, language)
    slug = slugify(tour.name, "tour")
    factory = FactoryFile(slug=slug, name=tour.name[:120])
    texts = TourFile(
        slug=slug,
        title=drafting.say(tour.name),
        start=drafting.scenes[tour.start],
        scenes=[drafting.scene(scene) for scene in tour.scenes],
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FACTORY).write_text(to_yaml(factory), encoding="utf-8")
    (folder / TOUR).write_text(to_yaml(texts), encoding="utf-8")


class Drafting:
    """A draft being written."""

    def __init__(self, tour: ForeignTour, folder: Path, language: str) -> None:
        self._tour = tour
        self._folder = folder
        self._language = language
        slugs = Slugs(*RESERVED)
        self.scenes = {scene.id: slugs.new(scene.id, "scene") for scene in tour.scenes}
        self._hotspots = Slugs("decision")

    def say(self, text: str) -> Text:
        """A text in the language of the tour."""
        return Text(**{self._language: text[:8000]})

    def scene(self, scene: ForeignScene) -> SceneFile:
        """A scene, its panorama drawn."""
        slug = self.scenes[scene.id]
        yaw, pitch, hfov = scene.view
        return SceneFile(
            slug=slug,
            title=self.say(scene.title[:TITLE_LENGTH]),
            text=self.say(scene.text),
            panorama=self._panorama(scene, f"panoramas/{slug}.jpg"),
            north=None if scene.north is None else round(scene.north, 2),
            view=View(
                yaw=round(yaw, 2), pitch=between(pitch, -90, 90), hfov=between(hfov, 30, 120)
            ),
            hotspots=[self._hotspot(scene, spot) for spot in scene.hotspots],
        )

    def _panorama(self, scene: ForeignScene, file: str) -> Panorama:
        is_there = True
        try:
            scene.draw(self._folder / file)
        except MissingPicture as missing:
            is_there = False
            draw_placeholder(self._folder / file)
            self._tour.lose(
                _l(
                    "« %(scene)s » : l’image manque (%(file)s) ; une grille la remplace.",
                    scene=scene.id,
                    file=str(missing),
                )
            )
        return Panorama(file=file, credit=scene.credit, rendered=not is_there)

    def _hotspot(self, scene: ForeignScene, spot: ForeignHotspot) -> HotspotFile:
        common = {"yaw": round(spot.yaw, 2), "pitch": between(spot.pitch, -90, 90)}
        if spot.target is None:
            title = spot.title.strip() or "Info"
            slug = self._hotspots.new(title, "info")
            own = {"kind": "info", "text": self.say(spot.text)}
        else:
            target = next(s for s in self._tour.scenes if s.id == spot.target)
            title = spot.title.strip() or target.title
            slug = self._hotspots.new(f"{self.scenes[scene.id][:24]}-to-{target.id}", "way")
            own = {"kind": "link", "to": self.scenes[spot.target]}
            if spot.arrive is not None:
                yaw, pitch = spot.arrive
                own["arrive"] = Direction(yaw=round(yaw, 2), pitch=between(pitch, -90, 90))
        title = title if len(title) <= TITLE_LENGTH else f"{title[: TITLE_LENGTH - 1]}…"
        whole = {"slug": slug, "title": self.say(title), **common, **own}
        return read_hotspot(whole)
