"""Tables of those who explore: visitors, classrooms, their students and their doors."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model
from app.people.models import School


class Visitor(Model):
    """Anybody who explores: a number and a code that opens their place again, nothing else."""

    __tablename__ = "visitor"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012  SQLAlchemy reads it
    # The number of somebody erased is never given again: a forgotten cookie must open nothing.

    id: Mapped[int] = mapped_column(primary_key=True)
    resume_code: Mapped[str] = mapped_column(String(16), unique=True)
    grip: Mapped[int] = mapped_column(default=0)
    """Moves when a card is revoked: browsers that hold another number are let go at once."""
    progress: Mapped[int] = mapped_column(default=0)
    """Counts what the visitor did: a page tagged with it is stale when it moves."""
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)


class Classroom(Model):
    """A class: its door, its time, and what stays of those who were erased, as numbers."""

    __tablename__ = "classroom"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012  SQLAlchemy reads it

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(16), unique=True)
    """Its name in addresses: drawn, says nothing, cannot be guessed."""
    name: Mapped[str] = mapped_column(String(40), default="")
    """As its teachers call it: « 4e B ». Students see it too."""
    level: Mapped[str] = mapped_column(String(12), default="")
    """One of LEVELS, or nothing yet."""
    year: Mapped[int]
    """The school year by the year in which it begins."""
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"))
    timezone: Mapped[str] = mapped_column(String(40))
    """The school's zone, or the site's as long as there is no school."""

    code: Mapped[str] = mapped_column(String(6), unique=True)
    """What opens the door, and the door only."""
    code_drawn_at: Mapped[datetime]
    door: Mapped[str] = mapped_column(String(5), default="open")
    """open, knock or shut."""
    door_opened_at: Mapped[datetime]
    """Ten minutes later an open door becomes one at which one knocks."""
    joined: Mapped[int] = mapped_column(default=0)
    """How many came in since the door was opened."""
    expected: Mapped[int] = mapped_column(default=30)
    """How many the teacher waits for."""

    time: Mapped[str] = mapped_column(String(6), default="lesson")
    """lesson, home or over, as it was set; `time_now` says what it has become since."""
    timed_at: Mapped[datetime]
    """When it was set: a lesson ends by itself with its day."""
    home_until: Mapped[date | None]
    """The last day of work at home, in the school's zone."""
    lesson: Mapped[int] = mapped_column(default=0)
    """The number of the lesson that runs, 0 between lessons; lessons are above: there is no key."""
    shows_ranking: Mapped[bool] = mapped_column(default=False)
    """Whether the teacher wants students in order of their boulons, in this class alone."""
    tour: Mapped[str] = mapped_column(String(60), default="")
    """Where its students are led: the slug of a tour, without a key, since tours come and go."""
    hides: Mapped[list[str]] = mapped_column(default=list)
    """Hotspots switched off for this class: `tidal-plant/rotor`."""
    version: Mapped[int] = mapped_column(default=0)
    """Moves with all that its students' pages show of it."""
    visitor_id: Mapped[int | None] = mapped_column(ForeignKey("visitor.id", ondelete="SET NULL"))
    """Who walks when one computer plays for the whole class."""

    key_hash: Mapped[str | None] = mapped_column(String(64))
    """SHA-256 of the teacher's key; a classroom that was claimed has none."""
    key_grip: Mapped[int] = mapped_column(default=0)
    """Moves when the key is drawn anew: browsers that hold another number are let go."""
    erase_at: Mapped[datetime] = mapped_column(index=True)
    """When a purge erases it whole: seven days without an account, else after the school year."""
    created_at: Mapped[datetime]

    gone_students: Mapped[int] = mapped_column(default=0)
    gone_finds: Mapped[int] = mapped_column(default=0)
    gone_points: Mapped[int] = mapped_column(default=0)
    """What those who were erased had done: totals stay, as numbers."""

    school: Mapped[School | None] = relationship()


