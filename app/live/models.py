"""Tables of what happens live: lessons, who leads, and what a class builds."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model


class Lesson(Model):
    """An hour of a class: a tour, a plan of steps, and how far the clock on the projector is."""

    __tablename__ = "lesson"

    id: Mapped[int] = mapped_column(primary_key=True)
    classroom_id: Mapped[int] = mapped_column(
        ForeignKey("classroom.id", ondelete="CASCADE"), index=True
    )
    slug: Mapped[str] = mapped_column(String(16), unique=True)
    """Its name in the link that is pasted in Pronote; cannot be guessed."""
    tour: Mapped[str] = mapped_column(String(60))
    """The slug of its tour, without a key: tours come and go."""
    steps: Mapped[list[dict[str, Any]]]
    """The plan in order: `{"name": "visit", "minutes": 25}`; a stretched step is longer."""
    step: Mapped[int] = mapped_column(default=-1)
    """The step that runs; -1 before the first."""
    step_started_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class Lead(Model):
    """Who turns the class's views, and to where. One person leads a class at a time."""

    __tablename__ = "lead"

    classroom_id: Mapped[int] = mapped_column(
        ForeignKey("classroom.id", ondelete="CASCADE"), primary_key=True
    )
    board: Mapped[str] = mapped_column(String(24), default="")
    """The board that leads: a page's own number, so that one person on two machines is two."""
    leader: Mapped[str] = mapped_column(String(80), default="")
    """How the boards call who leads."""
    mode: Mapped[str] = mapped_column(String(8), default="free")
    """free, eyes (pause: eyes here), scene (everyone brought here) or follow."""
    tour: Mapped[str] = mapped_column(String(60), default="")
    scene: Mapped[str] = mapped_column(String(60), default="")
    yaw: Mapped[float] = mapped_column(default=0.0)
    pitch: Mapped[float] = mapped_column(default=0.0)
    hfov: Mapped[float] = mapped_column(default=100.0)
    """Degrees."""
    number: Mapped[int] = mapped_column(default=0)
    """Moves with every order, so that a page knows whether it has followed this one."""
    at: Mapped[datetime]


class ObjectBuild(Model):
    """How far a class is with the object of a tour: parts stay lit, whoever comes later."""

    __tablename__ = "object_build"

    classroom_id: Mapped[int] = mapped_column(
        ForeignKey("classroom.id", ondelete="CASCADE"), primary_key=True
    )
    tour: Mapped[str] = mapped_column(String(60), primary_key=True)
    """The tour's slug."""
    parts: Mapped[int] = mapped_column(default=0)
    """How many of the seven are lit."""
    present: Mapped[int] = mapped_column(default=0)
    """The number of students that the thresholds were last made for."""
    completed_at: Mapped[datetime | None]
