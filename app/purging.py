"""The purge: erases whatever has had its time, in every room. docs/privacy.md lists the dates."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask

from app.classes.erasing import purge_classrooms, purge_doors
from app.classes.passing import purge_passing
from app.classes.visitors import purge_visitors
from app.core.config import Settings
from app.core.db import db, now
from app.core.traces.wiping import rewrite
from app.live.chat.after.erasing import purge_alarms, purge_chats
from app.live.papers.kinds import sweep_papers
from app.live.quiz.privacy import purge_quizzes
from app.live.sessions.erasing import purge_guests
from app.people.purging import purge_people

NIGHT = 3
"""The hour of the site's zone from which the database is rewritten."""
MORNING = 6
A_NIGHT = timedelta(hours=18)
A_WEEK = timedelta(days=7)
MARK = "rewritten"
"""The file of the data folder whose date says when the database was rewritten."""


def purge(app: Flask) -> list[str]:
    """Erase all that is due, rooms that point to others first; what was done, a line each."""
    registry, settings = app.extensions["privacy"], app.extensions["settings"]
    steps: tuple[tuple[str, Callable[[], int]], ...] = (
        ("classrooms erased", lambda: purge_classrooms(registry)),
        ("passing seats erased", lambda: purge_passing(registry)),
        ("visitors erased", lambda: purge_visitors(registry)),
        ("links and knocks erased", purge_doors),
        ("logins and mailed links erased", purge_people),
        ("guests erased", lambda: purge_guests(settings.chat_days)),
        ("chats erased", lambda: purge_chats(settings.chat_days)),
        ("alarms erased", purge_alarms),
        ("answers of live quizzes erased", purge_quizzes),
        ("papers erased", lambda: sweep_papers(settings)),
    )
    return [f"{step()} {words}" for words, step in steps]


def rewrite_database(settings: Settings) -> bool:
    """Leave no trace of what was erased in the database's files; False when it was in use."""
    db.session.remove()
    is_done = rewrite(db.engine)
    if is_done:
        (settings.data / MARK).touch()
    return is_done


def is_time_to_rewrite(settings: Settings) -> bool:
    """Whether it is night, and was not done this night; or a week went by without a night."""
    since = now() - _rewritten_at(settings.data / MARK)
    is_night = NIGHT <= now().astimezone(ZoneInfo(settings.timezone)).hour < MORNING
    return since > A_WEEK or (is_night and since > A_NIGHT)


def _rewritten_at(mark: Path) -> datetime:
    """When it was done; a new site begins now."""
    if not mark.exists():
        mark.touch()
    return datetime.fromtimestamp(mark.stat().st_mtime, now().tzinfo)
