"""Rooms full of lines, all from one process: who says what and when, and when each other hears it.

Whoever speaks is on time whether or not the server was (an open loop); what is said counts from
the moment it was emitted until each other line of the room, and the last of them, has it.
"""

import asyncio
import gc
import random
import time
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any, Protocol

from tests.live.lesson import Chair
from tests.load.harness import QUICK, percentile, say
from tests.load.lines import Line
from tests.load.rooms import Hall
from tests.load.site import cpu_of, memory_of

OPENING = 150.0
"""Lines opened a second before anything is measured."""
SETTLING = 2.0 if QUICK else 6.0
"""Seconds until the server has told everybody who is there."""
DAY = "/organisers/sessions"
LATE = 5.0
"""Seconds after which what is not heard is lost."""
LETTERS = "bcdfgkmnrt"
TEXT = b'"text":"'
CLOSED = b'"phase":"closed"'
MARK = 7
SAYINGS = {
    "question": "Comment démonte-t-on une pale de cette turbine, et qui le décide ?",
    "answer": "Avec une grue de quatre cents tonnes, par une journée sans vent : on défait les "
    "boulons un à un, deux personnes dans la nacelle, une au pied du mât. Cela prend un jour.",
    "word": "Bonjour à tous : posez vos questions, nous répondons dans l’ordre où elles viennent.",
}


@dataclass
class Figures:
    """Latencies in seconds, and what the server took meanwhile."""

    heard: list[float] = field(default_factory=list)
    """Each that another line heard."""
    last: list[float] = field(default_factory=list)
    """Until the last of the room has it."""
    kept: list[float] = field(default_factory=list)
    """Until it is acknowledged."""
    said: int = 0
    lost: int = 0
    """Said, and not heard by everybody."""
    busy: float = 0.0
    """Percent of a processor."""
    client: float = 0.0
    """The same, of the process that measures."""
    memory: float = 0.0
    sustained: float = 0.0
    """Messages a second, the most before the p99 breaks."""
    closed: float = 0.0
    """Seconds from an organiser's button until the last line knows that all rooms are closed."""


@dataclass
class Saying:
    """Something that was said and is on its way."""

    at: float
    by: int
    left: int


