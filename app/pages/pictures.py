"""« Mes goûts »: younger students pick pictures and are told where to look in the tours.

Nothing is scored, nothing is kept: the picks are in the request alone.
"""

from typing import Any

from flask import render_template, request

from app.core.locale import choose_language
from app.pages.blueprint import blueprint
from app.pages.job_places import jobs_here
from app.pages.profile import private
from app.people.access import anybody
from quizzes.jobs.catalogue import catalogue
from quizzes.profiler.pictures import Picture, jobs_like, pictures
from tours.published import published_tours

PLACES = 2
"""Places told for a picture."""


@blueprint.get("/quiz/pictures")
@anybody
def pick_pictures() -> str:
    """The pictures."""
    return show_pictures()


def show_pictures(*, is_empty: bool = False) -> str:
    """The page of the pictures; it says so when none was picked."""
    language = choose_language()
    shown = [(one.id, one.text.say(language)) for one in pictures().pictures]
    return render_template("profile/pictures.html", pictures=shown, is_empty=is_empty)


@blueprint.post("/quiz/pictures")
@anybody
def picked_pictures() -> Any:
    """Where to go and look, for each picture picked."""
    liked = dict.fromkeys(request.form.getlist("liked"))
    picked = [pictures().by_id[name] for name in liked if name in pictures().by_id]
    if not picked:
        return private(show_pictures(is_empty=True))
    return private(render_template("profile/picked.html", picked=places_of(picked)))


def places_of(picked: list[Picture]) -> list[dict[str, Any]]:
    """Each picture with places of the tours; a place is told once, with the first that fits."""
    language = choose_language()
    here = jobs_here(published_tours(), language)
    jobs = [job for job in catalogue().jobs if job.rome in here]
    jobs.sort(key=lambda job: not here[job.rome].people)
    told: set[str] = set()
    views = []
    for picture in picked:
        ways = [
            {"job": job.title(language), "who": here[job.rome].people[:1], **place}
            for job in jobs_like(picture, jobs)
            for place in here[job.rome].scenes
        ]
        fresh = list({way["url"]: way for way in ways if way["url"] not in told}.values())
        kept = (fresh or ways)[:PLACES]
        told |= {way["url"] for way in kept}
        views.append({"id": picture.id, "text": picture.text.say(language), "places": kept})
    return views
