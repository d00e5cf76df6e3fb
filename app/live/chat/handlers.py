"""What pages of a room may say on the live line. docs/live.md lists the events."""

from functools import partial
from typing import Annotated, Any, Literal

from flask import current_app
from flask_babel import lazy_gettext as _l
from pydantic import AfterValidator, Field
from sqlalchemy import select

from app.core.db import db, now
from app.core.errors import Refusal
from app.core.texts import printable
from app.core.writer import Transaction, write
from app.live.chat import answering, moderating, saying, silencing
from app.live.chat.alarms import acknowledge_alarm, press_alert
from app.live.chat.attending import Attendant, attend
from app.live.chat.filter import read_message
from app.live.chat.log import Act, note
from app.live.chat.models import Alarm, Message
from app.live.chat.near import nearest
from app.live.chat.placing import named
from app.live.chat.rooms import change_mode, hold_room
from app.live.chat.saying import LONGEST, Words
from app.live.chat.sequence import since
from app.live.chat.watching import Watcher
from app.live.realtime import Ack, Caller, Said, on

GONE = _l("Cette place n’est plus ouverte.")
NOT_YOURS = _l("Cela n’existe pas, ou plus.")
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
Degrees = Annotated[float, Field(ge=-360, le=360, allow_inf_nan=False)]
ClientId = Annotated[str, Field(pattern="^[a-z0-9]{8,24}$")]


def _written(text: str) -> str:
    """`text` without the white around it. Raises ValueError when nothing is left."""
    clean = printable(text).strip()
    if not clean:
        raise ValueError("nothing was written")
    return clean


def text_of(kind: str) -> Any:
    """The type of a text of this kind."""
    return Annotated[str, Field(max_length=LONGEST[kind]), AfterValidator(_written)]


class Place(Said):
    """A hotspot or a direction in a panorama."""

    tour: str = Field(max_length=60)
    scene: str = Field(max_length=60)
    hotspot: str = Field("", max_length=60)
    title: str = Field("", max_length=120)
    yaw: Degrees = 0.0
    pitch: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] = 0.0
    hfov: Annotated[float, Field(ge=10, le=180, allow_inf_nan=False)] = 100.0


class Ask(Said):
    """A student's question, or what follows an answer to it."""

    client_id: ClientId
    text: text_of("question")  # type: ignore[valid-type]  # a type made for its length
    about: Number | None = None
    place: Place | None = None


class Reword(Said):
    """One's own question in other words."""

    id: Number
    text: text_of("question")  # type: ignore[valid-type]  # a type made for its length


class One(Said):
    """A message of the room."""

    id: Number


class Near(Said):
    """What somebody is about to ask."""

    text: str = Field(max_length=300)


class Complaint(Said):
    """A message that is wrong."""

    id: Number
    reason: str = Field("", max_length=200)


class Answer(Said):
    """A professional's answer."""

    client_id: ClientId
    about: Number
    text: text_of("answer")  # type: ignore[valid-type]  # a type made for its length
    place: Place | None = None


class Word(Said):
    """An adult's word to everybody."""

    client_id: ClientId
    text: text_of("notice")  # type: ignore[valid-type]  # a type made for its length


class AskForClass(Word):
    """A question that a class asks aloud, and its teacher writes."""

    text: text_of("question")  # type: ignore[valid-type]  # a type made for its length
    place: Place | None = None


class StandIn(Said):
    """The class for which somebody is the adult from now on; none: for no class any more."""

    number: Annotated[int, Field(ge=1, le=4)] | None = None


class Show(Said):
    """What a professional shows."""

    place: Place


class Decide(Said):
    """What an adult decides about a message."""

    id: Number
    version: Annotated[int, Field(ge=0)] = 0
    """That of the words that were read: others may stand there by now."""
    act: Literal[
        "approve", "refuse", "later", "undo", "remove", "merge", "mute", "unmute", "exclude",
        "readmit", "trust", "close",
    ]  # fmt: skip
    reason: str = Field("", max_length=20)
    """Of a refusal; a level of trust."""
    into: Number | None = None


