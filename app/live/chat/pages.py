"""Pages of a room: one address for all who attend it, each with their side of it."""

from typing import Any

from flask import abort, current_app, redirect, render_template, request, session, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response as AnyResponse

from app.classes.models import Classroom
from app.classes.places import my_place
from app.core.db import db, now
from app.core.locale import choose_language
from app.live.blueprint import blueprint
from app.live.chat.after.box import box_notice
from app.live.chat.attending import Attendant, attend
from app.live.chat.models import Alarm, ChatRoom
from app.live.chat.wording import wording
from app.live.chat.words import mode_names, page_words, report_reasons
from app.live.professionals.profile import describe_professional
from app.live.sessions.models import Booking, Guest, Session, SessionProfessional
from app.people.access import anybody, staff
from app.people.models import Account


@blueprint.get("/rooms/<session>")
@anybody
def room(session: str) -> str:
    """A room, for whoever attends it; to others it does not exist."""
    who = _attending(session)
    return render_template(
        "chat/room.html",
        who=who,
        room=who.room,
        place=_place_of(request.args.to_dict()),
        written=box_notice(db.session(), who, current_app.extensions["settings"]),
        **_for_page(who),
    )


@blueprint.get("/rooms/<session>/screen")
@anybody
def room_screen(session: str) -> str:
    """The room for a projector: large, to be read from three metres, nothing to press."""
    who = _attending(session)
    if not who.is_adult:
        abort(404)
    return render_template("chat/screen.html", who=who, room=who.room, **_for_page(who))


@blueprint.get("/rooms")
@anybody
def rooms() -> AnyResponse:
    """Where « the room » is for whoever asks: a student's is that of their class, now."""
    place = my_place()
    if place is None or place.seat is None:
        return redirect(url_for("live.rooms_to_watch"))
    slug = current_room(place.seat.classroom)
    return redirect(url_for("live.room", session=slug) if slug else "/")


@blueprint.get("/rooms/watch")
@staff("moderator", "organiser", "teacher")
def rooms_to_watch() -> AnyResponse:
    """The room with an alarm that nobody has seen, else the list of sessions."""
    query = (
        select(Session.slug)
        .join(Alarm, Alarm.room_id == Session.id)
        .where(Alarm.seen_at.is_(None))
        .order_by(Alarm.id)
    )
    for slug in db.session.scalars(query):
        if attend(slug, "staff", session, now()):
            return redirect(url_for("live.room", session=slug))
    return redirect("/sessions")


def current_room(classroom: int) -> str | None:
    """The room that a class has now: one that runs, else the next that may be prepared."""
    query = (
        select(Session.slug)
        .join(Booking, Booking.session_id == Session.id)
        .outerjoin(ChatRoom, ChatRoom.session_id == Session.id)
        .where(
            Booking.classroom_id == classroom,
            Booking.state == "booked",
            Session.state == "offered",
            (ChatRoom.phase.is_(None)) | (ChatRoom.phase != "closed"),
        )
        .order_by(Session.starts_at)
    )
    return db.session.scalars(query).first()


def _attending(slug: str) -> Attendant:
    """Whoever asks; an adult's side comes first, where one browser holds both."""
    sides = ("student", "staff") if request.args.get("side") == "student" else ("staff", "student")
    for side in sides:
        who = attend(slug, side, session, now())
        if who is not None:
            return who
    return abort(404)


def _for_page(who: Attendant) -> dict[str, Any]:
    """What the page of a side says before its script does."""
    language, said = choose_language(), wording()
    country = _country_of(who)
    days = current_app.extensions["settings"].chat_days
    reasons = [(code, text.say(language)) for code, text in said.refusals.items()]
    return {
        "words": page_words() | said.for_page(language),
        "rules": said.rules(language, days, country),
        "kind": said.kindly(language, country),
        "reasons": reasons,
        "modes": mode_names().items(),
        "report_reasons": report_reasons().items(),
        "people": _people(who.room.id, language),
    }


def _people(session_id: int, language: str) -> list[dict[str, Any]]:
    """Those who answer there and are approved, as students read of them."""
    query = (
        select(Account.id)
        .join(SessionProfessional, SessionProfessional.account_id == Account.id)
        .where(SessionProfessional.session_id == session_id, Account.verified_at.is_not(None))
    )
    accounts = db.session.scalars(query.order_by(Account.id)).all()
    found = [describe_professional(db.session(), one, language) for one in accounts]
    guests = select(Guest.name, Guest.job).where(Guest.session_id == session_id)
    more = [{"first_name": name, "job": job} for name, job in db.session.execute(guests)]
    return [one for one in found if one] + more


def _country_of(who: Attendant) -> str:
    """Where a student's class is: help lines are a country's own."""
    mine = who.own_class
    classroom = db.session.get(Classroom, mine.classroom) if mine else None
    return classroom.school.country if classroom and classroom.school else "FR"


def _place_of(args: dict[str, str]) -> dict[str, Any] | None:
    """The place that a link of the player brings along."""
    if "tour" not in args or "scene" not in args:
        return None
    told: dict[str, Any] = {name: args[name][:120] for name in ("tour", "scene")}
    told |= {name: args.get(name, "")[:120] for name in ("hotspot", "title")}
    for name, most in (("yaw", 360.0), ("pitch", 90.0), ("hfov", 180.0)):
        try:
            value = float(args.get(name, ""))
        except ValueError:
            continue
        if abs(value) <= most:
            told[name] = value
    return told
