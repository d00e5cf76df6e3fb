"""Leading from the player: the scenes as the class sees them, in the leader's own browser.

Whoever leads is no visitor: nothing is found here, and nothing of it is kept.
"""

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.classes.chairs import taught
from app.live.blueprint import blueprint
from app.people.access import anybody
from tours.access import scene_of
from tours.player.page import scene_page
from tours.player.past import NO_PAST
from tours.published import published_tour, published_tours


@blueprint.get("/classes/<slug>/lead")
@anybody
def lead_from_start(slug: str) -> AnyResponse:
    """Where the class's tour begins; without one, the first that there is."""
    wanted = taught(slug).classroom.tour
    tours = published_tours()
    tour = next((one for one in tours if one.slug == wanted), tours[0] if tours else None)
    if tour is None:
        abort(404)
    return redirect(url_for("live.lead_in", slug=slug, tour=tour.slug, scene=tour.content["start"]))


@blueprint.get("/classes/<slug>/lead/<tour>/<scene>")
@anybody
def lead_in(slug: str, tour: str, scene: str) -> str:
    """A scene with the bar that leads the class."""
    classroom = taught(slug).classroom
    content = published_tour(tour).without(frozenset(classroom.hides))
    page = scene_page(content, scene_of(content, scene), NO_PAST)
    return render_template(
        "scene.html",
        **page | {"player_panels": (), "player_strips": ("live/lead_bar.html",)},
        leads=classroom,
    )
