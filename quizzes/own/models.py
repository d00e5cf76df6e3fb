"""Tables of teachers' own questions."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model


class QuestionSet(Model):
    """Questions that a teacher keeps together. It goes with their account."""

    __tablename__ = "question_set"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(16), unique=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    questions: Mapped[list["OwnQuestion"]] = relationship(
        back_populates="set", order_by="OwnQuestion.position", cascade="all, delete-orphan"
    )


class OwnQuestion(Model):
    """One item of a set, in the order of its file."""

    __tablename__ = "own_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    set_id: Mapped[int] = mapped_column(
        ForeignKey("question_set.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    content: Mapped[dict[str, Any]]
    """The validated question; empty for what is kept for its export only."""
    gift: Mapped[str] = mapped_column(Text)
    """The same as GIFT, with all that only GIFT says."""

    set: Mapped[QuestionSet] = relationship(back_populates="questions")
