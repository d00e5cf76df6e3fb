"""The WebSocket transport under engineio, safe for readers who are slow, silent or hostile.

The stock one (simple-websocket 1.1.0) ignores how much a `send` really sent, which tears the
stream of a slow reader, lets two greenlets send at once, and always accepts permessage-deflate
(2.8 times the memory, half the throughput). Here every frame leaves whole or the line ends,
and frames are never compressed. app/live/clients.py bounds what waits for a reader.
"""

import logging
import socket
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import gevent
from engineio import Server as Engine
from gevent.lock import BoundedSemaphore
from wsproto import ConnectionType, WSConnection
from wsproto.events import (
    AcceptConnection,
    BytesMessage,
    CloseConnection,
    Event,
    Ping,
    Pong,
    Request,
    TextMessage,
)
from wsproto.frame_protocol import CloseReason
from wsproto.utilities import LocalProtocolError, RemoteProtocolError

log = logging.getLogger(__name__)
LARGEST = 16 * 1024
"""Bytes of one message, or of one request of long polling, that a client may send."""
PATIENCE = 10.0
"""Seconds that one frame may take to leave."""
SEND_BUFFER = 64 * 1024
"""Bytes that the system keeps for a reader who has stopped; Linux doubles it."""
TEXT = 0x81
"""The first byte of a frame that holds a whole text."""
Environ = dict[str, Any]
StartResponse = Callable[..., Any]


class WebSocket:
    """One WebSocket, as engineio asks for it: called as a WSGI application, then send and wait.

    It reads in the greenlet of its request: no second one per client.
    """

    def __init__(self, handler: Callable[["WebSocket"], Any], _engine: Engine) -> None:
        self._handler = handler
        self._client = handler.__self__  # type: ignore[attr-defined]  # a method of its client
        self._protocol = WSConnection(ConnectionType.SERVER)
        self._turn = BoundedSemaphore(1)
        self._is_over = False
        self._takes = False
        """Whether texts may be sent: from the handshake to the goodbye of either side."""
        self._parts: list[str] = []

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Shake hands, then let engineio talk until one side ends it."""
        self._reader = environ["wsgi.input"]  # for a WebSocket gevent gives the bare file
        self._line = self._reader.raw._sock  # noqa: SLF001  gevent's server gives it nowhere else
        try:
            welcome = self._shake_hands(environ)
        except (LocalProtocolError, RemoteProtocolError):
            start_response("400 Bad Request", [("Content-Length", "0")])
            return []
        self._line.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
        self._bare = self._line._sock  # noqa: SLF001  gevent's own would wait
        self._client.line = self
        try:
            self._push(welcome)
            self._takes = True
            self._handler(self)
        except OSError:
            log.debug("a line broke", exc_info=True)
        finally:
            self.end()
            self._reader.close()  # what is left in it is no request
        return []

    def _shake_hands(self, environ: Environ) -> bytes:
        headers = [
            (name[5:].replace("_", "-").lower().encode(), value.encode("latin-1"))
            for name, value in environ.items()
            if name.startswith("HTTP_")
        ]
        self._protocol.initiate_upgrade_connection(headers, "/")
        if not isinstance(next(iter(self._protocol.events()), None), Request):
            raise RemoteProtocolError("not a handshake")
        return self._protocol.send(AcceptConnection())  # without extensions: no compression

    def send(self, message: str) -> None:
        """Send a text, whole. Raises OSError when the line is over or the reader too slow."""
        if not self._takes:
            raise ConnectionError("the line is closing")
        self._push(frame_of(message))

    def _encode(self, event: Event) -> bytes:
        try:
            return self._protocol.send(event)
        except LocalProtocolError as error:
            raise ConnectionError("the line is closing") from error

    def _push(self, data: bytes) -> None:
        """Send bytes, never between the bytes of another frame."""
        with self._turn:
            self._write(data)

    def _write(self, data: bytes) -> None:
        """Send bytes in one's turn. Raises OSError when the line is over or the reader too slow."""
        if self._is_over:
            raise ConnectionError("the line is over")
        try:
            with gevent.Timeout(PATIENCE, TimeoutError("the reader is too slow")):
                self._line.sendall(data)
        except OSError:
            self.end()  # a frame may be torn: nothing may follow it
            raise

    def send_at_once(self, message: str) -> bool:
        """Send a text if the system takes it without waiting; False when it must wait its turn."""
        if not self._takes or self._turn.locked():
            return False
        frame = frame_of(message)
        try:
            sent = self._bare.send(frame)
        except BlockingIOError:
            return False  # it takes nothing now
        except OSError:
            self.end()
            return True
        if sent < len(frame):
            self._turn.acquire()  # free: nobody else has run since
            gevent.spawn(self._send_rest, frame[sent:])
        return True

    def _send_rest(self, data: bytes) -> None:
        """Send the end of a frame whose beginning has left; the turn was kept for it."""
        try:
            self._write(data)
        except OSError:
            log.debug("a line broke", exc_info=True)
        finally:
            self._turn.release()

    def wait(self) -> str | None:
        """The next message for engineio; None when the line is over."""
        while not self._is_over:
            try:
                for event in self._protocol.events():
                    message = self._hear(event)
                    if message is not None:
                        return message
                self._protocol.receive_data(self._reader.read1(LARGEST) or None)
            except RemoteProtocolError:
                self._leave(CloseReason.PROTOCOL_ERROR)
            except (OSError, ValueError, LocalProtocolError):
                self.end()
        return None

    def _hear(self, event: Event) -> str | None:
        """What one frame brings: a whole message, or nothing yet."""
        match event:
            case TextMessage():
                return self._gather(event)
            case Ping():
                self._push(self._encode(event.response()))
            case Pong():
                pass
            case CloseConnection():
                self._leave(event.code)
            case BytesMessage():
                self._leave(CloseReason.UNSUPPORTED_DATA)
        return None

    def _gather(self, event: TextMessage) -> str | None:
        self._parts.append(event.data)
        if sum(map(len, self._parts)) > LARGEST:
            self._leave(CloseReason.MESSAGE_TOO_BIG)
        elif event.message_finished:
            message = "".join(self._parts)
            self._parts.clear()
            if message[:1] in "0123456" and message:
                return message
            self._leave(CloseReason.PROTOCOL_ERROR)
        return None

    def close(self) -> None:
        """Say goodbye, as far as the reader listens, and end the line."""
        self._leave(CloseReason.NORMAL_CLOSURE)

    def _leave(self, code: int) -> None:
        self._takes = False
        try:
            self._push(self._encode(CloseConnection(code)))
        except OSError:
            log.debug("left without goodbye")
        self.end()

    def end(self) -> None:
        """Wake whoever reads or sends; gevent's server closes the socket."""
        if self._is_over:
            return
        self._is_over, self._takes = True, False
        try:
            self._line.shutdown(socket.SHUT_RDWR)
        except OSError:
            log.debug("the line was down already")


@lru_cache(maxsize=8)
def frame_of(message: str) -> bytes:
    """A text as one frame of RFC 6455 (section 5.2): made once for all who are told the same.

    wsproto takes longer for it than the system for sending it.
    """
    body = message.encode()
    size = len(body)
    if size < 126:
        return bytes((TEXT, size)) + body
    if size < 1 << 16:
        return bytes((TEXT, 126)) + size.to_bytes(2) + body
    return bytes((TEXT, 127)) + size.to_bytes(8) + body
