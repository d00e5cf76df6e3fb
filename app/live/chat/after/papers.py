"""Papers of a chat: the class's page, the teacher's transcript, the full log."""

from collections.abc import Iterable
from typing import Any

from flask import Response, render_template
from flask_babel import gettext as _

from app.core.db import db, now
from app.live.blueprint import blueprint
from app.live.chat.after.access import attending, deciding, room_row, session_in, watching
from app.live.chat.after.dates import due_at, say_erasing
from app.live.chat.after.log_lines import read_lines
from app.live.chat.after.threads import (
    Thread,
    in_order_of_showing,
    jobs_of,
    read_threads,
    state_of,
)
from app.live.chat.attending import Attendant
from app.live.chat.log import find_break
from app.live.chat.models import Message
from app.live.papers.cells import Cell
from app.live.papers.tables import Table, to_csv
from app.live.sessions.access import site_settings
from app.live.sessions.hours import say_day
from app.people.access import anybody

TOLD = ("held", "shown", "later", "answered", "merged", "refused")
"""Of a class's own questions, what its teacher keeps."""


@blueprint.get("/rooms/<session>/page")
@anybody
def room_page(session: str) -> str:
    """All questions and answers on one page, for the class; made to be printed."""
    who = attending(session)
    seen = [
        one
        for one in read_threads(db.session(), who.room.id)
        if one.is_seen and one.question.status != "merged"
    ]
    threads = in_order_of_showing(seen)
    return render_template(
        "chat/after/page.html",
        who=who,
        room=who.room,
        parts=list(_by_class(who, threads)),
        jobs=jobs_of(db.session(), (one for thread in threads for one in thread.answers)),
        **_dates(who),
    )


def _by_class(who: Attendant, threads: list[Thread]) -> Iterable[tuple[str, list[Thread]]]:
    """A class reads its own questions first."""
    if len(who.room.classes) < 2 or len(who.classes) == len(who.room.classes):
        yield "", threads
        return
    own = {one.number for one in who.classes}
    yield _("Les questions de la classe"), [t for t in threads if t.question.class_number in own]
    yield _("Les autres classes"), [t for t in threads if t.question.class_number not in own]


def _dates(who: Attendant) -> dict[str, Any]:
    """The days that every paper tells."""
    row, room, settings = session_in(who), room_row(who), site_settings()
    return {
        "day": say_day(row.starts_at, settings.timezone),
        "due": say_day(due_at(row, room), settings.timezone),
        "is_overdue": due_at(row, room) <= now(),
        "erasing": say_erasing(room, row, settings),
    }


@blueprint.get("/rooms/<session>/transcript")
@anybody
def transcript(session: str) -> str:
    """What a teacher keeps of a chat: pseudonyms, the class's own questions, all answers."""
    who = deciding(session)
    threads = list(_told_to(who, read_threads(db.session(), who.room.id)))
    return render_template(
        "chat/after/transcript.html",
        who=who,
        room=who.room,
        threads=threads,
        to_read=[one for one in threads if one.held and _is_own(who, one)],
        unread=sum(one.question.status == "held" for one in threads),
        is_own=lambda thread: _is_own(who, thread),
        state_of=state_of,
        jobs=jobs_of(db.session(), (one for thread in threads for one in thread.answers)),
        **_dates(who),
    )


def _told_to(who: Attendant, threads: list[Thread]) -> Iterable[Thread]:
    """Their class's questions whatever became of them; of others what was answered."""
    for thread in threads:
        if _is_own(who, thread):
            if thread.question.status in TOLD:
                yield thread
        elif thread.question.status == "answered":
            yield thread


def _is_own(who: Attendant, thread: Thread) -> bool:
    return who.decides_for(thread.question.classroom_id)


@blueprint.get("/rooms/<session>/transcript.csv")
@anybody
def transcript_csv(session: str) -> Response:
    """The transcript for a spreadsheet."""
    who = deciding(session)
    threads = _told_to(who, read_threads(db.session(), who.room.id))
    response = Response(to_csv(_table(who, threads)), mimetype="text/csv")
    response.headers["Content-Disposition"] = "attachment; filename=discussion.csv"
    return response


def _table(who: Attendant, threads: Iterable[Thread]) -> Table:
    columns = (
        _("Quand"), _("Qui"), _("Niveau"), _("Question"), _("Voix"), _("État"), _("Réponse"),
        _("De"), _("Suite"),
    )  # fmt: skip
    rows = [row for thread in threads for row in _rows(who, thread)]
    zone = site_settings().timezone
    return Table(who.room.subject, columns, rows, (_dates(who)["erasing"],), timezone=zone)


def _rows(who: Attendant, thread: Thread) -> Iterable[list[Cell]]:
    """A row for each answer; a question without any has one too."""
    question, follows = thread.question, " / ".join(one.text for one in thread.said_after)
    name = question.name if _is_own(who, thread) else _("une autre classe")
    asked: list[Cell] = [question.created_at, name, question.level, question.text, question.votes]
    shown: list[Message | None] = [*thread.shown] or [None]
    for answer in shown:
        told = [answer.text, answer.name] if answer else ["", ""]
        yield [*asked, state_of(question), *told, follows if answer else ""]


@blueprint.get("/rooms/<session>/log")
@anybody
def room_log(session: str) -> str:
    """Every act in its order, and whether each line still seals the one before."""
    who = watching(session)
    reading = db.session()
    return render_template(
        "chat/after/log.html",
        who=who,
        room=who.room,
        lines=read_lines(reading, who.room.id),
        broken=find_break(reading, who.room.id),
        zone=site_settings().timezone,
        **_dates(who),
    )
