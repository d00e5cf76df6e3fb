"""The object that a class builds together on the projector: seven parts, lit by its boulons.

All is pure here. Who is present, what the class has earned and where a `Build` is kept are the
caller's; these rules only say how many of the seven parts are lit.

- **How far.** An average student earns `pace` points in twenty minutes of a tour. Its object is
  complete at 70 % of what twenty minutes give as many average students as are present, so a class
  sees it finished between minutes 12 and 22 and has time left to look at it.
- **Who is present.** Those whose page is open now, each student once, whatever the number of
  machines; at one computer with a projector, those whom the teacher ticked. At home time nobody
  looks at the projector and everybody works: there, count every student of the classroom. Advance
  on a find, never because someone came in.
- **A part's price is made when the one before it lights** and is not touched until it lights too.
  A latecomer therefore moves nothing back, and nobody lights a part by leaving. Until the first
  part lights, its price follows the largest number present at once: the class is still coming in.
- **What a change of number costs.** Those who came late make the parts that are still dark dearer,
  each by half at most; when some have left, each costs what those who stayed can pay.
- **The clock evens out.** Nobody knows the true pace of a class beforehand. When the caller tells
  how many `minutes` the class has been at it, a part asks somewhat more of a class that is ahead of
  the plan and less of one that is behind. A class at 0.7 or 1.5 times the pace still ends between
  minutes 12 and 22 more often than not. An average class is asked for exactly a seventh.
- **Always possible.** The target is under half of what the tour holds for those present.
"""

import math
from dataclasses import dataclass, replace

from tours.content import TourContent
from tours.progress import worth_of

PARTS = 7
MINUTES = 20
"""The stretch of a lesson that `pace` is for."""
EARNED = 0.57
"""What an average student earns of what the tour's length promises: a question is missed at first,
a treasure is walked past, one looks up. tests/live/imagined.py found 28 points in twenty minutes of
the demo tour, which holds 86 for 35 minutes: 0.57."""
SHARE = 0.7
"""Of what MINUTES give, the share that completes the object."""
DEAREST = 1.5
"""A part costs at most this many times a plain seventh, however many came late."""

SETTLING = 2.0
"""Minutes in which a class comes in and looks round before it earns."""
EVENNESS = 0.5
"""How much a part's price gives way to the clock."""
CHEAPER, DEARER = 0.5, 1.4
"""How far at most."""

OBJECTS = ("turbine", "taxi", "chip", "dish", "gear")
OF_BUILDINGS = {
    "tide": "turbine",
    "crane": "taxi",
    "lab": "chip",
    "silo": "dish",
    "chimney": "gear",
    "hangar": "gear",
}
"""What a tour builds when it does not say so itself, by its factory's building in the lobby."""


@dataclass(frozen=True)
class Build:
    """How far a class is: the parts lit, and the number of students its thresholds are made for."""

    parts: int = 0
    present: int = 0

    @property
    def is_complete(self) -> bool:
        """All seven are lit."""
        return self.parts >= PARTS


def object_name(content: TourContent) -> str:
    """What is built in this tour: its own `object`, or what goes with its factory's building."""
    named = content.content.get("object")
    if named in OBJECTS:
        return str(named)
    return OF_BUILDINGS.get(str(content.factory.get("building")), "gear")


def pace_of(worth: int, minutes: int) -> float:
    """The points an average student makes in twenty minutes of a tour that holds `worth`.

    `minutes` is how long the tour takes as its authors say; a shorter one has no more to give.
    """
    return worth * EARNED * min(1.0, MINUTES / max(1, minutes))


def pace_in(content: TourContent) -> float:
    """The pace of a tour."""
    return pace_of(worth_of(content), int(content.content["minutes"]))


def target(present: int, pace: float) -> float:
    """The class total that completes the object for as many students."""
    return SHARE * pace * max(1, present)


def lit(total: float, goal: float) -> int:
    """How many parts a class total lights when `goal` completes the object."""
    if goal <= 0:
        return 0
    return max(0, min(PARTS, math.floor(PARTS * total / goal + 1e-9)))


def next_threshold(build: Build, pace: float, minutes: float | None = None) -> float:
    """The class total at which the part that is being built lights; for a bar that fills."""
    part = min(build.parts + 1, PARTS)
    return part * target(build.present, pace) / PARTS * _tempo(part, minutes)


def advance(
    build: Build,
    total: int,
    present: int,
    pace: float,
    *,
    minutes: float | None = None,
) -> Build:
    """Where the class is after a find: `total` points in this tour with `present` students.

    `minutes` is how long the class has been at it, when this is the lesson in which it began:
    without it, or another day, every part asks for a plain seventh.
    """
    if build.parts == 0:
        build = replace(build, present=max(build.present, present, 1))
    while not build.is_complete and total >= next_threshold(build, pace, minutes):
        build = Build(build.parts + 1, _count_anew(build.parts + 1, build.present, present))
    return build


def _tempo(part: int, minutes: float | None) -> float:
    """More than 1 while it is early for this part, less when it is late."""
    if minutes is None:
        return 1.0
    planned = SETTLING + SHARE * MINUTES * part / PARTS
    return min(DEARER, max(CHEAPER, 1 + EVENNESS * (1 - minutes / planned)))


def _count_anew(parts: int, counted: int, present: int) -> int:
    """For how many students the next part is made, now that `parts` are lit.

    Thresholds are `part × target(number) / 7`: with the number changed from `counted`, the next
    part costs `(parts + 1) × number - parts × counted` sevenths of one student's target. That is
    kept between what `present` students can pay and half as much again.
    """
    least = math.ceil((parts * counted + present) / (parts + 1))
    most = math.floor((parts * counted + DEAREST * present) / (parts + 1))
    return max(1, least, min(present, most))
