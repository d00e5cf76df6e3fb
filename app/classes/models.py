"""Tables of those who explore."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class Visitor(Model):
    """Anybody who explores: a number and a code that opens their place again, nothing else."""

    __tablename__ = "visitor"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012  SQLAlchemy reads it
    # The number of somebody erased is never given again: a forgotten cookie must open nothing.

    id: Mapped[int] = mapped_column(primary_key=True)
    resume_code: Mapped[str] = mapped_column(String(16), unique=True)
    progress: Mapped[int] = mapped_column(default=0)
    """Counts what the visitor did: a page tagged with it is stale when it moves."""
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)
