"""A profile as its page shows it: words, bars, the chart, jobs with their reasons and places."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from app.pages import radar
from app.pages.job_places import Here, jobs_here
from app.pages.profile_words import AREA_NAMES, BANDS, FAMILY_NAMES, LONGEST, STUDY_NAMES
from app.pages.visitor import my_sources
from quizzes.jobs.catalogue import Job, Studies, catalogue
from quizzes.profiler.areas import AREAS, Area
from quizzes.profiler.items import instrument
from quizzes.profiler.matching import Suggestion, explain, suggest, visitable
from quizzes.profiler.scoring import Answers, Profile
from tours.published import published_tours


def result_view(
    profile: Profile, given: Answers, longest: Studies, language: str, before: Profile | None
) -> dict[str, Any]:
    """All that the page of a result says."""
    found = explain(suggest(profile, catalogue().jobs, longest), profile, given, instrument())
    here = jobs_here(published_tours(), language)
    jobs = [job_view(one, here, language) for one in found]
    near = visitable(profile, [job for job in catalogue().jobs if job.rome in here], longest)
    nearest = explain(near, profile, given, instrument())
    return {
        "profile": profile,
        "areas": area_views(profile, before),
        "top": [AREA_NAMES[area][0] for area in profile.top],
        "chart": chart_view(profile, before),
        "bands": [
            (name, *words, [job for job in jobs if job["band"] == name])
            for name, words in BANDS.items()
        ],
        "visitable": [job_view(one, here, language) for one in nearest],
        "samples": [] if found else sample_views(language),
        "visited": found_in_tours(),
        "longest": longest,
        "lengths": LONGEST,
    }


def area_views(profile: Profile, before: Profile | None) -> list[dict[str, Any]]:
    """The six areas, the most liked first; those without score last."""
    order = sorted(AREAS, key=lambda area: -(profile.known.get(area, -1)))
    return [
        {
            "area": area,
            "name": AREA_NAMES[area][0],
            "says": AREA_NAMES[area][1],
            "score": profile.scores.get(area),
            "tied": any(area in level and len(level) > 1 for level in profile.levels),
            "before": _comparable(before, profile, area),
        }
        for area in order
    ]


def _comparable(before: Profile | None, now: Profile, area: Area) -> int | None:
    """An earlier score, brought to the scale of the present form."""
    score = before.scores.get(area) if before else None
    return None if before is None or score is None else round(score * now.most / before.most)


def chart_view(profile: Profile, before: Profile | None) -> dict[str, Any]:
    """What the chart is drawn with."""
    return radar.frame([AREA_NAMES[area][0] for area in AREAS]) | {
        "shape": radar.shape(profile),
        "before": radar.shape(before) if before else "",
    }


def job_view(one: Suggestion, here: Mapping[str, Here], language: str) -> dict[str, Any]:
    """A suggested job."""
    by_id = instrument().by_id
    return {
        **plain_job(one.job, language),
        "band": one.band,
        "areas": [AREA_NAMES[area][0] for area in one.areas],
        "liked": [by_id[name].text.say(language) for name in one.items],
        "places": ways_in(here.get(one.job.rome, Here())),
    }


def plain_job(job: Job, language: str) -> dict[str, Any]:
    """What is said of a job, whoever reads it."""
    return {
        "rome": job.rome,
        "title": job.title(language),
        "family": FAMILY_NAMES[job.family],
        "slug": job.family,
        "studies": STUDY_NAMES[job.studies],
        "diploma": job.diploma,
        "text": job.text.say(language),
        "green": job.green,
    }


def found_in_tours() -> list[tuple[Any, int]]:
    """What one did in the tours, by kind of hotspot; it stays apart from the scores."""
    mine = my_sources()
    counts = Counter(
        hotspot.kind
        for tour in published_tours()
        for hotspot in tour.finds
        if f"hotspot:{tour.slug}/{hotspot.slug}" in mine
    )
    return [(kind.label, count) for kind, count in counts.most_common()]


def sample_views(language: str) -> list[dict[str, Any]]:
    """For a profile that ranks nothing: an area each, with two jobs in which it comes first."""
    jobs = catalogue().jobs
    return [
        {
            "name": AREA_NAMES[area][0],
            "says": AREA_NAMES[area][1],
            "jobs": [plain_job(job, language) for job in jobs if job.top == (area,)][:2],
        }
        for area in AREAS
    ]


def ways_in(here: Here) -> list[dict[str, Any]]:
    """Where one goes to see a job: to who tells of it, else to where it is done."""
    return list(here.people) or [{"scene": one["title"], "url": one["url"]} for one in here.scenes]
