"""What a class builds: the object of its tour, advanced by finds and kept in the database."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from app.classes.models import Student
from app.core.db import db, now
from app.core.writer import Transaction
from app.live.models import ObjectBuild
from app.live.objects import PARTS, Build, advance, object_name, pace_in
from app.points.models import Entry
from tours.content import TourContent


def object_of(classroom: int, content: TourContent | None) -> Mapping[str, Any] | None:
    """How far the class is with the object of a tour; nothing without a tour."""
    if content is None:
        return None
    kept = db.session.get(ObjectBuild, (classroom, content.slug))
    return {"name": object_name(content), "parts": kept.parts if kept else 0, "of": PARTS}


def build(tx: Transaction, classroom: int, content: TourContent, present: int) -> bool:
    """Advance the object after a find; whether a part was lit."""
    total = tx.execute(
        select(func.coalesce(func.sum(Entry.points), 0))
        .join(Student, Student.visitor_id == Entry.visitor_id)
        .where(
            Student.classroom_id == classroom,
            Entry.source.startswith(f"hotspot:{content.slug}/")
            | (Entry.source == f"decision:{content.slug}"),
        )
    ).scalar_one()
    kept = tx.session.get(ObjectBuild, (classroom, content.slug))
    if kept is None:
        kept = ObjectBuild(classroom_id=classroom, tour=content.slug, parts=0, present=0)
        tx.session.add(kept)
    before = Build(kept.parts, kept.present)
    after = advance(before, total, present, pace_in(content))
    kept.parts, kept.present = after.parts, after.present
    if after.is_complete and kept.completed_at is None:
        kept.completed_at = now()
    return after.parts > before.parts
