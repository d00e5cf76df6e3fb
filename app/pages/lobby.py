"""The lobby and a factory's page: where one chooses what to visit."""

from collections.abc import Mapping
from typing import Any

from flask import Response, abort, render_template, request, url_for
from sqlalchemy import func, select

from app.classes.places import my_place
from app.core.locale import choose_language
from app.core.queries import Query, read
from app.live.building import built_by
from app.pages.blueprint import blueprint
from app.pages.catalogue import LENGTHS, Filters, factory_views
from app.pages.job_places import jobs_here
from app.pages.visitor import my_sources
from app.people.access import anybody
from quizzes.jobs.catalogue import catalogue
from tours.bundles.factory import CHALLENGES, SECTORS
from tours.models import Tour
from tours.player.tags import answer_tagged, tag_of
from tours.published import published_tours
from tours.texts import localise

_PUBLISHED = Query(
    select(func.count(), func.sum(Tour.version), func.max(Tour.updated_at)).where(Tour.is_published)
)


@blueprint.get("/")
@anybody
def lobby() -> Response:
    """The first page: a landscape to wander in, and the same as a list."""
    filters = read_filters()
    place = my_place()
    built = built_by(place.seat.classroom) if place and place.seat else ()
    tag = tag_of("lobby", lobby_version(), place.state if place else None, built, filters)
    return answer_tagged(tag, lambda: render_lobby(filters, built))


def lobby_version() -> str:
    """Moves when any published tour changes, comes or goes."""
    count, versions, newest = read(_PUBLISHED)[0]
    return f"{count}.{versions}.{newest.timestamp() if newest is not None else 0:.0f}"


def read_filters() -> Filters:
    """The filters in the address; unknown ones are as good as none."""
    given = request.args
    return Filters(
        q=given.get("q", "").strip()[:80],
        challenge=_known(given.get("challenge"), CHALLENGES),
        sector=_known(given.get("sector"), SECTORS),
        length=_known(given.get("length"), LENGTHS),
    )


def _known(value: str | None, values: Mapping[str, Any]) -> str:
    return value if value is not None and value in values else ""


def render_lobby(filters: Filters, built: tuple[tuple[str, int], ...] = ()) -> str:
    """The lobby's page; `built` is what the class of whoever asks builds together."""
    tours = published_tours()
    factories = factory_views(tours, my_sources(), choose_language())
    return render_template(
        "lobby.html",
        factories=factories,
        look=tuple(factory["look"] for factory in factories),
        shown=[factory for factory in factories if filters.keep(factory)],
        filters=filters,
        built=built,
        challenges=_choices(CHALLENGES),
        sectors=_choices({s: SECTORS[s] for s in SECTORS if s in {f["sector"] for f in factories}}),
        lengths=_choices({slug: label for slug, (label, _range) in LENGTHS.items()}),
    )


def _choices(labels: Mapping[str, Any]) -> list[dict[str, str]]:
    return [{"slug": slug, "label": str(label)} for slug, label in labels.items()]


@blueprint.get("/factories/<slug>")
@anybody
def factory(slug: str) -> str:
    """A factory: what it makes, where, its tours and people."""
    language = choose_language()
    tours = [t for t in published_tours() if t.factory["slug"] == slug]
    if not tours:
        abort(404)
    view = factory_views(tours, my_sources(), language)[0]
    return render_template("factory.html", factory=view | people_and_trades(tours, language))


def people_and_trades(tours: list[Any], language: str) -> dict[str, Any]:
    """Who is met in these tours, and the jobs that are done there."""
    here, known = jobs_here(tours, language), catalogue().by_rome
    trades = [
        {"title": known[rome].title(language), "url": url_for("pages.job", rome=rome)}
        for rome in here
        if rome in known
    ]
    return {"jobs": people_of(tours, language), "trades": trades}


def people_of(tours: list[Any], language: str) -> list[dict[str, str]]:
    """Those who tell of their job in these tours."""
    return [
        {
            "name": hotspot.keys.name,
            "job": localise(hotspot.keys.job.model_dump(), language),
            "tour_url": url_for("player.scene", tour=tour.slug, scene=hotspot.scene),
        }
        for tour in tours
        for hotspot in tour.finds
        if hotspot.kind.name == "person"
    ]
