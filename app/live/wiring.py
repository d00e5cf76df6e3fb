"""Opens the live line in the serving process: Socket.IO at /live, its clients, their lives."""

import logging
import time
from functools import partial
from importlib.util import find_spec
from typing import Any

import gevent
from flask import Flask, session
from flask_socketio import SocketIO
from pydantic import ValidationError
from socketio import Server
from socketio.exceptions import ConnectionRefusedError as NotAdmitted
from socketio.packet import CONNECT, DISCONNECT, EVENT, Packet

from app.core.errors import Refusal
from app.core.locale import LANGUAGES, choose_language, speaking
from app.live.clients import make_safe
from app.live.limits import Bucket
from app.live.realtime import (
    ARRIVALS,
    DEPARTURES,
    RESERVED,
    Ack,
    Caller,
    Hear,
    Hello,
    Line,
    Lines,
    announce,
    refuse,
    rooms_for,
)
from app.live.transport import LARGEST

log = logging.getLogger(__name__)
PING_EVERY = 4
"""Seconds. A page that has heard nothing for PING_EVERY + PING_WITHIN knows that it is alone."""
PING_WITHIN = 4
"""Seconds for the answer; the server looks every second, and so knows within 9."""
STRANGER = 10.0
"""Seconds that a connection may stay without having been admitted."""
MOST_A_SECOND = 60
"""Messages of one connection, whatever they say; at twice as many at once it is ended."""
GOODBYE = 0.5
"""Seconds for the last words to somebody who is thrown out."""


class Spoken(Packet):
    """A Socket.IO packet, stricter than the standard: no binary, one namespace, one body."""

    uses_binary_events = False

    def decode(self, encoded_packet: object) -> int:
        """Raises ValueError for all that our pages never send."""
        is_text = isinstance(encoded_packet, str)
        attachments = super().decode(encoded_packet) if is_text else None
        if not is_text or attachments or self.packet_type not in {CONNECT, DISCONNECT, EVENT}:
            raise ValueError("a kind of packet that is not for here")
        if self.namespace not in {None, "/"}:
            raise ValueError("there is one namespace")
        if self.packet_type == EVENT:
            self._check_event()
        return 0

    def _check_event(self) -> None:
        said = self.data
        if not isinstance(said, list) or not 1 <= len(said) <= 2 or not isinstance(said[0], str):
            raise ValueError("an event is a name and a body")
        if said[0] in RESERVED:
            raise ValueError("a name that only the library may say")


def open_line(app: Flask) -> SocketIO:
    """Put Socket.IO around the app, at /live, on the safe transport.

    gevent-websocket must not be there: engineio would silently use it, and clients that speak
    WebSocket only would fail.
    """
    if find_spec("geventwebsocket"):
        raise RuntimeError("gevent-websocket must not be installed: pip uninstall gevent-websocket")
    live = SocketIO(
        app,
        path="/live",
        async_mode="gevent",
        async_handlers=False,  # one client's messages stay in order
        serializer=Spoken,
        json=app.json,
        manage_session=False,
        http_compression=False,
        allow_upgrades=False,  # a page tries WebSocket first, so nothing is left to upgrade
        max_http_buffer_size=LARGEST,
        ping_interval=PING_EVERY,
        ping_timeout=PING_WITHIN,
        monitor_clients=False,  # ours looks more often
        cors_allowed_origins=None,  # the same origin only
        logger=quiet("socketio"),
        engineio_logger=quiet("engineio"),
    )
    make_safe(live.server.eio)
    Switchboard(app, live.server)
    return live


def quiet(name: str) -> logging.Logger:
    """A logger for crashes only: what these libraries tell besides holds what people said."""
    logger = logging.getLogger(name)
    logger.setLevel(logging.ERROR)
    return logger


