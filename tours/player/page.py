"""A scene's page for one visitor: the common parts with what they found."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from flask import current_app, request, url_for
from sqlalchemy import bindparam, select

from app.core.locale import choose_language
from app.core.queries import Query, read
from app.points.ledger import sources_of
from tours.content import HotspotContent, SceneContent, TourContent
from tours.mission import Clues, count_clues
from tours.models import Attempt, Hotspot, Scene, Visit, Walk
from tours.player.preload import first_tiles
from tours.player.scenes import LocalScene, local_scene, tiles_of
from tours.progress import Progress, progress_in
from tours.texts import localise

_VISITS = Query(
    select(Visit.scene_id, Visit.yaw, Visit.pitch, Visit.hfov)
    .join(Scene, Scene.id == Visit.scene_id)
    .where(Visit.visitor_id == bindparam("visitor"), Scene.tour_id == bindparam("tour"))
)
_ATTEMPTS = Query(
    select(Attempt.hotspot_id, Attempt.tries, Attempt.is_right, Attempt.answer)
    .join(Hotspot, Hotspot.id == Attempt.hotspot_id)
    .where(Attempt.visitor_id == bindparam("visitor"), Hotspot.tour_id == bindparam("tour"))
)
_WALK = Query(
    select(Walk.trail, Walk.ending).where(
        Walk.visitor_id == bindparam("visitor"), Walk.tour_id == bindparam("tour")
    )
)


class Attempted(NamedTuple):
    """What a visitor answered at a hotspot."""

    tries: int
    is_right: bool
    answer: list[Any]


PLAN_WIDTH = 160
"""The units that a plan is wide on the page."""
NO_ATTEMPT = Attempted(0, False, [])


@dataclass(frozen=True)
class Past:
    """What a visitor did in a tour."""

    sources: Mapping[str, int]
    visits: Mapping[int, Mapping[str, float | None]]
    """By scene: where they looked last."""
    attempts: Mapping[int, Attempted]
    """By hotspot."""
    trail: str | None
    ending: str | None


NO_PAST = Past({}, {}, {}, None, None)


def past_of(content: TourContent, visitor: int | None) -> Past:
    """Read what a visitor did in a tour."""
    if visitor is None:
        return NO_PAST
    walks = read(_WALK, visitor=visitor, tour=content.id)
    trail, ending = walks[0] if walks else (None, None)
    visits = read(_VISITS, visitor=visitor, tour=content.id)
    attempts = read(_ATTEMPTS, visitor=visitor, tour=content.id)
    return Past(
        sources=sources_of(read, visitor),
        visits={scene: {"yaw": y, "pitch": p, "hfov": h} for scene, y, p, h in visits},
        attempts={hotspot: Attempted(*attempt) for hotspot, *attempt in attempts},
        trail=trail,
        ending=ending,
    )


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
    scene = content.scenes[hotspot.scene]
    local = local_scene(content, scene, choose_language())
    common = next(one for one in local.hotspots if one["slug"] == hotspot.slug)
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


def trail_of(content: TourContent, past: Past, language: str) -> dict[str, Any] | None:
    """The trail given to the visitor."""
    for trail in (content.mission or {}).get("trails", ()):
        if trail["slug"] == past.trail:
            local: dict[str, Any] = localise(trail, language)
            return local
    return None


def mission_view(content: TourContent, past: Past, language: str) -> dict[str, Any] | None:
    """The mission as far as the visitor may see it: the decision only once it is open."""
    if content.mission is None:
        return None
    mission = local_mission(content, language)
    clues = count_clues(content, past.sources)
    return {
        "state": ("mission", content.id, content.version, clues, past.ending),
        "situation": mission["situation"],
        "clues_found": clues.found,
        "clues_needed": clues.needed,
        "clues_total": clues.total,
        "is_open": clues.is_open,
        "decision": _decision(content, mission, clues),
        "ending": ending_view(content, mission, past.ending),
    }


def local_mission(content: TourContent, language: str) -> Mapping[str, Any]:
    """The mission in one language, kept with the content."""
    known: Mapping[str, Any] | None = content.local.get(("mission", language))
    if known is None:
        known = content.local["mission", language] = localise(content.mission, language)
    return known


def _decision(
    content: TourContent, mission: Mapping[str, Any], clues: Clues
) -> dict[str, Any] | None:
    if not clues.is_open:
        return None
    options = [{"slug": o["slug"], "text": o["text"]} for o in mission["decision"]["options"]]
    return {
        "question": mission["decision"]["question"],
        "options": options,
        "url": url_for("player.decision", tour=content.slug),
    }


def ending_view(
    content: TourContent, mission: Mapping[str, Any], slug: str | None
) -> dict[str, Any] | None:
    """An ending and who explains it."""
    for ending in mission["endings"]:
        if ending["slug"] == slug:
            person = content.hotspots.get(ending["person"])
            keys = person.keys if person is not None else None
            who = {"name": keys.name, "job": keys.job.say(choose_language())} if keys else None
            return {**ending, "person": who}
    return None


def scene_json(
    content: TourContent,
    scene: SceneContent,
    local: LocalScene,
    hotspots: list[dict[str, Any]],
    view: Mapping[str, Any],
) -> dict[str, Any]:
    """What the player's script needs; nothing in it tells where a treasure lies."""
    shown = [h for h in hotspots if h["found"] or not h["is_hidden"]]
    told = ("slug", "kind", "yaw", "pitch", "title", "found", "url")
    return {
        "slug": scene.slug,
        "tour": content.slug,
        "version": content.version,
        "tiles": tiles_of(scene),
        "north": local.scene["north"],
        "view": view,
        "hotspots": [{key: h[key] for key in told} for h in shown],
        "treasures_left": len(hotspots) - len(shown),
        "treasure_url": url_for("player.treasure", tour=content.slug, scene=scene.slug),
        "view_url": url_for("player.view", tour=content.slug, scene=scene.slug),
        "neighbours": local.neighbours,
    }
