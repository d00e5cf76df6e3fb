"""Tours exported by the Marzipano Tool: `data.js` and the folder `tiles` beside it.

Its angles are radians, its pitch is positive downwards, its field of view is vertical.
"""

import html
import re
from collections.abc import Mapping
from functools import partial
from math import atan, degrees, radians, tan
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l

from quizzes.angles import turned
from tours.imports.foreign import ForeignHotspot, ForeignScene, ForeignTour, Unreadable, escape
from tours.imports.numbers import number
from tours.imports.pictures import stitch
from tours.imports.scripts import read_assigned
from tours.imports.tiles import MAX_SIDE, read_cube

SCREEN = 16 / 9
"""On which a vertical field of view is turned into a horizontal one."""
_SETTINGS = ("mouseViewMode", "autorotateEnabled", "fullscreenButton", "viewControlButtons")


def read_marzipano(path: Path) -> ForeignTour:
    """Read a `data.js`. Raises Unreadable."""
    try:
        data = read_assigned(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Unreadable(_l("Le fichier n’est pas en UTF-8.")) from None
    scenes = data.get("scenes") if isinstance(data, dict) else None
    if not isinstance(scenes, list) or not scenes:
        raise Unreadable(_l("Cette visite n’a aucune scène (« scenes »)."))
    scenes = [scene for scene in scenes if isinstance(scene, dict) and scene.get("id")]
    known = {str(scene["id"]) for scene in scenes}
    name = str(data.get("name") or path.parent.name)
    tour = ForeignTour(name, str(scenes[0]["id"]) if scenes else "")
    _note_settings(tour, data.get("settings"))
    for scene in scenes:
        tour.scenes.append(_scene(tour, scene, known, path.parent / "tiles"))
    return tour


def _note_settings(tour: ForeignTour, settings: Any) -> None:
    if isinstance(settings, dict) and settings.get("autorotateEnabled"):
        tour.lose(_l("La rotation automatique n’est pas reprise."))
    for name in sorted(set(settings or ()) - set(_SETTINGS)):
        tour.lose(_l("Le réglage « %(name)s » n’est pas repris.", name=name))


def _scene(
    tour: ForeignTour, data: Mapping[str, Any], known: set[str], tiles: Path
) -> ForeignScene:
    key = str(data["id"])
    view = data.get("initialViewParameters")
    view = view if isinstance(view, dict) else {}
    links = [_link(tour, key, spot, known) for spot in _list(data, "linkHotspots")]
    infos = [_info(spot) for spot in _list(data, "infoHotspots")]
    return ForeignScene(
        id=key,
        title=str(data.get("name") or key),
        draw=partial(_draw, data, tiles / key),
        view=(*_direction(view), _across(number(view.get("fov"), radians(60)))),
        hotspots=[*(link for link in links if link is not None), *infos],
    )


def _list(data: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = data.get(name)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _direction(spot: Mapping[str, Any]) -> tuple[float, float]:
    yaw = turned(degrees(number(spot.get("yaw"))))
    return yaw, -degrees(number(spot.get("pitch")))


def _across(vertical: float) -> float:
    """The horizontal field of view, in degrees, of a vertical one in radians."""
    return degrees(2 * atan(tan(min(vertical, radians(150)) / 2) * SCREEN))


def _link(
    tour: ForeignTour, scene: str, spot: Mapping[str, Any], known: set[str]
) -> ForeignHotspot | None:
    target = str(spot.get("target"))
    if target not in known or target == scene:
        tour.lose(
            _l(
                "« %(scene)s » : le passage vers « %(to)s » ne mène nulle part.",
                scene=scene,
                to=target,
            )
        )
        return None
    if number(spot.get("rotation")):
        tour.lose(_l("L’inclinaison des flèches de passage n’est pas reprise."))
    yaw, pitch = _direction(spot)
    return ForeignHotspot(yaw, pitch, target=target)


def _info(spot: Mapping[str, Any]) -> ForeignHotspot:
    yaw, pitch = _direction(spot)
    title, text = (_bare(str(spot.get(name) or "")) for name in ("title", "text"))
    return ForeignHotspot(yaw, pitch, title, escape(text or title))


def _bare(text: str) -> str:
    """Text without tags: the tool lets authors write HTML."""
    return html.unescape(re.sub(r"<[^>]{0,500}>", "", text)).strip()


def _draw(data: Mapping[str, Any], tiles: Path, path: Path) -> None:
    """Stitch the tiles `<level>/<face>/<row>/<column>.jpg`; levels count from 1 after the preview.

    Raises MissingPicture.
    """
    sizes = [number(level.get("size")) for level in _list(data, "levels")]
    is_preview = [bool(level.get("fallbackOnly")) for level in _list(data, "levels")]
    levels = [
        n for n in range(len(sizes) - 1, -1, -1) if not is_preview[n] and 0 < sizes[n] <= MAX_SIDE
    ]

    def name(level: int, face: str, column: int, row: int) -> Path:
        return tiles / str(level) / face / str(row) / f"{column}.jpg"

    stitch(read_cube(name, levels), path)
