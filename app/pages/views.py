"""The lobby, a factory's page, rewards, one's own page, and the texts of the house."""

from collections.abc import Mapping
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _
from sqlalchemy import bindparam, func, select
from werkzeug.wrappers import Response as AnyResponse

from app.classes.models import Visitor
from app.classes.visitors import (
    SESSION_KEY,
    erase_visitor,
    find_by_code,
    remember,
    remembered_visitor,
    show_code,
)
from app.core.db import db
from app.core.limits import limiter
from app.core.locale import LANGUAGES, choose_language
from app.core.privacy import PrivacyRegistry
from app.core.queries import Query, read
from app.core.writer import write
from app.pages.catalogue import (
    LENGTHS,
    Filters,
    factory_views,
    published_tours,
)
from app.people.access import anybody
from app.points.ledger import sources_of
from tours.bundles.factory import CHALLENGES, SECTORS
from tours.models import Tour
from tours.player.entrance import resume_url
from tours.player.replies import reward_views
from tours.player.tags import answer_tagged, tag_of
from tours.texts import localise

blueprint = Blueprint("pages", __name__)
_PROGRESS = Query(select(Visitor.progress).where(Visitor.id == bindparam("visitor")))
_PUBLISHED = Query(
    select(func.count(), func.sum(Tour.version), func.max(Tour.updated_at)).where(Tour.is_published)
)


def my_sources() -> Mapping[str, int]:
    """What this visitor earned, points by source."""
    visitor = remembered_visitor()
    return sources_of(read, visitor) if visitor is not None else {}


@blueprint.get("/")
@anybody
def lobby() -> Response:
    """The first page: a landscape to wander in, and the same as a list."""
    filters = read_filters()
    visitor, progress = remembered_visitor(), 0
    if visitor is not None:
        known = read(_PROGRESS, visitor=visitor)
        progress = known[0][0] if known else 0
    tag = tag_of("lobby", lobby_version(), visitor, progress, filters)
    return answer_tagged(tag, lambda: render_lobby(filters))


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


def render_lobby(filters: Filters) -> str:
    """The lobby's page."""
    tours = published_tours()
    factories = factory_views(tours, my_sources(), choose_language())
    return render_template(
        "lobby.html",
        factories=factories,
        look=tuple(factory["look"] for factory in factories),
        shown=[factory for factory in factories if filters.keep(factory)],
        filters=filters,
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
    return render_template("factory.html", factory=view | {"jobs": people_of(tours, language)})


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


@blueprint.get("/me")
@anybody
def me() -> str:
    """What I have, where I was, and the code that opens my place on another machine."""
    visitor = remembered_visitor()
    row = db.session.get(Visitor, visitor) if visitor is not None else None
    tours = published_tours() if row else []
    sources = my_sources()
    views = factory_views(tours, sources, choose_language())
    mine = [
        tour | {"resume_url": resume_url(content, visitor)}
        for content, tour in zip(tours, [t for f in views for t in f["tours"]], strict=True)
        if tour["found"] or resume_url(content, visitor)
    ]
    return render_template(
        "me.html",
        known=row is not None,
        total=sum(sources.values()),
        tours=mine,
        rewards=earned_rewards(sources),
        resume_code=show_code(row.resume_code) if row else None,
    )


def earned_rewards(sources: Mapping[str, int]) -> list[dict[str, Any]]:
    """The pins of a visitor."""
    return reward_views([s.removeprefix("reward:") for s in sources if s.startswith("reward:")])


@blueprint.post("/me/forget")
@anybody
def forget() -> AnyResponse:
    """Erase this visitor and all that is held of them."""
    visitor = remembered_visitor()
    if visitor is not None:
        registry: PrivacyRegistry = current_app.extensions["privacy"]
        write(lambda tx: erase_visitor(tx, registry, visitor))
        session.pop(SESSION_KEY, None)
        flash(_("Tout ce qui te concernait est effacé."), "done")
    return redirect(url_for("pages.lobby"))


@blueprint.route("/resume", methods=["GET", "POST"])
@limiter.limit(
    "100 per minute", methods=["POST"], deduct_when=lambda response: response.status_code == 422
)
@anybody
def resume() -> AnyResponse | str | tuple[str, int]:
    """Open one's place again with its code. Only wrong codes count towards the limit."""
    if request.method == "GET":
        return render_template("resume.html", error=None)
    code = request.form.get("code", "")[:40]
    visitor = find_by_code(code)
    if visitor is None:
        error = _("Ce code n’ouvre aucune place. Vérifie chaque caractère, puis recommence.")
        return render_template("resume.html", error=error, code=code), 422
    remember(visitor)
    return redirect(url_for("pages.me"))


@blueprint.post("/language/<language>")
@anybody
def language(language: str) -> AnyResponse:
    """Choose a language and stay where one is."""
    if language not in LANGUAGES:
        abort(404)
    session["language"] = language
    back = request.form.get("next", "/")
    is_ours = back.startswith("/") and not back.startswith(("//", "/\\"))
    return redirect(back if is_ours else "/")


@blueprint.get("/about")
@anybody
def about() -> str:
    """What Déambule is."""
    return render_template("about.html")


@blueprint.get("/privacy")
@anybody
def privacy() -> str:
    """What is held of whom, how long."""
    return render_template("privacy.html")


@blueprint.get("/accessibility")
@anybody
def accessibility() -> str:
    """What works for whom, and what does not yet."""
    return render_template("accessibility.html")


@blueprint.get("/robots.txt")
@anybody
def robots() -> Response:
    """Pages that make a visitor are not for robots."""
    return Response("User-agent: *\nDisallow: /tours/\nDisallow: /me\n", mimetype="text/plain")
