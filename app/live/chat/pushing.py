"""Tells the pages of a room what happened: everybody, an author alone, those who decide."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

import gevent
from flask import Flask, current_app

from app.core.db import db, now
from app.core.errors import Refusal
from app.live.chat.alarms import AlarmRaised
from app.live.chat.attending import Attendant, attend
from app.live.chat.handlers import NOT_YOURS
from app.live.chat.models import ChatRoom
from app.live.chat.ordering import order_to_answer
from app.live.chat.queue import RoomQueue, Scope, scope_of
from app.live.chat.rooms import state_of
from app.live.chat.sequence import QueueMoved, RoomMoved, Told, own_messages, own_votes, since
from app.live.chat.silencing import Excluded
from app.live.chat.watching import Watcher, answering, deciding, everybody, tell_name
from app.live.presence import visitor_room
from app.live.realtime import Caller, admit, on_arrive, on_leave, tell, throw_out
from app.live.sessions.events import SessionChanged

PAUSE = 0.1
"""Seconds in which what adults must decide is gathered."""
ORDER_PAUSE = 1.0
"""Seconds in which questions move before those who answer are told their order."""
log = logging.getLogger(__name__)


@admit
def admit_attendant(caller: Caller) -> Iterable[str]:
    """A room's page hears the room, and what its side of it may hear."""
    if not caller.hello.room:
        return ()
    who = attend(caller.hello.room, caller.hello.side, caller.session, now())
    if who is None:
        raise Refusal("not_yours", NOT_YOURS, 404)
    current_app.extensions["rooms"].attendants[caller.sid] = who
    return [everybody(who.room.id), *_own_rooms(who)]


def _own_rooms(who: Attendant) -> Iterable[str]:
    if who.watches:
        yield deciding(who.room.id)
    elif who.may_answer:
        yield answering(who.room.id)
    elif who.role == "teacher":
        yield from (deciding(who.room.id, one.classroom) for one in who.classes)
    elif who.place is not None:
        yield from (visitor_room(visitor) for visitor in who.place.visitors)


def greet(caller: Caller) -> None:
    """Tell whoever comes, or comes back, all that they have missed."""
    rooms: Watcher = current_app.extensions["rooms"]
    who = rooms.attendants.get(caller.sid)
    if who is None:
        return
    rooms.arrived(who)
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  werkzeug's way to the app itself
    is_in_tour = bool(caller.hello.scene)  # there nothing of what was said is shown
    history = {} if is_in_tour else since(who.room.id, caller.hello.seq)
    tell(app, "history", history | _room_now(who) | _own_now(who), to=caller.sid)
    tell_name(app, caller.sid, who)
    if who.may_answer:
        tell(app, "to_answer", _order_of(who.room.id), to=caller.sid)
    elif who.is_adult:
        if who.watches:
            rooms.tell_stand_in(caller.sid, who)
        tell(app, "queue", _queue_for(who), to=caller.sid)
    known = rooms.watch(who.room.id)
    here = rooms.here(who.room.id)
    tell(app, "here", rooms.describe(who.room, known, here, now()), to=caller.sid)


def _order_of(room_id: int) -> dict[str, Any]:
    return {"first": order_to_answer(room_id)}


def _room_now(who: Attendant) -> dict[str, Any]:
    row = db.session.get(ChatRoom, who.room.id, populate_existing=True)
    fresh = {"phase": who.room.phase, "mode": who.room.mode, "last_call": False, "sentence": ""}
    return {"room": state_of(row) if row else fresh}


def _own_now(who: Attendant) -> dict[str, Any]:
    """A student's own messages and voices."""
    if who.visitor is None:
        return {}
    return {
        "mine": own_messages(who.room.id, who.visitor),
        "votes": own_votes(who.room.id, who.visitor),
    }


def _queue_for(who: Attendant) -> dict[str, Any]:
    return RoomQueue(who.room.id).told_to(scope_of(who))


class Gathering:
    """Tells some pages of a room at most once a `pause`, however often what they hear changes."""

    def __init__(self, app: Flask, pause: float, tell_pages: Callable[[Flask, int], None]) -> None:
        """`tell_pages` is given the app and the room."""
        self._app, self._pause, self._tell_pages = app, pause, tell_pages
        self._due: set[int] = set()

    def touch(self, room_id: int) -> None:
        """What they hear changed."""
        if room_id not in self._due:
            self._due.add(room_id)
            gevent.spawn_later(self._pause, self._tell, room_id)

    def _tell(self, room_id: int) -> None:
        self._due.discard(room_id)
        try:
            with self._app.app_context():
                self._tell_pages(self._app, room_id)
        except Exception:
            log.exception("pages of a room could not be told")


def tell_order(app: Flask, room_id: int) -> None:
    """Tell those who answer which question comes first."""
    rooms: Watcher = app.extensions["rooms"]
    if any(who.may_answer for who in rooms.here(room_id)):
        tell(app, "to_answer", _order_of(room_id), to=answering(room_id))


def tell_queue(app: Flask, room_id: int) -> None:
    """Tell those who decide what waits: read once, told to each scope, nothing of another class."""
    rooms: Watcher = app.extensions["rooms"]
    scopes = [
        (sid, scope_of(who))
        for sid, who in rooms.lines(room_id)
        if who.watches or who.role == "teacher"
    ]
    if not scopes:
        return
    waiting = RoomQueue(room_id)
    known: dict[Scope, dict[str, Any]] = {}
    for sid, scope in scopes:
        if scope not in known:
            known[scope] = waiting.told_to(scope)
        tell(app, "queue", known[scope], to=sid)


def hear_rooms(app: Flask) -> None:
    """Fan out what happens in rooms."""
    app.extensions["rooms"] = Watcher(app)
    pusher = Gathering(app, PAUSE, tell_queue)
    order = Gathering(app, ORDER_PAUSE, tell_order)

    def on_move(event: RoomMoved) -> None:
        tell(app, "chat", event.event, to=everybody(event.room_id))
        if event.event["kind"] == "question":
            order.touch(event.room_id)

    def on_told(event: Told) -> None:
        tell(app, "mine", event.message, to=visitor_room(event.visitor_id))

    hear = app.extensions["events"].subscribe
    hear(RoomMoved, on_move)
    hear(Told, on_told)
    hear(QueueMoved, lambda event: pusher.touch(event.room_id))
    hear(AlarmRaised, lambda event: pusher.touch(event.room_id))
    hear(Excluded, lambda event: _show_out(app, event))
    hear(SessionChanged, lambda event: _ask_again(app, event.session_id))


def _show_out(app: Flask, event: Excluded) -> None:
    """End the pages of the room that a student has open, and no other line of theirs."""
    rooms: Watcher = app.extensions["rooms"]
    for sid, who in rooms.lines(event.room_id):
        if who.visitor == event.visitor_id:
            throw_out(app, sid)


def _ask_again(app: Flask, room_id: int) -> None:
    """A session changed: whoever has lost their place in it is let go."""
    if "lines" in app.extensions:
        with app.app_context():
            app.extensions["rooms"].ask_again(now(), room_id)


def watch_rooms(app: Flask) -> None:
    """Look after the rooms; in the serving process only."""
    watcher: Watcher = app.extensions["rooms"]
    gevent.spawn(watcher.run)

    def forget(caller: Caller) -> None:
        watcher.attendants.pop(caller.sid, None)

    on_leave(forget)


on_arrive(greet)
