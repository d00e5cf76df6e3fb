"""Leading: a board turns the views of its class, pauses it, brings it somewhere, lets it go.

Boards say `lead`, `lead_view` and `lead_take`. Students hear `lead`, the whole state, at each order
and when they come back, and `lead_view` while they follow; boards hear `led`, with who leads.
"""

from functools import partial
from typing import Annotated, Any, Literal

from flask import Flask, current_app
from flask_babel import lazy_gettext as _l
from pydantic import Field

from app.classes.chairs import Taught
from app.classes.doors import time_of
from app.classes.events import ClassChanged
from app.classes.models import Classroom
from app.classes.places import place_in
from app.core.db import db, now
from app.core.errors import Refusal
from app.core.locale import choose_language
from app.core.writer import write
from app.live.leads import CALLED, Leads, Led, View, Wish, name_of, order, take
from app.live.presence import board_room, class_room, teaching
from app.live.realtime import Ack, Caller, Said, lines_in, on, on_arrive, tell
from tours.content import SceneContent, TourContent
from tours.published import published_tour, published_tours
from tours.texts import localise

Board = Annotated[str, Field(min_length=4, max_length=24, pattern="^[a-z0-9]+$")]
"""A browser's own number: one person at two machines is two boards."""
Degrees = Annotated[float, Field(ge=-360, le=360, allow_inf_nan=False)]


class Look(Said):
    """Where a leader looks, in degrees."""

    yaw: Degrees
    pitch: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
    hfov: Annotated[float, Field(ge=10, le=180, allow_inf_nan=False)]

    @property
    def view(self) -> View:
        """The same, as it is kept."""
        return View(self.yaw, self.pitch, self.hfov)


class Order(Said):
    """What a board wants of its class."""

    board: Board
    mode: Literal["free", "eyes", "scene", "follow"]
    tour: str = Field("", max_length=60)
    scene: str = Field("", max_length=60)
    view: Look | None = None


class LeadView(Look):
    """Where the leader looks now; the class follows."""

    board: Board


class Take(Said):
    """« Prendre la main »."""

    board: Board


def leading(caller: Caller, _said: Said) -> Taught:
    """The classroom of a board's line, in its lesson. Raises Refusal."""
    found = teaching(caller)
    if found is None:
        raise Refusal("not_yours", _l("Cela n’existe pas, ou plus."), 404)
    if time_of(found.classroom, now()) != "lesson":
        raise Refusal("not_lesson", _l("La classe se mène pendant la leçon seulement."), 409)
    return found


@on("lead", Order, audience=leading, per_second=3)
def lead(found: Taught, said: Order) -> Ack:
    """Pause the class, bring it to a scene, let it follow, or let it go."""
    wish = wish_of(found, said)
    return _done(found.classroom, write(partial(order, classroom_id=found.classroom.id, wish=wish)))


@on("lead_take", Take, audience=leading, per_second=2)
def take_over(found: Taught, said: Take) -> Ack:
    """Lead from this board from now on; both boards are told."""
    classroom_id, leader = found.classroom.id, leader_of(found)
    led = write(partial(take, classroom_id=classroom_id, board=said.board, leader=leader))
    return _done(found.classroom, led)


@on("lead_view", LeadView, audience=leading, per_second=12)
def turn(found: Taught, said: LeadView) -> None:
    """Turn the views of a class that follows; what another board says is not heard."""
    leads: Leads = current_app.extensions["leads"]
    classroom = found.classroom
    led = leads.of(classroom)
    if led.mode != "follow" or led.board != said.board:
        raise Refusal("led", _l("Cette vue n’est pas celle que la classe suit."), 409)
    led = leads.turn(classroom.id, said.view)
    tell(leads.app, "lead_view", numbered_view(led), to=class_room(classroom.id))


def wish_of(found: Taught, said: Order) -> Wish:
    """The order with the scene it is about; one that is not shown is a 404."""
    if said.mode in ("free", "eyes"):
        return Wish(said.board, leader_of(found), said.mode)
    scene = published_tour(said.tour).scenes.get(said.scene)
    if scene is None or scene.is_withdrawn:
        raise Refusal("not_yours", _l("Ce lieu n’est pas montré."), 404)
    view = said.view.view if said.view else first_view(scene)
    return Wish(said.board, leader_of(found), said.mode, said.tour, said.scene, view)


def first_view(scene: SceneContent) -> View:
    """Where one looks when one arrives."""
    return View(**dict(scene.content.get("view") or {}))


