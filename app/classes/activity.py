"""Minutes in which a student did something: told to the teacher, and said not to be a mark."""

from typing import Any

from sqlalchemy import bindparam, case
from sqlalchemy.dialects import postgresql, sqlite

from app.classes.models import Activity
from app.classes.places import Place
from app.core.db import now
from app.core.queries import Query
from app.core.writer import Transaction

_VALUES: dict[str, Any] = {
    "visitor_id": bindparam("visitor_id"),
    "lesson": bindparam("lesson"),
    "minutes": 1,
    "minute": bindparam("minute"),
}


def _counting(dialect: Any) -> Any:
    """One row a lesson: a minute counts once, however much is done in it."""
    first = dialect.insert(Activity).values(_VALUES)
    is_next = first.excluded.minute > Activity.minute
    return first.on_conflict_do_update(
        index_elements=["visitor_id", "lesson"],
        set_={
            "minutes": Activity.minutes + case((is_next, 1), else_=0),
            "minute": case((is_next, first.excluded.minute), else_=Activity.minute),
        },
    )


_COUNT = Query(_counting(sqlite), _counting(postgresql))


def note_activity(tx: Transaction, place: Place | None) -> None:
    """Count this minute for the students at this screen; others are not counted."""
    if place is None or place.seat is None:
        return
    minute = int(now().timestamp() // 60)
    students = [place, *place.mates] if place.seat.student is not None else []
    for visitor in [*(one.visitor for one in students), *place.present]:
        tx.rows(_COUNT, visitor_id=visitor, lesson=place.seat.lesson, minute=minute)