class ClassSum(Model):
    """What stays of classrooms that were erased: numbers by year and level, of which class no more.

    No school, no day, no name: nobody can tell the classes apart any more.
    """

    __tablename__ = "class_sum"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """The school year by the year in which it begins."""
    level: Mapped[str] = mapped_column(String(12), primary_key=True)
    """One of LEVELS, or nothing."""
    classrooms: Mapped[int]
    students: Mapped[int]
    finds: Mapped[int]
    points: Mapped[int]


class ClassroomTeacher(Model):
    """A teacher of a classroom; there may be several."""

    __tablename__ = "classroom_teacher"

    classroom_id: Mapped[int] = mapped_column(
        ForeignKey("classroom.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    created_at: Mapped[datetime]


class TeacherLink(Model):
    """A link that opens the teacher's side for a while: a substitute's day, a phone's pairing."""

    __tablename__ = "teacher_link"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    classroom_id: Mapped[int] = mapped_column(
        ForeignKey("classroom.id", ondelete="CASCADE"), index=True
    )
    purpose: Mapped[str] = mapped_column(String(12))
    """substitute, pairing (which becomes a phone), phone, or colleague (who becomes a teacher)."""
    starts_at: Mapped[datetime]
    """A substitute's link is made the day before, and opens nothing until its day."""
    expires_at: Mapped[datetime]
    created_at: Mapped[datetime]


class Student(Model):
    """A visitor in a classroom under a pseudonym: no name, no address, no birth date."""

    __tablename__ = "student"
    __table_args__ = (
        UniqueConstraint("classroom_id", "pseudonym"),
        Index("ix_student_form", "classroom_id", "form_hash", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    classroom_id: Mapped[int] = mapped_column(ForeignKey("classroom.id", ondelete="CASCADE"))
    visitor_id: Mapped[int] = mapped_column(
        ForeignKey("visitor.id", ondelete="CASCADE"), unique=True
    )
    pseudonym: Mapped[str] = mapped_column(String(40))
    draws_left: Mapped[int] = mapped_column(default=2)
    """How often the student may still draw another pseudonym."""
    label: Mapped[str | None] = mapped_column(String(20))
    """Seen by this classroom's teachers and this student only."""
    is_passing: Mapped[bool] = mapped_column(default=False)
    """A seat of which nothing is kept after the lesson."""
    extra_time: Mapped[bool] = mapped_column(default=False)
    """Longer for questions with a clock; nobody else is told."""
    is_present: Mapped[bool] = mapped_column(default=False)
    """Ticked by the teacher when one computer plays for the whole class."""
    removed_at: Mapped[datetime | None]
    """Taken out by a teacher, who may undo it."""
    joined_at: Mapped[datetime]
    form_hash: Mapped[str | None] = mapped_column(String(64))
    """By which form they came in: sent twice it makes one student; none once their card is
    revoked."""


class Knock(Model):
    """Somebody who waits at the door; let in, they become a student."""

    __tablename__ = "knock"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of what the waiting browser holds."""
    classroom_id: Mapped[int] = mapped_column(
        ForeignKey("classroom.id", ondelete="CASCADE"), index=True
    )
    pseudonym: Mapped[str] = mapped_column(String(40))
    """By which the teacher calls them in; theirs when they are let in."""
    answer: Mapped[str] = mapped_column(String(8), default="")
    """Nothing yet, let_in or refused."""
    is_passing: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether they asked that nothing be kept of them after the lesson."""
    visitor_id: Mapped[int | None] = mapped_column(ForeignKey("visitor.id", ondelete="CASCADE"))
    created_at: Mapped[datetime]


class Activity(Model):
    """How long a student was active, a row for each day and lesson; said not to be a mark."""

    __tablename__ = "activity"
    __table_args__ = (UniqueConstraint("visitor_id", "lesson"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    visitor_id: Mapped[int] = mapped_column(ForeignKey("visitor.id", ondelete="CASCADE"))
    lesson: Mapped[int]
    """The number of the lesson, 0 for work at home."""
    minutes: Mapped[int]
    """Minutes of the clock in which something was done."""
    minute: Mapped[int]
    """The last of them, counted from 1970."""