class ApproveAll(Said):
    """The messages that somebody has read, with the versions of their words."""

    read: list[tuple[Number, Annotated[int, Field(ge=0)]]] = Field(max_length=300)


class Mode(Said):
    """How the room is led."""

    mode: str = Field(max_length=12)


class Alert(Said):
    """« Alerte », perhaps about a message."""

    id: Number | None = None


class CatchUp(Said):
    """The last event that a page has."""

    seq: int = Field(0, ge=0)


def attending(caller: Caller, _said: Said) -> Attendant:
    """Whoever speaks, asked anew. Raises Refusal: gone when they were let in and are no more."""
    slug = caller.hello.room
    who = attend(slug, caller.hello.side, caller.session, now()) if slug else None
    if who is None:
        raise Refusal("gone", GONE, 410) if slug else Refusal("not_yours", NOT_YOURS, 404)
    return who


def _only(caller: Caller, said: Said, *roles: str) -> Attendant:
    who = attending(caller, said)
    if who.role not in roles:
        raise Refusal("not_yours", NOT_YOURS, 404)
    return who


def as_student(caller: Caller, said: Said) -> Attendant:
    """A student who does not speak too fast."""
    who = _only(caller, said, "student")
    watcher: Watcher = current_app.extensions["rooms"]
    if not watcher.may_speak(who):
        raise Refusal("too_fast", _l("Trop vite : une chose à la fois."), 429)
    return who


def as_present_student(caller: Caller, said: Said) -> Attendant:
    """The same, in a lesson, with an adult of the class in the room."""
    who = as_student(caller, said)
    _check_presence(who)
    return who


def _check_presence(who: Attendant) -> None:
    """Whether this is a lesson, and the class has its adult; a box of questions needs none."""
    if who.place is None or who.place.seat is None or who.place.seat.time != "lesson":
        raise Refusal("not_lesson", _l("On pose des questions pendant la leçon."), 409)
    watcher: Watcher = current_app.extensions["rooms"]
    mine = who.own_class
    is_live = who.room.phase == "open"
    if is_live and mine and watcher.is_paused(who.room.id, mine.classroom):
        away = _l("Ton professeur s’est absenté : la discussion attend, ce que tu écris est gardé.")
        raise Refusal("class_paused", away, 409)


def as_answering(caller: Caller, said: Said) -> Attendant:
    """A professional or a guest of the session."""
    who = _only(caller, said, "professional", "guest")
    current_app.extensions["rooms"].acted(who)
    return who


def as_adult(caller: Caller, said: Said) -> Attendant:
    """Any adult of the room."""
    who = attending(caller, said)
    if not who.is_adult:
        raise Refusal("not_yours", NOT_YOURS, 404)
    current_app.extensions["rooms"].acted(who)
    return who


def as_deciding(caller: Caller, said: Said) -> Attendant:
    """A teacher of a class of the room, a moderator or an organiser."""
    return _only(caller, said, "teacher", "moderator", "organiser")


def as_own_teacher(caller: Caller, said: Said) -> Attendant:
    """The teacher of one class of the room."""
    return _only(caller, said, "teacher")


def as_watching(caller: Caller, said: Said) -> Attendant:
    """A moderator or an organiser."""
    return _only(caller, said, "moderator", "organiser")


@on("ask", Ask, audience=as_student, per_second=2, burst=10)
def ask(who: Attendant, said: Ask) -> Ack:
    """Ask, or follow up on the answer to one's own question."""
    if said.about and len(said.text) > LONGEST["follow"]:
        raise Refusal("too_long", _l("Plus court : 200 signes pour une suite."), 422, "text")
    kind, verdict = "follow" if said.about else "question", read_message(said.text)
    if not saying.calls_for_help(who, verdict):
        _check_presence(who)
    words = Words(said.client_id, kind, said.text, verdict, said.about, _kept(said.place))
    return write(partial(saying.say, who=who, words=words))


