"""People who speak in rooms of a server that dies: they come back and send again what they must.

A page keeps what it has sent until it is acknowledged, and sends it again under the same number.
These do so from two lines at once, and send again what was acknowledged already. Some lines are cut
in the middle of a message though the server lives.
"""

import asyncio
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any

import orjson

from tests.load.lines import Line, Refused
from tests.load.rooms import Hall

RESENT = 2
"""What of the acknowledged is sent again after a cut, besides all that is not."""
CUT = 0.01
"""How often a line is cut in the middle of what it says."""
BACK_WITHIN, BACK_AT_LAST = 0.3, 10.0
"""Seconds that pass at most before a page whose line was cut tries again: twice as many each time.

All at once and without end, they keep a busy server from letting anybody in: those who were let in
are found silent before they are heard.
"""
WORDS = "on défait les boulons un à un, par une journée sans vent, puis la grue descend la pale."


@dataclass(frozen=True)
class Kept:
    """What a page was told of a message: it is kept."""

    room: int
    id: int
    status: str
    seq: int | None


@dataclass
class Ledger:
    """All that was acknowledged, and what went wrong on the way."""

    kept: dict[str, Kept] = field(default_factory=dict)
    """By the page's number of the message, which no other page's has."""
    differently: list[str] = field(default_factory=list)
    """Acknowledged twice, and not the same."""
    disorder: list[tuple[int, int, int]] = field(default_factory=list)
    """Room, the number that should have been heard, the one that was."""
    heard: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    """By room, the messages that a listener was shown."""
    resent: int = 0
    cut: int = 0
    refused: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """By the page's number, the codes with which a message was refused at first."""
    again: int = 0
    """Heard once more, after a history that had it: committed before it, told after it."""

    def note(self, room: int, number: str, told: Any) -> None:
        """An acknowledgement came."""
        kept = Kept(room, told["id"], told["status"], told["seq"])
        known = self.kept.setdefault(number, kept)
        if known.id != kept.id:
            self.differently.append(number)

    @property
    def throttled(self) -> set[str]:
        """What was refused as too fast: it has the place of when it was sent again."""
        return {number for number, codes in self.refused.items() if "too_fast" in codes}


@dataclass
class Storm:
    """The rooms and all who speak there."""

    port: int
    halls: Sequence[Hall]
    ledger: Ledger = field(default_factory=Ledger)
    over: asyncio.Event = field(default_factory=asyncio.Event)
    seqs: dict[int, int] = field(default_factory=dict)
    """By room, the last number heard: a page that comes back has the others already."""
    questions: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    """By room, what the teachers asked for their class: each professional answers one."""

    async def rage(self) -> None:
        """Let all speak until it is over, and then until everything is acknowledged."""
        async with asyncio.TaskGroup() as group:
            for hall in self.halls:
                for voice in voices_of(self, hall):
                    group.create_task(voice.speak())
                group.create_task(Listener(self, hall).listen())


def voices_of(storm: Storm, hall: Hall) -> Iterator["Voice"]:
    """Those who speak in a room; the last student only listens."""
    numbers = count()
    for cookie in hall.teachers:
        yield Voice(storm, hall, cookie, "staff", next(numbers), ("ask_for_class", "word"), 1.4)
    for place, cookie in enumerate(hall.professionals):
        kinds = ("answer", "word", "answer")
        yield Voice(storm, hall, cookie, "staff", next(numbers), kinds, 2.4, place)
    for cookie in hall.students[:-1]:
        yield Voice(storm, hall, cookie, "student", next(numbers), ("ask",), 0.2)


