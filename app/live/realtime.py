"""The live line: the one place where the events that pages send are registered and answered.

A room of app.live registers a handler with the model of what is said, who may say it and how
often. At every event the audience is asked anew: what it fetches from the database, and not the
session that was copied when the line was opened, says who somebody is now.

    class Look(Said):
        yaw: float

    @on("look", Look, audience=student_of_line, per_second=10)
    def look(student: Student, said: Look) -> None: ...

This module knows nothing of sockets: commands and the worker import it for nothing.
app/live/wiring.py opens the line in the serving process.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from werkzeug.exceptions import HTTPException

from app.core.errors import Refusal
from app.core.locale import speaking
from app.live.limits import Bucket

log = logging.getLogger(__name__)
Ack = dict[str, Any]


class Said(BaseModel):
    """What a page says with an event. No unknown field; docs/live.md lists them."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Hello(Said):
    """What a page says when it opens its line: what it shows, never who it is."""

    classroom: str | None = Field(default=None, max_length=16)
    """The slug of a classroom whose board the page shows; none for a student."""
    room: str | None = Field(default=None, max_length=16)
    """The slug of a session whose room the page shows."""
    side: Literal["student", "staff"] = "student"
    """On which side of a room the page is: one browser may hold a student's place and a login."""
    seq: int = Field(default=0, ge=0)
    """The number of the last event of the room that the page has; 0 when it has none."""
    tour: str | None = Field(None, max_length=80)
    """The slug of the tour in which a student is."""
    scene: str | None = Field(None, max_length=80)
    language: str | None = Field(default=None, max_length=35)
    """What the page is written in, as its `lang`: browsers do not always say it when they open a
    line. Any language may stand there (translators of browsers write their own, up to the 35
    letters of RFC 5646, section 4.4.1): one that is not ours leaves the browser's wish."""

    @property
    def is_of_staff(self) -> bool:
        """Whether the page shows the adults' side, whoever else sits at this machine."""
        return bool(self.classroom) or self.side == "staff"


@dataclass(frozen=True)
class Caller:
    """Somebody at the other end of a line, as they were when it was opened.

    `session` is a copy of Flask's: its numbers must be looked up before they are believed.
    """

    sid: str
    session: Mapping[str, Any]
    language: str
    hello: Hello


S = TypeVar("S", bound=Said)
Who = TypeVar("Who")
Audience = Callable[[Caller, S], Who]
"""Fetches and authorises, from the database: returns who speaks (or the object they may touch),
which the handler gets first. Raises `Refusal(…, status=404)` for what is not theirs, 410 for a
caller who is nobody any more: their line is ended."""
Do = Callable[[Who, S], Ack | None]


@dataclass(frozen=True)
class Handler(Generic[Who, S]):
    """One event that pages may send."""

    name: str
    model: type[S]
    audience: Audience[S, Who]
    per_second: float
    burst: float
    do: Do[Who, S]

    def answer(self, caller: Caller, body: object) -> Ack:
        """Check what is said, and who says it, then do it. Never raises; needs an app context."""
        try:
            said = self.model.model_validate({} if body is None else body)
            return self.do(self.audience(caller, said), said) or {}
        except ValidationError as error:
            where = ".".join(map(str, error.errors()[0]["loc"])) or None
            return refuse("bad_message", field=where)
        except Refusal as error:
            code = CODES.get(error.status, error.code)
            return refuse(code, str(error.message), error.field)
        except HTTPException as error:
            return refuse(CODES.get(error.code or 500, "failed"))
        except Exception:
            log.exception("a live event failed", extra={"event": self.name})
            return refuse("failed")


HANDLERS: dict[str, Handler[Any, Any]] = {}
"""Every event, by name: what tests go through, role by role."""
RESERVED = frozenset({"connect", "connect_error", "disconnect", "disconnecting"})
CODES = {404: "not_yours", 410: "gone", 429: "too_fast"}
MESSAGES = {
    "bad_message": _l("Ce message n’a pas été compris : il suffit de recharger la page."),
    "too_fast": _l("Trop vite : une chose à la fois."),
    "not_yours": _l("Cela n’existe pas, ou plus."),
    "gone": _l("Cette place n’est plus ouverte."),
    "failed": _l(
        "Quelque chose s’est cassé de notre côté. Rien n’est perdu : il suffit de recommencer."
    ),
}
"""What a page shows when the refusal brings no sentence of its own."""


def on(
    name: str,
    model: type[S],
    *,
    audience: Audience[S, Who],
    per_second: float,
    burst: float | None = None,
) -> Callable[[Do[Who, S]], Do[Who, S]]:
    """Register what answers an event.

    A line may send it `per_second` times a second, and `burst` times at once (twice as many
    unless told otherwise, at least 2). What the handler returns is the acknowledgement.
    """
    if name in HANDLERS or name in RESERVED:
        raise RuntimeError(f"there is a live event {name} already")
    if model.model_config.get("extra") != "forbid":
        raise RuntimeError(f"the model of {name} takes unknown fields")

    def register(do: Do[Who, S]) -> Do[Who, S]:
        most = max(2.0, per_second * 2) if burst is None else burst
        HANDLERS[name] = Handler(name, model, audience, per_second, most, do)
        return do

    return register