class Crowd:
    """One room with its lines."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.lines: list[Line] = []
        self.figures = Figures()
        self.turns = count()
        self.asked = 0
        """The question that waits for its answer; 0 for none."""
        self.closed: list[float] = []
        """When each line heard that the room was closed."""
        self.is_closed = asyncio.Event()
        self._under_way: dict[bytes, Saying] = {}
        self._numbers = count()

    @property
    def cookies(self) -> list[tuple[str, str]]:
        """Cookie and side of everybody: students, then teachers, then professionals."""
        adults = [*self.hall.teachers, *self.hall.professionals]
        return [(one, "student") for one in self.hall.students] + [(one, "staff") for one in adults]

    async def open(self, port: int, index: int) -> Line:
        """The line of somebody."""
        cookie, side = self.cookies[index]
        hello = {"room": self.hall.slug, "side": side}
        return await Line.open(port, cookie, hello, partial(self._hear, index))

    def _hear(self, index: int, packet: bytes) -> None:
        moment = time.perf_counter()
        if CLOSED in packet:
            self.closed.append(moment)
            if len(self.closed) >= len(self.lines):
                self.is_closed.set()
        if not packet.startswith(b'42["chat"') or b'"answered"' in packet:
            return
        at = packet.find(TEXT)
        saying = self._under_way.get(packet[at + len(TEXT) : at + len(TEXT) + MARK])
        if saying is None or saying.by == index:
            return
        self.figures.heard.append(moment - saying.at)
        saying.left -= 1
        if not saying.left:
            self.figures.last.append(moment - saying.at)

    def mark(self) -> str:
        """Letters with which one message of this room begins, and no other."""
        number = next(self._numbers)
        return "".join(LETTERS[int(sign)] for sign in f"{number:0{MARK}}")

    def body(self, kind: str, mark: str, **more: object) -> dict[str, object]:
        """What a page sends."""
        return {"client_id": f"{mark}a", "text": f"{mark} {SAYINGS[kind]}", **more}

    async def say(self, index: int, event: str, body: object, mark: str) -> Any:
        """Say something that all others will hear; its acknowledgement."""
        start = time.perf_counter()
        self.figures.said += 1
        self._under_way[mark.encode()] = Saying(start, index, len(self.lines) - 1)
        answer = await self.lines[index].ask(event, body)
        self.figures.kept.append(time.perf_counter() - start)
        if answer.get("status", "shown") != "shown":
            raise RuntimeError(f"{event} was not shown: {answer}")
        return answer

    def take_figures(self) -> Figures:
        """What was measured since the last time."""
        figures, self.figures = self.figures, Figures()
        figures.lost = sum(1 for one in self._under_way.values() if one.left)
        self._under_way.clear()
        return figures


class Talk(Protocol):
    """What is said in a room at one turn."""

    def __call__(self, crowd: Crowd, turn: int) -> Coroutine[Any, Any, None]:
        """Say it."""
        ...


async def chat(crowd: Crowd, turn: int) -> None:
    """By turns: a question is approved (asked two seconds before), answered, and a word follows."""
    students, teachers = len(crowd.hall.students), len(crowd.hall.teachers)
    answering = students + teachers + turn // 3 % len(crowd.hall.professionals)
    if turn % 3 == 0:
        mark, asking = crowd.mark(), (turn // 3 * 7) % students
        start = time.perf_counter()
        asked = await crowd.lines[asking].ask("ask", crowd.body("question", mark))
        crowd.figures.kept.append(time.perf_counter() - start)
        await asyncio.sleep(2)
        teacher = students + asking * teachers // students
        crowd.asked = asked["id"]
        await crowd.say(teacher, "decide", {"id": asked["id"], "act": "approve"}, mark)
    elif turn % 3 == 1 and crowd.asked:
        mark = crowd.mark()
        about, crowd.asked = crowd.asked, 0
        await crowd.say(answering, "answer", crowd.body("answer", mark, about=about), mark)
    else:
        await word(crowd, turn // 3)


async def word(crowd: Crowd, turn: int) -> None:
    """A word of an adult, each in turn."""
    adults = len(crowd.lines) - len(crowd.hall.students)
    mark = crowd.mark()
    index = len(crowd.hall.students) + turn % adults
    await crowd.say(index, "word", crowd.body("word", mark), mark)


async def plain(crowd: Crowd, turn: int) -> None:
    """The same for a server that knows no kinds: what is heard is as long."""
    kind = ("question", "answer", "word")[turn % 3]
    mark = crowd.mark()
    index = (turn * 7) % len(crowd.lines)
    await crowd.say(index, "say", {"seq": turn, "message": crowd.body(kind, mark)}, mark)


async def open_all(port: int, crowds: Sequence[Crowd]) -> None:
    """Open every line, in an order that mixes the rooms."""
    places = [(one, index) for one in crowds for index in range(len(one.cookies))]
    random.Random(1).shuffle(places)
    tasks = []
    for crowd, index in places:
        tasks.append((crowd, index, asyncio.create_task(crowd.open(port, index))))
        await asyncio.sleep(1 / OPENING)
    opened = {(id(crowd), index): await task for crowd, index, task in tasks}
    for crowd in crowds:
        crowd.lines = [opened[id(crowd), index] for index in range(len(crowd.cookies))]
    await asyncio.sleep(SETTLING)


async def talk_in(crowd: Crowd, talk: Talk, pace: float, turns: int, start: float) -> None:
    """Take turns in one room, one each `pace` seconds, whatever became of those before."""
    tasks = []
    for turn in range(turns):
        await asyncio.sleep(max(0.0, start + turn * pace - time.perf_counter()))
        tasks.append(asyncio.create_task(talk(crowd, next(crowd.turns))))
    await asyncio.wait_for(asyncio.gather(*tasks), LATE + 2 * pace)


async def talk_everywhere(
    pid: int, crowds: Sequence[Crowd], talk: Talk, pace: float, seconds: float
) -> Figures:
    """Talk in all rooms at once; what was measured."""
    begin, drawn = time.perf_counter() + 0.2, random.Random(pace)
    used, own = cpu_of(pid), time.process_time()
    turns = max(1, round(seconds / pace))
    talks = [talk_in(one, talk, pace, turns, begin + drawn.random() * pace) for one in crowds]
    outcomes = await asyncio.gather(*talks, return_exceptions=True)
    took = time.perf_counter() - begin
    used, own = cpu_of(pid) - used, time.process_time() - own
    await asyncio.sleep(0.5)
    figures = _sum([one.take_figures() for one in crowds])
    figures.busy, figures.client = 100 * used / took, 100 * own / took
    figures.memory = memory_of(pid)
    figures.lost += sum(isinstance(one, TimeoutError) for one in outcomes)
    _raise_first(outcomes)
    return figures


def _raise_first(outcomes: Sequence[BaseException | None]) -> None:
    for one in outcomes:
        if one is not None and not isinstance(one, TimeoutError):
            raise one


def _sum(parts: Sequence[Figures]) -> Figures:
    whole = Figures()
    for one in parts:
        whole.heard += one.heard
        whole.last += one.last
        whole.kept += one.kept
        whole.said += one.said
        whole.lost += one.lost
    return whole


@dataclass
class Place:
    """Where a server is."""

    url: str


@dataclass(frozen=True)
class Plan:
    """What is measured on one server."""

    port: int
    pid: int
    halls: Sequence[Hall]
    talk: Talk
    flood: Talk
    """What is said while the rate climbs."""
    pace: float
    """Seconds between two messages of a room."""
    seconds: float
    steps: Sequence[float] = ()
    """Rates to climb: messages a second, in all rooms."""
    step: float = 10.0
    """Seconds on each."""
    most: float = 0.15
    """Seconds that the p99 may take."""
    organiser: str = ""
    """The cookie of whoever closes everything at the end; none: nobody does."""


def measure(plan: Plan) -> Figures:
    """Carry out a plan in this process, whose collector rests meanwhile."""
    gc.disable()
    return asyncio.run(_carry_out(plan))


async def _carry_out(plan: Plan) -> Figures:
    crowds = [Crowd(hall) for hall in plan.halls]
    await open_all(plan.port, crowds)
    await talk_everywhere(plan.pid, crowds, plan.talk, plan.pace, plan.pace)
    figures = await talk_everywhere(plan.pid, crowds, plan.talk, plan.pace, plan.seconds)
    figures.sustained = await _climb(plan, crowds)
    if plan.organiser:
        figures.closed = await _close_everything(plan, crowds)
    for crowd in crowds:
        for line in crowd.lines:
            line.cut()
    return figures


async def _close_everything(plan: Plan, crowds: Sequence[Crowd]) -> float:
    """Press the organiser's button; how long until the last line knows. Raises TimeoutError."""
    chair = Chair(Place(f"http://127.0.0.1:{plan.port}"), plan.organiser)
    await asyncio.to_thread(chair.get, DAY)  # that the page was never shown is not to be timed
    start = time.perf_counter()
    form = {"sentence": "On évacue le site : tout s’arrête, rien n’est perdu.", "sure": "yes"}
    await asyncio.to_thread(partial(chair.send, f"{DAY}/close", DAY, **form))
    async with asyncio.timeout(60):
        await asyncio.gather(*(one.is_closed.wait() for one in crowds))
    return max(moment for one in crowds for moment in one.closed) - start


async def _climb(plan: Plan, crowds: Sequence[Crowd]) -> float:
    best = 0.0
    for rate in plan.steps:
        pace = len(crowds) / rate
        figures = await talk_everywhere(plan.pid, crowds, plan.flood, pace, plan.step)
        p99 = percentile(figures.last, 99) if figures.last else LATE
        say(f"{rate:.0f}/s: p99 {1000 * p99:.0f} ms, {figures.busy:.0f} % of a processor, "
            f"{figures.lost} lost")  # fmt: skip
        if figures.lost or p99 > plan.most:
            break
        best = rate
    return best
