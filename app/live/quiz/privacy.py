"""What live quizzes hold of a visitor, and how soon it goes."""

from datetime import timedelta

from sqlalchemy import delete, select, update

from app.core.db import now
from app.core.privacy import Holding, PrivacyRegistry, eraser, exporter
from app.core.writer import Transaction, write
from app.live.quiz.models import LiveAnswer, LiveQuiz

KEPT = timedelta(hours=12)
"""After which a quiz that nobody closed is closed by the purge."""
_TOLD = ("position", "answer", "worth", "at")


def declare_privacy(registry: PrivacyRegistry) -> None:
    """Say what this room holds."""
    registry.add(
        Holding(
            "live_answer",
            "what one answered in a live quiz, until the night",
            exporter(LiveAnswer, _TOLD),
            eraser(LiveAnswer),
            1,
        )
    )


def purge_quizzes() -> int:
    """Close what nobody closed; of quizzes that are over the answers and the copies of questions
    go, the counts stay. How many answers there were.
    """
    return write(_purge)


def _purge(tx: Transaction) -> int:
    moment = now()
    old = LiveQuiz.ended_at.is_(None) & (LiveQuiz.created_at <= moment - KEPT)
    tx.execute(update(LiveQuiz).where(old).values(ended_at=moment, phase="over"))
    is_over = LiveQuiz.ended_at.is_not(None)
    tx.execute(update(LiveQuiz).where(is_over).values(title="", questions=[]))
    over = select(LiveQuiz.id).where(is_over)
    return int(tx.execute(delete(LiveAnswer).where(LiveAnswer.quiz_id.in_(over))).rowcount)
