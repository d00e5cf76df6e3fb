"""Questions with what came of them, as papers and pages show them after a chat."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session as Reading

from app.core.locale import current_language
from app.live.chat.after.dates import UNANSWERED
from app.live.chat.models import Message
from app.live.chat.sequence import SEEN
from app.live.chat.wording import wording
from app.live.sessions.models import Guest, Professional
from app.people.models import Account


@dataclass
class Thread:
    """A question, its answers and what followed, in the order in which they were written."""

    question: Message
    answers: list[Message] = field(default_factory=list)
    """In every state: which of them somebody may read, the page decides."""
    follows: list[Message] = field(default_factory=list)
    joined: list[Message] = field(default_factory=list)
    """Questions that were grouped with this one."""

    @property
    def is_seen(self) -> bool:
        """Whether everybody in the room reads it."""
        return self.question.status in SEEN

    @property
    def waits(self) -> bool:
        """Whether it has no answer yet."""
        return self.question.status in UNANSWERED

    @property
    def shown(self) -> list[Message]:
        """The answers that the class reads."""
        return [one for one in self.answers if one.status == "shown"]

    @property
    def held(self) -> list[Message]:
        """The answers that an adult of the class must read first."""
        return [one for one in self.answers if one.status == "held"]

    @property
    def said_after(self) -> list[Message]:
        """What students added and everybody reads."""
        return [one for one in self.follows if one.status in SEEN]


def read_threads(reading: Reading, room_id: int) -> list[Thread]:
    """All questions of a room in their order, those that nobody may read too."""
    query = select(Message).where(Message.room_id == room_id).order_by(Message.id)
    found: dict[int, Thread] = {}
    others: list[Message] = []
    for message in reading.scalars(query):
        if message.kind == "question":
            found[message.id] = Thread(message)
        elif message.about_id is not None:
            others.append(message)
    for message in others:
        _put(found, message)
    for thread in found.values():
        into = found.get(thread.question.into_id or 0)
        if into is not None and thread.question.status == "merged":
            into.joined.append(thread.question)
    return list(found.values())


def _put(found: dict[int, Thread], message: Message) -> None:
    thread = found.get(message.about_id or 0)
    if thread is not None:
        (thread.answers if message.kind == "answer" else thread.follows).append(message)


def most_wanted(threads: Iterable[Thread]) -> list[Thread]:
    """Those that most would like answered first."""
    return sorted(threads, key=lambda one: (-one.question.votes, one.question.id))


def in_order_of_showing(threads: Iterable[Thread]) -> list[Thread]:
    """As the room showed them."""
    return sorted(threads, key=lambda one: (one.question.seq or 0, one.question.id))


def jobs_of(reading: Reading, messages: Iterable[Message]) -> dict[str, str]:
    """The job of each author of an answer, by author."""
    authors = {message.author for message in messages}
    accounts = _numbers(authors, "account")
    guests = _numbers(authors, "guest")
    found: dict[str, str] = {}
    said = select(Professional.account_id, Professional.job).join(
        Account, (Account.id == Professional.account_id) & Account.verified_at.is_not(None)
    )
    for number, job in reading.execute(said.where(Professional.account_id.in_(accounts))):
        found[f"account:{number}"] = job
    for number, job in reading.execute(select(Guest.id, Guest.job).where(Guest.id.in_(guests))):
        found[f"guest:{number}"] = job
    return found


def _numbers(authors: Iterable[str], kind: str) -> list[int]:
    return [int(one.partition(":")[2]) for one in authors if one.startswith(f"{kind}:")]


def state_of(question: Message) -> str:
    """What became of a question, for an adult."""
    words = {
        "held": _("en lecture"),
        "shown": _("sans réponse"),
        "later": _("sans réponse"),
        "answered": _("répondue"),
        "merged": _("jointe à une autre"),
    }
    if question.status == "refused":
        known = wording().refusals
        reason = next((code for code in question.reasons if code in known), None)
        why = known[reason].say(current_language()) if reason else ""
        return str(_("non publiée : %(why)s", why=why)) if why else str(_("non publiée"))
    return str(words.get(question.status, ""))
