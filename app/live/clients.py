"""The clients of engineio under the live line: what waits for each, who is there, who is let go."""

import logging
import time
from collections import deque
from collections.abc import Iterable
from typing import Any, cast

import engineio.socket
import gevent
from engineio import Server as Engine
from engineio.exceptions import SocketIsClosedError
from engineio.packet import PING, Packet
from engineio.payload import Payload
from engineio.socket import Socket
from gevent.queue import JoinableQueue

from app.live.transport import Environ, StartResponse, WebSocket

log = logging.getLogger(__name__)
MOST_PACKETS = 256
MOST_LETTERS = 512 * 1024
"""What may wait for one reader, besides what the system keeps for it."""
ARE_YOU_THERE = Packet(PING)
ROUND = 0.02
"""Seconds between two looks at whose turn it is to be asked whether they are there."""
PACKETS_IN_A_POST = 128
"""A page that was offline sends all it kept at once; engineio would drop more than 16."""


class Waiting(JoinableQueue):  # type: ignore[type-arg]  # generic in its types only
    """What waits for one client. To wait until it is empty could take for ever: at most 1 s."""

    def join(self, timeout: float | None = None) -> Any:
        """Wait until all was taken, or a second."""
        return super().join(timeout=min(timeout or 1.0, 1.0))

    def is_overfull(self) -> bool:
        """Whether its reader has stopped reading, as far as we care."""
        if len(self) < 16:
            return False
        return len(self) >= MOST_PACKETS or sum(map(letters_of, self.queue)) > MOST_LETTERS

    def drop(self) -> None:
        """Forget all of it."""
        while len(self):
            self.get_nowait()
            self.task_done()


def letters_of(packet: Packet | None) -> int:
    """How long a packet is, or nearly."""
    return len(packet.data) if packet and isinstance(packet.data, str) else 0


class Pinger:
    """Asks every client in its turn whether it is there, from one greenlet for all.

    engineio starts one for each ping: with 4,000 lines that is a thousand a second, and all that
    they leave behind is what the garbage collector then stops everybody for.
    """

    def __init__(self) -> None:
        self._turns: deque[tuple[float, Socket]] = deque()
        self._run: gevent.Greenlet[..., None] | None = None

    def ask_later(self, client: Socket) -> None:
        """Ask a client once the interval has passed: the same for all, so they stay in order."""
        self._turns.append((time.monotonic() + client.server.ping_interval, client))
        if self._run is None:
            self._run = gevent.spawn(self._ask_all)

    def _ask_all(self) -> None:
        while self._turns:
            gevent.sleep(ROUND)
            moment = time.monotonic()
            while self._turns and self._turns[0][0] <= moment:
                self._ask(self._turns.popleft()[1])
        self._run = None  # nobody is left: the next to come starts it again

    @staticmethod
    def _ask(client: Socket) -> None:
        if client.closing or client.closed:
            return
        client.last_ping = time.time()
        try:
            client.send(ARE_YOU_THERE)
        except Exception:
            log.exception("a client could not be asked")  # the others are


class Client(Socket):
    """One client of engineio, that makes nothing new for each ping and each wait."""

    last_ping: float | bool | None
    """When it was asked, or came; None once it has answered."""
    line: WebSocket | None = None
    """Where it has one."""
    _is_behind = False
    """Whether something waits, or is in its writer's hand: nothing may overtake it."""

    def send(self, packet: Packet) -> None:
        """Send now what can leave at once, and in its order; the rest waits in the queue.

        To wake each writer costs three times what the sending does, and all who are told the
        same would hear it that much later. Thousands of clients are open, and what belongs to
        this one is far from the processor: as little of it as possible is looked at. Who is
        silent is not found here, but within the second.
        """
        if self.closed:
            raise SocketIsClosedError
        if self._is_behind or not self._left_at_once(packet):
            self._keep(packet)

    def _left_at_once(self, packet: Packet) -> bool:
        if self.line is None or not self.upgraded:
            return False
        return self.line.send_at_once(packet.encode())

    def _keep(self, packet: Packet) -> None:
        if self.queue.is_overfull():
            gevent.spawn(give_up, self)
        else:
            self._is_behind = True
            self.queue.put(packet)

    def schedule_ping(self) -> None:
        """Wait for the next turn to be asked, when the last question was answered."""
        if self.last_ping:  # a pong that was asked for
            self.last_ping = None
            self.server.pinger.ask_later(self)

    def poll(self) -> list[Packet]:
        """The packets for a client. A WebSocket's waits until it ends: who is silent is ended."""
        if not self.upgraded:
            polled: list[Packet] = super().poll()
            return polled
        packets: list[Packet] = []
        self._is_behind = not self.queue.empty()  # what was in hand has left
        while not packets or not self.queue.empty():
            packet = self.queue.get()
            self.queue.task_done()
            if packet is None:
                if packets:
                    self.queue.put(None)  # the end comes after them
                break
            packets.append(packet)
        return packets


def make_safe(engine: Engine) -> None:
    """Give the engine this transport, bounded queues, and answers that no browser keeps."""
    engineio.socket.Socket = Client  # where its server looks for it
    engine.pinger = Pinger()
    engine._async = {**engine._async, "websocket": WebSocket, "queue": Waiting}  # noqa: SLF001  its only door
    Payload.max_decode_packets = PACKETS_IN_A_POST
    handle = engine.handle_request

    def send_to(sid: str, packet: Packet) -> None:
        client = engine.sockets.get(sid)
        if client is not None and not client.closed:
            client.send(packet)

    def handle_unkept(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]]) -> Any:
            return start_response(status, [*headers, *UNKEPT])

        try:
            return cast("Iterable[bytes]", handle(environ, start))
        except KeyError:  # engineio's, for a session that has just ended
            start("400 Bad Request", [("Content-Type", "application/json")])
            return [b'"Invalid session"']

    engine.send_packet = send_to
    engine.handle_request = handle_unkept


UNKEPT = [("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")]
"""Long polling carries what a class did: a shared computer must not keep it."""


def give_up(client: Any) -> None:
    """End the line of a client for whom too much waits."""
    if client.closing or client.closed:
        return
    log.info("a reader stopped", extra={"waiting": len(client.queue)})
    client.queue.drop()
    if client.line is not None:
        client.line.end()
    client.close(wait=False, abort=True, reason=client.server.reason.TRANSPORT_ERROR)
