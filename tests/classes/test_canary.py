"""A label is searched in every reply of everybody: its teachers and its student have it."""

import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile, is_zipfile

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.classes.models import Student, Visitor
from app.core import jobs
from app.core.db import db
from app.core.jobs import Job
from app.core.writer import write
from app.live.papers.kinds import KINDS, MAKE_PAPER
from tests.classes.roles import LABELS, OTHERS, SIDE, TEACHERS, address, become, things_of
from tests.classes.room import Room

pytestmark = pytest.mark.skipif(
    not shutil.which("pdftotext"), reason="reading PDFs back needs Debian's poppler-utils"
)
CANARY, ITS_STUDENT = "Zyxomira", "its student"
SHOWN = {
    "live.board": LABELS, "classes.names": LABELS, "live.report": TEACHERS,
    "live.report_csv": TEACHERS, "live.paper_file": TEACHERS, "classes.settings": TEACHERS,
    "pages.student_data": TEACHERS, "classes.welcome": {ITS_STUDENT},
    "pages.student_file": TEACHERS, "pages.my_data": {ITS_STUDENT}, "pages.my_file": {ITS_STUDENT},
}  # fmt: skip
"""Pages that show a label, and to whom."""
ANYWHERE = {"token": "t" * 43, "code": "ABC234", "job_id": "1", "lesson": "1", "language": "fr",
            "shard": "ab", "key": "cdef", "name": "it.png", "account_id": "1",
            "session": "abcdefghjkmn", "guest": "1", "message": "1", "own": "abcdefghjkmn",
            "number": "1", "form": "short", "rome": "I1310"}  # fmt: skip
"""What stands in the addresses of routes that do not name a class."""


@pytest.fixture
def labelled(class_of: Room) -> Room:
    """A class whose first student has a label, and found something."""
    student = class_of.students()[0].id
    write(lambda tx: setattr(tx.session.get_one(Student, student), "label", CANARY))
    return class_of


def papers_of(room: Room) -> Iterator[str]:
    """Every paper of the class, made with labels; what it is fetched by."""
    for kind in KINDS:
        where = str(room.act(f"papers/{kind}", with_labels="yes").location)
        query = select(Job.id).where(Job.name == MAKE_PAPER).order_by(-Job.id)
        jobs.run(room.app.extensions["writer"], db.session.scalars(query).first() or 0)
        yield where.rsplit("/", 1)[1]


def read(reply: TestResponse) -> str:
    """All that a reply says, whatever its form; headers too."""
    body = reply.data
    if reply.mimetype == "application/pdf":
        line = ["pdftotext", "-", "-"]
        body = subprocess.run(line, input=body, capture_output=True, check=True).stdout
    elif is_zipfile(BytesIO(body)):
        with ZipFile(BytesIO(body)) as archive:
            body = b"".join(archive.read(name) for name in archive.namelist())
    return f"{reply.headers}\n{body.decode('latin-1')}"


def showing(room: Room, client: FlaskClient, papers: list[str]) -> set[str]:
    """The endpoints that show the label to somebody, asked as page and as JSON."""
    found = set()
    things = ANYWHERE | things_of(room)
    for rule in room.app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()):
            continue
        for token in papers if "paper" in rule.endpoint else [ANYWHERE["token"]]:
            path = address(rule, room, things | {"token": token})
            for accept in ("text/html", "application/json"):
                if CANARY in read(client.get(path, headers={"Accept": accept})):
                    found.add(rule.endpoint)
    return found


def its_student(room: Room) -> FlaskClient:
    """The browser of the student whose label it is, who has opened their place elsewhere."""
    code = db.session.scalars(
        select(Visitor.resume_code)
        .join(Student, Student.visitor_id == Visitor.id)
        .where(Student.label == CANARY)
    ).one()
    client = room.app.test_client()
    assert client.post("/join", data={"code": code}).status_code == 302
    return client


@pytest.mark.parametrize("who", [*OTHERS, *sorted(SIDE), ITS_STUDENT])
def test_a_label_is_shown_to_its_teachers_and_its_student_alone(labelled: Room, who: str) -> None:
    papers = list(papers_of(labelled))
    client = its_student(labelled) if who == ITS_STUDENT else become(who, labelled)
    assert showing(labelled, client, papers) == {
        endpoint for endpoint, roles in SHOWN.items() if who in roles
    }
