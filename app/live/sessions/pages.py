"""Pages of sessions: what is offered, one session, and booking it for a class."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from sqlalchemy import or_, select
from werkzeug.wrappers import Response

from app.classes.models import Classroom
from app.core.db import db, now
from app.core.errors import Refusal
from app.core.writer import write
from app.live.blueprint import blueprint
from app.live.lesson_pages import site_url
from app.live.sessions.access import (
    READERS,
    is_concerned,
    may_change,
    me,
    own_classroom,
    site_settings,
    visible,
)
from app.live.sessions.booking import allow_views, book, cancel_booking
from app.live.sessions.calendar import feed_token
from app.live.sessions.forms import KIND_NAMES, language_name
from app.live.sessions.guests import guests_of
from app.live.sessions.hours import is_outside
from app.live.sessions.models import Booking, Session, SessionProfessional
from app.live.sessions.reading import Shown, classes_of, show, show_one, zones_of
from app.live.sessions.sessions import ANSWER_DAYS, ends_at, is_over
from app.people.access import staff
from app.people.models import Account

NEW_LINKS = "guest_links"
"""In the cookie until they were shown once: a session's slug, and the token of each guest."""
WRITTEN_SHOWN = 3


@blueprint.get("/sessions")
@staff(*READERS)
def sessions() -> str:
    """One's own sessions first, then what is offered."""
    account = me()
    classes = classes_of(account) if account.role == "teacher" else []
    zones = zones_of(account, classes, site_settings().timezone)
    mine, others = _own_and_other(account, classes)
    known = [one.id for one in classes]
    return render_template(
        "sessions/list.html",
        account=account,
        classes=classes,
        awaiting=show(_awaiting(account), zones, ()),
        mine=show(mine, zones, known),
        others=show(others, zones, known),
        feed=site_url(url_for("live.feed", token=feed_token(account, site_settings()))),
        **words(),
    )


def words() -> dict[str, Any]:
    """What templates of sessions ask for."""
    return {"kinds": KIND_NAMES, "language_name": language_name}


def _own_and_other(
    account: Account, classes: Sequence[Classroom]
) -> tuple[list[Session], list[Session]]:
    """What concerns somebody and is not over, and what else is offered, each by its hour."""
    coming = [one for one in db.session.scalars(_recent()) if not is_over(one)]
    own = set(db.session.scalars(_concerning(account, classes)))
    mine = [one for one in coming if one.id in own and one.state in ("awaiting", "offered")]
    others = [
        one
        for one in coming
        if one.id not in own and one.state == "offered" and one.kind != "guest"
    ]
    return mine, [one for one in others if one.starts_at > now() or account.role != "teacher"]


def _recent() -> Any:
    """Sessions that may not be over: the longest is a written exchange of sixty days."""
    since = now() - timedelta(days=ANSWER_DAYS[-1])
    return select(Session).where(Session.starts_at > since).order_by(Session.starts_at, Session.id)


def _concerning(account: Account, classes: Sequence[Classroom]) -> Any:
    """Numbers of the sessions that somebody made, moderates, answers in or comes to."""
    answers = select(SessionProfessional.session_id).where(
        SessionProfessional.account_id == account.id
    )
    comes = select(Booking.session_id).where(
        Booking.classroom_id.in_([one.id for one in classes]), Booking.state != "cancelled"
    )
    return select(Session.id).where(
        or_(
            Session.created_by == account.id,
            Session.moderator_id == account.id,
            Session.id.in_(answers),
            Session.id.in_(comes),
        )
    )


def _awaiting(account: Account) -> Sequence[Session]:
    """What waits for an organiser's answer; to others nothing."""
    if account.role != "organiser":
        return ()
    query = select(Session).where(Session.state == "awaiting")
    found = db.session.scalars(query.order_by(Session.created_at)).all()
    return [one for one in found if not is_over(one)]


