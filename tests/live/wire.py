"""Socket.IO by hand, over WebSocket and long polling: to say what no client would say."""

import json
import socket
import threading
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from http.client import HTTPException
from typing import Any, Self
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import websocket

PATIENCE = 15.0
LONGEST_WAIT = 120.0
"""Seconds in which something comes besides pings, or the test fails."""


def cookie_for(url: str, path: str) -> str:
    """The session cookie that a page gives."""
    with urlopen(url + path, timeout=PATIENCE) as answer:
        return str(answer.headers["Set-Cookie"]).partition(";")[0]


def encode(name: str, body: object, number: int) -> str:
    """An event that wants an acknowledgement."""
    return f"42{number}{json.dumps([name, body])}"


class Wire:
    """A WebSocket to /live. `buffer` makes the system keep few bytes for a reader who stops."""

    def __init__(self, url: str, cookie: str = "", *, buffer: int = 0, origin: str = "") -> None:
        options = [(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)] if buffer else []
        self.socket = websocket.create_connection(
            url.replace("http", "ws", 1) + "/live/?EIO=4&transport=websocket",
            cookie=cookie or None,
            origin=origin or url,
            sockopt=options,
            timeout=PATIENCE,
        )
        self.opened = json.loads(self.socket.recv()[1:])
        self.pushed: list[tuple[str, Any]] = []
        self.frames: list[str] = []
        """All that came, as it came."""
        self._number = 0

    def enter(self, **hello: Any) -> Self:
        """Ask to be admitted, and be it."""
        answer = self.knock(**hello)
        assert answer.startswith("40"), answer
        return self

    def knock(self, **hello: Any) -> str:
        """Ask to be admitted; the raw answer."""
        self.socket.send(f"40{json.dumps(hello)}")
        return self._read("40", "44")

    def ask(self, name: str, body: object = None) -> Any:
        """Say an event; its acknowledgement."""
        self._number += 1
        self.socket.send(encode(name, body, self._number))
        start = f"43{self._number}"
        return json.loads(self._read(start).removeprefix(start))[0]

    def ask_at_once(self, name: str, bodies: Sequence[object]) -> list[Any]:
        """Say an event many times without a pause; the acknowledgements, in the order said."""
        for number, body in enumerate(bodies):
            self.socket.send(encode(name, body, number))
        answers = (self._read("43").removeprefix("43").partition("[") for _body in bodies)
        came = {int(number): json.loads(f"[{rest}")[0] for number, _bracket, rest in answers}
        return [came[number] for number in range(len(bodies))]

    def hear(self, name: str) -> Any:
        """The body of the next push of that name."""
        while True:
            for index, (event, body) in enumerate(self.pushed):
                if event == name:
                    del self.pushed[index]
                    return body
            self._keep(self.read())

    def read(self, longest: float = LONGEST_WAIT) -> str:
        """The next packet; pings are answered. Raises when the line is over, or only pings come."""
        end = time.monotonic() + longest
        while time.monotonic() < end:
            text = str(self.socket.recv())
            self.frames.append(text)
            if text != "2":
                return text
            self.socket.send("3")
        raise websocket.WebSocketTimeoutException("nothing but pings came")

    def read_all(self, quiet: float = 1.0) -> str:
        """All that came, until the line is quiet for so many seconds, or over."""
        self.socket.settimeout(quiet)
        with suppress(websocket.WebSocketException, OSError):
            while True:
                self._keep(self.read())
        self.socket.settimeout(PATIENCE)
        return "\n".join(self.frames)

    def is_over(self) -> bool:
        """Whether the server ends it, though its pings are answered; waits for that."""
        until = time.monotonic() + PATIENCE
        try:
            while (left := until - time.monotonic()) > 0:
                self.socket.settimeout(left)
                if not self.read(left):
                    return True
        except websocket.WebSocketTimeoutException:
            return False
        except (websocket.WebSocketException, OSError):
            return True
        return False

    def close(self) -> None:
        """Hang up."""
        self.socket.shutdown()  # type: ignore[no-untyped-call]  # untyped there

    def _read(self, *starts: str) -> str:
        while True:
            text = self.read()
            if text.startswith(starts):
                return text
            self._keep(text)

    def _keep(self, text: str) -> None:
        if text.startswith("42"):
            name, body = json.loads(text[2:])
            self.pushed.append((name, body))


