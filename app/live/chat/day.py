"""The organiser's day: every session on one page, worst first; a word to all, and an end to all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import func, select
from werkzeug.wrappers import Response as AnyResponse

from app.core.db import db, now
from app.core.errors import Refusal
from app.core.locale import current_language
from app.core.writer import Transaction, write
from app.live.blueprint import blueprint
from app.live.chat.after.dates import overdue_boxes
from app.live.chat.attending import Attendant, Room, find_room
from app.live.chat.filter import read_message
from app.live.chat.models import Alarm, ChatRoom, Message
from app.live.chat.rooms import close_room
from app.live.chat.saying import LONGEST, Words, say
from app.live.chat.watching import Watcher
from app.live.chat.wording import wording
from app.live.sessions.models import Professional, Session, SessionProfessional
from app.people.access import staff
from app.people.models import Account

BEFORE, AFTER = timedelta(hours=6), timedelta(hours=18)
"""What of today is shown: that long ago, that far ahead."""
SOON = timedelta(minutes=15)
LATE = timedelta(seconds=60)
"""A message that nobody has read for so long is late."""
WEIGHTS = {"alarm": 16, "nobody": 8, "no_moderator": 4, "paused": 4, "queue": 2, "alone": 1}


@dataclass(frozen=True)
class Row:
    """One session as the page shows it."""

    session: Session
    room: Room
    phase: str
    troubles: tuple[str, ...]
    here: dict[str, Any]
    answering: tuple[str, ...]
    moderator: str
    held: int
    oldest: int
    """Seconds that the oldest held message has waited."""

    @property
    def weight(self) -> int:
        """The worse, the heavier."""
        return sum(WEIGHTS[trouble] for trouble in self.troubles)


@blueprint.get("/organisers/sessions")
@staff("organiser", "moderator")
def day() -> str:
    """All sessions of the day, worst first."""
    moment = now()
    rows = sorted(_rows(moment), key=lambda row: (-row.weight, row.session.starts_at))
    moderators = select(Account).where(Account.role.in_(("moderator", "organiser")))
    return render_template(
        "chat/day.html",
        rows=rows,
        moderators=list(db.session.scalars(moderators.order_by(Account.name))),
        moment=moment,
        overdue=overdue_boxes(db.session(), moment),
        open_rooms=sum(row.phase == "open" for row in rows),
        longest=LONGEST["notice"],
        closing=wording().ending.close_everything.say(current_language()),
    )


def _rows(moment: datetime) -> Iterable[Row]:
    query = select(Session).where(
        Session.state == "offered",
        Session.kind != "written",
        Session.starts_at.between(moment - BEFORE, moment + AFTER),
    )
    for session in db.session.scalars(query.order_by(Session.starts_at)):
        room = find_room(session.slug)
        if room is not None and room.ends_at > moment - timedelta(hours=1):
            yield _row(session, room, moment)


def _row(session: Session, room: Room, moment: datetime) -> Row:
    watcher: Watcher = current_app.extensions["rooms"]
    here = watcher.describe(room, watcher.watch(room.id), watcher.here(room.id), moment)
    held, oldest = _held(room.id, moment)
    moderator = db.session.get(Account, session.moderator_id) if session.moderator_id else None
    return Row(
        session, room, room.phase, tuple(_troubles(session, room, here, oldest, moment)), here,
        tuple(_answering(room.id)), moderator.name if moderator else "", held, oldest,
    )  # fmt: skip


def _troubles(
    session: Session, room: Room, here: dict[str, Any], oldest: int, moment: datetime
) -> Iterable[str]:
    is_running = room.phase in ("waiting", "open") and room.starts_at <= moment < room.ends_at
    unseen = select(Alarm.id).where(Alarm.room_id == room.id, Alarm.seen_at.is_(None))
    if db.session.scalar(unseen.limit(1)) is not None:
        yield "alarm"
    if is_running and not here["answering"]:
        yield "nobody"
    if len(room.classes) > 1 and not session.moderator_id and not here["watched"]:
        yield "no_moderator"
    if is_running and any(one["adult"] == "paused" for one in here["classes"]):
        yield "paused"
    if oldest > LATE.total_seconds():
        yield "queue"
    if is_running and here["answering"] and here["students"] > 15 * len(here["answering"]):
        yield "alone"


def _held(room_id: int, moment: datetime) -> tuple[int, int]:
    waiting = (Message.room_id == room_id) & (Message.status == "held")
    query = select(func.count(), func.min(Message.created_at)).where(waiting)
    count, first = db.session.execute(query).one()
    return count, round((moment - first).total_seconds()) if count else 0


def _answering(session_id: int) -> Iterable[str]:
    query = (
        select(Professional.first_name)
        .join(SessionProfessional, SessionProfessional.account_id == Professional.account_id)
        .where(SessionProfessional.session_id == session_id)
        .order_by(Professional.first_name)
    )
    return db.session.scalars(query).all()


@blueprint.post("/organisers/sessions/<session>/moderator")
@staff("organiser")
def choose_moderator(session: str) -> AnyResponse:
    """The rota: who moderates a session, and who stands in."""
    number = request.form.get("moderator", "")
    account = db.session.get(Account, int(number)) if number.isdecimal() else None
    if number and (account is None or account.role not in ("moderator", "organiser")):
        raise Refusal("unknown_moderator", _("Choisissez un modérateur de la liste."), 422)
    moderator = account.id if account else None

    def unit(tx: Transaction) -> None:
        query = select(Session).where(Session.slug == session)
        found = tx.session.scalar(query.with_for_update())
        if found is None:
            raise Refusal("not_found", _("Cette rencontre n’existe pas."), 404)
        found.moderator_id = moderator

    write(unit)
    return redirect(url_for("live.day"))


@blueprint.post("/organisers/sessions/word")
@staff("organiser", "moderator")
def word_to_all() -> AnyResponse:
    """Say something in every room that is open."""
    text = " ".join(request.form.get("text", "").split())
    if not text or len(text) > LONGEST["notice"]:
        raise Refusal("bad_word", _("Écrivez une ou deux phrases."), 422, "text")
    rooms = [room for slug in _open_slugs() if (room := find_room(slug))]
    number = f"all{now().timestamp():.0f}"
    verdict = read_message(text, adult=True)
    if verdict.outcome != "clear":
        raise Refusal("bad_word", _("Redites cette phrase : le filtre la retiendrait."), 422)
    for room in rooms:
        who = Attendant(room, current_user.role, f"account:{current_user.id}", current_user.name)
        write(partial(say, who=who, words=Words(number, "notice", text, verdict)))
    flash(_("C’est dit dans %(count)d discussions.", count=len(rooms)), "done")
    return redirect(url_for("live.day"))


def _open_slugs() -> list[str]:
    query = select(Session.slug).join(ChatRoom, ChatRoom.session_id == Session.id)
    return list(db.session.scalars(query.where(ChatRoom.phase == "open")))


@blueprint.post("/organisers/sessions/close")
@staff("organiser")
def close_everything() -> AnyResponse:
    """End every room that is open or about to be, with a sentence that everybody reads."""
    sentence = " ".join(request.form.get("sentence", "").split())
    if not sentence or request.form.get("sure") != "yes":
        raise Refusal(
            "not_sure", _("Écrivez une phrase et cochez la case : rien n’est fermé."), 422
        )
    if read_message(sentence, adult=True).outcome != "clear":
        raise Refusal("bad_word", _("Redites cette phrase : le filtre la retiendrait."), 422)
    days = current_app.extensions["settings"].chat_days
    by = f"account:{current_user.id}"
    count = write(partial(close_all, sentence=sentence, by=by, days=days))
    flash(_("%(count)d discussions sont fermées.", count=count), "done")
    return redirect(url_for("live.day"))


def close_all(tx: Transaction, sentence: str, by: str, days: int) -> int:
    """Close what runs and what begins within minutes, in one transaction; how many rooms."""
    moment = now()
    query = (
        select(Session.id)
        .outerjoin(ChatRoom, ChatRoom.session_id == Session.id)
        .where(
            Session.state == "offered",
            Session.kind != "written",
            Session.starts_at.between(moment - BEFORE, moment + SOON),
            (ChatRoom.phase.is_(None)) | (ChatRoom.phase != "closed"),
        )
        .order_by(Session.id)
    )
    numbers = list(tx.session.scalars(query))
    for number in numbers:
        close_room(tx, number, days=days, by=by, sentence=sentence)
    return len(numbers)
