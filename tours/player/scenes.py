"""A scene's page: what is the same for everybody, made once a version and language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from tours.content import HotspotContent, SceneContent, TourContent, strings_in
from tours.files import main_url, panorama_urls
from tours.texts import localise


@dataclass(frozen=True)
class LocalScene:
    """The parts of a scene's page that depend on version and language only."""

    tour: Mapping[str, Any]
    scene: Mapping[str, Any]
    strip: list[dict[str, Any]]
    hotspots: list[dict[str, Any]]
    tiles: dict[str, Any] | None
    neighbours: list[dict[str, Any]]
    view: dict[str, float]


def local_scene(content: TourContent, scene: SceneContent, language: str) -> LocalScene:
    """The scene in one language, kept with the content."""
    key = ("scene", scene.slug, language)
    known: LocalScene | None = content.local.get(key)
    if known is None:
        known = content.local[key] = _make(content, scene, language)
    return known


def local_tour(content: TourContent, language: str) -> dict[str, Any]:
    """What pages say of the tour itself."""
    text = localise(content.content, language)
    factory = localise(content.factory, language)
    return {
        "slug": content.slug,
        "title": text["title"],
        "summary": text["summary"],
        "minutes": text["minutes"],
        "url": url_for("player.entrance", tour=content.slug),
        "version": content.version,
        "factory": {**factory, "url": url_for("pages.factory", slug=factory["slug"])},
        "is_published": content.is_published,
    }


def local_questions(content: TourContent, language: str) -> list[dict[str, Any]]:
    """The questions about the whole tour, kept with the content."""
    known: list[dict[str, Any]] | None = content.local.get(("questions", language))
    if known is None:
        known = [_hotspot(content, one, language) for one in content.questions]
        content.local["questions", language] = known
    return known


def _make(content: TourContent, scene: SceneContent, language: str) -> LocalScene:
    return LocalScene(
        tour=local_tour(content, language),
        scene=_scene(content, scene, language),
        strip=local_strip(content, language),
        hotspots=[_hotspot(content, h, language) for h in scene.hotspots],
        tiles=tiles_of(scene),
        neighbours=_neighbours(content, scene),
        view={"yaw": 0.0, "pitch": 0.0, "hfov": 100.0} | dict(scene.content.get("view") or {}),
    )


def _scene(content: TourContent, scene: SceneContent, language: str) -> dict[str, Any]:
    text = localise(scene.content, language)
    panorama = scene.panorama
    return {
        "slug": scene.slug,
        "title": text["title"],
        "text": text["text"],
        "alt": text["panorama"]["alt"],
        "credit": text["panorama"].get("credit"),
        "rendered": text["panorama"].get("rendered", False),
        "north": north_of(scene),
        "url": scene_url(content, scene),
        "withdrawn": scene.is_withdrawn,
        "blur": panorama.meta.get("blur") if panorama else None,
        **(panorama_urls(panorama) if panorama else {}),
    }


def north_of(scene: SceneContent) -> float | None:
    """Heading of the picture's centre, degrees clockwise from north: written, else the camera's."""
    written = scene.content.get("north")
    if written is not None or scene.panorama is None:
        return written
    return scene.panorama.meta.get("heading")


def scene_url(content: TourContent, scene: SceneContent) -> str:
    """The address of a scene."""
    return url_for("player.scene", tour=content.slug, scene=scene.slug)


def local_strip(content: TourContent, language: str) -> list[dict[str, Any]]:
    """The scenes of the tour, in order, as the strip and the plan show them."""
    strip = []
    for scene in content.scenes.values():
        text = localise(scene.content, language)
        urls = panorama_urls(scene.panorama) if scene.panorama else {}
        strip.append(
            {
                "slug": scene.slug,
                "title": text["title"],
                "url": scene_url(content, scene),
                "withdrawn": scene.is_withdrawn,
                "map": text.get("map"),
                "thumb_url": urls.get("thumb_url"),
                "card_url": urls.get("card_url"),
            }
        )
    return strip


def tiles_of(scene: SceneContent) -> dict[str, Any] | None:
    """What the viewer must know of the panorama; nothing when it is withdrawn."""
    if scene.panorama is None:
        return None
    meta = scene.panorama.meta
    return {
        "base": scene.panorama.base,
        "levels": meta["levels"],
        "cube": meta["cube"],
        "tile": meta["tile"],
        "partial": meta.get("partial"),
        "fallback": True,
    }


def _neighbours(content: TourContent, scene: SceneContent) -> list[dict[str, Any]]:
    """The scenes that links lead to: their first tiles are fetched ahead."""
    targets = [h.keys.to for h in scene.hotspots if h.kind.name == "link"]
    scenes = [content.scenes[slug] for slug in dict.fromkeys(targets) if slug in content.scenes]
    return [
        {"url": scene_url(content, s), "view": s.content.get("view"), **(tiles_of(s) or {})}
        for s in scenes
        if not s.is_withdrawn
    ]


def _hotspot(content: TourContent, hotspot: HotspotContent, language: str) -> dict[str, Any]:
    local = {
        "slug": hotspot.slug,
        "kind": hotspot.kind.name,
        "kind_label": str(hotspot.kind.label),
        "is_hidden": hotspot.kind.is_hidden,
        "holder": hotspot.holder,
        "yaw": hotspot.yaw,
        "pitch": hotspot.pitch,
        "title": localise(hotspot.content["title"], language),
        "keys": localise(hotspot.keys.model_dump(mode="json"), language),
        "media": _media(content, hotspot),
        "template": hotspot.kind.template,
        "worth": hotspot.kind.points,
        "url": url_for("player.find", tour=content.slug, hotspot=hotspot.slug),
        "is_clue": hotspot.slug in (content.mission or {}).get("clues", ()),
        "max_tries": hotspot.kind.max_tries,
    }
    if hotspot.kind.name == "link":
        target = content.scenes[hotspot.keys.to]
        local["to_url"] = scene_url(content, target)
        local["to_title"] = localise(target.content["title"], language)
        local["to_withdrawn"] = target.is_withdrawn
    return local


def _media(content: TourContent, hotspot: HotspotContent) -> dict[str, dict[str, Any]]:
    """The files that a hotspot names, wherever in its keys, by their name in the bundle."""
    named = strings_in(hotspot.content)
    return {
        file: {"url": main_url(content.files[file]), "base": content.files[file].base}
        | dict(content.files[file].meta)
        for file in named
        if file in content.files
    }