def stay(lines: Iterable[Wire]) -> None:
    """Answer the pings of everybody: a line that answers none is ended."""
    for line in lines:
        line.read_all(0.02)


class Poller:
    """Long polling, without any WebSocket."""

    def __init__(self, url: str, cookie: str = "") -> None:
        self._url = f"{url}/live/?EIO=4&transport=polling"
        self._cookie = cookie
        self.headers: dict[str, str] = {}
        opened = json.loads(self.get()[0][1:])
        self._url += f"&sid={opened['sid']}"
        self.waiting: list[str] = []

    def get(self) -> list[str]:
        """The next packets."""
        return self._ask(None).split("\x1e")

    def post(self, *packets: str) -> str:
        """Send packets."""
        return self._ask("\x1e".join(packets).encode())

    def enter(self, **hello: Any) -> Self:
        """Be admitted."""
        self.post(f"40{json.dumps(hello)}")
        assert self.read("40", "44").startswith("40")
        return self

    def hear(self, name: str) -> Any:
        """The body of the next push of that name."""
        return json.loads(self.read(f'42["{name}"').removeprefix("42"))[1]

    def ask(self, name: str, body: object = None, number: int = 0) -> Any:
        """Say an event; its acknowledgement."""
        self.post(encode(name, body, number))
        return json.loads(self.read(f"43{number}").removeprefix(f"43{number}"))[0]

    def read(self, *starts: str) -> str:
        """The next packet that starts so; pings are answered, the others are kept."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for packet in self.waiting:
                if packet.startswith(starts):
                    self.waiting.remove(packet)
                    return packet
            for packet in self.get():
                if packet == "2":
                    self.post("3")
                else:
                    self.waiting.append(packet)
        raise TimeoutError(starts)

    def _ask(self, body: bytes | None) -> str:
        request = Request(self._url, body, {"Cookie": self._cookie})
        with urlopen(request, timeout=PATIENCE) as answer:
            self.headers = dict(answer.headers)
            return str(answer.read().decode())


class PollingPage(Poller):
    """Long polling as a page does it: it asks all the time, whatever else it does."""

    def __init__(self, url: str, cookie: str = "") -> None:
        super().__init__(url, cookie)
        self._came = threading.Condition()
        self._is_left = False

    def enter(self, **hello: Any) -> Self:
        """Be admitted, and listen from then on."""
        threading.Thread(target=self._poll, daemon=True).start()
        return super().enter(**hello)

    def read(self, *starts: str) -> str:
        """The next packet that starts so; the others are kept."""
        with self._came:
            if not self._came.wait_for(lambda: self._first(starts) is not None, PATIENCE):
                raise TimeoutError(starts)
            packet = self._first(starts)
            assert packet is not None
            self.waiting.remove(packet)
        return packet

    def close(self) -> None:
        """Ask for nothing more."""
        self._is_left = True

    def _first(self, starts: tuple[str, ...]) -> str | None:
        return next((packet for packet in self.waiting if packet.startswith(starts)), None)

    def _poll(self) -> None:
        with suppress(OSError, HTTPException):  # the server ended, or the line did
            while not self._is_left:
                for packet in self.get():
                    self._keep(packet)

    def _keep(self, packet: str) -> None:
        if packet == "2":
            self.post("3")
            return
        with self._came:
            self.waiting.append(packet)
            self._came.notify_all()


def status_of(url: str, body: bytes | None = None, **headers: str) -> int:
    """What a bare request is answered."""
    try:
        with urlopen(Request(url, body, headers), timeout=PATIENCE) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code
