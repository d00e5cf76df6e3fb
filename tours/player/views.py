"""Pages and posts of the player. HTML first: every act also works as a plain form."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import update
from werkzeug.wrappers import Response as AnyResponse

from app.classes.visitors import move, remember, welcome
from app.core.db import db, now
from app.core.errors import Refusal
from app.core.fragments import fragment
from app.core.locale import choose_language
from app.core.queries import read
from app.core.writer import Transaction, write
from app.people.access import anybody
from tours.access import Standing, hotspot_of, scene_of, stand_in
from tours.content import HotspotContent, SceneContent, TourContent
from tours.finding import VISITED, Found, find, is_closed_by, open_scene
from tours.kinds.base import Evidence
from tours.mission import decide, start_walk
from tours.models import Visit
from tours.player.evidence import read_body, read_evidence, read_look
from tours.player.page import hotspot_view, mission_view, past_of, progress_view, scene_page
from tours.player.replies import reward_views
from tours.player.tags import answer_tagged, tag_of
from tours.progress import progress_in

blueprint = Blueprint("player", __name__, url_prefix="/tours", template_folder="../templates")


@blueprint.get("/<tour>/<scene>", endpoint="scene")
@anybody
def show_scene(tour: str, scene: str) -> Response:
    """A scene: a complete page, which the script turns into the 360° view."""
    standing = stand_in(tour)
    content = standing.content
    place = scene_of(content, scene)
    seen_at = last_seen(standing, place)
    if seen_at is None and not place.is_withdrawn:
        standing = enter_scene(standing, content, place)
        seen_at = last_seen(standing, place)
    tag = tag_of(scene, standing.version, standing.visitor, standing.progress, seen_at)

    def render() -> str:
        past = past_of(content, standing.visitor)
        return render_template("scene.html", **scene_page(content, place, past))

    return answer_tagged(tag, render)


def last_seen(standing: Standing, scene: SceneContent) -> datetime | None:
    """When this visitor last looked around here; None when they never opened the scene."""
    if standing.visitor is None:
        return None
    rows = read(VISITED, visitor=standing.visitor, scene=scene.id)
    return rows[0][0] if rows else None


def enter_scene(standing: Standing, content: TourContent, scene: SceneContent) -> Standing:
    """Open a scene for the first time; somebody unknown becomes a visitor by it."""

    def unit(tx: Transaction) -> int:
        visitor = standing.visitor or welcome(tx)
        start_walk(tx, content, visitor)
        open_scene(tx, visitor, scene.id, now())
        move(tx, visitor)
        return visitor

    visitor = write(unit)
    remember(visitor)
    return stand_in(content.slug)


@blueprint.post("/<tour>/hotspots/<hotspot>/find", endpoint="find")
@anybody
def find_hotspot(tour: str, hotspot: str) -> AnyResponse:
    """One visitor shows that they did what one hotspot asks."""
    standing = stand_in(tour)
    content = standing.content
    spot = hotspot_of(content, hotspot)
    return answer_find(content, spot, credit(standing, spot, read_evidence(spot)), standing)


def credit(standing: Standing, hotspot: HotspotContent, evidence: Evidence) -> Found:
    """Give evidence to the writer. Raises Refusal when nobody is known."""
    visitor = standing.visitor
    if visitor is None:
        raise Refusal("no_visitor", _("Ouvre d’abord un lieu de la visite."), status=409)
    found = write(lambda tx: find(tx, [visitor], hotspot, evidence))
    db.session.rollback()  # what was read before is older than what was just written
    return found


def answer_find(
    content: TourContent, hotspot: HotspotContent, found: Found, standing: Standing
) -> AnyResponse:
    """All that the page needs after a find; a plain form goes back to its scene."""
    if not request.is_json:
        flash_find(hotspot, found)
        return redirect(
            url_for(
                "player.scene",
                tour=content.slug,
                scene=hotspot.scene,
                open=hotspot.slug,
                _anchor=f"hotspot-{hotspot.slug}",
            )
        )
    past = past_of(content, standing.visitor)
    view = hotspot_view(content, hotspot, past)
    is_done = found.outcome.is_found or is_closed_by(hotspot, found.outcome)
    reply = {
        "total": found.award.total,
        "new": found.award.is_new,
        "found": is_done,
        "right": found.outcome.is_found,
        "points": found.outcome.points if found.award.is_new else 0,
        "again": found.outcome.may_try_again,
        "rewards": reward_views(found.award.rewards),
        "hotspot": {key: view[key] for key in ("slug", "kind", "yaw", "pitch", "title")},
        "panel": fragment(view["state"], lambda: render_template(view["template"], hotspot=view)),
        "progress": progress_view(progress_in(content, past.sources)),
        "mission": mission_reply(content, past),
    }
    return jsonify(reply)


def mission_reply(content: TourContent, past: Any) -> dict[str, Any] | None:
    """The mission's card, redrawn."""
    mission = mission_view(content, past, choose_language())
    if mission is None:
        return None
    told = {key: mission[key] for key in ("clues_found", "clues_needed", "is_open")}
    end_url = url_for("player.end", tour=content.slug)
    return told | {
        "html": fragment(
            mission["state"],
            lambda: render_template("mission.html", mission=mission, end_url=end_url),
        )
    }


