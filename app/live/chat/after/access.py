"""Who may do what after a chat. What one may not know about is a 404."""

from flask import abort, request, session
from sqlalchemy import select

from app.core.db import db, now
from app.live.chat.attending import Attendant, Room, attend, find_room
from app.live.chat.models import ChatRoom
from app.live.professionals.vetting import is_ready
from app.live.sessions.models import Professional, Session
from app.people.access import current_staff
from app.people.models import Account
from tours.models import Factory, FactoryMember, Tour


def session_in(who: Attendant) -> Session:
    """The session of a room that somebody attends."""
    return db.session.get_one(Session, who.room.id)


def room_row(who: Attendant) -> ChatRoom | None:
    """The room's own row, once there is one."""
    return db.session.get(ChatRoom, who.room.id)


def attending(slug: str) -> Attendant:
    """Whoever attends a room, on whichever side; an adult's comes first unless asked otherwise."""
    sides = ("student", "staff") if request.args.get("side") == "student" else ("staff", "student")
    for side in sides:
        who = attend(slug, side, session, now())
        if who is not None:
            return who
    return abort(404)


def deciding(slug: str) -> Attendant:
    """A teacher of a class of the room, a moderator or an organiser."""
    who = attend(slug, "staff", session, now())
    if who is None or not (who.watches or who.role == "teacher"):
        abort(404)
    return who


def watching(slug: str) -> Attendant:
    """A moderator or an organiser."""
    who = deciding(slug)
    return who if who.watches else abort(404)


def answering(slug: str) -> Attendant:
    """Who answers in the session, a member of its factory, or somebody who watches over it."""
    who = attend(slug, "staff", session, now())
    if who is not None and (who.may_answer or who.watches):
        return who
    room, account = find_room(slug), current_staff()
    member = member_of_factory(room, account) if room is not None and account is not None else None
    return member if member is not None else abort(404)


def member_of_factory(room: Room, account: Account) -> Attendant | None:
    """Somebody of the factory that offers the session, as one who answers in writing.

    What a teacher invited guests to is for these alone.
    """
    row = db.session.get_one(Session, room.id)
    factory = factory_of(row)
    if row.kind == "guest" or not factory or not account.is_verified:
        return None
    if not (_is_member(account, factory) or _works_there(account, factory)):
        return None
    said = db.session.get(Professional, account.id)
    name = said.first_name if said and said.first_name else account.name.split(" ", 1)[0]
    return Attendant(room, "professional", f"account:{account.id}", name, room.classes)


def factory_of(session_row: Session) -> str:
    """The slug of the factory that a session speaks of: its own, else that of its tour."""
    if session_row.factory or not session_row.tour:
        return session_row.factory
    query = select(Factory.slug).join(Tour).where(Tour.slug == session_row.tour)
    return db.session.scalar(query) or ""


def _is_member(account: Account, factory: str) -> bool:
    query = (
        select(FactoryMember.account_id)
        .join(Factory, Factory.id == FactoryMember.factory_id)
        .where(FactoryMember.account_id == account.id, Factory.slug == factory)
    )
    return db.session.scalar(query) is not None


def _works_there(account: Account, factory: str) -> bool:
    """A professional who was vetted for this factory."""
    if account.role != "professional" or not is_ready(account.id, db.session()):
        return False
    return db.session.get_one(Professional, account.id).factory == factory
