"""create_app: the only place that knows every room."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask_compress import Compress
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import Engine
from werkzeug.middleware.proxy_fix import ProxyFix

from app.classes import (
    ending,
    entering,
    managing,
    naming,
    opening,
    screens,
    visitors,
    waiting,
    welcoming,
)
from app.classes import privacy as classes_privacy
from app.classes import (
    settings as class_settings,
)
from app.classes.blueprint import blueprint as classes
from app.classes.places import my_place
from app.core import errors, headers, health, locale, logs, metrics, queue
from app.core.build import mark_of
from app.core.config import Settings
from app.core.db import db, open_database
from app.core.events import Events
from app.core.fragments import keep_fragments
from app.core.jobs import JobQueued
from app.core.json import speak_json
from app.core.limits import limiter
from app.core.privacy import PrivacyRegistry
from app.core.queries import open_reads
from app.core.static import serve_built
from app.core.templates import Templates
from app.core.tokens import stamp_tokens
from app.core.writer import PlainWriter, Writer
from app.live import (
    board,
    handouts,
    heat,
    lead,
    leading,
    lesson_pages,
    poster,
    pushing,
    report,
    seats,
    sharing,
    standing,
    teaching,
    trial,
    whole,
)
from app.live import models as live_models
from app.live.blueprint import blueprint as live
from app.live.chat import day, looking, meetings, turning
from app.live.chat import models as chat_models
from app.live.chat import pages as chat_pages
from app.live.chat import privacy as chat_privacy
from app.live.chat import pushing as chat_pushing
from app.live.chat.after import approving as chat_approving
from app.live.chat.after import feedback_pages, papers, questions_pages
from app.live.chat.after import places as chat_places
from app.live.chat.leaving import leave_no_words
from app.live.papers import kinds
from app.live.professionals import (
    approvals,
    approving_pages,
    attestation_page,
    briefing,
    leaving,
    my_page,
)
from app.live.professionals.blueprint import blueprint as professionals
from app.live.quiz import answering as quiz_answering
from app.live.quiz import models as quiz_models
from app.live.quiz import pages as quiz_pages
from app.live.quiz import privacy as quiz_privacy
from app.live.quiz import pushing as quiz_pushing
from app.live.sessions import calendar_pages, inviting, offering
from app.live.sessions import models as session_models
from app.live.sessions import pages as session_pages
from app.live.sessions.charter import charter_points
from app.pages import held, house, lobby, own, profile, proofs, rewards
from app.pages import jobs as job_pages
from app.pages import pictures as picture_pages
from app.pages.blueprint import blueprint as pages
from app.pages.catalogue import tour_titles
from app.pages.visitor import ShownVisitor
from app.people import account, joining, links, team
from app.people import views as people
from app.people.access import check_audiences, limit_bodies
from app.people.homes import HOMES
from app.people.logins import keep_logins
from app.points import ledger
from app.points import proofs as proofs_privacy
from media.serving import MediaFiles
from media.storage import storage_from_settings
from quizzes.own import pages as own_questions
from quizzes.own.keeping import leave_no_questions
from quizzes.profiler import keeping as profiler_keeping
from quizzes.profiler.pooling import Pool
from tours import privacy as tours_privacy
from tours.kinds import load_kinds
from tours.loading import Contents
from tours.player import decision, entrance, finds, media, walking
from tours.player.blueprint import blueprint as player
from tours.texts import markdown
from tours.workshop import views as workshop

PAGES = (
    (account, joining, links, team),
    (class_settings, ending, entering, managing, naming, opening, screens, waiting, welcoming),
    (decision, entrance, finds, media, walking),
    (
        board,
        handouts,
        heat,
        leading,
        lesson_pages,
        live_models,
        poster,
        report,
        sharing,
        teaching,
        trial,
        whole,
    ),
    (chat_models, chat_pages, day, looking, session_models),
    (feedback_pages, papers, questions_pages),
    (quiz_answering, quiz_models, quiz_pages),
    (calendar_pages, inviting, offering, session_pages),
    (approving_pages, attestation_page, briefing, my_page),
    (held, house, lobby, own, profile, proofs, rewards),
    (job_pages, picture_pages),
)
"""Modules whose import adds their pages to a blueprint, or their tables to the schema."""
ROOT = Path(__file__).resolve().parent.parent
LOOKS = [
    ROOT / part for part in ("app/templates", "app/translations", "tours/templates", "static/built")
]
MakeWriter = Callable[[Engine, Events], Writer]
OpenLine = Callable[[Flask], object]


def create_app(
    settings: Settings, writer: MakeWriter = PlainWriter, open_line: OpenLine | None = None
) -> Flask:
    """Compose the rooms.

    In the serving process `writer` is the group writer on SQLite, and `open_line` takes the live
    events; elsewhere nobody is there to send them.
    """
    app = Flask("app", root_path=str(ROOT / "app"), static_folder=None)
    app.jinja_environment = Templates
    speak_json(app)
    _configure(app, settings)
    app.extensions["build"] = mark_of(LOOKS)
    logs.log_requests(app)
    headers.protect_responses(app, https=settings.https)
    events = Events()
    _open_stores(app, settings, events, writer)
    _attach_libraries(app)
    _open_rooms(app)
    _answer_operators(app, events)
    errors.catch_errors(app)
    check_audiences(app)
    if open_line:
        open_line(app)
        pushing.hear_lines(app)
        standing.watch_chairs(app)
        chat_pushing.watch_rooms(app)
    _wrap(app, settings)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.extensions["settings"] = settings
    app.config.update(
        SECRET_KEY=settings.secret.get_secret_value(),
        MAX_CONTENT_LENGTH=settings.upload_mb * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=256 * 1024,
        PERMANENT_SESSION_LIFETIME=timedelta(days=400),
        SESSION_REFRESH_EACH_REQUEST=False,
        SESSION_COOKIE_NAME="deambule",
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        WTF_CSRF_TIME_LIMIT=None,
        COMPRESS_ALGORITHM=["gzip"],
        COMPRESS_LEVEL=2,
        COMPRESS_MIMETYPES=["text/html", "text/vtt", "image/svg+xml"],
    )


def _open_stores(app: Flask, settings: Settings, events: Events, writer: MakeWriter) -> None:
    settings.data.mkdir(parents=True, exist_ok=True)
    open_database(app, settings)
    app.extensions["events"] = events
    with app.app_context():
        app.extensions["writer"] = writer(db.engine, events)
        app.extensions["reads"] = open_reads(db.engine)
    app.extensions["storage"] = storage_from_settings(settings)
    app.extensions["queue"] = waiting = queue.open_queue(settings)
    app.extensions["bell"] = bell = queue.Bell(waiting)
    events.subscribe(JobQueued, lambda event: bell.ring(event.job_id))


def _attach_libraries(app: Flask) -> None:
    locale.speak(app, app.extensions["settings"].timezone)
    limit_bodies(app)
    CSRFProtect(app)
    Compress(app)
    stamp_tokens(app)
    keep_fragments(app)
    limiter.init_app(app)
    keep_logins(app)


def _open_rooms(app: Flask) -> None:
    app.extensions["kinds"] = load_kinds()
    app.extensions["profile_pool"] = Pool()
    app.extensions["privacy"] = registry = PrivacyRegistry()
    lower = (visitors, classes_privacy, ledger, proofs_privacy, profiler_keeping, tours_privacy)
    for room in (*lower, chat_privacy, quiz_privacy):
        room.declare_privacy(registry)
    rooms = (people.blueprint, classes, player, workshop.blueprint, live, professionals, pages)
    for blueprint in (*rooms, own_questions.blueprint):
        app.register_blueprint(blueprint)
    HOMES.update(author="/workshop", organiser="/workshop", teacher="/classes")
    HOMES.update(professional="/professionals/me")
    approvals.register(app)
    chat_approving.register(app)
    goodbyes = [leaving.leave_nothing, leave_no_questions, leave_no_words]
    app.extensions.setdefault("farewells", []).extend(goodbyes)
    HOMES.update(moderator="/sessions")
    app.extensions["player_panels"] = ["live/whole_bar.html"]
    app.extensions["player_strips"] = ["live/seat.html"]
    chat_places.show_in_player(app)
    app.extensions["offered_tours"] = tour_titles
    app.extensions["tours"] = Contents(
        app.extensions["kinds"], app.extensions["settings"].media_url
    )
    app.jinja_env.filters["markdown"] = markdown
    app.jinja_env.globals["visitor"] = ShownVisitor()
    app.jinja_env.globals["my_place"] = my_place
    app.jinja_env.globals["charter_points"] = charter_points
    app.jinja_env.globals["board_clock"] = lesson_pages.board_clock
    lesson_pages.hear_lessons(app)
    pushing.hear_classes(app)
    lead.hear_leads(app)
    seats.hear_seats(app)
    standing.hear_chairs(app)
    chat_pushing.hear_rooms(app)
    meetings.hear_meetings(app)
    turning.hear_turning(app)
    quiz_pushing.hear_quizzes(app)
    kinds.hear_erasures(app)


def _answer_operators(app: Flask, events: Events) -> None:
    health.watch_health(app, health_checks(app))
    metrics.measure(app, events)


def health_checks(app: Flask) -> dict[str, health.Check]:
    """What must answer for the site to work."""
    waiting, storage = app.extensions["queue"], app.extensions["storage"]
    return {
        "database": health.check_database,
        "storage": lambda: storage.exists("healthz"),
        "queue": waiting.pending_count,
    }


def _wrap(app: Flask, settings: Settings) -> None:
    """Put around the app what answers before Flask does."""
    serve_built(app, ROOT / "static" / "built")
    app.wsgi_app = MediaFiles(app.wsgi_app, app.extensions["storage"], settings.media_url)  # type: ignore[assignment,method-assign]  # a middleware
    if settings.proxies:
        trusted = settings.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # a middleware
            app.wsgi_app, x_for=trusted, x_proto=trusted, x_host=trusted
        )