@on("reword", Reword, audience=as_student, per_second=1, burst=5)
def reword(who: Attendant, said: Reword) -> Ack:
    """Say it otherwise."""
    verdict = read_message(said.text)
    if not saying.calls_for_help(who, verdict):
        _check_presence(who)
    unit = partial(saying.reword, who=who, message_id=said.id, text=said.text, verdict=verdict)
    answer: Ack = write(unit)
    return answer


@on("withdraw", One, audience=as_student, per_second=1, burst=5)
def withdraw(who: Attendant, said: One) -> None:
    """Take it back."""
    write(partial(saying.withdraw, who=who, message_id=said.id))


@on("near", Near, audience=attending, per_second=2, burst=6)
def near(who: Attendant, said: Near) -> Ack:
    """The three nearest questions already approved."""
    query = select(Message.id, Message.text).where(
        Message.room_id == who.room.id,
        Message.kind == "question",
        Message.status.in_(("shown", "answered", "later")),
    )
    known = [(number, text) for number, text in db.session.execute(query)]
    return {"near": list(nearest(said.text, known))}


@on("vote", One, audience=as_present_student, per_second=2, burst=10)
def vote(who: Attendant, said: One) -> Ack:
    """« +1 », or take it back."""
    return write(partial(answering.vote, who=who, question_id=said.id))


@on("report", Complaint, audience=attending, per_second=1, burst=5)
def report(who: Attendant, said: Complaint) -> None:
    """Say that a message is wrong."""
    write(partial(answering.report, who=who, message_id=said.id, reason=said.reason))


@on("answer", Answer, audience=as_answering, per_second=2, burst=10)
def answer(who: Attendant, said: Answer) -> Ack:
    """Answer a question."""
    verdict = read_message(said.text, adult=True)
    words = Words(said.client_id, "answer", said.text, verdict, said.about, _kept(said.place))
    return write(partial(saying.say, who=who, words=words))


@on("word", Word, audience=as_adult, per_second=1, burst=5)
def word(who: Attendant, said: Word) -> Ack:
    """Say something to everybody."""
    words = Words(said.client_id, "notice", said.text, read_message(said.text, adult=True))
    return write(partial(saying.say, who=who, words=words))


@on("ask_for_class", AskForClass, audience=as_own_teacher, per_second=1, burst=5)
def ask_for_class(who: Attendant, said: AskForClass) -> Ack:
    """Ask for a class without computers; its teacher has read it already."""
    words = Words(
        said.client_id, "question", said.text, read_message(said.text), None, _kept(said.place),
        who.classes[0],
    )  # fmt: skip
    return write(partial(saying.say, who=who, words=words))


@on("stand_in", StandIn, audience=as_watching, per_second=1, burst=4)
def stand_in(who: Attendant, said: StandIn) -> None:
    """Be the adult of a class whose teacher is away, as long as one stays."""
    booked = next((one for one in who.room.classes if one.number == said.number), None)
    if said.number is not None and booked is None:
        raise Refusal("not_yours", NOT_YOURS, 404)
    classroom = booked.classroom if booked else None
    rooms: Watcher = current_app.extensions["rooms"]
    if rooms.stands_in_for(who) == classroom:
        return
    act = Act("stand_in", who.author, who.name, str(said.number or ""))
    write(partial(_noted, room_id=who.room.id, act=act))
    rooms.stand_in(who, classroom)


def _noted(tx: Transaction, room_id: int, act: Act) -> None:
    hold_room(tx, room_id)
    note(tx, room_id, act)


@on("still_here", CatchUp, audience=as_answering, per_second=1, burst=4)
def still_here(who: Attendant, _said: CatchUp) -> None:
    """« Toujours là ? » Yes."""
    current_app.extensions["rooms"].acted(who)


@on("claim", One, audience=as_answering, per_second=2, burst=10)
def claim(who: Attendant, said: One) -> None:
    """« J’y réponds. »"""
    write(partial(answering.claim, who=who, question_id=said.id))


@on("release", One, audience=as_adult, per_second=2, burst=10)
def release(who: Attendant, said: One) -> None:
    """Give it back to the others."""
    write(partial(answering.release, who=who, question_id=said.id))