def refuse(code: str, message: str | None = None, field: str | None = None) -> Ack:
    """A refusal as pages get it, in the language that is spoken."""
    text = message or str(MESSAGES.get(code, MESSAGES["failed"]))
    return {"error": {"code": code, "message": text, "field": field}}


Admit = Callable[[Caller], Iterable[str]]
Hear = Callable[[Caller], None]
ADMITS: list[Admit] = []
ARRIVALS: list[Hear] = []
DEPARTURES: list[Hear] = []


def admit(hook: Admit) -> Admit:
    """Ask `hook` for the rooms of whoever opens a line; who gets none from any hook is refused.

    A hook gives nothing for those who are not its own; a `Refusal` of a hook ends the matter.
    """
    ADMITS.append(hook)
    return hook


def on_arrive(hook: Hear) -> Hear:
    """Tell `hook` of everybody who was admitted, once they are in their rooms."""
    ARRIVALS.append(hook)
    return hook


def on_leave(hook: Hear) -> Hear:
    """Tell `hook` of everybody whose line has ended, once, a moment after it did.

    They may be back by then, or have another line: `lines_in` says who is there.
    """
    DEPARTURES.append(hook)
    return hook


@dataclass
class Line:
    """An open line: who is there, in which rooms, and how fast they speak."""

    caller: Caller
    rooms: frozenset[str]
    _buckets: dict[str, Bucket] = field(default_factory=dict)

    def answer(self, app: Flask, name: str, body: object) -> Ack:
        """Answer one event, in the caller's language, with a database session of its own."""
        with app.app_context(), speaking(self.caller.language):
            handler = HANDLERS.get(name)
            if handler is None:
                return refuse("bad_message")
            if not self._may_say(handler):
                return refuse("too_fast")
            return handler.answer(self.caller, body)

    def _may_say(self, handler: Handler[Any, Any]) -> bool:
        bucket = self._buckets.get(handler.name)
        if bucket is None:
            bucket = Bucket(handler.per_second, handler.burst)
            self._buckets[handler.name] = bucket
        return bucket.take()


class Lines:
    """All open lines, found by their sid or by a room: thousands are open, a room holds few."""

    def __init__(self, lines: Iterable[Line] = ()) -> None:
        self._lines: dict[str, Line] = {}
        self._rooms: dict[str, dict[str, Line]] = {}
        for line in lines:
            self.add(line)

    def __iter__(self) -> Iterator[Line]:
        """Each of them, as they are now: they may come and go meanwhile."""
        return iter(list(self._lines.values()))

    def add(self, line: Line) -> None:
        """A line was admitted."""
        self._lines[line.caller.sid] = line
        for room in line.rooms:
            self._rooms.setdefault(room, {})[line.caller.sid] = line

    def get(self, sid: str) -> Line | None:
        """The line of this sid, if it is open."""
        return self._lines.get(sid)

    def pop(self, sid: str) -> Line | None:
        """A line ended; it, if it was open."""
        line = self._lines.pop(sid, None)
        for room in line.rooms if line else ():
            inside = self._rooms[room]
            del inside[sid]
            if not inside:
                del self._rooms[room]
        return line

    def within(self, room: str) -> list[Line]:
        """Those that hear a room, in the order in which they came."""
        return list(self._rooms.get(room, {}).values())


def rooms_for(caller: Caller) -> frozenset[str]:
    """The rooms that the hooks give a caller. Raises Refusal when there is none."""
    rooms = frozenset(room for hook in ADMITS for room in hook(caller))
    if not rooms:
        raise Refusal("not_yours", _("Cela n’existe pas, ou plus."), 404)
    return rooms


def announce(hooks: list[Hear], caller: Caller) -> None:
    """Tell the hooks of a caller. One that fails is logged; the others still hear."""
    for hook in hooks:
        try:
            hook(caller)
        except Exception:
            log.exception("a hook of the live line failed", extra={"hook": hook.__name__})


def tell(app: Flask, event: str, body: Mapping[str, Any], *, to: str) -> None:
    """Push an event to a room, or to one line by its sid. Nobody hears it outside of `serve`.

    From any greenlet, with or without a context; encoded once, never waits.
    """
    live = app.extensions.get("socketio")
    if live is not None:
        live.emit(event, body, to=to)


def open_lines(app: Flask) -> Lines:
    """All lines of this process; outside of `serve` there is none."""
    lines: Lines = app.extensions.get("lines") or Lines()
    return lines


def lines_in(app: Flask, room: str) -> list[Caller]:
    """Who is in a room now, a caller for each line: somebody may have two."""
    return [line.caller for line in open_lines(app).within(room)]


def throw_out(app: Flask, whom: str) -> None:
    """End the lines of a room, or one line by its sid: a card was revoked, a classroom closed."""
    lines = open_lines(app)
    one = lines.get(whom)
    for line in [one] if one else lines.within(whom):
        app.extensions["hang_up"](line.caller.sid)
