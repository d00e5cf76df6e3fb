"""Many lines to /live at once, by hand on asyncio: a client that costs less than the server.

It speaks WebSocket as far as the server does to it: whole frames, nothing compressed.
"""

import asyncio
import os
from collections.abc import Callable
from typing import Self

import orjson

OPEN = (
    "GET /live/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
    "Origin: http://127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ZGVhbWJ1bGUtYmVuY2gxMg==\r\n"
    "Cookie: {cookie}\r\nAccept-Language: fr\r\n\r\n"
)


class Line:
    """One line; `hear` is told the name and the raw JSON of every push."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        hear: Callable[[bytes], None],
    ) -> None:
        self._reader, self._writer, self._hear = reader, writer, hear
        self._answers: dict[int, asyncio.Future[bytes]] = {}
        self._number = 0
        self._task: asyncio.Task[None] | None = None

    @classmethod
    async def open(
        cls, port: int, cookie: str, hello: dict[str, str], hear: Callable[[bytes], None]
    ) -> Self:
        """Open a line and be admitted. Raises RuntimeError when one is not."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(OPEN.format(port=port, cookie=cookie).encode())
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 101 " not in head:
            raise RuntimeError(f"no line: {head[:200]!r}")
        line = cls(reader, writer, hear)
        await line._read()
        line._send(b"40" + orjson.dumps(hello))
        answer = await line._read()
        while not answer.startswith((b"40", b"44")):
            answer = await line._read()
        if answer.startswith(b"44"):
            raise RuntimeError(f"not admitted: {answer!r}")
        line._task = asyncio.create_task(line._listen())
        return line

    async def ask(self, name: str, body: object) -> None:
        """Say an event, and wait for its acknowledgement. Raises RuntimeError when refused."""
        self._number += 1
        answer = asyncio.get_running_loop().create_future()
        self._answers[self._number] = answer
        self._send(b"42%d" % self._number + orjson.dumps([name, body]))
        told = await answer
        if b'"error"' in told:
            raise RuntimeError(f"{name}: {told!r}")

    def close(self) -> None:
        """Hang up."""
        if self._task:
            self._task.cancel()
        self._writer.close()

    async def _listen(self) -> None:
        while True:
            packet = await self._read()
            if packet == b"2":
                self._send(b"3")
            elif packet.startswith(b"42"):
                self._hear(packet)
            elif packet.startswith(b"43"):
                number = int(packet[2 : packet.index(b"[")])
                self._answers.pop(number).set_result(packet)

    async def _read(self) -> bytes:
        """The next text frame."""
        while True:
            first, second = await self._reader.readexactly(2)
            size = second & 127
            if size > 125:
                size = int.from_bytes(await self._reader.readexactly(2 if size == 126 else 8))
            body = await self._reader.readexactly(size)
            if first & 15 == 1:
                return body
            if first & 15 == 8:
                raise RuntimeError(f"the server hung up: {body!r}")

    def _send(self, body: bytes) -> None:
        mask = os.urandom(4)
        size = len(body)
        long = bytes([0x80 | size]) if size < 126 else b"\xfe" + size.to_bytes(2)
        whole = int.from_bytes(body) ^ int.from_bytes((mask * (size // 4 + 1))[:size])
        self._writer.write(b"\x81" + long + mask + whole.to_bytes(size))
