"""In which order professionals are shown the questions that wait for them."""

from collections import defaultdict

from sqlalchemy import bindparam, select

from app.core.queries import Query, read
from app.live.chat.models import Message, Vote

_QUESTIONS = Query(
    select(
        Message.id,
        Message.status,
        Message.visitor_id,
        Message.classroom_id,
        Message.into_id,
        Message.seq,
    ).where(Message.room_id == bindparam("room"), Message.kind == "question")
)
_VOICES = Query(
    select(Vote.message_id, Vote.visitor_id)
    .join(Message, Message.id == Vote.message_id)
    .where(Message.room_id == bindparam("room"))
)


def order_to_answer(room_id: int) -> list[int]:
    """The questions that everybody reads, unanswered: first the one that most students want who
    have had no answer yet, then the oldest.

    Who wants one has asked it, gave it a voice, or asked what was grouped with it; a class without
    computers, for which its teacher asks, counts as one. To take the largest number of those still
    waiting each time is the greedy cover (Chvátal 1979), near the fewest answers that reach all.
    """
    asked = read(_QUESTIONS, room=room_id)
    into = {number: merged for number, status, *_who, merged, _seq in asked if status == "merged"}
    wanting: dict[int, set[object]] = defaultdict(set)
    for number, status, who, classroom, _into, _seq in asked:
        if status in ("shown", "answered", "merged"):
            asking = who if who is not None else ("class", classroom)
            wanting[_root(number, into)].add(asking)
    for number, who in read(_VOICES, room=room_id):
        wanting[_root(number, into)].add(who)
    answered = [number for number, status, *_rest in asked if status == "answered"]
    served: set[object] = set().union(*(wanting[number] for number in answered))
    waiting = [(number, seq or 0) for number, status, *_who, seq in asked if status == "shown"]
    waiting.sort(key=lambda one: (-len(wanting[one[0]] - served), one[1]))
    return [number for number, _seq in waiting]


def _root(number: int, into: dict[int, int | None]) -> int:
    """The question with which this one was grouped, or itself."""
    for _step in range(len(into)):
        further = into.get(number)
        if further is None:
            break
        number = further
    return number
