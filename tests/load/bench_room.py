"""A room at human speed, its clock made faster: does everybody who asks get an answer?

Sixty students of two classes want to ask every 150 seconds; two teachers take 4 seconds a decision,
professionals 45 an answer; forty minutes. A student reads what `near` finds and gives a voice to a
question that asks the same; a teacher groups one that does with it; professionals take the first of
their list: what most want of those who have had no answer yet. Who was answered is whoever asked,
was grouped with, or gave a voice to a question that was.

Wishes are drawn from eighty subjects in two wordings each. Were all of them different, four
professionals could answer 213 of 960, and one 53: not even one for each student.
"""

import asyncio
import multiprocessing
import random
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any

import orjson

from tests.load.harness import QUICK, Bench, percentile, say
from tests.load.lines import Line, Refused
from tests.load.rooms import Hall, chat_site, open_halls
from tests.load.site import MeasuredSite

FASTER = 20.0
"""How much faster than people: at this rate no limit of a line or of a student is reached."""
MINUTES = 10 if QUICK else 40
WISH, DECISION, ANSWER = 150.0, 4.0, 45.0
"""Seconds between two wishes to ask, for a decision, for an answer."""
THINGS = (
    *("du rotor", "de la pale", "du frein", "de l’alternateur", "du mât", "de la nacelle"),
    *("du câble", "du palier", "du capteur", "de la grue", "de la digue", "de la vanne"),
    *("de la turbine", "de l’écluse", "du transformateur", "du ponton"),
)
ASPECTS = (
    ("Quel est le prix {} ?", "On connaît le prix {} ?"),
    ("Qui a dessiné la forme {} ?", "La forme {}, qui la dessine ?"),
    ("Comment répare-t-on une panne {} ?", "Une panne {}, ça se répare comment ?"),
    ("Quel diplôme pour la maintenance {} ?", "La maintenance {} demande quel diplôme ?"),
    ("Quelle est la durée de vie {} ?", "La durée de vie {}, c’est combien ?"),
)
SUBJECTS = [[one.format(thing) for one in aspect] for thing in THINGS for aspect in ASPECTS]
PENDING = ("held", "shown")


@dataclass
class Question:
    """One that was asked."""

    id: int
    student: int
    subject: int
    asked_at: float
    status: str = "held"
    claimed: bool = False
    number: int = 0
    waited: float = 0.0
    """Seconds of people until an adult decided."""
    into: int = 0


@dataclass
class Course:
    """What happened in the room."""

    wishes: int = 0
    questions: dict[int, Question] = field(default_factory=dict)
    voices: dict[int, set[int]] = field(default_factory=dict)
    """By student, the questions they gave a voice to."""
    refused: int = 0
    busy: int = 0
    """Wishes of students whose own question still waited, and that no other asked."""

    def hear(self, packet: bytes) -> None:
        """What everybody sees happen."""
        name, body = orjson.loads(packet[2:])
        told = body.get("message") if name == "chat" else None
        question = self.questions.get(told["id"]) if told else None
        if question is not None and told is not None:
            question.status, question.number = told["status"], told["number"] or 0
            question.into = told["into"] or 0

    def is_answered(self, number: int) -> bool:
        """Whether a question has its answer, or that with which it was grouped has."""
        question = self.questions[number]
        return question.status == "answered" or (
            question.status == "merged" and self.is_answered(question.into)
        )

    def served(self) -> set[int]:
        """The students who have an answer."""
        asked = {one.student for one in self.questions.values() if self.is_answered(one.id)}
        voiced = {who for who, ids in self.voices.items() if any(map(self.is_answered, ids))}
        return asked | voiced


