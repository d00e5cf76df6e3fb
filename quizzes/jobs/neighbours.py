"""Jobs near a job: in ROME first, then by what one likes in them. Pure."""

from collections.abc import Sequence
from operator import mul

from quizzes.jobs.catalogue import Job

SHOWN = 6
LEAST = 3
"""When fewer are near in ROME, jobs whose six numbers are alike make up for them."""


def neighbours(job: Job, jobs: Sequence[Job]) -> list[Job]:
    """The nearest jobs, those of the same ROME domain (I13 of I1309) first.

    ROME's own table of neighbours is not among the published files that we have: nearness is read
    from the codes, and among equals from the six numbers.
    """
    others = [one for one in jobs if one.rome != job.rome]
    order = sorted(others, key=lambda one: (steps(job, one), -likeness(job, one), one.rome))
    near = [one for one in order if steps(job, one) <= 2][:SHOWN]
    return near if len(near) >= LEAST else order[:LEAST]


def steps(job: Job, other: Job) -> int:
    """How far apart two ROME codes are: same parent 0, domain 1, field (the letter) 2, else 3."""
    if job.chain.parent == other.chain.parent:
        return 0
    return next((2 - size // 2 for size in (3, 1) if job.rome[:size] == other.rome[:size]), 3)


def likeness(job: Job, other: Job) -> float:
    """The correlation of their six numbers."""
    return float(sum(map(mul, job.direction, other.direction)))
