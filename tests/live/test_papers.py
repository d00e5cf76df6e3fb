"""Papers: what a teacher has made, what stands on it, who may fetch it, and for how long."""

import json
import re
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import cv2
import numpy as np
import pytest
import time_machine
from flask.testing import FlaskClient
from PIL import ImageFile
from sqlalchemy import event, select, update
from werkzeug.test import TestResponse

from app.classes.codes import show_code
from app.classes.models import Student, Visitor
from app.core import jobs
from app.core.db import db, now
from app.core.jobs import Job
from app.core.writer import Transaction, write
from app.live.papers import jobs as paper_jobs
from app.live.papers.kinds import FOLDER, KINDS, MAKE_PAPER, keep, path_of, sweep_papers
from app.live.papers.printing import STATIC, OwnFiles
from tests.classes.room import Room

pytestmark = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="reading PDFs back needs Debian's poppler-utils"
)
LABEL = "Zoé-canari"


def seat_nine(room: Room) -> None:
    """Nine students, the first of whom has a label."""
    room.act("whole", tour="mill-tour", more="9")
    room.act("whole/end")
    first = room.students()[0].id
    assert len(room.students()) == 9
    write(lambda tx: tx.execute(update(Student).where(Student.id == first).values(label=LABEL)))


def ask(room: Room, kind: str, **form: str) -> str:
    """The teacher asks for a paper; where it leads."""
    reply = room.act(f"papers/{kind}", **form)
    assert reply.status_code == 303, reply.text
    return str(reply.location)


def last_job() -> Job:
    """What waits for the worker."""
    db.session.rollback()
    return db.session.scalars(select(Job).where(Job.name == MAKE_PAPER).order_by(-Job.id)).first()  # type: ignore[return-value]  # there is one


def work(room: Room) -> None:
    """The worker does what was asked for last."""
    jobs.run(room.app.extensions["writer"], last_job().id)


def make(room: Room, kind: str, **form: str) -> TestResponse:
    """A paper, asked for, made and fetched."""
    page = ask(room, kind, **form)
    work(room)
    assert last_job().state == "done", last_job().message
    assert f'href="{page}/file"' in room.teacher.get(page).text
    reply = room.teacher.get(f"{page}/file")
    assert reply.status_code == 200
    return reply


def read(pdf: bytes, *options: str) -> list[str]:
    """The text of each page."""
    line = ["pdftotext", *options, "-", "-"]
    text = subprocess.run(line, input=pdf, capture_output=True, check=True).stdout.decode()
    return text.split("\f")[:-1]


def codes(room: Room) -> list[str]:
    """What opens the places of the class."""
    query = select(Visitor.resume_code).join(Student, Student.visitor_id == Visitor.id)
    return list(db.session.scalars(query.where(Student.classroom_id == room.row.id)))


def test_nine_cards_fill_a_page_and_begin_another(room: Room) -> None:
    seat_nine(room)
    pages = read(make(room, "cards").data)
    assert [page.count("À taper sur localhost") for page in pages] == [8, 1]
    text = " ".join(" ".join(pages).split())
    for code in codes(room):
        assert show_code(code) in text
    for student in room.students():
        assert student.pseudonym in text
    assert "4e B" in text


def test_a_camera_reads_the_cards(room: Room, tmp_path: Path) -> None:
    seat_nine(room)
    (tmp_path / "cards.pdf").write_bytes(make(room, "cards").data)
    line = ["pdftoppm", "-r", "300", "-png", "-f", "2", "-singlefile", "cards.pdf", "page"]
    subprocess.run(line, cwd=tmp_path, check=True)
    sheet = cv2.imdecode(np.fromfile(tmp_path / "page.png", np.uint8), cv2.IMREAD_COLOR)
    assert sheet is not None
    told, _corners, _straight = cv2.QRCodeDetector().detectAndDecode(sheet)
    assert re.fullmatch(r"http://localhost/card/(\w+)", told), told
    assert told.rsplit("/", 1)[1] in codes(room)


def test_a_label_is_on_a_paper_only_when_its_teacher_asked(room: Room) -> None:
    seat_nine(room)
    for kind in ("cards", "call"):
        assert LABEL not in "".join(read(make(room, kind).data))
        assert LABEL in "".join(read(make(room, kind, with_labels="yes").data))


