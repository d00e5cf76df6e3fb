"""Rooms of the chat on a measured site, and the cookies of all who are in them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.live.chat.meeting import open_meeting
from tests.live.lesson import app_on
from tests.load.site import folder
from tests.serving import run_command


@dataclass(frozen=True)
class Hall:
    """A room that is open. All but `id` and `slug` are cookies."""

    id: int
    slug: str
    students: Sequence[str]
    """Class after class."""
    teachers: Sequence[str]
    """One for each class."""
    professionals: Sequence[str]


@contextmanager
def chat_site() -> Iterator[Path]:
    """The data folder of a site without any tour, on a real disk."""
    with folder() as place:
        data = place / "data"
        data.mkdir()
        prepare(data)
        yield data


def prepare(data: Path) -> None:
    """Make its database. Raises RuntimeError when that fails."""
    done = run_command(data, "db", "upgrade")
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)


def open_halls(
    data: Path, count: int, *, classes: int, students: int, answering: int, minutes: int = 180
) -> list[Hall]:
    """Open rooms, each with `classes` of `students` and those who answer."""
    app = app_on(data)
    halls = []
    for _ in range(count):
        meeting = open_meeting(
            app, classes=classes, students=students, answering=answering, minutes=minutes
        )
        seated = [cookie for each in meeting.students for cookie in each]
        hall = Hall(meeting.id, meeting.slug, seated, meeting.teachers, meeting.professionals)
        halls.append(hall)
    return halls