def leader_of(found: Taught) -> str:
    """How a chair is noted; its account's name is not kept here."""
    return f"teacher:{found.chair.account}" if found.chair.account else found.chair.kind


def _done(classroom: Classroom, led: Led) -> Ack:
    leads: Leads = current_app.extensions["leads"]
    leads.keep(classroom.id, led)
    tell_class(leads, classroom)
    return for_boards(leads.of(classroom))


def tell_class(leads: Leads, classroom: Classroom) -> None:
    """Tell students and boards what the class is led to do."""
    led = leads.of(classroom)
    tell_students(leads, classroom)
    tell(leads.app, "led", for_boards(led), to=board_room(classroom.id))


def tell_students(leads: Leads, classroom: Classroom) -> None:
    """Tell students what they are led to do, or shown."""
    followed = leads.followed(classroom)
    tell(leads.app, "lead", for_students(followed), to=class_room(classroom.id))


def for_students(led: Led) -> dict[str, Any]:
    """The whole state, without who leads: to students it is their teacher.

    Only a professional who shows something is named.
    """
    where = {"tour": led.tour, "scene": led.scene, "titles": titles_of(led)}
    told = {"mode": led.mode, **where, **numbered_view(led)}
    return told | ({"name": led.name, "hotspot": led.hotspot} if led.mode == "turn" else {})


def for_boards(led: Led) -> dict[str, Any]:
    """The whole state, with the board that leads and how it is called."""
    name, kind = name_of(db.session(), led.leader), led.leader.partition(":")[0]
    return for_students(led) | {"board": led.board, "leader": name, "chair": kind}


def numbered_view(led: Led) -> dict[str, Any]:
    """Where the leader looks, and points if they do, with the number of their order."""
    view, point = led.view, led.point
    told = {"number": led.number, "yaw": view.yaw, "pitch": view.pitch, "hfov": view.hfov}
    return told | ({"point": {"yaw": point.yaw, "pitch": point.pitch}} if point else {})


def titles_of(led: Led) -> dict[str, str]:
    """The title of the scene, or of the hotspot that is shown there, by language."""
    tour = next((one for one in published_tours() if one.slug == led.tour), None)
    scene = tour.scenes.get(led.scene) if tour else None
    hotspot = tour.hotspots.get(led.hotspot) if tour else None
    is_there = hotspot is not None and hotspot.scene == led.scene and not hotspot.kind.is_hidden
    place = hotspot if is_there else scene
    return dict(place.content["title"]) if place else {}


def greet(caller: Caller) -> None:
    """Tell whoever comes, or comes back, what their class is led to do."""
    leads: Leads = current_app.extensions["leads"]
    found = teaching(caller)
    if found is not None:
        tell(leads.app, "led", for_boards(leads.of(found.classroom)), to=caller.sid)
        return
    place = None if caller.hello.is_of_staff else place_in(caller.session)
    if place is not None and place.seat is not None:
        classroom = db.session.get(Classroom, place.seat.classroom, populate_existing=True)
        if classroom is not None:
            tell(leads.app, "lead", for_students(leads.followed(classroom)), to=caller.sid)


def hear_leads(app: Flask) -> None:
    """Know who leads; a class whose lesson ends is let go."""
    leads = app.extensions["leads"] = Leads(app)

    def on_class(event: ClassChanged) -> None:
        if not lines_in(app, class_room(event.classroom_id)):
            return
        with app.app_context():
            classroom = db.session.get(Classroom, event.classroom_id, populate_existing=True)
            if classroom is not None:
                tell_class(leads, classroom)

    app.extensions["events"].subscribe(ClassChanged, on_class)
    app.jinja_env.globals["board_lead"] = board_lead


on_arrive(greet)


def board_lead(classroom: Classroom) -> dict[str, Any]:
    """What the board's block shows first, and the scenes to which a class may be brought."""
    leads: Leads = current_app.extensions["leads"]
    tours = published_tours()
    mine = [tour for tour in tours if tour.slug == classroom.tour] or tours
    return {
        "led": for_boards(leads.of(classroom)),
        "tours": [_choices(tour) for tour in mine],
        "called": {kind: str(words) for kind, words in CALLED.items()},
    }


def _choices(tour: TourContent) -> dict[str, Any]:
    language = choose_language()
    shown = [scene for scene in tour.scenes.values() if not scene.is_withdrawn]
    return {
        "slug": tour.slug,
        "title": localise(tour.content["title"], language),
        "scenes": [(one.slug, localise(one.content["title"], language)) for one in shown],
    }