def flash_find(hotspot: HotspotContent, found: Found) -> None:
    """Say in words what came of a plain form."""
    points = found.outcome.points
    if found.outcome.is_found and found.award.is_new and points:
        gained = ngettext(
            "Trouvé : %(num)d boulon de plus.", "Trouvé : %(num)d boulons de plus.", points
        )
        flash(gained, "found")
    elif found.outcome.may_try_again:
        flash(_("Pas encore. Regarde de nouveau, tu peux réessayer."), "again")
    elif is_closed_by(hotspot, found.outcome) and not found.outcome.is_found:
        flash(_("Ce n’était pas cela : l’explication est sous la question."), "again")
    for reward in reward_views(found.award.rewards):
        flash(_("Nouveau pin’s : %(title)s", title=reward["title"]), "reward")


@blueprint.post("/<tour>/<scene>/treasure")
@anybody
def treasure(tour: str, scene: str) -> AnyResponse:
    """A click somewhere in the picture: it may be on a treasure."""
    standing = stand_in(tour)
    content = standing.content
    place = scene_of(content, scene)
    look = read_look()
    for hotspot in place.hotspots:
        if not hotspot.kind.is_hidden or place.is_withdrawn:
            continue
        evidence = hotspot.kind.read_evidence({"yaw": look.yaw, "pitch": look.pitch})
        if hotspot.kind.judge(hotspot.keys, evidence, 0, hotspot.facts).is_found:
            return answer_find(content, hotspot, credit(standing, hotspot, evidence), standing)
    return jsonify(found=False)


@blueprint.post("/<tour>/<scene>/view")
@anybody
def view(tour: str, scene: str) -> tuple[str, int]:
    """Where a visitor looks now, so that they may resume there."""
    standing = stand_in(tour)
    place = scene_of(standing.content, scene)
    look = read_look()
    if standing.visitor is not None:
        values = {"yaw": look.yaw, "pitch": look.pitch, "hfov": look.hfov, "seen_at": now()}
        change = (
            update(Visit)
            .where(Visit.visitor_id == standing.visitor, Visit.scene_id == place.id)
            .values(values)
        )
        write(lambda tx: tx.execute(change))
    return "", 204


@blueprint.post("/<tour>/decision")
@anybody
def decision(tour: str) -> AnyResponse:
    """Decide; the ending explains."""
    standing = stand_in(tour)
    content = standing.content
    option = str((read_body() if request.is_json else request.form).get("option", ""))
    visitor = standing.visitor
    if visitor is None:
        raise Refusal("no_visitor", _("Ouvre d’abord un lieu de la visite."), status=409)
    award = write(lambda tx: decide(tx, content, visitor, option))
    db.session.rollback()
    if not request.is_json:
        return redirect(url_for("player.end", tour=content.slug))
    past = past_of(content, visitor)
    reply = {
        "total": award.total,
        "new": award.is_new,
        "rewards": reward_views(award.rewards),
        "progress": progress_view(progress_in(content, past.sources)),
        "mission": mission_reply(content, past),
        "end_url": url_for("player.end", tour=content.slug),
    }
    return jsonify(reply)
