"""What of sessions has had its time: those who came as guests are forgotten."""

from datetime import timedelta

from sqlalchemy import delete, select

from app.core.db import now
from app.core.writer import Transaction, write
from app.live.sessions.models import Guest, Session


def purge_guests(days: int) -> int:
    """Erase the guests of sessions that were so many days ago; how many they were."""
    old = select(Session.id).where(Session.starts_at < now() - timedelta(days=days))

    def unit(tx: Transaction) -> int:
        return tx.execute(delete(Guest).where(Guest.session_id.in_(old))).rowcount

    return write(unit)
