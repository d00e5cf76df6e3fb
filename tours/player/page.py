"""A scene's page for one visitor: the common parts with what they found."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask import current_app, request, url_for

from app.core.locale import choose_language
from tours.content import HotspotContent, SceneContent, TourContent
from tours.player.missions import mission_view, trail_of
from tours.player.past import NO_ATTEMPT, Past
from tours.player.preload import first_tiles
from tours.player.scenes import LocalScene, local_questions, local_scene, tiles_of
from tours.progress import Progress, progress_in
from tours.texts import localise

PLAN_WIDTH = 160
"""The units that a plan is wide on the page."""


def scene_page(content: TourContent, scene: SceneContent, past: Past) -> dict[str, Any]:
    """All that the template of a scene needs."""
    language = choose_language()
    local = local_scene(content, scene, language)
    progress = progress_in(content, past.sources)
    hotspots = [hotspot_view(content, h, past) for h in open_hotspots(scene, past)]
    view = local.view | {k: v for k, v in past.visits.get(scene.id, {}).items() if v is not None}
    trail = trail_of(content, past, language)
    opened = frozenset(past.visits)
    return {
        "strip_state": ("strip", scene.id, content.version, opened, past.trail),
        "tour": local.tour,
        "scene": local.scene,
        "scenes": _strip(local, content, scene, past, trail),
        "plan": plan_of(content, language),
        "hotspots": hotspots,
        "progress": progress_view(progress),
        "mission": mission_view(content, past, language),
        "trail": trail,
        "end_url": url_for("player.end", tour=content.slug),
        "player_panels": current_app.extensions["player_panels"],
        "player_strips": current_app.extensions["player_strips"],
        "preload": _preload(local, view),
        "scene_json": scene_json(content, scene, local, hotspots, view),
    }


def open_hotspots(scene: SceneContent, past: Past) -> list[HotspotContent]:
    """Those that may be opened: in a withdrawn scene, the ways out and what was found before."""
    if not scene.is_withdrawn:
        return list(scene.hotspots)
    return [h for h in scene.hotspots if not h.counts or h.source in past.sources]


def _preload(local: LocalScene, view: Mapping[str, Any]) -> list[str]:
    if local.tiles is None or local.tiles["partial"]:
        return []
    tiles = first_tiles(local.tiles["levels"], local.tiles["cube"], view)
    return [f"{local.tiles['base']}/{tile}" for tile in tiles]


def hotspot_view(content: TourContent, hotspot: HotspotContent, past: Past) -> dict[str, Any]:
    """A hotspot as its panel shows it to one visitor."""
    common = next(one for one in _locals_of(content, hotspot) if one["slug"] == hotspot.slug)
    attempt = past.attempts.get(hotspot.id, NO_ATTEMPT)
    is_found = hotspot.source in past.sources
    is_unfolded = request.args.get("open") == hotspot.slug
    is_closed = is_found and bool(hotspot.kind.max_tries)
    points = past.sources.get(hotspot.source, 0)
    answer = tuple(map(str, attempt.answer)) if is_closed else ()
    shown = (is_found, points, attempt.tries, attempt.is_right, answer, is_unfolded)
    return common | {
        "found": is_found,
        "points": points,
        "tries": attempt.tries,
        "is_right": attempt.is_right,
        "answer": attempt.answer,
        "is_closed": is_closed,
        "is_unfolded": is_unfolded,
        "state": ("hotspot", hotspot.id, content.version, shown),
    }


def _locals_of(content: TourContent, hotspot: HotspotContent) -> list[dict[str, Any]]:
    language = choose_language()
    if hotspot.holder == "tour":
        return local_questions(content, language)
    return local_scene(content, content.scenes[hotspot.scene], language).hotspots


def progress_view(progress: Progress) -> dict[str, Any]:
    """Progress, as templates and scripts read it."""
    return asdict(progress) | {"is_complete": progress.is_complete}


def _strip(
    local: LocalScene,
    content: TourContent,
    scene: SceneContent,
    past: Past,
    trail: Mapping[str, Any] | None,
) -> list[dict[str, Any]]:
    mine = trail["scenes"] if trail else ()
    return [
        one
        | {
            "current": one["slug"] == scene.slug,
            "opened": content.scenes[one["slug"]].id in past.visits,
            "on_my_trail": one["slug"] in mine,
        }
        for one in local.strip
    ]


def plan_of(content: TourContent, language: str) -> dict[str, Any] | None:
    """The drawn plan of the tour, if it has one."""
    plan = content.content.get("plan")
    if not plan or plan["file"] not in content.files:
        return None
    file = content.files[plan["file"]]
    return {
        "url": f"{file.base}/picture.jpg",
        "alt": localise(plan["alt"], language),
        "height": round(PLAN_WIDTH * file.meta["height"] / file.meta["width"], 1),
    }


def scene_json(
    content: TourContent,
    scene: SceneContent,
    local: LocalScene,
    hotspots: list[dict[str, Any]],
    view: Mapping[str, Any],
) -> dict[str, Any]:
    """What the player's script needs; nothing in it tells where a treasure lies."""
    placed = [h for h in hotspots if h["holder"] == "view"]
    shown = [h for h in placed if h["found"] or not h["is_hidden"]]
    told = ("slug", "kind", "yaw", "pitch", "title", "found", "url")
    return {
        "slug": scene.slug,
        "tour": content.slug,
        "version": content.version,
        "tiles": tiles_of(scene),
        "north": local.scene["north"],
        "view": view,
        "hotspots": [{key: h[key] for key in told} for h in shown],
        "treasures_left": len(placed) - len(shown),
        "treasure_url": url_for("player.treasure", tour=content.slug, scene=scene.slug),
        "view_url": url_for("player.view", tour=content.slug, scene=scene.slug),
        "neighbours": local.neighbours,
    }
