"""An imagined class that goes through the demo tour: who finds what, and when.

Nobody was measured. What is assumed, and where it comes from:

- The tour is the real one: demo/tidal-plant, its 41 finds, their words in French, their points,
  its decision. Nothing is assumed about it.
- Reading: 180 words a minute in the median. Adults read plain facts at 238 words a minute in
  English (Brysbaert, Journal of Memory and Language 109, 2019, 190 studies) and aloud at 184 in
  seventeen languages (Trauzettel-Klosinski and Dietz, IReST, IOVS 53, 2012); fifteen-year-olds who
  look at a panorama at the same time are taken as slower than the first, about like the second.
- Beside reading: 12 s to find a plate and open it, 18 s to think about a question and 10 s for a
  second try, 30 s to look for a treasure, 15 s to look round a scene, the 15 s of the film; 60 s
  for the decision. Going through everything so takes 36 minutes without a pause in the median,
  while the tour's authors say 35.
- Students differ: speeds are log-normal (sigma 0.35: two thirds between 0.7 and 1.4), and whole
  classes too (sigma 0.1). 60 % of first answers are right in the mean (beta, 0.4 to 0.8 for most),
  half of the second ones; half of the treasures are found, by the others walked past.
- They visit 75 % of the plates of a scene in any order, then take a door; what was left is looked
  at in the second round.
- Off task: one find in eight is followed by a pause of 75 s in the mean, and one student in four
  is stuck once for three to six minutes.
- Coming in: over the first three minutes; one in twelve is late, by five to twelve minutes. One
  in twenty goes away for good between minutes 5 and 20. Minute 0 is when the door opens.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from app.live.objects import PARTS, Build, advance, pace_of
from tours.kinds import load_kinds
from tours.mission import DECISION_POINTS

DEMO = Path(__file__).parents[2] / "demo" / "tidal-plant" / "tour.yaml"
READING = 180 / 60
"""Words a second."""
OPENING, THINKING, SECOND_TRY, LOOKING, ARRIVING, DECIDING = 12, 18, 10, 30, 15, 60
SPREAD, CLASS_SPREAD = 0.35, 0.1
LESSON = 45 * 60
TOLD = ("text", "question", "options", "explanation", "path", "job", "title")
"""The keys of a hotspot that one reads."""


@dataclass(frozen=True)
class Spot:
    """A hotspot as the model needs it."""

    slug: str
    kind: str
    points: int
    words: int
    seconds: int


@dataclass(frozen=True)
class Place:
    """A scene: its words, and what is to be found there."""

    words: int
    spots: tuple[Spot, ...]


@dataclass(frozen=True)
class ImaginedTour:
    """The demo tour, in numbers."""

    minutes: int
    places: tuple[Place, ...]
    clues: frozenset[str]
    needed: int

    @property
    def worth(self) -> int:
        """All points it holds."""
        return DECISION_POINTS + sum(s.points for place in self.places for s in place.spots)

    @property
    def pace(self) -> float:
        """Points of an average student in twenty minutes, by the rule."""
        return pace_of(self.worth, self.minutes)


@dataclass(frozen=True)
class Found:
    """Points that a student earned at a second of the lesson."""

    second: float
    student: int
    points: int


@dataclass(frozen=True)
class Stay:
    """From when to when a student is there, in seconds."""

    start: float
    end: float


@dataclass(frozen=True)
class Lesson:
    """One imagined hour."""

    stays: tuple[Stay, ...]
    finds: tuple[Found, ...]
    worth: int

    def present(self, second: float) -> int:
        """How many are there."""
        return sum(stay.start <= second < stay.end for stay in self.stays)

    def points_by(self, minute: float) -> float:
        """What one student has on average, counted from when each came in."""
        ends = [stay.start + minute * 60 for stay in self.stays]
        earned = sum(found.points for found in self.finds if found.second <= ends[found.student])
        return earned / len(self.stays)


@cache
def demo_tour() -> ImaginedTour:
    """Read the demo tour."""
    given = YAML(typ="safe", pure=True).load(DEMO.read_text("utf-8"))
    mission = given["mission"]
    places = tuple(_place(scene) for scene in given["scenes"])
    clues = frozenset(mission["clues"])
    return ImaginedTour(given["minutes"], places, clues, mission["needed"])


def _place(scene: dict[str, Any]) -> Place:
    kinds = load_kinds()
    spots = (_spot(given, kinds[given["kind"]].points) for given in scene["hotspots"])
    return Place(_words(scene["text"]), tuple(s for s in spots if s.kind != "link"))


def _spot(given: dict[str, Any], points: int) -> Spot:
    words = sum(_words(given[key]) for key in TOLD if key in given)
    seconds = {"question": THINKING, "treasure": LOOKING, "film": 15, "sound": 10}
    return Spot(given["slug"], given["kind"], points, words, seconds.get(given["kind"], 0))


def _words(given: Any) -> int:
    if isinstance(given, list):
        return sum(_words(part) for part in given)
    if "fr" in given:
        return len(str(given["fr"]).split())
    return sum(_words(part) for part in given.values() if isinstance(part, dict))


class Walker:
    """A student on their way through the tour."""

    def __init__(self, tour: ImaginedTour, draw: random.Random, class_speed: float) -> None:
        self.tour = tour
        self.draw = draw
        self.speed = class_speed * draw.lognormvariate(0, SPREAD)
        self.skill = draw.betavariate(6, 4)
        self.stuck_after = draw.randint(3, 20) if draw.random() < 0.25 else -1
        self.clues = 0

    def walk(self) -> Iterator[tuple[float, int]]:
        """Seconds spent and points earned, one hotspot after the other."""
        seen: set[str] = set()
        places = list(self.tour.places)
        self.draw.shuffle(places)
        for share in (0.75, 1.0):
            for place in places:
                yield (ARRIVING + (0 if seen & _slugs(place) else place.words / READING), 0)
                yield from self._look_at(place, share, seen)
                if self.clues >= self.tour.needed:
                    self.clues = -100
                    yield (DECIDING, DECISION_POINTS)

    def _look_at(self, place: Place, share: float, seen: set[str]) -> Iterator[tuple[float, int]]:
        spots = [spot for spot in place.spots if spot.slug not in seen]
        self.draw.shuffle(spots)
        for spot in spots[: round(share * len(place.spots))]:
            seen.add(spot.slug)
            self.clues += spot.slug in self.tour.clues
            yield self._find(spot)
            yield (self._pause(len(seen)), 0)

    def _find(self, spot: Spot) -> tuple[float, int]:
        seconds = OPENING + spot.seconds + spot.words / READING
        if spot.kind == "treasure" and self.draw.random() < 0.5:
            return (seconds, 0)
        if spot.kind != "question" or self.draw.random() < self.skill:
            return (seconds, spot.points)
        return (seconds + SECOND_TRY, int(self.draw.random() < 0.5))

    def _pause(self, seen: int) -> float:
        pause = self.draw.expovariate(1 / 75) if self.draw.random() < 1 / 8 else 0.0
        return pause + (self.draw.uniform(180, 360) if seen == self.stuck_after else 0.0)


def _slugs(place: Place) -> set[str]:
    return {spot.slug for spot in place.spots}


def imagine(seed: int, size: int, class_speed: float = 1.0) -> Lesson:
    """A class of `size` in the demo tour; the same seed is the same class."""
    draw = random.Random(seed * 1009 + size)
    tour = demo_tour()
    class_speed *= draw.lognormvariate(0, CLASS_SPREAD)
    stays = tuple(_stay(draw) for _ in range(size))
    finds: list[Found] = []
    for student, stay in enumerate(stays):
        at = stay.start
        walker = Walker(tour, draw, class_speed)
        for seconds, points in walker.walk():
            at += seconds / walker.speed
            if points and at < stay.end:
                finds.append(Found(at, student, points))
    finds.sort(key=lambda found: found.second)
    return Lesson(stays, tuple(finds), tour.worth)


def _stay(draw: random.Random) -> Stay:
    is_late = draw.random() < 1 / 12
    start = draw.uniform(300, 720) if is_late else draw.uniform(10, 180)
    leaves = draw.random() < 1 / 20
    return Stay(start, draw.uniform(max(300.0, start), 1200) if leaves else LESSON)


def light_up(lesson: Lesson, pace: float, *, by_clock: bool = True) -> list[float]:
    """The minutes at which the parts light, seven when the object is complete."""
    build, total = Build(), 0
    minutes: list[float] = []
    for found in lesson.finds:
        total += found.points
        present, minute = lesson.present(found.second), found.second / 60
        build = advance(build, total, present, pace, minutes=minute if by_clock else None)
        minutes += [minute] * (build.parts - len(minutes))
        if build.parts == PARTS:
            break
    return minutes
