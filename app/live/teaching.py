"""What a teacher reads and chooses of a tour: its card with the answers, what the class sees."""

from collections.abc import Iterable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from app.classes.chairs import changeable, taught
from app.classes.classrooms import change_classroom
from app.core.locale import choose_language
from app.core.writer import write
from app.live.blueprint import blueprint
from app.live.objects import object_name
from app.people.access import anybody
from tours.content import HotspotContent, TourContent
from tours.player.scenes import local_scene
from tours.progress import worth_of
from tours.published import published_tour
from tours.texts import localise


@blueprint.get("/classes/<slug>/tours/<tour>")
@anybody
def tour_card(slug: str, tour: str) -> str:
    """The card of a tour for its teacher, answers included, and what the class sees of it."""
    found = taught(slug)
    content = published_tour(tour)
    return render_template(
        "live/tour_card.html",
        classroom=found.classroom,
        chair=found.chair,
        tour=describe_tour(content),
        scenes=describe_scenes(content, set(found.classroom.hides)),
    )


def describe_tour(content: TourContent) -> dict[str, Any]:
    """What the head of the card says."""
    language = choose_language()
    text: dict[str, Any] = localise(content.content, language)
    return {
        "slug": content.slug,
        "title": text["title"],
        "summary": text["summary"],
        "minutes": text["minutes"],
        "factory": content.factory["name"],
        "teaching": text.get("teaching"),
        "mission": text.get("mission"),
        "finds": len(content.finds),
        "points": worth_of(content),
        "object": object_name(content),
    }


def describe_scenes(content: TourContent, hidden: set[str]) -> list[dict[str, Any]]:
    """Each scene with what is to be found in it, the answers, and whether the class sees it."""
    language = choose_language()
    return [
        {
            "title": localise(scene.content["title"], language),
            "hotspots": list(_describe(content, scene.slug, scene.hotspots, hidden)),
        }
        for scene in content.scenes.values()
        if not scene.is_withdrawn
    ]


def _describe(
    content: TourContent, scene: str, hotspots: Iterable[HotspotContent], hidden: set[str]
) -> Iterable[dict[str, Any]]:
    local = {
        h["slug"]: h
        for h in local_scene(content, content.scenes[scene], choose_language()).hotspots
    }
    for hotspot in hotspots:
        if hotspot.counts:
            name = f"{content.slug}/{hotspot.slug}"
            yield local[hotspot.slug] | {"name": name, "is_shown": name not in hidden}


@blueprint.post("/classes/<slug>/tours/<tour>/hotspots")
@anybody
def choose_hotspots(slug: str, tour: str) -> AnyResponse:
    """Switch hotspots off for this class: those that are not ticked."""
    classroom = changeable(slug).classroom
    content = published_tour(tour)
    shown = set(request.form.getlist("shown"))
    names = {f"{content.slug}/{hotspot.slug}" for hotspot in content.finds}
    others = {name for name in classroom.hides if not name.startswith(f"{content.slug}/")}
    hides = sorted(others | (names - shown))
    classroom_id = classroom.id
    write(lambda tx: change_classroom(tx, classroom_id, hides=hides))
    flash(_("C’est noté : la classe voit les plaques cochées."), "done")
    return redirect(url_for("live.tour_card", slug=slug, tour=tour))
