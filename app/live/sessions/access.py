"""Who may see a session, and who may change it. What one may not know about is a 404."""

from typing import Any

from flask import abort, current_app
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select

from app.classes.models import Classroom, ClassroomTeacher
from app.core.config import Settings
from app.core.db import db
from app.core.errors import Refusal
from app.live.sessions.models import Booking, Professional, Session, SessionProfessional
from app.live.sessions.sessions import session_of
from app.people.models import Account

READERS = ("teacher", "professional", "moderator", "organiser")
HOSTS = ("professional", "organiser")
"""Those who offer sessions."""


def me() -> Account:
    """Who asks; the view has seen that they are of the staff."""
    found: Any = current_user
    account: Account = db.session.get_one(Account, found.id)
    return account


def site_settings() -> Settings:
    """The site's settings."""
    settings: Settings = current_app.extensions["settings"]
    return settings


def visible(slug: str) -> Session:
    """The session, for whoever may see it: what is offered is seen by all who may ask."""
    session, account = session_of(slug), me()
    is_public = session.state == "offered" and session.kind != "guest"
    sees_all = account.role in ("organiser", "moderator")
    if not (is_public or sees_all or is_concerned(session, account)):
        abort(404)
    return session


def is_concerned(session: Session, account: Account) -> bool:
    """Whether somebody made it, answers there, or teaches a class that booked."""
    if session.created_by == account.id:
        return True
    if db.session.get(SessionProfessional, (session.id, account.id)) is not None:
        return True
    booked = (
        select(Booking.id)
        .join(ClassroomTeacher, ClassroomTeacher.classroom_id == Booking.classroom_id)
        .where(Booking.session_id == session.id, ClassroomTeacher.account_id == account.id)
    )
    return db.session.execute(booked.limit(1)).first() is not None


def changeable_session(slug: str) -> Session:
    """The session, for who offered it and for organisers; to others a 404."""
    session = session_of(slug)
    if not may_change(session, me()):
        abort(404)
    return session


def may_change(session: Session, account: Account) -> bool:
    """Whether somebody may change or cancel it: organisers, and whoever offers it."""
    if account.role == "organiser":
        return True
    is_theirs = session.created_by == account.id
    return is_theirs and account.role in ("professional", "teacher") and account.is_verified


def own_classroom(slug: str) -> Classroom:
    """A class that one teaches by one's account, or 404."""
    mine = (ClassroomTeacher.classroom_id == Classroom.id) & (
        ClassroomTeacher.account_id == me().id
    )
    query = select(Classroom).join(ClassroomTeacher, mine)
    found = db.session.scalar(query.where(Classroom.slug == slug))
    return found if found is not None else abort(404)


def own_factory(account: Account) -> str:
    """The factory for which a professional speaks. Raises Refusal when they may not offer yet."""
    if not account.is_verified:
        raise Refusal(
            "unverified", _("Votre compte doit d’abord être vérifié par l’organisation."), 403
        )
    said = db.session.get(Professional, account.id)
    if said is None or not said.factory:
        told = _("Aucune usine n’est liée à votre compte : l’organisation peut le faire.")
        raise Refusal("no_factory", told, 403)
    return said.factory
