"""Jobs: all of them to search in, and a page for each. `/careers` says the same to adults.

A job leads to the scenes in which it is done, to people who tell of it, and to the next sessions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, request, url_for
from flask_login import current_user

from app.core.locale import choose_language
from app.live.sessions.access import READERS
from app.live.sessions.coming import coming_with
from app.pages import radar
from app.pages.blueprint import blueprint
from app.pages.job_places import Here, jobs_here
from app.pages.job_words import ADULT_STUDIES, adult_ways, ladder, say_number
from app.pages.profile_words import AREA_NAMES, FAMILY_NAMES, LONGEST, STUDY_NAMES
from app.people.access import anybody
from quizzes.jobs.catalogue import FAMILIES, STUDIES, Family, Job, Studies, catalogue
from quizzes.jobs.neighbours import neighbours
from quizzes.profiler.areas import AREAS
from quizzes.wording import plain_words
from tours.published import published_tours

HIGHEST = 7
"""Of O*NET's scale of interests, which begins at 1."""


@dataclass(frozen=True)
class Search:
    """What one looks for; nothing: all jobs."""

    q: str = ""
    family: Family | None = None
    longest: Studies = STUDIES[-1]
    is_here: bool = False
    """Only those that can be seen in a tour."""

    def keeps(self, job: Job, here: Mapping[str, Here], language: str) -> bool:
        """Whether a job is one of those."""
        return (
            (self.family is None or job.family == self.family)
            and STUDIES.index(job.studies) <= STUDIES.index(self.longest)
            and (not self.is_here or job.rome in here)
            and all(word in searched(job, language) for word in plain_words(self.q).split())
        )


def searched(job: Job, language: str) -> str:
    """All that the search looks in, folded: both names, the text, the diploma, the code."""
    family = str(FAMILY_NAMES[job.family])
    words = (job.label, job.name, job.text.say(language), job.diploma, family, job.rome)
    return plain_words(" ".join(words))


def read_search() -> Search:
    """What the address asks for; what is unknown is as good as nothing."""
    given = request.args
    return Search(
        q=given.get("q", "").strip()[:80],
        family=next((one for one in FAMILIES if one == given.get("family")), None),
        longest=next((one for one in STUDIES if one == given.get("longest")), STUDIES[-1]),
        is_here="here" in given,
    )


@blueprint.get("/jobs")
@anybody
def jobs() -> str:
    """All jobs, by family, to search in."""
    return render_jobs(is_adult=False)


@blueprint.get("/jobs/<rome>")
@anybody
def job(rome: str) -> str:
    """A job: where and by whom it is done, studies, six numbers, neighbours."""
    return render_job(rome, is_adult=False)


@blueprint.get("/careers")
@anybody
def careers() -> str:
    """The door for job seekers and career changers: jobs first, those that can be seen on top."""
    return render_jobs(is_adult=True)


@blueprint.get("/careers/<rome>")
@anybody
def career(rome: str) -> str:
    """A job for an adult: the same, and how adults learn it."""
    return render_job(rome, is_adult=True)


def render_jobs(*, is_adult: bool) -> str:
    """The page of all jobs."""
    language, search = choose_language(), read_search()
    here = jobs_here(published_tours(), language)
    kept = [job for job in catalogue().jobs if search.keeps(job, here, language)]
    return render_template(
        "jobs/list.html",
        is_adult=is_adult,
        search=search,
        count=len(kept),
        total=len(catalogue().jobs),
        seen=[card_view(one, here, language, is_adult) for one in kept if one.rome in here],
        families=[
            (FAMILY_NAMES[name], cards)
            for name in FAMILIES
            if (
                cards := [
                    card_view(one, here, language, is_adult)
                    for one in kept
                    if one.family == name and one.rome not in here
                ]
            )
        ],
        all_families=FAMILY_NAMES,
        lengths=LONGEST,
    )


def card_view(job: Job, here: Mapping[str, Here], language: str, is_adult: bool) -> dict[str, Any]:
    """A job in a list."""
    place = here.get(job.rome, Here())
    say = job.text.say_to_adult if is_adult else job.text.say
    return {
        "rome": job.rome,
        "title": job.title(language),
        "text": say(language),
        "family": FAMILY_NAMES[job.family],
        "slug": job.family,
        "green": job.green,
        "studies": (ADULT_STUDIES if is_adult else STUDY_NAMES)[job.studies],
        "diploma": job.diploma,
        "url": url_for("pages.career" if is_adult else "pages.job", rome=job.rome),
        "scenes": place.scenes,
        "people": place.people,
    }


def render_job(rome: str, *, is_adult: bool) -> str:
    """The page of one job, or 404."""
    language = choose_language()
    found = catalogue().by_rome.get(rome) or abort(404)
    here = jobs_here(published_tours(), language)
    near = neighbours(found, catalogue().jobs)
    role = getattr(current_user, "role", "")
    return render_template(
        "jobs/job.html",
        is_adult=is_adult,
        job=card_view(found, here, language, is_adult),
        label=found.label,
        numbers=numbers_view(found),
        chart=chart_view(found),
        letters=[(letter, AREA_NAMES[letter][0]) for letter in AREAS if letter in found.letters],
        official=found.letters,
        letters_agree=found.letters_agree,
        chain=found.chain,
        ladder=ladder(found.studies, found.diploma),
        ways=adult_ways(found.studies),
        coming=coming_with(rome),
        may_book=role in READERS,
        neighbours=[card_view(one, here, language, is_adult) for one in near],
    )


def numbers_view(job: Job) -> list[dict[str, Any]]:
    """The six numbers, the highest first."""
    return [
        {
            "name": AREA_NAMES[area][0],
            "letter": area,
            "says": AREA_NAMES[area][1],
            "number": job.scores[area],
            "words": say_number(job.scores[area]),
        }
        for area in sorted(AREAS, key=lambda area: -job.scores[area])
    ]


def chart_view(job: Job) -> dict[str, Any]:
    """The six numbers as the chart of a profile: 1 lies at the centre."""
    parts = [(job.scores[area] - 1) / (HIGHEST - 1) for area in AREAS]
    return radar.frame([AREA_NAMES[area][0] for area in AREAS]) | {
        "shape": radar.written([radar.point(axis, part) for axis, part in enumerate(parts)]),
        "before": "",
    }
