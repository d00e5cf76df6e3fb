"""Calendar files: one session, and the feed of an account, which agendas ask for by themselves."""

from flask import Response, abort
from sqlalchemy import select

from app.classes.models import ClassroomTeacher
from app.core.db import db
from app.live.blueprint import blueprint
from app.live.sessions.access import READERS, me, site_settings, visible
from app.live.sessions.calendar import (
    Entry,
    entries_of,
    entry_of,
    owner_of,
    write_calendar,
)
from app.live.sessions.models import Booking, Session
from app.people.access import anybody, staff
from app.people.letters import written_in

TYPE = "text/calendar; charset=utf-8"


@blueprint.get("/sessions/<session>/calendar.ics")
@staff(*READERS)
def session_file(session: str) -> Response:
    """One session as a file for an agenda."""
    found = visible(session)
    text = write_calendar([_own_entry(found)], site_settings())
    return _file(text, f"rencontre-{found.slug}.ics")


def _own_entry(session: Session) -> Entry:
    """A class that waits has a place that is not sure."""
    query = (
        select(Booking.state)
        .join(ClassroomTeacher, ClassroomTeacher.classroom_id == Booking.classroom_id)
        .where(Booking.session_id == session.id, ClassroomTeacher.account_id == me().id)
    )
    states = set(db.session.scalars(query))
    return entry_of(session, "waiting" if states == {"waiting"} else "booked")


@blueprint.get("/calendar/<token>.ics")
@anybody
def feed(token: str) -> Response:
    """The feed of whoever holds its address; to others a 404."""
    settings = site_settings()
    account = owner_of(token, settings) or abort(404)
    with written_in(account.language):
        text = write_calendar(entries_of(account), settings)
    return _file(text, "deambule.ics")


def _file(text: str, name: str) -> Response:
    """Kept by nobody on the way: what was cancelled must be struck out soon."""
    reply = Response(text, content_type=TYPE)
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    reply.headers["Cache-Control"] = "private, no-store"
    return reply
