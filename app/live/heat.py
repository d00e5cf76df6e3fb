"""The heat view: where a class has been in its tour, what it found, what nobody found.

Only of the class as a whole, never of a student: numbers are told from five students on, looks
where three at least look the same way.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from app.classes.chairs import taught
from app.classes.models import Student
from app.core.db import db
from app.core.locale import choose_language
from app.live.blueprint import blueprint
from app.live.latest import count_finds
from app.people.access import anybody
from tours.access import scene_of
from tours.content import HotspotContent, SceneContent, TourContent
from tours.files import panorama_urls
from tours.models import Scene, Tour, Visit
from tours.published import published_tour, published_tours
from tours.texts import localise

FEWEST = 5
"""Below so many students a number would tell of one of them."""
ALIKE = 3
"""So many looks the same way are shown, fewer are not."""
CELL = 30
"""Degrees: what is the same way."""


@dataclass(frozen=True)
class Crowd:
    """How many students a class has, and how many of them it is fair to tell."""

    size: int

    def say(self, count: int) -> str:
        """A number of students in words, vague when the class is small."""
        if count == 0:
            return str(_("personne"))
        if self.size < FEWEST:
            return str(_("quelques-uns"))
        if count >= self.size:
            return str(_("toute la classe"))
        return str(ngettext("%(num)d élève", "%(num)d élèves", count))

    def share(self, count: int) -> float:
        """How large a part of the class, between 0 and 1; of a small class only some, or none."""
        if self.size < FEWEST:
            return 0.5 if count else 0.0
        return min(1.0, count / self.size)


@blueprint.get("/classes/<slug>/heat")
@anybody
def heat(slug: str) -> AnyResponse:
    """The heat view of the scene in which the class's tour begins; without a tour, of the first."""
    classroom = taught(slug).classroom
    wanted = request.args.get("tour") or classroom.tour
    tours = published_tours()
    tour = next((one for one in tours if one.slug == wanted), tours[0] if tours else None)
    if tour is None:
        abort(404)
    return redirect(url_for("live.heat_of", slug=slug, tour=tour.slug, scene=tour.content["start"]))


@blueprint.get("/classes/<slug>/heat/<tour>/<scene>")
@anybody
def heat_of(slug: str, tour: str, scene: str) -> str:
    """What a class has made of one scene, drawn over its picture and as a table."""
    classroom = taught(slug).classroom
    content = published_tour(tour).without(frozenset(classroom.hides))
    shown = scene_of(content, scene)
    crowd = Crowd(_count_students(db.session(), classroom.id))
    found = {find.source: find.students for find in count_finds(classroom.id)}
    visits = _count_visits(db.session(), classroom.id, content.slug)
    language = choose_language()
    spots = [
        _spot(shown, spot, number, found.get(spot.source, 0), crowd)
        for number, spot in enumerate(_to_find(shown), 1)
    ]
    return render_template(
        "live/heat.html",
        classroom=classroom,
        tour=content.slug,
        tours=[(one.slug, localise(one.content["title"], language)) for one in published_tours()],
        scenes=[_scene(content, one, found, visits, crowd) for one in content.scenes.values()],
        scene=shown.slug,
        title=localise(shown.content["title"], language),
        frame=_frame(shown),
        picture=panorama_urls(shown.panorama)["flat_url"] if shown.panorama else "",
        spots=spots,
        looks=_looks(db.session(), classroom.id, shown, crowd),
        unfound=[spot["title"] for spot in spots if not spot["share"]],
        is_small=crowd.size < FEWEST,
    )


def _to_find(scene: SceneContent) -> list[HotspotContent]:
    """What has a place in the picture: questions about all of it have none."""
    if scene.is_withdrawn:
        return []
    return [spot for spot in scene.hotspots if spot.counts and spot.holder == "view"]


