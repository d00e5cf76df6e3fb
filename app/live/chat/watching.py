"""Watches over the rooms that run: opens and closes them in time, and pauses a class without adult.

Who is there is who answers the server's pings: the open lines. What it knows is in memory, and
found again within seconds after a restart.
"""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import gevent
from flask import Flask
from sqlalchemy import bindparam, select

from app.core.db import db, now
from app.core.queries import Query, read
from app.core.writer import write
from app.live.chat.alarms import call_again
from app.live.chat.answering import give_back_all
from app.live.chat.attending import Attendant, Booked, Room, attend, classes_of, find_room
from app.live.chat.models import ChatRoom, LogEntry, LogText, Message
from app.live.chat.rooms import LAST_CALL, call_last, close_room, open_room, turn_written
from app.live.limits import Bucket
from app.live.realtime import lines_in, open_lines, tell, throw_out
from app.live.sessions.models import Session

TICK = 1.0
WARNED = timedelta(seconds=40)
"""Without an adult for so long, a class is told that it will be paused."""
PAUSED = timedelta(seconds=60)
NOBODY = timedelta(minutes=3)
"""After the start without any professional, the room becomes a box of questions."""
STILL_THERE = timedelta(minutes=10)
"""A professional who did nothing for so long is asked."""
EARLY = timedelta(minutes=15)
"""Before the start, the room is looked after."""
ASK_AGAIN = timedelta(seconds=10)
"""An adult whose right has ended hears at most for so long."""
VANISHED = timedelta(minutes=2)
"""A professional who is away for so long gives back the question they took."""
LONG_AGO = timedelta(hours=12)
PER_STUDENT, AT_ONCE = 0.5, 6
"""Messages of one student: a second, and at once after a silence, on whatever lines."""
log = logging.getLogger(__name__)
_CLAIMING = Query(
    select(Message.claimed_by)
    .where(
        Message.room_id == bindparam("room"),
        Message.status == "shown",
        Message.claimed_by.is_not(None),
    )
    .distinct()
)
_CLAIMS = Query(
    select(Message.id).where(
        Message.room_id == bindparam("room"),
        Message.status == "shown",
        Message.claimed_by == bindparam("author"),
    )
)
_STAND_INS = Query(
    select(LogEntry.by, LogText.text)
    .join(LogText, (LogText.room_id == LogEntry.room_id) & (LogText.number == LogEntry.number))
    .where(LogEntry.room_id == bindparam("room"), LogEntry.act == "stand_in")
    .order_by(LogEntry.number)
)


def everybody(room_id: int) -> str:
    """The room of all lines."""
    return f"room:{room_id}"


def deciding(room_id: int, classroom: int | None = None) -> str:
    """The room of those who decide for a class, or for all."""
    return f"queue:{room_id}:{classroom}" if classroom else f"queue:{room_id}"


def answering(room_id: int) -> str:
    """The room of those who answer."""
    return f"answering:{room_id}"


def tell_name(app: Flask, sid: str, who: Attendant) -> None:
    """Tell who answers what they are called here, and what they took: a namesake changes names."""
    if who.may_answer:
        claims = [number for (number,) in read(_CLAIMS, room=who.room.id, author=who.author)]
        tell(app, "called", {"name": who.name, "claims": claims}, to=sid)


def _read_stand_ins(room_id: int) -> dict[str, int]:
    """Who stood in for which classroom at last, as the log has it."""
    classrooms = {str(one.number): one.classroom for one in classes_of(room_id)}
    last = {row[0]: row[1] for row in read(_STAND_INS, room=room_id)}
    return {who: classrooms[number] for who, number in last.items() if number in classrooms}


@dataclass
class Watch:
    """What is known of one room that runs."""

    since: datetime = field(default_factory=now)
    adult_at: dict[int, datetime] = field(default_factory=dict)
    """By classroom: when an adult of its own was last here."""
    acted_at: dict[str, datetime] = field(default_factory=dict)
    """By author: when somebody last did something."""
    seen_at: dict[str, datetime] = field(default_factory=dict)
    """By author: when somebody who answers was last here."""
    buckets: dict[str, Bucket] = field(default_factory=dict)
    stand_ins: dict[str, int] = field(default_factory=dict)
    """By author: the classroom for which somebody of the team is the adult."""
    had_answerer: bool = False
    told: dict[str, Any] | None = None
    """What was last pushed of who is here."""

    def alone(self, classroom: int, moment: datetime) -> timedelta:
        """For how long a class has been without an adult of its own."""
        return moment - self.adult_at.get(classroom, self.since)