class Play:
    """One session, played."""

    def __init__(self, port: int, hall: Hall, answering: int) -> None:
        self._port, self._hall, self._answering = port, hall, answering
        self.course = Course()
        self._numbers = count(1)
        self._end = time.perf_counter() + 3 + MINUTES * 60 / FASTER
        self._first: list[int] = []
        """The questions to answer, as the server orders them for professionals."""

    async def play(self) -> Course:
        """Until the end."""
        hall, course = self._hall, self.course
        watching = await self._open(hall.professionals[0], "staff", course.hear)
        pages = [await self._open(one, "student") for one in hall.students]
        self._end = time.perf_counter() + MINUTES * 60 / FASTER
        tasks = [self._study(number, line) for number, line in enumerate(pages)]
        tasks += [self._teach(one) for one in hall.teachers]
        tasks += [self._answer(one) for one in hall.professionals[: self._answering]]
        await asyncio.gather(*tasks)
        await asyncio.sleep(0.5)
        for line in (watching, *pages):
            line.close()
        for question in course.questions.values():
            if question.status == "held":
                question.waited = (time.perf_counter() - question.asked_at) * FASTER
        return course

    async def _open(self, cookie: str, side: str, hear: Any = lambda _packet: None) -> Line:
        hello = {"room": self._hall.slug, "side": side}
        return await Line.open(self._port, cookie, hello, hear)

    def _draw(self) -> str:
        return f"play{next(self._numbers):08}"

    async def _pause(self, seconds: float) -> bool:
        """Think; whether there is still time after that."""
        await asyncio.sleep(seconds / FASTER)
        return time.perf_counter() < self._end

    async def _study(self, number: int, line: Line) -> None:
        """One student: wants to ask at about the same interval, each beginning at another time."""
        drawn = random.Random(number)
        pause = drawn.random() * WISH
        while await self._pause(pause):
            pause = WISH * (0.7 + 0.6 * drawn.random())
            self.course.wishes += 1
            try:
                await self._wish(number, line, drawn)
            except Refused:
                self.course.refused += 1

    async def _wish(self, number: int, line: Line, drawn: random.Random) -> None:
        """Type a question; give a voice to one that asks the same, or send it."""
        course, subject = self.course, drawn.randrange(len(SUBJECTS))
        text = drawn.choice(SUBJECTS[subject])
        told = (await line.ask("near", {"text": text}))["near"]
        same = [one for one in told if course.questions[one].subject == subject]
        mine = [one for one in course.questions.values() if one.student == number]
        voices = course.voices.setdefault(number, set())
        if same:
            if same[0] not in voices and course.questions[same[0]].student != number:
                voices.add(same[0])
                await line.ask("vote", {"id": same[0]})
        elif any(one.status in PENDING for one in mine):
            course.busy += 1
        else:
            start = time.perf_counter()
            kept = await line.ask("ask", {"client_id": self._draw(), "text": text})
            question = Question(kept["id"], number, subject, start)
            course.questions.setdefault(kept["id"], question)

    async def _teach(self, cookie: str) -> None:
        """A teacher: the oldest of their class first."""
        queue: list[int] = []
        line = await self._open(cookie, "staff", partial(_read_queue, queue))
        while await self._pause(DECISION if queue else DECISION / 8):
            waiting = [one for one in queue if one in self.course.questions]
            if not waiting:
                continue
            question = self.course.questions[waiting[0]]
            queue.remove(question.id)
            like = [
                one.id
                for one in self.course.questions.values()
                if one.subject == question.subject and one.status in ("shown", "answered")
            ]
            act = {"act": "merge", "into": like[0]} if like else {"act": "approve"}
            question.waited = (time.perf_counter() - question.asked_at) * FASTER
            with suppress(Refused):
                await line.ask("decide", {"id": question.id, **act})
        line.close()

    async def _answer(self, cookie: str) -> None:
        """A professional: takes the first question of their list."""
        line = await self._open(cookie, "staff", self._read_order)
        while time.perf_counter() < self._end:
            question = self._next()
            if question is None:
                await self._pause(1)
                continue
            question.claimed = True
            await line.ask("claim", {"id": question.id})
            if await self._pause(ANSWER):
                text = "Oui : c’est une équipe de quatre qui le fait, deux jours chaque printemps."
                said = {"client_id": self._draw(), "about": question.id, "text": text}
                await line.ask("answer", said)
        line.close()

    def _next(self) -> Question | None:
        """As `toAnswer` of static/js/room/state.js puts them."""
        places = {number: place for place, number in enumerate(self._first)}
        questions = self.course.questions.values()
        waiting = [one for one in questions if one.status == "shown" and not one.claimed]
        return min(waiting, key=lambda one: places.get(one.id, len(places)), default=None)

    def _read_order(self, packet: bytes) -> None:
        name, body = orjson.loads(packet[2:])
        if name == "to_answer":
            self._first[:] = body["first"]


def _read_queue(queue: list[int], packet: bytes) -> None:
    name, body = orjson.loads(packet[2:])
    if name == "queue":
        queue[:] = [one["id"] for one in body["held"] if one["kind"] == "question"]


def play_apart(port: int, hall: Hall, answering: int) -> Course:
    """Play in a process of its own."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(_play, port, hall, answering).result()


def _play(port: int, hall: Hall, answering: int) -> Course:
    return asyncio.run(_played(port, hall, answering))


async def _played(port: int, hall: Hall, answering: int) -> Course:
    return await Play(port, hall, answering).play()


def tell(bench: Bench, answering: int, course: Course) -> None:
    """The rows of one session."""
    asked = list(course.questions.values())
    done = sum(1 for one in asked if course.is_answered(one.id) or one.status == "merged")
    wishing = {one.student for one in asked} | {who for who, ids in course.voices.items() if ids}
    alone = {one.student for one in asked} - course.served()
    who = f"{answering} professionals" if answering > 1 else "1 professional"
    answered = sum(1 for one in asked if one.status == "answered")
    bench.tell(f"{who}: wishes to ask", course.wishes, "")
    bench.tell(f"{who}: questions", len(asked), "")
    bench.tell(f"{who}: questions answered", answered, "",
               reference=answering * MINUTES * 60 // ANSWER)  # fmt: skip
    bench.tell(f"{who}: grouped", sum(1 for one in asked if one.status == "merged"), "")
    bench.tell(f"{who}: voices", sum(map(len, course.voices.values())), "")
    bench.tell(f"{who}: wishes while one's own question waited", course.busy, "")
    bench.at_most(f"{who}: refused", course.refused, "", limit=0)
    waited = [one.waited for one in asked]
    bench.at_most(f"{who}: longest held", max(waited), "s", limit=45)
    bench.tell(f"{who}: held, p50", percentile(waited, 50), "s")
    bench.at_most(f"{who}: students who asked and have no answer", len(alone), "", limit=0,
                  reference=len(wishing), full_only=True)  # fmt: skip
    if answering > 1:
        bench.at_least(f"{who}: answered or grouped", 100 * done / len(asked), "%", limit=85,
                       full_only=True)  # fmt: skip
    else:
        bench.tell(f"{who}: answered or grouped", 100 * done / len(asked), "%")


def main() -> int:
    """Play and print."""
    bench = Bench("room")
    with chat_site() as data:
        halls = open_halls(data, 2, classes=2, students=30, answering=4)
        with MeasuredSite(data) as site:
            site.settle()
            for hall, answering in zip(halls, (4, 1), strict=True):
                say(f"{MINUTES} minutes with {answering} who answer, {FASTER:.0f} times faster")
                tell(bench, answering, play_apart(site.port, hall, answering))
    return bench.finish()


if __name__ == "__main__":
    sys.exit(main())