def _scene(
    content: TourContent,
    scene: SceneContent,
    found: dict[str, int],
    visits: dict[str, int],
    crowd: Crowd,
) -> dict[str, Any]:
    spots = _to_find(scene)
    return {
        "slug": scene.slug,
        "tour": content.slug,
        "title": localise(scene.content["title"], choose_language()),
        "visits": crowd.say(visits.get(scene.slug, 0)),
        "found": sum(spot.source in found for spot in spots),
        "of": len(spots),
    }


def _spot(
    scene: SceneContent, spot: HotspotContent, number: int, count: int, crowd: Crowd
) -> dict[str, Any]:
    x, y = place_on(scene, spot.yaw, spot.pitch)
    return {
        "number": number,
        "kind": spot.kind.name,
        "kind_label": str(spot.kind.label),
        "title": localise(spot.content["title"], choose_language()),
        "x": round(x, 1),
        "y": round(y, 1),
        "share": crowd.share(count),
        "radius": round(6 + 11 * crowd.share(count) ** 0.5, 1),
        "said": crowd.say(count),
    }


def _frame(scene: SceneContent) -> tuple[float, float]:
    """Degrees that the flat picture of a scene covers, across and down."""
    partial = (scene.panorama.meta.get("partial") if scene.panorama else None) or {}
    return float(partial.get("haov", 360)), float(partial.get("vaov", 180))


def place_on(scene: SceneContent, yaw: float, pitch: float) -> tuple[float, float]:
    """Where a direction is on the flat picture, in degrees from its upper left corner."""
    across, down = _frame(scene)
    partial = (scene.panorama.meta.get("partial") if scene.panorama else None) or {}
    middle = float(partial.get("voffset", 0))
    return across / 2 + yaw, down / 2 - (pitch - middle)


def _count_students(session: Session, classroom: int) -> int:
    query = select(func.count()).where(
        Student.classroom_id == classroom, Student.removed_at.is_(None)
    )
    return session.execute(query).scalar_one()


def _count_visits(session: Session, classroom: int, tour: str) -> dict[str, int]:
    """How many students of a class have been in each scene of a tour."""
    query = (
        select(Scene.slug, func.count())
        .join(Visit, Visit.scene_id == Scene.id)
        .join(Tour, Tour.id == Scene.tour_id)
        .join(Student, Student.visitor_id == Visit.visitor_id)
        .where(Tour.slug == tour, Student.classroom_id == classroom, Student.removed_at.is_(None))
        .group_by(Scene.slug)
    )
    return {slug: int(count) for slug, count in session.execute(query)}


def _looks(
    session: Session, classroom: int, scene: SceneContent, crowd: Crowd
) -> list[dict[str, Any]]:
    """Where several students looked last, the most first, named by what is to be found there."""
    query = (
        select(Visit.yaw, Visit.pitch)
        .join(Student, Student.visitor_id == Visit.visitor_id)
        .where(
            Visit.scene_id == scene.id,
            Visit.yaw.is_not(None),
            Visit.pitch.is_not(None),
            Student.classroom_id == classroom,
            Student.removed_at.is_(None),
        )
    )
    rows = session.execute(query)
    cells = Counter(
        (yaw // CELL, pitch // CELL) for yaw, pitch in rows if yaw is not None and pitch is not None
    )
    told = [(cell, count) for cell, count in cells.most_common() if count >= ALIKE]
    return [_look(scene, cell, count, crowd) for cell, count in told if crowd.size >= FEWEST]


def _look(
    scene: SceneContent, cell: tuple[float, float], count: int, crowd: Crowd
) -> dict[str, Any]:
    yaw, pitch = ((side + 0.5) * CELL for side in cell)
    x, y = place_on(scene, yaw, pitch)
    near = min(
        _to_find(scene),
        key=lambda spot: abs(spot.yaw - yaw) + abs(spot.pitch - pitch),
        default=None,
    )
    return {
        "x": round(x, 1),
        "y": round(y, 1),
        "radius": round(CELL * (0.6 + 0.4 * crowd.share(count)), 1),
        "near": localise(near.content["title"], choose_language()) if near else "",
        "said": crowd.say(count),
    }
