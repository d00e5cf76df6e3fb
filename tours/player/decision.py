"""The decision of a mission, and the mission's card as it stands."""

from typing import Any

from flask import jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.core.errors import Refusal
from app.core.fragments import fragment
from app.core.locale import choose_language
from app.core.writer import write
from app.people.access import anybody
from tours.access import check_may_work, stand_in
from tours.content import TourContent
from tours.mission import decide_together
from tours.player.blueprint import blueprint
from tours.player.evidence import read_body
from tours.player.missions import mission_view
from tours.player.page import progress_view
from tours.player.past import Past, past_of
from tours.player.replies import reward_views
from tours.progress import progress_in


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
    check_may_work(standing)
    award = write(lambda tx: decide_together(tx, content, standing.visitors, option))
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


def mission_reply(content: TourContent, past: Past) -> dict[str, Any] | None:
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
