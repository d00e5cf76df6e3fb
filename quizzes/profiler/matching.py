"""Matching: from six scores to jobs, in bands and with reasons. Pure: no database, no request."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import zip_longest
from math import ceil
from operator import mul
from typing import Literal

from quizzes.jobs.catalogue import STUDIES, Job, Studies, unit
from quizzes.profiler.areas import AREAS, Area
from quizzes.profiler.items import Instrument
from quizzes.profiler.scoring import Answers, Profile

Band = Literal["strong", "good", "explore"]
STRONG, GOOD = 0.729, 0.608
"""Pearson's critical values for six pairs, one-sided, at 5 % and at 10 %.

The O*NET Interest Profiler draws its lines at the same values (Rounds et al. 2010).
"""
SHOWN = 10
"""Jobs suggested at most."""
EXPLORED = 3
"""Those at least that widen the view."""
VISITABLE = 3
"""Jobs shown that can be seen in a tour."""
PER_FAMILY = 2
"""Jobs of one family at most among the strong and the good ones."""
NEAR = 0.15
"""Correlations that differ by less are as good as equal: six scores measure no finer than that."""
WIDE = 0.8
"""The part of a family, its best, out of which a job to explore is taken.

With 0.6 a job went to 16 % of the simulated girls; from 0.75 on none goes to more than 15 %.
"""
LIKED = 4
"""An answer from here on speaks for what it is about."""
REASONS = 3
"""Answers quoted for a suggestion."""


@dataclass(frozen=True)
class Suggestion:
    """A job, how well it goes with the profile, and why."""

    job: Job
    band: Band
    areas: tuple[Area, ...]
    """What the profile and the job have in common, the strongest first; may be empty."""
    items: tuple[str, ...]
    """Ids of the answers that spoke for it."""


@dataclass(frozen=True)
class _Picking:
    """What was picked so far, and what is left, the best first."""

    fits: Mapping[str, float]
    seed: str
    left: list[Job]
    picked: list[Job] = field(default_factory=list)

    def families(self) -> Counter[str]:
        """How many jobs of each family are picked."""
        return Counter(job.family for job in self.picked)

    def best(self, jobs: Sequence[Job]) -> list[Job]:
        """Those of `jobs`, the best first, that are as good as the best."""
        line = self.fits[jobs[0].rome] - NEAR if jobs else 0.0
        return [job for job in jobs if self.fits[job.rome] >= line]

    def better(self, jobs: Sequence[Job]) -> list[Job]:
        """The better part of `jobs`."""
        return list(jobs[: ceil(len(jobs) * WIDE)])

    def add(self, equals: Sequence[Job]) -> bool:
        """Pick one of `equals`; False when there is none.

        They take turns from profile to profile, so that no job is shown to everybody and none to
        nobody. The same profile always gets the same ones.
        """
        if equals:
            turn = min(equals, key=lambda job: sha256(f"{self.seed}{job.rome}".encode()).digest())
            self.picked.append(turn)
            self.left[:] = [job for job in self.left if job is not turn]
        return bool(equals)


def correlation(profile: Profile, job: Job) -> float:
    """Pearson's correlation of the six scores with the job's six numbers.

    Raises ZeroDivisionError when all scores are equal: it is undefined there.
    """
    return _fit(_direction(profile), job)


def suggest(
    profile: Profile, jobs: Sequence[Job], longest: Studies = STUDIES[-1]
) -> list[tuple[Job, Band]]:
    """Jobs in bands, those that go best first; none for a flat or an incomplete profile.

    Within a band their order says nothing. `longest` leaves out jobs that ask for longer studies.
    """
    if profile.is_flat or not profile.is_complete:
        return []
    mine = _direction(profile)
    offered = [job for job in jobs if STUDIES.index(job.studies) <= STUDIES.index(longest)]
    fits = {job.rome: _fit(mine, job) for job in offered}
    seed = "".join(f"{profile.known[area]}." for area in AREAS)
    picking = _Picking(fits, seed, sorted(offered, key=lambda job: (-fits[job.rome], job.rome)))
    _pick_fitting(picking)
    _pick_others(picking, profile)
    found = [(job, band_of(fits[job.rome])) for job in picking.picked]
    order: tuple[Band, ...] = ("strong", "good", "explore")
    return sorted(found, key=lambda one: order.index(one[1]))


def visitable(
    profile: Profile, jobs: Sequence[Job], longest: Studies = STUDIES[-1]
) -> list[tuple[Job, Band]]:
    """Of the jobs that can be seen in a tour, the three that go best, one technical among them.

    They stand beside what is suggested and take nothing from it: a site with one tour shows the
    same few jobs to many. None for a flat or an incomplete profile.
    """
    if profile.is_flat or not profile.is_complete:
        return []
    offered = [job for job in jobs if STUDIES.index(job.studies) <= STUDIES.index(longest)]
    order = sorted(offered, key=lambda job: (-correlation(profile, job), job.rome))
    best, others = order[:VISITABLE], order[VISITABLE:]
    if not any(job.is_technical for job in best):
        best[-1:] = [job for job in others if job.is_technical][:1] or best[-1:]
    return [(job, band_of(correlation(profile, job))) for job in best]


def band_of(fit: float) -> Band:
    """What a correlation is called."""
    return "strong" if fit >= STRONG else "good" if fit >= GOOD else "explore"


def _direction(profile: Profile) -> tuple[float, ...]:
    return unit([float(profile.known[area]) for area in AREAS])


def _fit(mine: tuple[float, ...], job: Job) -> float:
    return float(sum(map(mul, mine, job.direction)))


def _pick_fitting(picking: _Picking) -> None:
    """Strong and good ones, from several families."""
    while len(picking.picked) < SHOWN - EXPLORED:
        seen = picking.families()
        open_ones = [job for job in picking.left if seen[job.family] < PER_FAMILY]
        fitting = [job for job in open_ones if picking.fits[job.rome] >= GOOD]
        if not picking.add(picking.best(fitting)):
            return


def _pick_others(picking: _Picking, profile: Profile) -> None:
    """What widens the view: something outside of the top area, then families not yet seen."""
    top = set(profile.top)
    if not any(top.isdisjoint(job.top) for job in picking.picked):
        picking.add(picking.better([job for job in picking.left if top.isdisjoint(job.top)]))
    while len(picking.picked) < SHOWN and picking.left:
        seen = picking.families()
        rare = min((job.family for job in picking.left), key=lambda family: seen[family])
        picking.add(picking.better([job for job in picking.left if job.family == rare]))


def explain(
    found: Iterable[tuple[Job, Band]], profile: Profile, answers: Answers, instrument: Instrument
) -> list[Suggestion]:
    """The same with reasons: the areas in common, and the answers in them that were liked most."""
    return [
        Suggestion(
            job, band, areas := shared_areas(profile, job), _liked(areas, answers, instrument)
        )
        for job, band in found
    ]


def shared_areas(profile: Profile, job: Job) -> tuple[Area, ...]:
    """The areas above average in both, at most two; the one that weighs most first."""
    if profile.is_flat or not profile.is_complete:
        return ()
    weights = {
        area: one * other
        for area, one, other in zip(AREAS, _direction(profile), job.direction, strict=True)
        if one > 0 and other > 0
    }
    return tuple(sorted(weights, key=lambda area: -weights[area])[:2])


def _liked(areas: Sequence[Area], answers: Answers, instrument: Instrument) -> tuple[str, ...]:
    """The answers liked most, the areas in turn."""
    rows = [
        sorted(
            (i for i in instrument.items if i.area == area and answers.get(i.id, 0) >= LIKED),
            key=lambda item: -answers[item.id],
        )
        for area in areas
    ]
    turns = [item.id for turn in zip_longest(*rows) for item in turn if item is not None]
    return tuple(turns[:REASONS])
