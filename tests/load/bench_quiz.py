"""A live quiz in a hundred classes of thirty: everybody answers within ten seconds.

Every student has a line open, every class a projector. An answer counts from the moment it is sent
until its acknowledgement is heard, which comes after the commit. In a first half of the run the
same lines say, at the same pace, an event that does nothing: the figure of the bare server. Then
the database and the projectors are asked whether anything was lost.
"""

import asyncio
import multiprocessing
import random
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from app.classes.models import Classroom
from app.core.db import db
from app.core.writer import Transaction, write
from app.live.quiz.models import LiveQuiz
from app.live.quiz.running import begin
from tests.live.lesson import app_on
from tests.load.classes import Class, open_classes
from tests.load.harness import QUICK, Bench, percentile, say
from tests.load.lines import Line
from tests.load.sample import SCENES, TOUR
from tests.load.site import MeasuredSite, new_site

CLASSES = 10 if QUICK else 100
SIZE = 30
SECONDS = 10.0
SETTLE = 5.0
OPENING = 60.0
"""Lines opened a second before anything is measured."""
TRIES = 5
"""Times that a line which is cut while it opens is opened again, as a page does."""
QUESTION: dict[str, Any] = {
    "type": "single",
    "question": {"fr": "Que fait la meule ?", "en": "What does the millstone do?"},
    "options": [{"text": {"fr": f"{n}", "en": f"{n}"}, "right": n == 1} for n in range(4)],
    "explanation": {"fr": "Elle moud.", "en": "It grinds."},
}


@dataclass
class Projector:
    """What a class's projector was told last."""

    answered: int = 0

    def hear(self, packet: bytes) -> None:
        """Note the count."""
        name, body = orjson.loads(packet[2:])
        if name == "quiz_count":
            self.answered = body["answered"]


@dataclass
class Figures:
    """Seconds until an acknowledgement, and what was lost on the way."""

    answers: list[float] = field(default_factory=list)
    nothing: list[float] = field(default_factory=list)
    failed: int = 0
    told: int = 0
    """Answers that the projectors have counted in the end."""


Say = Callable[[int], tuple[str, object]]
"""What the line of a class says: an event and its body."""


async def say_all(lines: Sequence[tuple[int, Line]], what: Say) -> tuple[list[float], int]:
    """Let every line say it once within SECONDS, in any order; how long each took, and failures."""
    took: list[float] = []
    failed = 0

    async def say_one(room: int, line: Line, delay: float) -> None:
        nonlocal failed
        await asyncio.sleep(delay)
        start = time.perf_counter()
        try:
            await line.ask(*what(room))
            took.append(time.perf_counter() - start)
        except (RuntimeError, ConnectionError):
            failed += 1

    draw = random.Random(1)
    await asyncio.gather(*(say_one(room, line, draw.random() * SECONDS) for room, line in lines))
    return took, failed


async def open_student(port: int, cookie: str) -> Line:
    """A student's line; opening is not what is measured."""
    hello = {"tour": TOUR, "scene": SCENES[0]}
    for _try in range(TRIES - 1):
        try:
            return await Line.open(port, f"deambule={cookie}", hello, lambda _packet: None)
        except OSError:
            await asyncio.sleep(1)
    return await Line.open(port, f"deambule={cookie}", hello, lambda _packet: None)


async def open_students(port: int, classes: Sequence[Class]) -> list[tuple[int, Line]]:
    """Every student's line, with the number of its class."""
    tasks = []
    rooms = []
    for room, each in enumerate(classes):
        for one in each.students:
            tasks.append(asyncio.create_task(open_student(port, one.cookie)))
            rooms.append(room)
            await asyncio.sleep(1 / OPENING)
    return list(zip(rooms, await asyncio.gather(*tasks), strict=True))


async def measure(port: int, classes: Sequence[Class], quizzes: Sequence[str]) -> Figures:
    """Open all lines, say nothing at the pace, then answer at the pace."""
    figures, projectors = Figures(), [Projector() for _ in classes]
    screens = [
        await Line.open(port, one.board, {"classroom": one.slug}, projector.hear)
        for one, projector in zip(classes, projectors, strict=True)
    ]
    lines = await open_students(port, classes)
    await asyncio.sleep(SETTLE)
    figures.nothing, _failed = await say_all(lines, lambda _room: ("nothing", {}))
    await asyncio.sleep(1)
    figures.answers, figures.failed = await say_all(
        lines,
        lambda room: ("quiz_answer", {"quiz": quizzes[room], "position": 0, "answer": ["1"]}),
    )
    await asyncio.sleep(2)
    figures.told = sum(projector.answered for projector in projectors)
    for line in (*screens, *(line for _room, line in lines)):
        line.close()
    return figures


def measure_apart(port: int, classes: Sequence[Class], quizzes: Sequence[str]) -> Figures:
    """The same, for a process of its own."""
    return asyncio.run(measure(port, classes, quizzes))


def begin_quizzes(data: Path, classes: Sequence[Class]) -> list[str]:
    """Begin a quiz of one question without limit in every class; their slugs."""
    app = app_on(data)

    def unit(tx: Transaction) -> None:
        for one in classes:
            room = tx.session.query(Classroom.id).filter_by(slug=one.slug).scalar()
            begin(tx, room, "Mesure", [QUESTION], 0)

    with app.app_context():
        write(unit)
        rows = db.session.query(Classroom.slug, LiveQuiz.slug).join(
            LiveQuiz, LiveQuiz.classroom_id == Classroom.id
        )
        slugs = {row[0]: row[1] for row in rows}
    return [slugs[one.slug] for one in classes]


def count_kept(data: Path) -> int:
    """The answers that are in the database."""
    with closing(sqlite3.connect(data / "deambule.db")) as database:
        return int(database.execute("SELECT count(*) FROM live_answer").fetchone()[0])


def main() -> int:
    """Measure and print."""
    bench = Bench("quiz")
    with new_site() as data:
        classes = open_classes(data, CLASSES, SIZE)
        quizzes = begin_quizzes(data, classes)
        with MeasuredSite(data) as site:
            site.settle()
            say(f"{CLASSES} classes of {SIZE} answer within {SECONDS:.0f} s")
            context = multiprocessing.get_context("spawn")
            with ProcessPoolExecutor(1, mp_context=context) as pool:
                figures = pool.submit(measure_apart, site.port, classes, quizzes).result()
            tell(bench, figures, count_kept(data), site.memory)
    return bench.finish()


def tell(bench: Bench, figures: Figures, kept: int, memory: float) -> None:
    """The rows."""
    everybody = CLASSES * SIZE
    nothing = 1000 * percentile(figures.nothing, 99)
    p99 = 1000 * percentile(figures.answers, 99)
    bench.tell("answers a second", len(figures.answers) / SECONDS, "1/s")
    bench.at_most("answers not acknowledged", everybody - len(figures.answers), "", limit=0)
    bench.at_most("answers acknowledged and not kept", len(figures.answers) - kept, "", limit=0)
    bench.at_most("answers that no projector counted", kept - figures.told, "", limit=0)
    bench.tell("acknowledgement, p50", 1000 * percentile(figures.answers, 50), "ms",
               reference=1000 * percentile(figures.nothing, 50))  # fmt: skip
    bench.at_most("acknowledgement, p99", p99, "ms", limit=300, reference=nothing)
    bench.tell("its ratio to an event that does nothing", p99 / nothing, "x")
    bench.tell("memory of the serving process", memory, "MB")


if __name__ == "__main__":
    sys.exit(main())
