"""The two ends of a tour: the entrance, and the page that says what one has found."""

from typing import Any

from flask import Response, redirect, render_template, url_for
from sqlalchemy import desc, select
from werkzeug.wrappers import Response as AnyResponse

from app.classes.visitors import move, remember, welcome
from app.core.db import db
from app.core.locale import choose_language
from app.core.writer import Transaction, write
from app.people.access import anybody
from tours.access import check_may_work, stand_in
from tours.content import TourContent
from tours.mission import start_walk
from tours.models import Scene, Visit
from tours.player.blueprint import blueprint
from tours.player.missions import mission_view, trail_of
from tours.player.page import hotspot_view, plan_of, progress_view
from tours.player.past import Past, past_of
from tours.player.replies import reward_views
from tours.player.scenes import local_strip, local_tour
from tours.player.tags import answer_tagged, tag_of
from tours.progress import progress_in, worth_of
from tours.texts import localise


@blueprint.get("/<tour>")
@anybody
def entrance(tour: str) -> Response:
    """What waits inside, and the button that starts."""
    standing = stand_in(tour)
    content = standing.content
    back = resume_url(content, standing.visitor)
    tag = tag_of("entrance", standing.version, standing.state, back)

    def render() -> str:
        past = past_of(content, standing.visitor)
        return render_template("entrance.html", **entrance_page(content, past, back))

    return answer_tagged(tag, render)


def entrance_page(content: TourContent, past: Past, back: str | None) -> dict[str, Any]:
    """What the template of the entrance needs; `back` is where the visitor was."""
    language = choose_language()
    mission = content.mission or {}
    tour = local_tour(content, language) | {
        "scenes": _with_thumbs(local_strip(content, language)),
        "mission": mission_view(content, past, language),
        "trails": localise(mission.get("trails", []), language),
        "total_points": worth_of(content),
        "plan": plan_of(content, language),
    }
    return {
        "tour": tour,
        "my_trail": trail_of(content, past, language),
        "start_url": url_for("player.start", tour=content.slug),
        "resume_url": back,
        "progress": progress_view(progress_in(content, past.sources)),
    }


def _with_thumbs(strip: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**scene, "thumb": scene["thumb_url"]} for scene in strip]


def resume_url(content: TourContent, visitor: int | None) -> str | None:
    """The scene where the visitor was last."""
    if visitor is None:
        return None
    slug = db.session.scalar(
        select(Scene.slug)
        .join(Visit, Visit.scene_id == Scene.id)
        .where(Visit.visitor_id == visitor, Scene.tour_id == content.id)
        .where(Scene.withdrawn_at.is_(None))
        .order_by(desc(Visit.seen_at))
        .limit(1)
    )
    return url_for("player.scene", tour=content.slug, scene=slug) if slug else None


@blueprint.post("/<tour>/start")
@anybody
def start(tour: str) -> AnyResponse:
    """Set off: a trail is given, and leads to its first scene."""
    standing = stand_in(tour)
    content = standing.content

    check_may_work(standing)

    def unit(tx: Transaction) -> int:
        visitors = standing.visitors or (welcome(tx),)
        for visitor in visitors:
            start_walk(tx, content, visitor)
            move(tx, visitor)
        return visitors[0]

    visitor = write(unit)
    if standing.visitor is None:
        remember(visitor)
    past = past_of(content, visitor)
    return redirect(url_for("player.scene", tour=content.slug, scene=first_scene(content, past)))


def first_scene(content: TourContent, past: Past) -> str:
    """Where the visitor's trail begins, else where the tour does; never a withdrawn scene."""
    trail = trail_of(content, past, choose_language())
    wanted = [*(trail["scenes"] if trail else ()), content.content["start"], *content.scenes]
    shown = [slug for slug in wanted if not content.scenes[slug].is_withdrawn]
    return str(shown[0] if shown else wanted[0])


@blueprint.get("/<tour>/end")
@anybody
def end(tour: str) -> AnyResponse:
    """“Tu as fait le tour”: what I found, one job near me, one thing to tell."""
    standing = stand_in(tour)
    content = standing.content
    past = past_of(content, standing.visitor)
    if not past.visits:
        return redirect(url_for("player.entrance", tour=tour))
    tag = tag_of("end", standing.version, standing.state)
    return answer_tagged(tag, lambda: render_template("end.html", **end_page(content, past)))


def end_page(content: TourContent, past: Past) -> dict[str, Any]:
    """What the template of the end needs."""
    language = choose_language()
    mission = mission_view(content, past, language)
    finish = localise((content.mission or {}).get("finish"), language)
    found = [h for h in content.finds if h.source in past.sources]
    titles = {s.slug: localise(s.content["title"], language) for s in content.scenes.values()}
    mine = [reward for reward in past.sources if reward.startswith("reward:")]
    of_tour = {offer.slug for offers in content.offers.values() for offer in offers}
    return {
        "tour": local_tour(content, language),
        "progress": progress_view(progress_in(content, past.sources)),
        "questions": [hotspot_view(content, h, past) for h in content.questions],
        "found": [
            {
                "title": localise(h.content["title"], language),
                "scene": titles[h.scene] if h.holder != "tour" else None,
                "kind": h.kind.name,
                "kind_label": str(h.kind.label),
                "points": past.sources[h.source],
            }
            for h in found
        ],
        "mission": mission,
        "ending": mission["ending"] if mission else None,
        "job": _job(content, past, finish),
        "tell": finish["tell"] if finish else None,
        "rewards": reward_views([s[7:] for s in mine if s[7:] in of_tour]),
    }


def _job(content: TourContent, past: Past, finish: Any) -> dict[str, Any] | None:
    """The person whose job one leaves with: met on the way, else the tour's own choice."""
    if not finish or finish["job"] not in content.hotspots:
        return None
    people = [h for h in content.finds if h.kind.name == "person" and h.source in past.sources]
    person = people[-1] if people else content.hotspots[finish["job"]]
    keys: dict[str, Any] = hotspot_view(content, person, past)["keys"]
    return keys | {"url": url_for("player.scene", tour=content.slug, scene=person.scene)}
