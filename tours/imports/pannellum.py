"""Tours configured for Pannellum (JSON): https://pannellum.org/documentation/reference/.

Its yaw and pitch are ours: degrees, right and up positive.
"""

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from flask_babel import lazy_gettext as _l

from quizzes.angles import turned
from tours.imports.foreign import (
    ForeignHotspot,
    ForeignScene,
    ForeignTour,
    Unreadable,
    escape,
)
from tours.imports.numbers import number
from tours.imports.panoramas import draw_cubemap, draw_equirectangular, draw_multires, is_remote

SIGNS = frozenset({"scenes", "panorama", "cubeMap", "multiRes", "hotSpots"})
_UNDERSTOOD = frozenset(
    {"type", "panorama", "cubeMap", "multiRes", "title", "hotSpots", "yaw", "pitch", "hfov"}
    | {"northOffset", "haov", "vaov", "vOffset", "basePath", "author", "authorURL"}
    | {"firstScene", "compass", "preview"}
)
_HOTSPOT_UNDERSTOOD = frozenset(
    {"type", "pitch", "yaw", "text", "URL", "sceneId", "targetYaw", "targetPitch", "id"}
)
_DRAWERS = {
    "equirectangular": draw_equirectangular,
    "cubemap": draw_cubemap,
    "multires": draw_multires,
}
_SPHERE_WIDTH = 100.0


def looks_like_it(data: Any) -> bool:
    """Whether JSON is a configuration of Pannellum."""
    return isinstance(data, dict) and bool(SIGNS & set(data))


def read_json(path: Path) -> Any:
    """A JSON file in UTF-8, with or without byte order mark. Raises Unreadable."""
    try:
        return json.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Unreadable(_l("Le fichier n’est pas en UTF-8.")) from None
    except json.JSONDecodeError as error:
        raise Unreadable(
            _l("Ligne %(line)s : ce n’est pas du JSON (%(why)s).", line=error.lineno, why=error.msg)
        ) from None
    except RecursionError:
        raise Unreadable(_l("Les valeurs sont trop imbriquées.")) from None


def read_pannellum(path: Path, inside: Path | None = None) -> ForeignTour:
    """Read a configuration. Pictures outside of `inside`, when given, are not looked at.

    Raises Unreadable.
    """
    data = read_json(path)
    if not looks_like_it(data):
        raise Unreadable(_l("Ce fichier n’est pas une visite de Pannellum."))
    common = _mapping(data.get("default"))
    configs = data.get("scenes", {path.stem: data})
    if not isinstance(configs, dict) or not configs:
        raise Unreadable(_l("Cette visite n’a aucune scène (« scenes »)."))
    first = common.get("firstScene", data.get("firstScene"))
    start = str(first) if first in configs else next(iter(configs))
    tour = ForeignTour(str(common.get("title") or data.get("title") or path.stem), start)
    place = Place(path.parent, inside)
    merged = {str(key): {**common, **_mapping(own)} for key, own in configs.items()}
    for key, config in merged.items():
        tour.scenes.append(_scene(tour, key, config, merged, place))
    return tour


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


class Place:
    """Where the files of a configuration are."""

    def __init__(self, folder: Path, inside: Path | None) -> None:
        self.folder = folder
        self.inside = inside.resolve() if inside else None

    def path(self, base: str, name: str) -> Path:
        """A file by its address, as seen from the configuration."""
        path = (self.folder / base / name.lstrip("/")).resolve()
        if self.inside and not path.is_relative_to(self.inside):
            return self.folder / "outside" / path.name
        return path


def _scene(
    tour: ForeignTour,
    key: str,
    config: Mapping[str, Any],
    configs: Mapping[str, Mapping[str, Any]],
    place: Place,
) -> ForeignScene:
    _note_lost(tour, key, config)
    spots = config.get("hotSpots")
    hotspots = [
        _hotspot(tour, key, _mapping(spot), configs)
        for spot in (spots if isinstance(spots, list) else [])
    ]
    hfov = number(config.get("hfov"), _SPHERE_WIDTH)
    return ForeignScene(
        id=key,
        title=str(config.get("title") or key),
        draw=_drawer(config, place),
        credit=str(config.get("author") or "")[:200],
        north=number(config["northOffset"]) % 360 if "northOffset" in config else None,
        view=(turned(number(config.get("yaw"))), number(config.get("pitch")), hfov),
        hotspots=[hotspot for hotspot in hotspots if hotspot is not None],
    )


def _drawer(config: Mapping[str, Any], place: Place) -> Any:
    kind = str(config.get("type") or "equirectangular")
    drawer = _DRAWERS.get(kind, draw_equirectangular)
    return partial(drawer, config, partial(place.path, str(config.get("basePath") or "")))


def _note_lost(tour: ForeignTour, key: str, config: Mapping[str, Any]) -> None:
    kind = str(config.get("type") or "equirectangular")
    if kind not in _DRAWERS:
        tour.lose(
            _l("« %(scene)s » : le type « %(kind)s » n’est pas repris.", scene=key, kind=kind)
        )
    if is_remote(str(config.get("panorama", ""))):
        tour.lose(_l("« %(scene)s » : une image en ligne n’est pas téléchargée.", scene=key))
    for name in sorted(set(config) - _UNDERSTOOD - {"default", "scenes"}):
        tour.lose(_l("Le réglage « %(name)s » n’est pas repris.", name=name))


def _hotspot(
    tour: ForeignTour,
    scene: str,
    spot: Mapping[str, Any],
    configs: Mapping[str, Mapping[str, Any]],
) -> ForeignHotspot | None:
    for name in sorted(set(spot) - _HOTSPOT_UNDERSTOOD):
        tour.lose(_l("« %(name)s » d’un point n’est pas repris.", name=name))
    yaw, pitch = turned(number(spot.get("yaw"))), number(spot.get("pitch"))
    text = str(spot.get("text") or "")
    target = spot.get("sceneId")
    if target is None and spot.get("type") != "scene":
        return ForeignHotspot(yaw, pitch, text, _words(text, spot.get("URL")))
    if target not in configs or target == scene:
        tour.lose(
            _l(
                "« %(scene)s » : le passage vers « %(to)s » ne mène nulle part.",
                scene=scene,
                to=target,
            )
        )
        return None
    arrive = _arrival(spot, configs[scene], configs[str(target)])
    return ForeignHotspot(yaw, pitch, text, target=str(target), arrive=arrive)


def _words(text: str, url: Any) -> str:
    if not isinstance(url, str) or not url.startswith(("https://", "http://")):
        return escape(text)
    return f"[{escape(text) or url}](<{url.replace('>', '%3E')}>)"


def _arrival(
    spot: Mapping[str, Any], here: Mapping[str, Any], there: Mapping[str, Any]
) -> tuple[float, float] | None:
    """Where one looks on arrival. `same` and `sameAzimuth` go on looking the way of the link."""
    yaw, pitch = spot.get("targetYaw"), spot.get("targetPitch")
    if yaw is None and pitch is None:
        return None
    way = number(spot.get("yaw"))
    if yaw == "same":
        turn = way
    elif yaw == "sameAzimuth":
        turn = way + number(here.get("northOffset")) - number(there.get("northOffset"))
    else:
        turn = number(yaw, number(there.get("yaw")))
    up = number(spot.get("pitch")) if pitch == "same" else number(pitch, number(there.get("pitch")))
    return turned(turn), up
