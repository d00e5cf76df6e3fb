"""The teacher's side of a classroom: who sits there, and what they may.

A chair comes from an account that is a teacher of the classroom, from the teacher's key of a
classroom without account, or from a link: a substitute's for one day, or the teacher's own phone.
It is looked up afresh at each request and at each message of a socket.
"""

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

from flask import abort, session
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.classes.classrooms import hash_key
from app.classes.models import Classroom, ClassroomTeacher, TeacherLink
from app.core.db import db, now
from app.people.access import current_staff, staff_by
from app.people.models import Account

CHAIRS = "chairs"
"""What the cookie holds: by the classroom's slug, `key:<grip>` or `link:<token>`."""
NEW_KEY, NEW_LINK, REMOVED = "new_key", "new_link", "removed"
"""What it holds besides, for the teacher's side: the key of a classroom that was just drawn, a link
that was just made, each shown once; whom this browser has just taken out."""
MOST_CHAIRS = 12
"""Chairs kept in one cookie; the oldest gives way."""


@dataclass(frozen=True)
class Chair:
    """Somebody on the teacher's side of one classroom."""

    kind: str
    """teacher, keyed, substitute or phone."""
    name: str
    """How the boards call them; empty when they have no account."""
    account: int | None = None
    is_verified: bool = False
    """A verified adult counts as present in a chat; nobody else does."""

    @property
    def sees_labels(self) -> bool:
        """Substitutes do not see who is who."""
        return self.kind != "substitute"

    @property
    def may_export(self) -> bool:
        """Tables, cards, labels and whatever leaves the platform."""
        return self.kind in ("teacher", "keyed")

    @property
    def may_change(self) -> bool:
        """Students, time, links and the end of the classroom."""
        return self.kind in ("teacher", "keyed")


@dataclass(frozen=True)
class Taught:
    """A classroom and the chair of whoever asks."""

    classroom: Classroom
    chair: Chair


def taught(slug: str) -> Taught:
    """The classroom of this name for whoever sits on its teacher's side; to others a 404."""
    found = find_taught(slug, session, current_staff())
    if found is None:
        abort(404)
    return found


def find_taught(slug: str, cookie: Mapping[str, Any], account: Account | None) -> Taught | None:
    """The same for a socket, whose cookie and account are known otherwise."""
    classroom = db.session.scalar(
        select(Classroom).where(Classroom.slug == slug).execution_options(populate_existing=True)
    )
    chair = find_chair(classroom, cookie, account) if classroom is not None else None
    return Taught(classroom, chair) if classroom is not None and chair is not None else None


def changeable(slug: str) -> Taught:
    """The same for those who may change it: a substitute and a phone get a 404."""
    found = taught(slug)
    if not found.chair.may_change:
        abort(404)
    return found


def exportable(slug: str) -> Taught:
    """The classroom for those who may take tables out of the house; others get a 404."""
    found = taught(slug)
    if not found.chair.may_export:
        abort(404)
    return found


def find_chair(
    classroom: Classroom, cookie: Mapping[str, Any], account: Account | None
) -> Chair | None:
    """The chair of an account, or of what a cookie holds, in this classroom."""
    return _chair_of_account(classroom, account) or _chair_of_cookie(classroom, cookie)


def has_chair(classroom_id: int, cookie: Mapping[str, Any]) -> bool:
    """Whether a cookie's browser sits on this classroom's teacher's side now."""
    classroom = db.session.get(Classroom, classroom_id, populate_existing=True)
    return classroom is not None and bool(find_chair(classroom, cookie, staff_by(cookie)))


def _chair_of_account(classroom: Classroom, account: Account | None) -> Chair | None:
    if account is None:
        return None
    if db.session.get(ClassroomTeacher, (classroom.id, account.id)) is None:
        return None
    return Chair("teacher", account.name, account.id, account.is_verified)


def _chair_of_cookie(classroom: Classroom, cookie: Mapping[str, Any]) -> Chair | None:
    held = cookie.get(CHAIRS, {}).get(classroom.slug, "")
    what, _colon, value = str(held).partition(":")
    if what == "key" and classroom.key_hash and value == str(classroom.key_grip):
        return Chair("keyed", "")
    if what == "link":
        return _chair_of_link(db.session(), classroom, value)
    return None


def _chair_of_link(reading: Session, classroom: Classroom, token: str) -> Chair | None:
    link = reading.get(TeacherLink, hash_key(token))
    if link is None or link.classroom_id != classroom.id:
        return None
    if not link.starts_at <= now() < link.expires_at:
        return None
    return Chair(link.purpose, "") if link.purpose in ("substitute", "phone") else None


def sit(classroom: Classroom, *, link: str | None = None) -> None:
    """Keep a chair in this browser: by the teacher's key, or by a link."""
    chairs: MutableMapping[str, Any] = dict(session.get(CHAIRS, {}))
    chairs.pop(classroom.slug, None)
    chairs[classroom.slug] = f"link:{link}" if link else f"key:{classroom.key_grip}"
    session[CHAIRS] = dict(list(chairs.items())[-MOST_CHAIRS:])
    session.permanent = True


def stand_up(slug: str) -> None:
    """Leave the teacher's side of a class in this browser, with what is shown there once."""
    chairs = dict(session.get(CHAIRS, {}))
    chairs.pop(slug, None)
    session[CHAIRS] = chairs
    for name in (NEW_KEY, NEW_LINK, REMOVED):
        if session.get(name, ("",))[0] == slug:
            session.pop(name)


def leave_teachers_side() -> None:
    """Leave it in every class: somebody else sits down at this machine."""
    for name in (CHAIRS, NEW_KEY, NEW_LINK, REMOVED):
        session.pop(name, None)


def find_by_key(key: str) -> Classroom | None:
    """The classroom that a teacher's key opens."""
    return db.session.scalar(select(Classroom).where(Classroom.key_hash == hash_key(key)))
