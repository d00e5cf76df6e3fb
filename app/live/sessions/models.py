"""Tables of sessions: what is offered, who answers there, which classes come."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model

KINDS = ("offer", "guest", "written")
"""Offered by a factory or an organiser; opened by a teacher with guests; a box of questions."""
MOST_CLASSES = 4


class Session(Model):
    """A live chat with a start, an end and a capacity; or a written exchange."""

    __tablename__ = "session"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(16), unique=True)
    """Its name in addresses: drawn, cannot be guessed."""
    kind: Mapped[str] = mapped_column(String(8))
    subject: Mapped[str] = mapped_column(String(120))
    about: Mapped[str] = mapped_column(Text, default="")
    """A few sentences for teachers."""
    tour: Mapped[str] = mapped_column(String(60), default="")
    """The slug of the tour that it goes with, without a key: tours come and go."""
    factory: Mapped[str] = mapped_column(String(60), default="")
    """The slug of the factory that offers it."""
    starts_at: Mapped[datetime] = mapped_column(index=True)
    minutes: Mapped[int] = mapped_column(default=40)
    languages: Mapped[list[str]] = mapped_column(default=list)
    capacity: Mapped[int] = mapped_column(default=2)
    """Classes, 1 to 4."""
    state: Mapped[str] = mapped_column(String(10), default="offered")
    """awaiting (an organiser's approval), offered, cancelled or refused."""
    answer_days: Mapped[int] = mapped_column(default=10)
    """A written exchange is answered within so many days."""
    moderator_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    created_by: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    revision: Mapped[int] = mapped_column(default=0)
    """Moves with each change that calendars must hear of (SEQUENCE of RFC 5545)."""
    created_at: Mapped[datetime]


class SessionProfessional(Model):
    """A professional who answers in a session."""

    __tablename__ = "session_professional"

    session_id: Mapped[int] = mapped_column(
        ForeignKey("session.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Guest(Model):
    """Somebody a teacher invited to one session of their class, by a personal link."""

    __tablename__ = "guest"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(
        ForeignKey("session.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(40))
    """The first name that students read."""
    job: Mapped[str] = mapped_column(String(80))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of what the link holds."""
    charter_at: Mapped[datetime | None]
    """When the charter was accepted."""
    created_at: Mapped[datetime]


class Booking(Model):
    """A classroom's place in a session, or in its waiting list."""

    __tablename__ = "booking"
    __table_args__ = (UniqueConstraint("session_id", "classroom_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"))
    classroom_id: Mapped[int] = mapped_column(
        ForeignKey("classroom.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    """The teacher who booked."""
    state: Mapped[str] = mapped_column(String(9))
    """booked, waiting or cancelled."""
    asked_at: Mapped[datetime]
    """Who waits longest comes first."""
    allows_views: Mapped[bool] = mapped_column(default=False)
    """Whether a professional may turn the views of this class in this session."""
    reminded_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class Professional(Model):
    """What a professional says of themselves, and how far their vetting is."""

    __tablename__ = "professional"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    first_name: Mapped[str] = mapped_column(String(40), default="")
    """All that students read of their name."""
    job: Mapped[str] = mapped_column(String(80), default="")
    factory: Mapped[str] = mapped_column(String(60), default="")
    """The slug of their factory."""
    rome: Mapped[str] = mapped_column(String(5), default="")
    path: Mapped[str] = mapped_column(Text, default="")
    """How they came to this job."""
    ask_me: Mapped[str] = mapped_column(Text, default="")
    """What one may ask them."""
    photos: Mapped[list[str]] = mapped_column(default=list)
    """Keys of assets, at most two."""
    draft: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What they changed since they were approved, by field: nobody reads it before another look."""
    new_photos: Mapped[list[str]] = mapped_column(default=list)
    """Keys of photos that wait for the same."""
    changed_at: Mapped[datetime | None]
    """Since when something waits."""
    employer_at: Mapped[datetime | None]
    """When an organiser saw that the address is their employer's."""
    charter_at: Mapped[datetime | None]
    practised_at: Mapped[datetime | None]
    """When they first wrote in the practice room."""
    created_at: Mapped[datetime]
