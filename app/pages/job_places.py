"""Where jobs are done in the published tours, and who tells of them there."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import url_for

from tours.content import HotspotContent, SceneContent, TourContent
from tours.player.scenes import local_strip
from tours.texts import localise

QUOTED = 150
"""Characters of a testimonial after which it is cut at the end of a sentence."""


@dataclass
class Here:
    """A job in the tours."""

    scenes: list[dict[str, Any]] = field(default_factory=list)
    people: list[dict[str, str]] = field(default_factory=list)


def jobs_here(tours: Iterable[TourContent], language: str) -> Mapping[str, Here]:
    """By ROME code, the scenes in which a job is done and those who tell of it."""
    found: dict[str, Here] = {}
    for tour in tours:
        for rome, here in _of_tour(tour, language).items():
            known = found.setdefault(rome, Here())
            known.scenes += here.scenes
            known.people += here.people
    return found


def _of_tour(tour: TourContent, language: str) -> Mapping[str, Here]:
    """The same of one tour, kept with its version."""
    key = ("jobs", language)
    if key not in tour.local:
        tour.local[key] = _read(tour, language)
    known: Mapping[str, Here] = tour.local[key]
    return known


def _read(tour: TourContent, language: str) -> Mapping[str, Here]:
    found: dict[str, Here] = {}
    for scene in tour.scenes.values():
        if scene.is_withdrawn:
            continue
        told = {h.keys.rome: h for h in scene.hotspots if h.kind.name == "person" and h.keys.rome}
        for rome in dict.fromkeys([*told, *scene.content.get("jobs", ())]):
            here = found.setdefault(rome, Here())
            here.scenes.append(_scene(tour, scene, language))
        for rome, hotspot in told.items():
            found[rome].people.append(_person(tour, hotspot, language))
    return found


def _scene(tour: TourContent, scene: SceneContent, language: str) -> dict[str, Any]:
    thumbs = {one["slug"]: one["thumb_url"] for one in local_strip(tour, language)}
    return {
        "title": localise(scene.content["title"], language),
        "factory": localise(tour.factory, language)["name"],
        "thumb": thumbs[scene.slug],
        "url": url_for("player.scene", tour=tour.slug, scene=scene.slug),
    }


def _person(tour: TourContent, hotspot: HotspotContent, language: str) -> dict[str, str]:
    return {
        "name": hotspot.keys.name,
        "job": hotspot.keys.job.say(language),
        "quote": opening(hotspot.keys.text.say(language)),
        "path": hotspot.keys.path.say(language),
        "url": hotspot_url(tour, hotspot),
    }


def hotspot_url(tour: TourContent, hotspot: HotspotContent) -> str:
    """Straight to a hotspot: scripts open what the anchor names, the page unfolds it without."""
    return url_for(
        "player.scene",
        tour=tour.slug,
        scene=hotspot.scene,
        open=hotspot.slug,
        _anchor=f"hotspot-{hotspot.slug}",
    )


def opening(text: str) -> str:
    """The first sentences of a testimonial, without marks; one at least is whole."""
    bare = " ".join(re.sub(r"[*_#>]", "", text).split())
    bare = re.sub(r"^[«“]\s*|\s*[»”]$", "", bare)
    sentences = re.split(r"(?<=[.!?…])\s+", bare)
    told = sentences[0]
    for sentence in sentences[1:]:
        if len(told) + len(sentence) > QUOTED:
            break
        told = f"{told} {sentence}"
    return told
