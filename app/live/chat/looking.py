"""The places of a room, for its adults: scenes as visitors see them, and a bar that shows them.

An adult of a room is no visitor: looking is not visiting, and nothing of it is kept.
"""

from flask import abort, redirect, render_template, url_for
from flask import session as cookie
from werkzeug.wrappers import Response as AnyResponse

from app.core.db import now
from app.live.blueprint import blueprint
from app.live.chat.attending import Attendant, attend
from app.people.access import anybody
from tours.access import scene_of
from tours.player.page import scene_page
from tours.player.past import NO_PAST
from tours.published import published_tour


@blueprint.get("/rooms/<session>/look/<tour>")
@anybody
def look_from_start(session: str, tour: str) -> AnyResponse:
    """Where the tour begins."""
    _adult_of(session)
    start = published_tour(tour).content["start"]
    return redirect(url_for("live.look", session=session, tour=tour, scene=start))


@blueprint.get("/rooms/<session>/look/<tour>/<scene>")
@anybody
def look(session: str, tour: str, scene: str) -> str:
    """A scene with the way back to the room; professionals show it from here."""
    who = _adult_of(session)
    content = published_tour(tour)
    page = scene_page(content, scene_of(content, scene), NO_PAST)
    strips = ("chat/look_bar.html",)
    return render_template(
        "scene.html", **page | {"player_panels": (), "player_strips": strips}, shows=who
    )


def _adult_of(slug: str) -> Attendant:
    """An adult of the room; to others it does not exist."""
    return attend(slug, "staff", cookie, now()) or abort(404)
