"""A load client that costs little: one thread, one epoll, prepared requests, kept connections.

It runs in a process of its own, so that it shares no interpreter with what it measures.
"""

import multiprocessing
import selectors
import socket
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

HEAD_END = b"\r\n\r\n"
LENGTH = b"\r\nContent-Length: "
PIECE = 1 << 18


@dataclass(frozen=True)
class Stream:
    """Requests for one server: as fast as the connections allow, or `rate` a second.

    At a rate (an open loop) a request is due whether or not those before it were answered, and
    its latency counts from when it was due.
    """

    port: int
    requests: Sequence[bytes]
    connections: int = 32
    rate: float = 0.0


@dataclass
class Result:
    """What came back: a status and a latency (seconds) for each request that was answered."""

    seconds: float = 0.0
    status: dict[int, int] = field(default_factory=dict)
    latency: list[float] = field(default_factory=list)
    sizes: int = 0
    lost: int = 0
    """Connections that the server ended before it answered."""
    odd: bytes = b""
    """The beginning of the last answer that was neither 200, 204 nor 304."""

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.status) / self.seconds

    def expect(self, *status: int) -> "Result":
        """Raise when an answer had another status or never came."""
        wrong = {code for code in self.status.values() if code not in status}
        if wrong or self.lost:
            raise RuntimeError(f"statuses {wrong}, {self.lost} lost: {self.odd!r}")
        return self


class _Connection:
    """One kept connection: at most one request is under way."""

    def __init__(self, run: "_Run") -> None:
        self.run = run
        self.socket = socket.create_connection(("127.0.0.1", run.stream.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)
        self.number = -1
        self.since = 0.0
        self._buffer = b""
        self._wanted = 0

    def send(self, number: int, since: float) -> None:
        self.number, self.since, self._buffer, self._wanted = number, since, b"", 0
        try:
            self.socket.send(self.run.stream.requests[number])
        except OSError:
            self.run.lose(self)

    def receive(self) -> None:
        try:
            piece = self.socket.recv(PIECE)
        except OSError:
            piece = b""
        if not piece:
            self.run.lose(self)
            return
        self._buffer = self._buffer + piece if self._buffer else piece
        if not self._wanted:
            self._wanted = _whole(self._buffer)
        if self._wanted and len(self._buffer) >= self._wanted:
            self.run.take(self, self._buffer)


def _whole(buffer: bytes) -> int:
    """The length of the answer that begins here, 0 while its head is not whole."""
    end = buffer.find(HEAD_END)
    if end < 0:
        return 0
    at = buffer.find(LENGTH, 0, end + 2)
    if at < 0:
        return end + 4
    at += len(LENGTH)
    return end + 4 + int(buffer[at : buffer.index(b"\r", at)])


class _Run:
    """One stream on its way."""

    def __init__(self, stream: Stream, selector: selectors.BaseSelector) -> None:
        self.stream = stream
        self.result = Result()
        self._selector = selector
        self._next = 0
        self._started = 0.0
        self._idle: list[_Connection] = []
        count = min(stream.connections, len(stream.requests))
        self._open = {_Connection(self) for _ in range(count)}
        for connection in self._open:
            selector.register(connection.socket, selectors.EVENT_READ, connection)
            self._idle.append(connection)

    @property
    def is_done(self) -> bool:
        is_sent = self._next >= len(self.stream.requests)
        return not self._open or (is_sent and len(self._idle) == len(self._open))

    def start(self) -> None:
        self._started = time.perf_counter()

    def advance(self) -> float:
        """Send what is due; seconds until the next one is."""
        stream = self.stream
        while self._idle and self._next < len(stream.requests):
            now = time.perf_counter()
            due = self._started + self._next / stream.rate if stream.rate else now
            if due > now:
                return due - now
            self._next += 1
            self._idle.pop().send(self._next - 1, due)
        return 1.0

    def take(self, connection: _Connection, answer: bytes) -> None:
        result, status = self.result, int(answer[9:12])
        now = time.perf_counter()
        result.status[connection.number] = status
        result.latency.append(now - connection.since)
        result.sizes += len(answer)
        result.seconds = now - self._started
        if status not in (200, 204, 304):
            result.odd = answer[:600]
        self._idle.append(connection)

    def lose(self, connection: _Connection) -> None:
        self.result.lost += 1
        self._selector.unregister(connection.socket)
        connection.socket.close()
        self._open.discard(connection)


def run(streams: Sequence[Stream]) -> list[Result]:
    """Send all streams beside each other, in this process."""
    with selectors.DefaultSelector() as selector:
        runs = [_Run(stream, selector) for stream in streams]
        for one in runs:
            one.start()
        while not all(one.is_done for one in runs):
            pause = min(one.advance() for one in runs)
            for key, _events in selector.select(pause):
                key.data.receive()
        for key in list(selector.get_map().values()):
            key.data.socket.close()
    return [one.result for one in runs]


def run_apart(*streams: Stream) -> list[Result]:
    """Send all streams beside each other, from a process of its own."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(run, streams).result()
