"""The queue: huey on SQLite or Redis, only to wake the worker; the truth is the table of jobs."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from app.core.config import Settings


@contextmanager
def withheld(name: str) -> Iterator[None]:
    """Let nothing import the package `name`, unless somebody has already."""
    is_loaded = name in sys.modules
    if not is_loaded:
        sys.modules[name] = None  # type: ignore[assignment]  # how Python is told "there is none"
    yield
    if not is_loaded:
        del sys.modules[name]


# huey loads the driver of every store that it knows, 9 MB for one that is not used here.
with withheld("psycopg"):
    from huey import Huey, RedisHuey, SqliteHuey

TASK = "run_job"


def open_queue(settings: Settings) -> Huey:
    """The queue that the settings name."""
    common: dict[str, Any] = {"results": False, "utc": True}
    if settings.queue:
        return RedisHuey("deambule", url=settings.queue, **common)
    settings.data.mkdir(parents=True, exist_ok=True)
    return SqliteHuey("deambule", filename=str(settings.data / "queue.db"), **common)


class Bell:
    """Wakes the worker: the serving process rings, the worker answers.

    Both hold the task under one name; only the worker sets `answer`.
    """

    def __init__(self, queue: Huey) -> None:
        self.answer: Callable[[int], None] = _refuse
        self.ring: Callable[[int], Any] = queue.task(name=TASK)(self._answer)

    def _answer(self, job_id: int) -> None:
        self.answer(job_id)


def _refuse(_job_id: int) -> None:
    raise RuntimeError("jobs run in the worker")
