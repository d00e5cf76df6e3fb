"""Tables of live quizzes. The answers of students go with the night; what stays is numbers."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class LiveQuiz(Model):
    """A quiz of a class: its questions as they were when it began, and how far it is."""

    __tablename__ = "live_quiz"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(16), unique=True)
    classroom_id: Mapped[int] = mapped_column(
        ForeignKey("classroom.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str] = mapped_column(String(120))
    questions: Mapped[list[dict[str, Any]]]
    """Copies: a set may be changed or deleted meanwhile."""
    seconds: Mapped[int]
    """What each question is given; 0: no limit."""
    position: Mapped[int] = mapped_column(default=0)
    """The question that is asked or shown, from 0."""
    phase: Mapped[str] = mapped_column(String(8), default="ask")
    """ask, shown (the bars), review, or over."""
    number: Mapped[int] = mapped_column(default=0)
    """Moves with everything that is done: a button pressed twice counts once."""
    asked_at: Mapped[datetime]
    """When the question was asked."""
    ends_at: Mapped[datetime | None]
    """Until when it may be answered; none: no limit."""
    counts: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """By question that was shown: `bars` (a number for each), `answered`, `right`."""
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class LiveAnswer(Model):
    """What a student answered, until the night."""

    __tablename__ = "live_answer"
    __table_args__ = (UniqueConstraint("quiz_id", "position", "visitor_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    quiz_id: Mapped[int] = mapped_column(ForeignKey("live_quiz.id", ondelete="CASCADE"))
    position: Mapped[int]
    visitor_id: Mapped[int] = mapped_column(
        ForeignKey("visitor.id", ondelete="CASCADE"), index=True
    )
    answer: Mapped[list[str]]
    worth: Mapped[float]
    """How right it is, from 0 to 1."""
    at: Mapped[datetime]