@blueprint.get("/sessions/<session>")
@staff(*READERS)
def one_session(session: str) -> str:
    """One session: what it is, when on the clock of each of one's classes, and the place in it."""
    found, account = visible(session), me()
    classes = classes_of(account) if account.role == "teacher" else []
    zones = zones_of(account, classes, site_settings().timezone)
    is_watching = account.role in ("organiser", "moderator")
    known = None if is_watching else [one.id for one in classes]
    shown = show_one(found, zones, known)
    return render_template(
        "sessions/session.html",
        one=shown,
        account=account,
        free_classes=_free_classes(shown, classes),
        outside_classes=_outside(found, classes),
        written=_written_instead(shown, account, zones, known),
        may_change=may_change(found, account),
        is_concerned=is_watching or is_concerned(found, account),
        guests=_guest_links(found, account),
        **words(),
    )


def _free_classes(shown: Shown, classes: Sequence[Classroom]) -> list[Classroom]:
    """One's classes that have not booked."""
    taken = {place.classroom.id for place in shown.places}
    return [one for one in classes if one.id not in taken]


def _outside(session: Session, classes: Sequence[Classroom]) -> set[int]:
    """One's classes for which the hour is not one of school."""
    if session.kind == "written":
        return set()
    end = ends_at(session)
    return {one.id for one in classes if is_outside(session.starts_at, end, one.timezone)}


def _written_instead(
    shown: Shown, account: Account, zones: Sequence[str], known: list[int] | None
) -> list[Shown]:
    """Written exchanges for who would have to get up at night; those of the same factory first."""
    if account.role != "teacher" or not shown.is_outside:
        return []
    is_open = (Session.state == "offered") & (Session.starts_at > now())
    query = select(Session).where(Session.kind == "written", is_open)
    found = list(db.session.scalars(query.order_by(Session.starts_at)))
    found.sort(key=lambda one: one.factory != shown.session.factory)
    return show(found[:WRITTEN_SHOWN], zones, known)


def _guest_links(session: Session, account: Account) -> list[dict[str, Any]]:
    """The guests of one's own session, with the link that was just drawn, shown this once."""
    if session.kind != "guest" or session.created_by != account.id:
        return []
    held = cookie.get(NEW_LINKS) or {}
    tokens = held.get("tokens", {}) if held.get("session") == session.slug else {}
    if tokens:
        cookie.pop(NEW_LINKS)
    return [
        {"guest": one, "link": _guest_link(tokens.get(str(one.id)))} for one in guests_of(session)
    ]


def _guest_link(token: str | None) -> str:
    return site_url(url_for("live.guest", token=token)) if token else ""


@blueprint.post("/sessions/<session>/book")
@staff("teacher")
def book_session(session: str) -> Response:
    """Take a place for one of one's classes, or a place in the waiting list."""
    number, account = visible(session).id, me().id
    classroom = own_classroom(request.form.get("classroom", "")).id
    allows = request.form.get("allows_views") == "yes"
    state = write(lambda tx: book(tx, number, classroom, account, allows).state)
    if state == "booked":
        flash(_("C’est réservé. Un mail le confirme."), "done")
    else:
        flash(
            _("Votre classe est sur la liste d’attente. Un mail dira si une place se libère."),
            "done",
        )
    return _back(session)


@blueprint.post("/sessions/<session>/leave")
@staff("teacher")
def leave_session(session: str) -> Response:
    """Give a class's place back."""
    number, account = visible(session).id, me().id
    classroom = own_classroom(request.form.get("classroom", "")).id
    if request.form.get("sure") != "yes":
        raise Refusal("not_sure", _("Cochez la case pour confirmer."), 422, "sure")
    write(lambda tx: cancel_booking(tx, number, classroom, account))
    flash(_("La place est rendue."), "done")
    return _back(session)


@blueprint.post("/sessions/<session>/views")
@staff("teacher")
def choose_views(session: str) -> Response:
    """Say whether a professional may turn the views of a class."""
    number, account = visible(session).id, me().id
    classroom = own_classroom(request.form.get("classroom", "")).id
    allows = request.form.get("allows_views") == "yes"
    write(lambda tx: allow_views(tx, number, classroom, account, allows))
    flash(_("C’est noté."), "done")
    return _back(session)


def _back(session: str) -> Response:
    return redirect(url_for("live.one_session", session=session))