class Voice:
    """One page that speaks, with what it has sent and does not know to be kept."""

    def __init__(
        self, storm: Storm, hall: Hall, cookie: str, side: str, number: int,
        kinds: Sequence[str], rate: float, place: int = 0,
    ) -> None:  # fmt: skip
        self._storm, self._hall, self._cookie = storm, hall, cookie
        self._side = side
        self._kinds, self._rate, self._place = kinds, rate, place
        self._name = f"r{hall.id:05}v{number:02}n"
        self._numbers = count(1)
        self._waiting: dict[str, tuple[str, dict[str, object]]] = {}
        self._said: list[tuple[str, dict[str, object]]] = []
        self._mine: int | None = None
        """A student's question that must be taken back before the next."""
        self._random = random.Random(self._name)

    async def speak(self) -> None:
        """Speak until it is over and all is acknowledged, on as many lines as it takes."""
        pause = BACK_WITHIN
        while not self._storm.over.is_set() or self._waiting:
            try:
                async with asyncio.timeout(60):
                    line, other = await asyncio.gather(self._open(), self._open())
            except (OSError, RuntimeError, TimeoutError):
                await asyncio.sleep(self._random.random() * pause)
                pause = min(BACK_AT_LAST, 2 * pause)
                continue
            pause = BACK_WITHIN
            with suppress(ConnectionError, TimeoutError):
                await asyncio.gather(self._send_again(line), self._send_again(other))
                other.close()
                await self._go_on(line)
            line.cut()
            other.cut()

    async def _open(self) -> Line:
        seq = self._storm.seqs.get(self._hall.id, 0)
        hello = {"room": self._hall.slug, "side": self._side, "seq": seq}
        return await Line.open(self._storm.port, self._cookie, hello, lambda _packet: None)

    async def _send_again(self, line: Line) -> None:
        """One after the other, in their order: what was acknowledged last, then what was not."""
        for event, body in [*self._said[-RESENT:], *self._waiting.values()]:
            self._storm.ledger.resent += 1
            while True:
                if await self._send(line, event, body) != "too_fast":
                    break
                await asyncio.sleep(1)

    async def _go_on(self, line: Line) -> None:
        while not self._storm.over.is_set():
            if self._mine is not None:
                with suppress(Refused):
                    await line.ask("withdraw", {"id": self._mine})
                self._mine = None
            batch = list(self._compose())
            self._waiting |= {str(body["client_id"]): (event, body) for event, body in batch}
            sending = [asyncio.ensure_future(self._send(line, *one)) for one in batch]
            if self._random.random() < CUT:
                self._storm.ledger.cut += 1
                await asyncio.sleep(self._random.random() * 0.01)
                line.cut()
            await asyncio.gather(*sending)
            pause = len(batch) / self._rate * (0.7 + 0.6 * self._random.random())
            await asyncio.sleep(pause)

    def _compose(self) -> Iterator[tuple[str, dict[str, object]]]:
        """What is said next: adults say two things at once."""
        for _ in range(2 if len(self._kinds) > 1 else 1):
            number = next(self._numbers)
            event = self._kinds[number % len(self._kinds)]
            asked = self._storm.questions[self._hall.id]
            if event == "answer" and len(asked) <= self._place:
                event = "word"
            body: dict[str, object] = {"client_id": f"{self._name}{number:07}", "text": WORDS}
            if event == "answer":
                body["about"] = asked[self._place]
            yield event, body

    async def _send(self, line: Line, event: str, body: dict[str, object]) -> str:
        """Send one; the code of its refusal. What is refused is kept nowhere."""
        number = str(body["client_id"])
        try:
            told = await line.ask(event, body)
        except Refused as error:
            self._storm.ledger.refused[number].append(error.code)
            if error.code not in ("too_fast", "failed"):
                self._waiting.pop(number, None)
            return error.code
        self._storm.ledger.note(self._hall.id, number, told)
        if self._waiting.pop(number, None):
            self._said.append((event, body))
        if event == "ask_for_class":
            self._storm.questions[self._hall.id].append(told["id"])
        if event == "ask":
            self._mine = told["id"]
        return ""


class Listener:
    """A page that only listens: it must hear every number once, in order, whatever dies.

    What a history has may be told once more after it, when it was committed before and told later:
    a page drops that (static/js/room/state.js), and so does this one. Nothing else comes twice.
    """

    def __init__(self, storm: Storm, hall: Hall) -> None:
        self._storm, self._hall = storm, hall
        self._seq = 0
        self._in_history = self._again = 0
        """The last number of the last history; of it, the last that was told once more."""
        self._early: list[dict[str, Any]] | None = []
        """What came before the history."""

    async def listen(self) -> None:
        """Listen, and come back with the last number each time."""
        cookie = self._hall.students[-1]
        while not self._storm.over.is_set():
            self._early = []
            hello = {"room": self._hall.slug, "side": "student", "seq": self._seq}
            try:
                line = await Line.open(
                    self._storm.port, cookie, hello, partial(self._hear, self._seq)
                )
            except (OSError, RuntimeError, TimeoutError):
                await asyncio.sleep(0.1)
                continue
            await line.ended(self._storm.over)
            line.cut()

    def _hear(self, asked: int, packet: bytes) -> None:
        name, body = orjson.loads(packet[2:])
        if name == "history":
            self._catch_up(asked, body)
        elif name == "chat" and self._early is not None:
            self._early.append(body)
        elif name == "chat":
            self._take(body)

    def _catch_up(self, asked: int, body: dict[str, Any]) -> None:
        """What was missed: the last event of each message, in order, up to now."""
        numbers = [one["seq"] for one in body["events"]]
        if body["from"] != asked or numbers != sorted(set(numbers)):
            self._storm.ledger.disorder.append((self._hall.id, asked, body["from"]))
        for event in body["events"]:
            self._remember(event)
        self._again = 0
        self._seq = self._in_history = self._storm.seqs[self._hall.id] = body["seq"]
        early, self._early = self._early or [], None
        for event in early:
            self._take(event)

    def _take(self, event: dict[str, Any]) -> None:
        if self._is_told_again(event):
            self._storm.ledger.again += 1
            self._again = event["seq"]
            return
        if event["seq"] != self._seq + 1:
            self._storm.ledger.disorder.append((self._hall.id, self._seq + 1, event["seq"]))
        self._seq = self._storm.seqs[self._hall.id] = event["seq"]
        self._remember(event)

    def _is_told_again(self, event: dict[str, Any]) -> bool:
        """Before anything newer, in order, and of what the history has."""
        message = event["message"]
        is_known = not message or message["id"] in self._storm.ledger.heard[self._hall.id]
        is_early = self._seq == self._in_history and self._again < event["seq"] <= self._in_history
        return is_early and is_known

    def _remember(self, event: dict[str, Any]) -> None:
        if event["message"]:
            self._storm.ledger.heard[self._hall.id].add(event["message"]["id"])
