"""Who is here: the open lines of this process, rebuilt by those who come back after a restart."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Flask
from flask_babel import lazy_gettext as _l
from pydantic import Field

from app.classes.chairs import Taught, find_taught
from app.classes.places import Place, Seat, place_in
from app.core.errors import Refusal
from app.live.realtime import Caller, Said, admit, lines_in, on
from app.people.logins import TOKEN, find_account

GONE = _l("Cette place n’est plus ouverte.")


@dataclass
class Whereabouts:
    """Where the page of a line is."""

    tour: str = ""
    scene: str = ""
    is_visible: bool = True
    """Whether the page is in front, and not behind another."""
    is_playing: bool = False
    """A film or a sound: whoever watches is not stuck."""


WHERE: dict[str, Whereabouts] = {}
"""By line; a page says it again when it comes back."""


class At(Said):
    """The scene that a student's page shows."""

    tour: str = Field(max_length=60)
    scene: str = Field(max_length=60)


class PageState(Said):
    """What a student's page does."""

    visible: bool
    playing: bool


def class_room(classroom: int) -> str:
    """The room of all lines of a class's students."""
    return f"class:{classroom}"


def visitor_room(visitor: int) -> str:
    """The room of a visitor's lines."""
    return f"visitor:{visitor}"


def board_room(classroom: int) -> str:
    """The room of a class's boards."""
    return f"board:{classroom}"


def seated(caller: Caller) -> tuple[Place, Seat]:
    """The place in a class of whoever sends, as it is now. Raises Refusal: gone."""
    place = place_in(caller.session)
    if place is None or place.seat is None:
        raise Refusal("gone", GONE, 410)
    return place, place.seat


def teaching(caller: Caller) -> Taught | None:
    """The classroom whose board a line shows, when its caller sits on the teacher's side."""
    slug = caller.hello.classroom
    if not slug:
        return None
    token = caller.session.get(TOKEN)
    return find_taught(slug, caller.session, find_account(token) if token else None)


@admit
def admit_student(caller: Caller) -> Iterable[str]:
    """A student's line hears its class, and what is said to its visitors alone."""
    place = None if caller.hello.classroom else place_in(caller.session)
    if place is None or place.seat is None:
        return ()
    WHERE[caller.sid] = Whereabouts(caller.hello.tour or "", caller.hello.scene or "")
    rooms = [visitor_room(visitor) for visitor in place.visitors]
    return [class_room(place.seat.classroom), *rooms]


@admit
def admit_board(caller: Caller) -> Iterable[str]:
    """A board hears of its own class."""
    found = teaching(caller)
    return [board_room(found.classroom.id)] if found else ()


def student_of_line(caller: Caller, _said: Said) -> Caller:
    """A student of a class, asked anew."""
    seated(caller)
    return caller


@on("at", At, audience=student_of_line, per_second=4)
def note_scene(caller: Caller, said: At) -> None:
    """Note in which scene a student's page is."""
    where = WHERE.setdefault(caller.sid, Whereabouts())
    where.tour, where.scene = said.tour, said.scene


@on("state", PageState, audience=student_of_line, per_second=4)
def note_state(caller: Caller, said: PageState) -> None:
    """Note whether a student's page is seen, and whether it plays something."""
    where = WHERE.setdefault(caller.sid, Whereabouts())
    where.is_visible, where.is_playing = said.visible, said.playing


def present_visitors(app: Flask, classroom: int) -> dict[int, Whereabouts]:
    """The visitors of a class who have a line open, and where their page is."""
    found: dict[int, Whereabouts] = {}
    for caller in lines_in(app, class_room(classroom)):
        place = place_in(caller.session)
        if place is not None and place.seat is not None:
            where = WHERE.get(caller.sid, Whereabouts())
            found |= dict.fromkeys(place.visitors, where)
    return found
