"""A scene: opened by a visitor, who looks around in it."""

from datetime import datetime

from flask import Response, current_app, render_template, request
from sqlalchemy import update

from app.classes.activity import note_activity
from app.classes.visitors import move, remember, welcome
from app.core.db import now
from app.core.queries import read
from app.core.writer import Transaction, write
from app.people.access import anybody
from tours.access import Standing, scene_of, stand_in
from tours.content import SceneContent, TourContent
from tours.finding import VISITED, Moved, open_scene
from tours.mission import start_walk
from tours.models import Visit
from tours.player.blueprint import blueprint
from tours.player.evidence import Look, read_look
from tours.player.page import scene_page
from tours.player.past import past_of
from tours.player.tags import answer_tagged, tag_of


@blueprint.get("/<tour>/<scene>", endpoint="scene")
@anybody
def show_scene(tour: str, scene: str) -> Response:
    """A scene: a complete page, which the script turns into the 360° view."""
    standing = stand_in(tour)
    content = standing.content
    place = scene_of(content, scene)
    seen_at = last_seen(standing, place)
    may_enter = standing.place is None or standing.place.may_work
    if seen_at is None and not place.is_withdrawn and may_enter and request.method == "GET":
        standing = enter_scene(standing, content, place)
        seen_at = last_seen(standing, place)
    tag = tag_of(scene, standing.version, standing.state, seen_at, marks_of(tour, scene))

    def render() -> str:
        past = past_of(content, standing.visitor)
        return render_template("scene.html", **scene_page(content, place, past))

    return answer_tagged(tag, render)


def marks_of(tour: str, scene: str) -> list[object]:
    """What panels of rooms above show here: a page that was made with other marks is stale."""
    return [mark(tour, scene) for mark in current_app.extensions.get("player_marks", ())]


def last_seen(standing: Standing, scene: SceneContent) -> datetime | None:
    """When this visitor last looked around here; None when they never opened the scene."""
    if standing.visitor is None:
        return None
    rows = read(VISITED, visitor=standing.visitor, scene=scene.id)
    return rows[0][0] if rows else None


def enter_scene(standing: Standing, content: TourContent, scene: SceneContent) -> Standing:
    """Open a scene for the first time; somebody unknown becomes a visitor by it."""

    def unit(tx: Transaction) -> int:
        visitors = standing.visitors or (welcome(tx),)
        for visitor in visitors:
            start_walk(tx, content, visitor)
            open_scene(tx, visitor, scene.id, now())
            move(tx, visitor)
        note_activity(tx, standing.place)
        tx.publish(Moved(visitor_id=visitors[0], tour=content.slug, scene=scene.slug))
        return visitors[0]

    visitor = write(unit)
    if standing.visitor is None:
        remember(visitor)
    return stand_in(content.slug)


@blueprint.post("/<tour>/<scene>/view")
@anybody
def view(tour: str, scene: str) -> tuple[str, int]:
    """Where a visitor looks now, so that they may resume there."""
    standing = stand_in(tour)
    place = scene_of(standing.content, scene)
    look = read_look()
    if standing.place is not None and standing.place.may_work:
        write(lambda tx: keep_look(tx, standing, tour, place, look))
    return "", 204


def keep_look(
    tx: Transaction, standing: Standing, tour: str, scene: SceneContent, look: Look
) -> None:
    """Keep where the one at the keyboard looks; the app is out of a unit's reach."""
    values = {"yaw": look.yaw, "pitch": look.pitch, "hfov": look.hfov, "seen_at": now()}
    tx.execute(
        update(Visit)
        .where(Visit.visitor_id == standing.visitor, Visit.scene_id == scene.id)
        .values(values)
    )
    note_activity(tx, standing.place)
    tx.publish(Moved(visitor_id=standing.visitors[0], tour=tour, scene=scene.slug))