class Watcher:
    """Looks at every room that runs, once a second; in the serving process only."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self.attendants: dict[str, Attendant] = {}
        """By line, as they were admitted."""
        self._rooms: dict[int, Watch] = {}
        self._asked_at = now()

    def watch(self, room_id: int) -> Watch:
        """What is known of a room; who stands in is read again after a restart."""
        if room_id not in self._rooms:
            stand_ins = _read_stand_ins(room_id)  # others may have their turn meanwhile
            self._rooms.setdefault(room_id, Watch(stand_ins=stand_ins))
        return self._rooms[room_id]

    def may_speak(self, who: Attendant) -> bool:
        """Whether somebody does not speak too fast, on whatever lines."""
        buckets = self.watch(who.room.id).buckets
        bucket = buckets.setdefault(who.author, Bucket(PER_STUDENT, AT_ONCE))
        return bucket.take()

    def acted(self, who: Attendant) -> None:
        """Somebody did something."""
        self.watch(who.room.id).acted_at[who.author] = now()

    def arrived(self, who: Attendant) -> None:
        """A class has its adult from the moment they come, not from the next look."""
        known = self.watch(who.room.id)
        known.adult_at |= dict.fromkeys(_looked_after(known, [who]), now())

    def stand_in(self, who: Attendant, classroom: int | None) -> None:
        """Somebody of the team is a class's adult, one class at a time; their pages hear it."""
        known = self.watch(who.room.id)
        known.stand_ins.pop(who.author, None)
        if classroom is not None:
            known.stand_ins[who.author] = classroom
        for sid, one in self.lines(who.room.id):
            if one.author == who.author:
                self.tell_stand_in(sid, who)

    def stands_in_for(self, who: Attendant) -> int | None:
        """The classroom for which somebody of the team is the adult."""
        return self.watch(who.room.id).stand_ins.get(who.author)

    def tell_stand_in(self, sid: str, who: Attendant) -> None:
        """Tell a page of the team for which class its reader stands in."""
        mine = who.room.class_of(self.stands_in_for(who))
        tell(self._app, "stand_in", {"number": mine.number if mine else None}, to=sid)

    def is_paused(self, room_id: int, classroom: int) -> bool:
        """Whether a class waits for its adult."""
        known = self._rooms.get(room_id)
        return known is not None and known.alone(classroom, now()) >= PAUSED

    def here(self, room_id: int) -> list[Attendant]:
        """Who is in a room, an attendant for each line."""
        return [who for _sid, who in self.lines(room_id)]

    def lines(self, room_id: int) -> list[tuple[str, Attendant]]:
        """The lines of a room, each with its attendant."""
        open_ones = lines_in(self._app, everybody(room_id))
        known = self.attendants
        return [(one.sid, known[one.sid]) for one in open_ones if one.sid in known]

    def ask_again(self, moment: datetime, room_id: int | None = None) -> None:
        """Let go whoever attends no more as they did: adults now and then, all when a session
        changes.
        """
        for line in open_lines(self._app):
            gevent.sleep(0)
            caller = line.caller
            who, slug = self.attendants.get(caller.sid), caller.hello.room
            is_due = who is not None and (who.is_adult or who.room.id == room_id)
            if who is None or slug is None or not is_due:
                continue
            now_is = attend(slug, caller.hello.side, caller.session, moment)
            if now_is is None or _place(now_is) != _place(who):
                throw_out(self._app, caller.sid)
            else:
                self.attendants[caller.sid] = now_is
                if now_is.name != who.name:
                    tell_name(self._app, caller.sid, now_is)

    def run(self) -> None:
        """Look, over and over."""
        while True:
            gevent.sleep(TICK)
            try:
                with self._app.app_context():
                    self.look()
            except Exception:
                log.exception("the rooms could not be looked at")

    def look(self) -> None:
        """Look at alarms nobody has seen, then at every room; one that fails stops no other.

        Others have their turn between two rooms: nothing that is said waits for all sixty.
        """
        moment = now()
        write(partial(call_again, moment=moment))
        for slug in _running(moment):
            gevent.sleep(0)
            try:
                room = find_room(slug)
                if room is not None:
                    self._look_at(room, moment)
            except Exception:
                log.exception("a room could not be looked at")
        if moment - self._asked_at >= ASK_AGAIN:
            self._asked_at = moment
            self.ask_again(moment)
            self._forget_quiet_rooms()

    def _forget_quiet_rooms(self) -> None:
        """Rooms in which nobody is any more need no memory."""
        here = {who.room.id for who in self.attendants.values()}
        running = {room for room, known in self._rooms.items() if now() - known.since < EARLY * 8}
        self._rooms = {room: w for room, w in self._rooms.items() if room in here | running}

    def _look_at(self, room: Room, moment: datetime) -> None:
        known, here = self.watch(room.id), self.here(room.id)
        for classroom in _looked_after(known, here):
            known.adult_at[classroom] = moment
        if moment >= room.starts_at:
            known.had_answerer |= any(who.may_answer for who in here)
        known.seen_at |= {who.author: moment for who in here if who.may_answer}
        self._keep_time(room, known, here, moment)
        if room.phase == "open":
            self._give_back(room, known, moment)
        self.tell_here(room, known, here, moment)

    def _keep_time(self, room: Room, known: Watch, here: list[Attendant], moment: datetime) -> None:
        """Open, call for last questions, turn and close a room when its time has come."""
        last_call = room.ends_at - min(LAST_CALL, timedelta(minutes=room.minutes) / 2)
        days = self._app.extensions["settings"].chat_days
        if moment >= room.ends_at:
            write(partial(close_room, session_id=room.id, days=days))
            self._rooms.pop(room.id, None)
        elif room.phase == "waiting":
            is_watched = len(room.classes) <= 1 or any(who.watches for who in here)
            if moment >= room.starts_at and is_watched:
                write(partial(open_room, session_id=room.id))
        elif room.phase == "open" and moment >= last_call:
            write(partial(call_last, session_id=room.id))
        elif room.phase == "open" and not known.had_answerer and self._nobody_came(room, known):
            write(partial(turn_written, session_id=room.id))

    @staticmethod
    def _give_back(room: Room, known: Watch, moment: datetime) -> None:
        """Let others answer what somebody took who has gone."""
        for (author,) in read(_CLAIMING, room=room.id):
            if moment - known.seen_at.get(author, known.since) >= VANISHED:
                write(partial(give_back_all, room_id=room.id, author=author))

    @staticmethod
    def _nobody_came(room: Room, known: Watch) -> bool:
        return now() - max(room.starts_at, known.since) >= NOBODY

    def tell_here(self, room: Room, known: Watch, here: list[Attendant], moment: datetime) -> None:
        """Tell all pages who is here, when that changed."""
        told = self.describe(room, known, here, moment)
        if told != known.told:
            known.told = told
            tell(self._app, "here", told, to=everybody(room.id))

    def describe(
        self, room: Room, known: Watch, here: list[Attendant], moment: datetime
    ) -> dict[str, Any]:
        """Who is here: numbers of students, names of those who answer, classes and adults."""
        answering = {who.author: who.name for who in here if who.may_answer}
        idle = [
            name
            for author, name in answering.items()
            if moment - known.acted_at.get(author, known.since) >= STILL_THERE
        ]
        return {
            "students": len({who.author for who in here if who.role == "student"}),
            "answering": sorted(answering.values()),
            "idle": sorted(idle),
            "watched": any(who.watches for who in here),
            "classes": [self._class(one, known, here, moment) for one in room.classes],
        }

    @staticmethod
    def _class(
        one: Booked, known: Watch, here: list[Attendant], moment: datetime
    ) -> dict[str, Any]:
        alone = known.alone(one.classroom, moment)
        state = "paused" if alone >= PAUSED else "away" if alone >= WARNED else "here"
        own = ((who.author, who.own_class) for who in here)
        students = {author for author, mine in own if mine and mine.classroom == one.classroom}
        return {
            "number": one.number,
            "level": one.level,
            "adult": state,
            "students": len(students),
            "views": one.allows_views,
        }


def _looked_after(known: Watch, here: list[Attendant]) -> set[int]:
    """The classrooms that have an adult of their own: a teacher, or whoever stands in for one."""
    taught = {one.classroom for who in here if who.role == "teacher" for one in who.classes}
    return taught | {known.stand_ins[who.author] for who in here if who.author in known.stand_ins}


def _place(who: Attendant) -> tuple[str, set[int]]:
    """As what, and for which classes, somebody is there; what their class allows may change."""
    return who.role, {one.classroom for one in who.classes}


def _running(moment: datetime) -> list[str]:
    query = (
        select(Session.slug)
        .outerjoin(ChatRoom, ChatRoom.session_id == Session.id)
        .where(
            Session.state == "offered",
            Session.kind != "written",
            Session.starts_at <= moment + EARLY,
            Session.starts_at >= moment - LONG_AGO,
            (ChatRoom.phase.is_(None)) | (ChatRoom.phase.in_(("waiting", "open"))),
        )
        .order_by(Session.starts_at)
    )
    return list(db.session.scalars(query))
