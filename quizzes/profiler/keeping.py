"""Keeping results: a student's own, the sums for alpha, and what is told and erased of both."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.core.db import now
from app.core.privacy import Holding, PrivacyRegistry
from app.core.writer import Transaction
from quizzes.profiler.areas import AREAS, Area
from quizzes.profiler.items import Form
from quizzes.profiler.models import ProfileResult, ProfileSum
from quizzes.profiler.pooling import Rows
from quizzes.profiler.reliability import added, alpha
from quizzes.profiler.scoring import Profile

KEPT = 3
"""Results that a student keeps: the last ones, to compare."""
_INSERTS = {
    "sqlite": sqlite.insert(ProfileSum).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(ProfileSum).on_conflict_do_nothing(),
}


def keep_result(tx: Transaction, visitor: int, profile: Profile) -> None:
    """Keep a student's result; the oldest gives way."""
    scores = {area: profile.scores.get(area) for area in AREAS}
    values = {"visitor_id": visitor, "form": profile.form, "scores": scores, "taken_at": now()}
    tx.session.add(ProfileResult(**values))
    tx.session.flush()
    for old in results_of(tx.session, visitor)[KEPT:]:
        tx.session.delete(old)


def results_of(reading: Session, visitor: int) -> Sequence[ProfileResult]:
    """What a visitor kept, the latest first."""
    mine = select(ProfileResult).where(ProfileResult.visitor_id == visitor)
    return reading.scalars(mine.order_by(ProfileResult.id.desc())).all()


def profile_of(result: ProfileResult) -> Profile:
    """A kept result as a profile."""
    form: Form = "short" if result.form == "short" else "full"
    return Profile({area: result.scores.get(area) for area in AREAS}, form)


def forget_results(tx: Transaction, visitor: int) -> None:
    """Erase what a visitor kept."""
    tx.execute(delete(ProfileResult).where(ProfileResult.visitor_id == visitor))


def who_has_done(reading: Session, visitors: Iterable[int]) -> set[int]:
    """Which of these visitors keep a result; what it says is nobody's but theirs."""
    mine = select(ProfileResult.visitor_id).where(ProfileResult.visitor_id.in_(list(visitors)))
    return set(reading.scalars(mine))


def add_to_sums(tx: Transaction, form: Form, rows: Mapping[Area, Rows]) -> None:
    """Add rows of answers to the sums of their areas; they lead back to nobody.

    The row of sums is made first and then held: two who come at once add both. Areas are taken in
    one order, so that nobody waits in a circle.
    """
    for area in AREAS:
        if area in rows:
            _add_rows(_held_sum(tx, form, area, len(rows[area][0])), rows[area])


def _held_sum(tx: Transaction, form: Form, area: Area, size: int) -> ProfileSum:
    blank = {"count": 0, "sums": [0] * size, "products": [[0] * size for _one in range(size)]}
    insert = _INSERTS[tx.connection.dialect.name]
    tx.execute(insert.values(form=form, area=area, **blank))
    found = tx.session.get_one(ProfileSum, (form, area), with_for_update=True)
    if len(found.sums) != size:  # the instrument has changed: what was summed up is of another one
        for name, value in blank.items():
            setattr(found, name, value)
    return found


def _add_rows(found: ProfileSum, rows: Rows) -> None:
    for row in rows:
        found.sums, found.products = added(found.sums, found.products, row)
    found.count += len(rows)


def alphas(reading: Session, form: Form) -> dict[Area, float | None]:
    """Cronbach's alpha of each area."""
    known = {row.area: row for row in reading.scalars(select(ProfileSum).filter_by(form=form))}
    return {
        area: alpha(row.count, row.sums, row.products) if (row := known.get(area)) else None
        for area in AREAS
    }


def _export(tx: Transaction, visitor: int) -> list[dict[str, Any]]:
    table = ProfileResult.__table__
    columns = [table.c[name] for name in ("form", "scores", "taken_at")]
    rows = tx.execute(select(*columns).where(table.c.visitor_id == visitor).order_by(table.c.id))
    return [dict(row) for row in rows.mappings()]


def declare_privacy(registry: PrivacyRegistry) -> None:
    """Say what this room holds."""
    what = "the six scores of one's last profiles, without the answers"
    registry.add(Holding("profile_result", what, _export, forget_results, None))