class Switchboard:
    """Who is connected: admits, passes on, looks after, and ends."""

    def __init__(self, app: Flask, server: Server) -> None:
        self._app = app
        self._server = server
        self._engine = server.eio
        self._speed: dict[str, Bucket] = {}
        self._strangers: dict[str, float] = {}
        self._watch: gevent.Greenlet[..., None] | None = None
        self.lines = Lines()
        app.extensions["lines"] = self.lines
        app.extensions["hang_up"] = self.hang_up
        app.extensions["hang_up_all"] = self.hang_up_all
        self._listen()

    def _listen(self) -> None:
        self._server.on("connect", self._connect)
        self._server.on("disconnect", self._disconnect)
        self._server.on("*", self._answer)
        handlers = self._engine.handlers
        self._engine.on("connect", partial(self._open, handlers["connect"]))
        self._engine.on("message", partial(self._hear, handlers["message"]))
        self._engine.on("disconnect", partial(self._close, handlers["disconnect"]))

    # --- connections, admitted or not

    def _open(self, pass_on: Any, eio_sid: str, environ: dict[str, Any]) -> Any:
        if self._watch is None:
            self._watch = gevent.spawn(self._look_after)
        self._speed[eio_sid] = Bucket(MOST_A_SECOND, MOST_A_SECOND * 2)
        self._strangers[eio_sid] = time.monotonic()
        return pass_on(eio_sid, environ)

    def _hear(self, pass_on: Any, eio_sid: str, data: object) -> None:
        """Pass a message on. Who speaks another language, or without end, is let go."""
        speed = self._speed.get(eio_sid)
        if speed is None or not speed.take():
            log.info("a line was ended: too many messages")
            self._cut(eio_sid)
            return
        try:
            pass_on(eio_sid, data)
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            log.info("a line was ended: not our language", extra={"kind": type(error).__name__})
            self._cut(eio_sid)

    def _close(self, pass_on: Any, eio_sid: str, reason: str) -> None:
        self._speed.pop(eio_sid, None)
        self._strangers.pop(eio_sid, None)
        pass_on(eio_sid, reason)

    def _cut(self, eio_sid: str) -> None:
        client = self._engine.sockets.get(eio_sid)
        if client is not None and not client.closed:
            client.close(wait=False)

    def _look_after(self) -> None:
        """Every second: end what is silent, and what never said what it came for."""
        while True:
            gevent.sleep(1)
            try:
                self._look_once(time.monotonic())
            except Exception:
                log.exception("looking after the lines failed")

    def _look_once(self, moment: float) -> None:
        for eio_sid, client in list(self._engine.sockets.items()):
            if client.closed:
                self._engine.sockets.pop(eio_sid, None)
            elif moment - self._strangers.get(eio_sid, moment) > STRANGER:
                self._cut(eio_sid)
            else:
                client.check_ping_timeout()

    # --- callers

    def _connect(self, sid: str, environ: dict[str, Any], said: object) -> None:
        """Admit a caller, or refuse with a reason that the page can show."""
        with self._app.request_context(environ):
            language, kept = choose_language(), dict(session)
        with self._app.app_context(), speaking(language):
            try:
                hello = Hello.model_validate(said or {})
                spoken = hello.language if hello.language in LANGUAGES else language
                caller = Caller(sid, kept, spoken, hello)
                rooms = rooms_for(caller)
            except Refusal as error:
                raise _turned_away(error.code, str(error.message), error.field) from error
            except ValidationError as error:
                raise _turned_away("bad_message") from error
            except Exception as error:
                log.exception("a line could not be opened")
                raise _turned_away("failed") from error
        self._let_in(Line(caller, rooms))

    def _let_in(self, line: Line) -> None:
        caller = line.caller
        self.lines.add(line)
        self._strangers.pop(self._server.manager.eio_sid_from_sid(caller.sid, "/"), None)
        for room in line.rooms:
            self._server.enter_room(caller.sid, room)
        self._tell_rooms(ARRIVALS, caller)

    def _answer(self, name: str, sid: str, body: object = None) -> Ack | None:
        line = self.lines.get(sid)
        if line is None:
            return None
        ack = line.answer(self._app, name, body)
        if ack.get("error", {}).get("code") == "gone":
            gevent.spawn(self.hang_up, sid)
        return ack

    def _disconnect(self, sid: str, _reason: str) -> None:
        """Tell the rooms, apart: whoever noticed the silence may be in the middle of a push."""
        line = self.lines.pop(sid)
        if line is not None:
            gevent.spawn(self._tell_rooms, DEPARTURES, line.caller)

    def _tell_rooms(self, hooks: list[Hear], caller: Caller) -> None:
        with self._app.app_context(), speaking(caller.language):
            announce(hooks, caller)

    def hang_up(self, sid: str) -> None:
        """End one line, after what was already said to it."""
        eio_sid = self._server.manager.eio_sid_from_sid(sid, "/")
        self._server.disconnect(sid)
        gevent.spawn_later(GOODBYE, self._cut, eio_sid)

    def hang_up_all(self) -> None:
        """End all lines."""
        for eio_sid in list(self._engine.sockets):
            self._cut(eio_sid)


def hang_up_all(app: Flask) -> None:
    """End all lines: the process stops, and the pages will find the next one."""
    app.extensions["hang_up_all"]()


def _turned_away(code: str, message: str | None = None, field: str | None = None) -> NotAdmitted:
    error = refuse(code, message, field)["error"]
    return NotAdmitted(error["message"], error)
