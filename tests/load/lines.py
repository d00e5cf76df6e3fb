"""Many lines to /live at once, by hand on asyncio: a client that costs less than the server.

It speaks WebSocket as far as the servers do to it: whole frames, nothing compressed. A packet is
heard in the call in which its bytes came, so that what is timed is the server and not the client.
"""

import asyncio
import os
from collections.abc import Callable, Mapping
from typing import Any, Self, cast

import orjson

OPEN = (
    "GET /live/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
    "Origin: http://127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ZGVhbWJ1bGUtYmVuY2gxMg==\r\n"
    "Cookie: {cookie}\r\nAccept-Language: fr\r\n\r\n"
)
HEAD_END = b"\r\n\r\n"
WITHIN = 60.0
"""Seconds for a line to be admitted."""


class Refused(RuntimeError):
    """The server understood, and said no."""

    def __init__(self, name: str, error: Mapping[str, Any]) -> None:
        super().__init__(name, error)
        self.code = str(error.get("code"))


class Line(asyncio.Protocol):
    """One line; `hear` is told the name and the raw JSON of every push."""

    def __init__(self, hear: Callable[[bytes], None]) -> None:
        self._over = asyncio.Event()
        self._hear = hear
        self._answers: dict[int, tuple[str, asyncio.Future[Any]]] = {}
        self._number = 0
        self._rest = b""
        self._is_open = False
        self._step: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    @classmethod
    async def open(
        cls, port: int, cookie: str, hello: Mapping[str, object], hear: Callable[[bytes], None]
    ) -> Self:
        """Open a line and be admitted. Raises RuntimeError when refused, OSError when cut."""
        loop = asyncio.get_running_loop()
        _transport, line = await loop.create_connection(lambda: cls(hear), "127.0.0.1", port)
        try:
            async with asyncio.timeout(WITHIN):
                await line._enter(OPEN.format(port=port, cookie=cookie).encode(), hello)
        except BaseException:
            line.close()
            raise
        return line

    async def _enter(self, request: bytes, hello: Mapping[str, object]) -> None:
        self._transport.write(request)
        await self._step
        self._step = asyncio.get_running_loop().create_future()
        self._send(b"40" + orjson.dumps(hello))
        answer = await self._step
        if answer.startswith(b"44"):
            raise RuntimeError(f"not admitted: {answer!r}")

    def say(self, name: str, body: object) -> asyncio.Future[Any]:
        """Say an event; its acknowledgement comes later, as `ask` gives it."""
        self._number += 1
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        if self._over.is_set():
            answer.set_exception(ConnectionError("the line is over"))
            return answer
        self._answers[self._number] = name, answer
        self._send(b"42%d" % self._number + orjson.dumps([name, body]))
        return answer

    async def ask(self, name: str, body: object) -> Any:
        """Say an event; its acknowledgement. Raises Refused, or ConnectionError when it is cut."""
        return await self.say(name, body)

    async def ended(self, event: asyncio.Event) -> None:
        """Wait until the line is over, or something else has happened."""
        waiting = [asyncio.ensure_future(one.wait()) for one in (self._over, event)]
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for one in waiting:
            one.cancel()

    def close(self) -> None:
        """Hang up."""
        self._transport.close()

    def cut(self) -> None:
        """End it without goodbye."""
        self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Asyncio's: the way to the server is there."""
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, _error: Exception | None) -> None:
        """Asyncio's: what was not acknowledged never will be."""
        self._over.set()
        waiting = [self._step, *(answer for _name, answer in self._answers.values())]
        self._answers.clear()
        for one in waiting:
            if not one.done():
                one.set_exception(ConnectionError("the line was cut"))
        if self._step.done() and not self._step.cancelled():
            self._step.exception()  # perhaps nobody waits for it: it was looked at

    def data_received(self, data: bytes) -> None:
        """Asyncio's: take every whole frame, keep the rest."""
        data = self._rest + data if self._rest else data
        start = 0
        if not self._is_open:
            end = data.find(HEAD_END)
            if end < 0:
                self._rest = data
                return
            self._check_head(data[:end])
            start = end + len(HEAD_END)
        while (frame := _frame_at(data, start)) is not None:
            kind, begin, start = frame
            if kind == 1:
                self._take(data[begin:start])
            elif kind == 8:
                self._transport.close()
        self._rest = data[start:]

    def _check_head(self, head: bytes) -> None:
        self._is_open = b" 101 " in head
        if not self._is_open:
            self._step.set_exception(RuntimeError(f"no line: {head[:200]!r}"))
            self._transport.abort()

    def _take(self, packet: bytes) -> None:
        if packet.startswith(b"42"):
            self._hear(packet)
        elif packet == b"2":
            self._send(b"3")
        elif packet.startswith(b"43"):
            at = packet.index(b"[")
            name, answer = self._answers.pop(int(packet[2:at]))
            if not answer.done():
                _settle(name, answer, orjson.loads(packet[at:]))
        elif not self._step.done():
            self._step.set_result(packet)

    def _send(self, body: bytes) -> None:
        mask = os.urandom(4)
        size = len(body)
        long = bytes([0x80 | size]) if size < 126 else b"\xfe" + size.to_bytes(2)
        whole = int.from_bytes(body) ^ int.from_bytes((mask * (size // 4 + 1))[:size])
        self._transport.write(b"\x81" + long + mask + whole.to_bytes(size))


def _settle(name: str, answer: "asyncio.Future[Any]", told: list[Any]) -> None:
    body = told[0] if told else {}
    if isinstance(body, dict) and "error" in body:
        answer.set_exception(Refused(name, body["error"]))
    else:
        answer.set_result(body)


def _frame_at(data: bytes, start: int) -> tuple[int, int, int] | None:
    """Kind, beginning and end of the frame at `start`; None while it is not whole."""
    have = len(data)
    if start + 2 > have:
        return None
    size, begin = data[start + 1] & 127, start + 2
    if size > 125:
        begin += 2 if size == 126 else 8
        if begin > have:
            return None
        size = int.from_bytes(data[start + 2 : begin])
    end = begin + size
    return (data[start] & 15, begin, end) if end <= have else None