@on("put_off", One, audience=as_answering, per_second=2, burst=10)
def put_off(who: Attendant, said: One) -> None:
    """Keep it for after the session."""
    write(partial(answering.put_off, who=who, question_id=said.id))


@on("show", Show, audience=as_answering, per_second=1, burst=4)
def show(who: Attendant, said: Show) -> None:
    """Show a place to everybody."""
    place = named(said.place.model_dump())
    if place is None:
        raise Refusal("not_yours", _l("Ce lieu n’est pas montré."), 404)
    write(partial(answering.show_place, who=who, place=place))


@on("decide", Decide, audience=as_deciding, per_second=6, burst=20)
def decide(who: Attendant, said: Decide) -> None:
    """Decide about a message."""
    number = said.id
    acts: dict[str, Any] = {
        "approve": lambda tx: moderating.approve(tx, who, number, said.version),
        "refuse": lambda tx: moderating.refuse(tx, who, number, said.reason),
        "later": lambda tx: moderating.hold_for_later(tx, who, number),
        "undo": lambda tx: moderating.undo(tx, who, number),
        "remove": lambda tx: moderating.remove_message(tx, who, number),
        "merge": lambda tx: moderating.merge(tx, who, number, said.into or 0),
        "mute": lambda tx: silencing.mute(tx, who, number, said.reason),
        "unmute": lambda tx: silencing.unmute(tx, who, number),
        "exclude": lambda tx: silencing.exclude(tx, who, number, said.reason),
        "readmit": lambda tx: silencing.readmit(tx, who, number),
        "trust": lambda tx: silencing.set_trust(tx, who, number, said.reason),
        "close": lambda tx: moderating.close_reports(tx, who, number),
    }
    write(acts[said.act])


@on("approve_all", ApproveAll, audience=as_deciding, per_second=1, burst=3)
def approve_all(who: Attendant, said: ApproveAll) -> Ack:
    """Show what was read and the filter lets through."""
    return {"approved": write(partial(moderating.approve_all, who=who, read=dict(said.read)))}


@on("room_mode", Mode, audience=as_deciding, per_second=1, burst=4)
def room_mode(who: Attendant, said: Mode) -> None:
    """Lead the room; a teacher does where theirs is the only class."""
    if not who.watches and len(who.room.classes) != 1:
        raise Refusal("not_yours", NOT_YOURS, 404)
    write(partial(change_mode, session_id=who.room.id, mode=said.mode, by=who.author))


@on("alert", Alert, audience=as_adult, per_second=1, burst=3)
def alert(who: Attendant, said: Alert) -> None:
    """« Alerte »: call the class's teacher and the organisers at once."""

    def unit(tx: Transaction) -> None:
        message = tx.session.get(Message, said.id) if said.id else None
        if said.id and (message is None or message.room_id != who.room.id):
            raise Refusal("not_yours", NOT_YOURS, 404)
        press_alert(tx, who.room.id, who.author, who.name, message)
        if message is not None and message.visitor_id is not None:
            answering.hide(tx, message)

    write(unit)


@on("alarm_seen", One, audience=as_deciding, per_second=2, burst=10)
def alarm_seen(who: Attendant, said: One) -> None:
    """Say that one looks after an alarm."""

    def unit(tx: Transaction) -> None:
        alarm = tx.session.get(Alarm, said.id)
        is_here = alarm is not None and alarm.room_id == who.room.id
        if alarm is None or not is_here or not who.is_called_by(alarm.classroom_id):
            raise Refusal("not_yours", NOT_YOURS, 404)
        acknowledge_alarm(tx, alarm.id, who.author, who.name)

    write(unit)


@on("catch_up", CatchUp, audience=attending, per_second=2, burst=6)
def catch_up(who: Attendant, said: CatchUp) -> Ack:
    """What came after the last event that a page has."""
    return since(who.room.id, said.seq)


def _kept(place: Place | None) -> dict[str, Any] | None:
    return named(place.model_dump()) if place else None
