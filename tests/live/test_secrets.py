"""A lesson on a real site, overheard: which frames and which lines of the log hold a secret."""

from collections.abc import Iterator
from contextlib import ExitStack, suppress
from urllib.error import HTTPError

import pytest
from sqlalchemy import select

from app.classes.classrooms import draw_key_anew
from app.classes.models import Classroom, Student, Visitor
from app.core.db import db
from app.core.writer import write
from tests.live.lesson import Chair, Lesson, lent, open_lesson, paired
from tests.live.wire import Wire, stay
from tests.load.sample import TOUR, build_site
from tests.serving import Site

CANARY = "Zyxomira"
CHANGED = "Zyxoléo"
TOKEN = "u7zyxomira-token-that-nobody-may-read-in-a-log"
HALL = f"/tours/{TOUR}/hall"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site with one published tour, which logs all that it can."""
    data = tmp_path_factory.mktemp("secrets")
    build_site(data, 512)
    with Site(data, log_level="debug") as site:
        yield site


@pytest.fixture
def lesson(site: Site) -> Lesson:
    """A class of two, the first of whom has a label."""
    lesson = open_lesson(site.data, 2)
    with lesson.app.app_context():
        student = students(lesson)[0].id
        write(lambda tx: setattr(tx.session.get_one(Student, student), "label", CANARY))
        write(lambda tx: setattr(tx.session.get_one(Classroom, lesson.id), "tour", TOUR))
    return lesson


def students(lesson: Lesson) -> list[Student]:
    """Those of a class, in the order in which they came."""
    query = select(Student).where(Student.classroom_id == lesson.id).order_by(Student.id)
    return list(db.session.scalars(query))


def play(site: Site, lesson: Lesson, lines: dict[str, Wire]) -> None:
    """All that may happen in a lesson: finds, leads, the door, names, removals, the time."""
    with lesson.app.app_context():
        labelled, mate = (one.id for one in students(lesson))
    for one in ("labelled", "mate"):
        lines[one].ask("at", {"tour": TOUR, "scene": "hall"})
        lines[one].ask("state", {"visible": True, "playing": False})
    visitor = Chair(site, lesson.student(0))
    visitor.send(f"/tours/{TOUR}/hotspots/hall-q1/find", HALL, answer="1")
    teacher, base = Chair(site, lesson.teacher), f"/classes/{lesson.slug}"
    assert CANARY in teacher.get(base)
    stay(lines.values())
    lines["teacher"].ask("lead", {"board": "board1", "mode": "eyes"})
    lines["phone"].ask("lead_take", {"board": "board2"})
    lines["phone"].ask("lead", {"board": "board2", "mode": "scene", "tour": TOUR, "scene": "hall"})
    lines["phone"].ask("lead", {"board": "board2", "mode": "free"})
    names = {f"label-{labelled}": CHANGED, f"label-{mate}": CANARY}
    teacher.send(f"{base}/names", f"{base}/names", **names)
    for act in ("redraw", "remove", "restore"):
        teacher.send(f"{base}/students/{labelled}/{act}", base)
        stay(lines.values())
    for door in ("knock", "open", "shut"):  # boards are told the last, those before when slow
        teacher.send(f"{base}/door", base, door=door)
        stay(lines.values())
    teacher.send(f"{base}/time", base, time="home")
    for path in ("names", "report", "report.csv", "cards", f"students/{mate}"):
        teacher.get(f"{base}/{path}")


def test_no_frame_tells_a_label_and_no_student_hears_of_another(site: Site, lesson: Lesson) -> None:
    phone = paired(lesson)
    with lesson.app.app_context():
        names = {one.id: one.pseudonym for one in students(lesson)}
    other = open_lesson(site.data, 1)
    with ExitStack() as stack:

        def open_line(cookie: str, **hello: str) -> Wire:
            line = Wire(site.url, cookie)
            stack.callback(line.close)
            return line.enter(**hello)

        lines = {
            "labelled": open_line(lesson.student(0), tour=TOUR, scene="hall"),
            "mate": open_line(lesson.student(1), tour=TOUR, scene="hall"),
            "teacher": open_line(lesson.teacher, classroom=lesson.slug),
            "substitute": open_line(lent(lesson), classroom=lesson.slug),
            "phone": open_line(phone, classroom=lesson.slug),
            "elsewhere": open_line(other.teacher, classroom=other.slug),
            "student elsewhere": open_line(other.student()),
        }
        play(site, lesson, lines)
        heard = {who: line.read_all() for who, line in lines.items()}
    for told in (*heard.values(), site.log.read_text()):
        assert CANARY not in told
        assert CHANGED not in told
    mate = names[max(names)]
    assert {who for who, told in heard.items() if mate in told} == {
        "mate", "teacher", "substitute", "phone"
    }  # fmt: skip
    assert '"door":"shut"' in heard["teacher"].replace(" ", "")


def test_what_opens_a_place_or_a_class_is_in_no_log(site: Site, lesson: Lesson) -> None:
    with lesson.app.app_context():
        key = write(lambda tx: draw_key_anew(tx, lesson.id))
        code = db.session.scalars(
            select(Visitor.resume_code).where(Visitor.id == lesson.visitors[0])
        ).one()
        cookie = lent(lesson)
        door = db.session.get_one(Classroom, lesson.id).code
    someone = Chair(site, "")
    someone.send("/key", "/key", key=key)
    someone.send("/join", "/join", code=code)
    for path in (f"/card/{code}", f"/{door}", f"/join?code={code}"):
        someone.get(path)
    for path in ("links", "invitations", "password", "confirm"):
        with suppress(HTTPError):
            someone.get(f"/{path}/{TOKEN}")
    log = site.log.read_text()
    assert '"rule":"/card/<code>"' in log
    for secret in (key, code, door, TOKEN, cookie.partition("=")[2]):
        assert secret not in log
