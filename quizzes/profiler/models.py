"""Tables of the profiler: results that students keep, and sums that lead back to nobody."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.classes.models import Visitor
from app.core.db import Model


class ProfileResult(Model):
    """Six scores that a student keeps, for themselves; the answers are kept nowhere."""

    __tablename__ = "profile_result"

    id: Mapped[int] = mapped_column(primary_key=True)
    visitor_id: Mapped[int] = mapped_column(ForeignKey(Visitor.id, ondelete="CASCADE"), index=True)
    form: Mapped[str] = mapped_column(String(5))
    """full or short."""
    scores: Mapped[dict[str, int | None]] = mapped_column(JSON)
    """By area; an area that was hardly answered has none."""
    taken_at: Mapped[datetime]


class ProfileSum(Model):
    """Sums over all complete answers to one area of a form: what Cronbach's alpha needs."""

    __tablename__ = "profile_sum"

    form: Mapped[str] = mapped_column(String(5), primary_key=True)
    area: Mapped[str] = mapped_column(String(1), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
    sums: Mapped[list[int]] = mapped_column(JSON)
    """Of each item's answers, in the order of the instrument."""
    products: Mapped[list[list[int]]] = mapped_column(JSON)
    """Of each pair of items."""
