"""Keeping results: a student's own, the sums for alpha, and what is told and erased of both."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.core.db import now
from app.core.privacy import Holding, PrivacyRegistry
from app.core.writer import Transaction
from quizzes.profiler.areas import AREAS, Area
from quizzes.profiler.items import ANSWERS, Form, instrument
from quizzes.profiler.models import ProfileResult, ProfileSum
from quizzes.profiler.reliability import added, alpha
from quizzes.profiler.scoring import Answers, Profile

KEPT = 3
"""Results that a student keeps: the last ones, to compare."""


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


def add_to_sums(tx: Transaction, form: Form, answers: Answers) -> None:
    """Add answers to the sums of each area that was answered whole; they lead back to nobody."""
    for area in AREAS:
        row = _row(form, area, answers)
        if row is None:
            continue
        found = tx.session.get(ProfileSum, (form, area), with_for_update=True)
        size = len(row)
        if found is None or len(found.sums) != size:
            found = ProfileSum(form=form, area=area, count=0)
            found.sums, found.products = [0] * size, [[0] * size for _one in row]
            found = tx.session.merge(found)
        found.sums, found.products = added(found.sums, found.products, row)
        found.count += 1


def _row(form: Form, area: Area, answers: Answers) -> list[int] | None:
    row = [answers.get(item.id, 0) for item in instrument().form(form) if item.area == area]
    return row if all(answer in ANSWERS for answer in row) else None


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
