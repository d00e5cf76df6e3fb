"""Who is here: the open lines of this process, rebuilt by those who come back after a restart."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from flask import Flask, current_app
from flask_babel import lazy_gettext as _l
from pydantic import Field

from app.classes.chairs import Taught, find_taught
from app.classes.places import Place, Seat, place_in, who_holds
from app.core.db import now
from app.core.errors import Refusal
from app.live.realtime import Caller, Said, admit, lines_in, on, throw_out
from app.people.access import staff_by

MOST_LINES = 8
"""Lines that one visitor has open at a time, tabs and machines together; the oldest gives way."""
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
    since: datetime = field(default_factory=now)
    """Since when the page has been in front and played nothing, when it does."""

    @property
    def is_watched(self) -> bool:
        """In front, and nothing plays: here a student may be stuck."""
        return self.is_visible and not self.is_playing


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
    return find_taught(slug, caller.session, staff_by(caller.session))


@admit
def admit_student(caller: Caller) -> Iterable[str]:
    """A student's line hears its class, and what is said to its visitors alone."""
    place = None if caller.hello.is_of_staff else place_in(caller.session)
    if place is None or place.seat is None:
        return ()
    _end_oldest(place.visitor)
    WHERE[caller.sid] = Whereabouts(caller.hello.tour or "", caller.hello.scene or "")
    rooms = [visitor_room(visitor) for visitor in place.visitors]
    return [class_room(place.seat.classroom), *rooms]


def _end_oldest(visitor: int) -> None:
    """Make room for one line more of a visitor: nobody holds them all."""
    app: Flask = current_app.extensions["leads"].app
    open_lines = lines_in(app, visitor_room(visitor))
    for caller in open_lines[: max(0, len(open_lines) - MOST_LINES + 1)]:
        throw_out(app, caller.sid)


@admit
def admit_board(caller: Caller) -> Iterable[str]:
    """A board hears of its own class."""
    found = teaching(caller)
    return [board_room(found.classroom.id)] if found else ()


def student_of_line(caller: Caller, _said: Said) -> tuple[Caller, Seat]:
    """A student of a class, asked anew, and their seat."""
    return caller, seated(caller)[1]


@on("at", At, audience=student_of_line, per_second=4)
def note_scene(whose: tuple[Caller, Seat], said: At) -> None:
    """Note in which scene a student's page is."""
    caller, seat = whose
    where = WHERE.setdefault(caller.sid, Whereabouts())
    if (where.tour, where.scene) != (said.tour, said.scene):
        where.tour, where.scene = said.tour, said.scene
        current_app.extensions["pusher"].touch(seat.classroom)


@on("state", PageState, audience=student_of_line, per_second=4)
def note_state(whose: tuple[Caller, Seat], said: PageState) -> None:
    """Note whether a student's page is seen, and whether it plays something."""
    caller, seat = whose
    where = WHERE.setdefault(caller.sid, Whereabouts())
    if (where.is_visible, where.is_playing) != (said.visible, said.playing):
        where.is_visible, where.is_playing = said.visible, said.playing
        where.since = now()
        current_app.extensions["pusher"].touch(seat.classroom)


def present_visitors(app: Flask, classroom: int) -> dict[int, Whereabouts]:
    """The visitors of a class who have a line open, and where their page is."""
    found: dict[int, Whereabouts] = {}
    places: dict[object, Place | None] = {}
    for caller in lines_in(app, class_room(classroom)):
        who = who_holds(caller.session)
        if who not in places:
            places[who] = place_in(caller.session)
        place = places[who]
        if place is not None and place.seat is not None:
            where = WHERE.get(caller.sid, Whereabouts())
            for visitor in place.visitors:
                known = found.get(visitor)
                found[visitor] = where if known is None else _busier(known, where)
    return found


def _busier(one: Whereabouts, other: Whereabouts) -> Whereabouts:
    """Of two pages of a student, the one they are at: it plays, or it is in front."""
    return max(one, other, key=lambda where: (where.is_playing, where.is_visible))