def test_the_call_sheet_holds_thirty_six_on_a_page(room: Room) -> None:
    room.act("whole", tour="mill-tour", more="36")
    (page,) = read(make(room, "call").data, "-layout")
    assert page.startswith("    Qui est qui") or "Qui est qui" in page.splitlines()[0]
    assert page.count("\n") > 36
    room.come_in()
    assert len(read(make(room, "call").data)) == 2


def test_a_paper_that_is_being_made_does_not_keep_who_was_erased_meanwhile(room: Room) -> None:
    """Whoever erases deletes the papers that are there: this one is not yet."""
    seat_nine(room)
    (gone, goes), (_left, stays) = [(one.id, one.pseudonym) for one in room.students()[:2]]
    page, number = ask(room, "cards"), last_job().id
    db.session.remove()
    with erased_while_read(room, gone):
        jobs.run(room.app.extensions["writer"], number)
    text = " ".join("".join(read(room.teacher.get(f"{page}/file").data)).split())
    assert stays in text
    assert goes not in text


@contextmanager
def erased_while_read(room: Room, student: int) -> Iterator[None]:
    """Somebody erases a student, elsewhere, just after the cards were read."""
    todo = [student]

    def erase() -> None:
        with room.app.app_context():
            room.act(f"students/{todo.pop()}/erase", sure="yes")

    def after(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if todo and "visitor.resume_code" in statement and "JOIN" in statement:
            thread = Thread(target=erase)
            thread.start()
            thread.join()

    event.listen(db.engine, "after_cursor_execute", after)
    yield
    event.remove(db.engine, "after_cursor_execute", after)
    assert not todo


def test_those_who_only_pass_are_called_and_get_no_card(room: Room) -> None:
    seat_nine(room)
    one = room.students()[0]
    write(
        lambda tx: tx.execute(update(Student).where(Student.id == one.id).values(is_passing=True))
    )
    assert one.pseudonym not in " ".join(" ".join(read(make(room, "cards").data)).split())
    assert one.pseudonym in "".join(read(make(room, "call").data, "-layout"))


def test_the_report_comes_as_pdf_and_for_a_spreadsheet(room: Room) -> None:
    room.come_in().find("meal", opened=True)
    pdf = make(room, "report-pdf")
    assert "Toute la classe" in read(pdf.data)[0]
    assert pdf.mimetype == "application/pdf"
    ods = make(room, "report-ods")
    assert ods.data[:2] == b"PK"
    assert ods.mimetype == KINDS["report-ods"].mimetype


def test_a_paper_is_handed_over_and_kept_nowhere_on_the_way(room: Room) -> None:
    seat_nine(room)
    reply = make(room, "cards")
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.headers["Content-Disposition"] == "attachment; filename=cartes.pdf"
    (path,) = (room.app.extensions["settings"].data / FOLDER).iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_it_speaks_the_language_of_whoever_asks(room: Room) -> None:
    seat_nine(room)
    room.teacher.post("/language/en")
    asked = ask(room, "cards")
    assert last_job().arguments["language"] == "en"
    assert "state" in room.teacher.get(asked, headers={"Accept": "application/json"}).get_json()


def test_the_page_waits_then_offers_the_file(room: Room) -> None:
    seat_nine(room)
    page = ask(room, "cards")
    asked = room.teacher.get(page)
    assert "/job" in asked.text
    assert f'<noscript><p class="actions"><a class="plate" href="{page}"' in asked.text
    assert room.teacher.get(f"{page}/file").status_code == 404
    as_script = {"Accept": "application/json"}
    assert room.teacher.get(page, headers=as_script).get_json()["state"] == "waiting"
    work(room)
    assert room.teacher.get(page, headers=as_script).get_json()["state"] == "done"


def test_asking_twice_begins_one_work_only(room: Room) -> None:
    seat_nine(room)
    assert ask(room, "cards") == ask(room, "cards")
    assert ask(room, "cards", with_labels="yes") != ask(room, "cards")


def test_the_row_of_the_work_tells_nothing_of_a_student(room: Room) -> None:
    seat_nine(room)
    make(room, "cards", with_labels="yes")
    job = last_job()
    told = json.dumps([job.arguments, job.title, job.message, job.problems], ensure_ascii=False)
    for secret in (LABEL, *codes(room), *(student.pseudonym for student in room.students())):
        assert secret not in told


def test_another_class_finds_no_paper(room: Room, open_room: Callable[..., Room]) -> None:
    seat_nine(room)
    page = ask(room, "cards")
    work(room)
    token = page.rsplit("/", 1)[1]
    other = open_room()
    for path in (f"papers/{token}", f"papers/{token}/file"):
        assert other.teacher.get(f"/classes/{other.slug}/{path}").status_code == 404
        assert other.teacher.get(f"/classes/{room.slug}/{path}").status_code == 404
        assert room.teacher.get(f"/classes/{room.slug}/{path}").status_code == 200
    assert other.teacher.post(f"/classes/{room.slug}/papers/cards").status_code == 404


def test_a_substitute_and_a_student_take_nothing_away(room: Room) -> None:
    seat_nine(room)
    page = ask(room, "cards")
    work(room)
    student: FlaskClient = room.come_in().client
    assert student.get(page).status_code == 404
    assert student.post(f"/classes/{room.slug}/papers/cards").status_code == 404
    with room.teacher.session_transaction() as cookie:
        cookie["chairs"] = {room.slug: "link:nothing"}
    assert room.teacher.get(f"{page}/file").status_code == 404


def test_what_is_no_paper_is_not_found(room: Room) -> None:
    assert room.act("papers/poster").status_code == 404
    assert room.teacher.get(f"/classes/{room.slug}/papers/{'t' * 32}").status_code == 404
    settings = room.app.extensions["settings"]
    for token in ("../deambule", "a" * 300, "", "x/y" * 10):
        with pytest.raises(ValueError, match="not the token"):
            path_of(settings, token, "cards")


def test_an_empty_class_is_told_so(room: Room) -> None:
    page = ask(room, "cards")
    work(room)
    text = room.teacher.get(page).text
    assert "Personne n’est encore entré" in text
    assert "Recommencer" in text


def test_where_pango_lacks_the_page_says_what_to_install(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_jobs, "CAN_PRINT", False)
    seat_nine(room)
    page = ask(room, "cards")
    work(room)
    assert "libpangoft2-1.0-0" in room.teacher.get(page).text
    make(room, "report-ods")


def test_a_paper_is_swept_after_an_hour(room: Room) -> None:
    seat_nine(room)
    page = ask(room, "cards")
    work(room)
    settings = room.app.extensions["settings"]
    with time_machine.travel(now() + timedelta(minutes=55), tick=False):
        assert sweep_papers(settings) == 0
    with time_machine.travel(now() + timedelta(minutes=65), tick=False):
        assert sweep_papers(settings) == 1
        assert "il ne reste ici qu’une heure" in room.teacher.get(page).text
        assert room.teacher.get(f"{page}/file").status_code == 404
    with time_machine.travel(now() + timedelta(hours=26), tick=False):
        sweep_papers(settings)
        assert room.teacher.get(page).status_code == 404


def test_what_a_killed_worker_left_half_written_is_replaced_and_swept(tmp_path: Path) -> None:
    path = tmp_path / FOLDER / "paper.pdf"
    keep(path, b"one")
    path.with_suffix(".new").write_bytes(b"half")
    keep(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


def test_a_class_that_is_gone_fails_in_words(room: Room) -> None:
    seat_nine(room)
    ask(room, "cards")

    def unit(tx: Transaction) -> None:
        job = tx.session.get_one(Job, last_job().id)
        job.arguments = job.arguments | {"classroom_id": 10**6}
        tx.session.flush()

    write(unit)
    work(room)
    assert last_job().message == "Cette classe n’existe plus."


@pytest.mark.parametrize(
    "address",
    ["http://example.org/x.css", "https://example.org/a.svg", "file:///etc/passwd",
     "file:///etc/../etc/hostname.svg", "data:text/css,p{}", "ftp://example.org/x.svg",
     f"file://elsewhere{STATIC}/css/tokens.css", f"file://{STATIC}/../README.md",
     f"file://{STATIC}/build.mjs"],
)  # fmt: skip
def test_a_paper_fetches_only_our_own_styles_fonts_and_drawings(address: str) -> None:
    with pytest.raises(ValueError, match="may not fetch"):
        OwnFiles().fetch(address)


def test_what_prints_leaves_broken_pictures_refused() -> None:
    """WeasyPrint tells Pillow to take them, and the worker that prints also checks panoramas."""
    assert not ImageFile.LOAD_TRUNCATED_IMAGES
