"""A TCP relay that can stop forwarding, as a network does that goes without saying goodbye."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from typing import Literal

WebSockets = Literal["pass", "refused", "swallowed"]
FORBIDDEN = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Relay:
    """Passes bytes on between a port of its own and another, until told to be silent.

    Silent, it reads nothing and closes nothing: neither side is told anything. A school's proxy may
    refuse WebSockets, or swallow them without a word.
    """

    def __init__(self, target: int, websockets: WebSockets = "pass") -> None:
        self._target = target
        self._websockets = websockets
        self._talks = threading.Event()
        self._talks.set()
        self._sockets: list[socket.socket] = []
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._welcome, daemon=True).start()

    def fall_silent(self) -> None:
        """Forward nothing more, on old connections and new ones."""
        self._talks.clear()

    def talk_again(self) -> None:
        """Forward again what waits, as a network does that comes back."""
        self._talks.set()

    def close(self) -> None:
        """End it, and all that went through it."""
        self._talks.set()
        for one in (self._door, *self._sockets):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _welcome(self) -> None:
        while True:
            try:
                here, _address = self._door.accept()
            except OSError:
                return
            try:
                there = socket.create_connection(("127.0.0.1", self._target))
            except OSError:
                here.close()  # the site is away: so is this connection, and the next may work
                continue
            self._sockets += [here, there]
            for ends in ((here, there), (there, here)):
                threading.Thread(target=self._pass_on, args=ends, daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                self._talks.wait()
                if self._websockets != "pass" and b"upgrade: websocket" in data.lower():
                    self._block(source)
                    return
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)

    def _block(self, source: socket.socket) -> None:
        if self._websockets == "refused":
            source.sendall(FORBIDDEN)
            source.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def relay_to(port: int, websockets: WebSockets = "pass") -> Iterator[Relay]:
    """A relay to a port of this machine."""
    relay = Relay(port, websockets)
    try:
        yield relay
    finally:
        relay.close()
