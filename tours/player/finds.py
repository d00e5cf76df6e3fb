"""Finds: what a page or a plain form shows that somebody did, and what is answered."""

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from app.classes.activity import note_activity
from app.classes.places import Place
from app.core.errors import Refusal
from app.core.fragments import fragment
from app.core.writer import Transaction, write
from app.people.access import anybody
from tours.access import Standing, check_may_work, hotspot_of, scene_of, stand_in
from tours.content import HotspotContent, TourContent
from tours.finding import Found, find, is_closed_by
from tours.kinds.base import Evidence
from tours.player.blueprint import blueprint
from tours.player.decision import mission_reply
from tours.player.evidence import read_evidence, read_look
from tours.player.page import hotspot_view, progress_view
from tours.player.past import past_of
from tours.player.replies import reward_views
from tours.progress import progress_in


@blueprint.post("/<tour>/hotspots/<hotspot>/find", endpoint="find")
@anybody
def find_hotspot(tour: str, hotspot: str) -> AnyResponse:
    """One visitor shows that they did what one hotspot asks."""
    standing = stand_in(tour)
    content = standing.content
    spot = hotspot_of(content, hotspot)
    return answer_find(content, spot, credit(standing, spot, read_evidence(spot)), standing)


def credit(standing: Standing, hotspot: HotspotContent, evidence: Evidence) -> Found:
    """Give evidence to the writer. Raises Refusal when nobody is known, or the class is over."""
    if standing.place is None:
        raise Refusal("no_visitor", _("Ouvre d’abord un lieu de la visite."), status=409)
    check_may_work(standing)
    check_same_place(standing.place)

    def unit(tx: Transaction) -> Found:
        found = find(tx, standing.visitors, hotspot, evidence)
        note_activity(tx, standing.place)
        return found

    return write(unit)


def check_same_place(place: Place) -> None:
    """Raise Refusal when the page was made for somebody who is no longer at this machine.

    Scripts say whose page they are: what waited there for the network is not the next one's.
    """
    told = request.headers.get("X-Place")
    if told is not None and told != str(place.visitor):
        raise Refusal(
            "other_place",
            _("Cette trouvaille a été faite à une autre place : elle n’est pas comptée ici."),
            status=409,
        )


def answer_find(
    content: TourContent, hotspot: HotspotContent, found: Found, standing: Standing
) -> AnyResponse:
    """All that the page needs after a find; a plain form goes back to its page."""
    if not request.is_json:
        flash_find(hotspot, found)
        return redirect(page_of(content, hotspot))
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


def page_of(content: TourContent, hotspot: HotspotContent) -> str:
    """The page on which it is asked, unfolded: its scene, or the end of the tour."""
    tour, opened, anchor = content.slug, hotspot.slug, f"hotspot-{hotspot.slug}"
    if hotspot.holder == "tour":
        return url_for("player.end", tour=tour, open=opened, _anchor=anchor)
    scene = hotspot.scene
    return url_for("player.scene", tour=tour, scene=scene, open=opened, _anchor=anchor)


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
