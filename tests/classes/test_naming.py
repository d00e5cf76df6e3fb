"""« Qui est qui ? »: labels kept beside pseudonyms, lists that are read and forgotten."""

import io
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from app.classes.labels import LONGEST
from app.classes.models import Student
from app.core.db import db
from tests.classes.room import Room

PRONOTE = "NOM;Prénom;Né(e) le;Classe\nMARTIN;Léa;03/02/2012;4B\nMARCHAND;Léa;01/05/2012;4B\n"


@pytest.fixture
def full(room: Room) -> Room:
    """A class with three students."""
    for _ in range(3):
        room.come_in()
    return room


def label_of(room: Room, index: int = 0) -> str | None:
    """What is kept beside a student."""
    student: Student = room.students()[index]
    return student.label


def page_of(room: Room) -> str:
    """The page as the teacher sees it."""
    return room.teacher.get(f"/classes/{room.slug}/names").text


def test_labels_and_extra_time_are_kept_together(full: Room) -> None:
    first, second, _third = full.students()
    form = {f"label-{first.id}": " Léa  M. ", f"label-{second.id}": "", f"extra-{second.id}": "yes"}
    assert full.act("names", **form).status_code == 302
    kept = full.students()
    assert [one.label for one in kept] == ["Léa M.", None, None]
    assert [one.extra_time for one in kept] == [False, True, False]
    assert 'value="Léa M."' in page_of(full)


def test_a_label_that_is_too_long_says_so_and_nothing_is_lost_or_kept(full: Room) -> None:
    first, second, _third = full.students()
    long = "x" * (LONGEST + 1)
    reply = full.act("names", **{f"label-{first.id}": long, f"label-{second.id}": "Noé"})
    assert reply.status_code == 422
    assert "trop long" in reply.text
    assert f'value="{long}"' in reply.text
    assert 'value="Noé"' in reply.text
    assert [one.label for one in full.students()] == [None, None, None]


def test_a_list_is_offered_and_what_was_typed_stays(full: Room) -> None:
    first = full.students()[0]
    reply = full.act("names/list", **{f"label-{first.id}": "Noé", "list": PRONOTE})
    assert reply.status_code == 200
    assert '<option value="Léa Mart." label="Léa MARTIN">' in reply.text
    assert "2 noms lus" in reply.text
    assert 'value="Noé"' in reply.text
    assert label_of(full) is None


def test_a_file_in_the_letters_of_old_windows_is_read(full: Room) -> None:
    file = (io.BytesIO(PRONOTE.encode("cp1252")), "4B.csv")
    reply = full.teacher.post(f"/classes/{full.slug}/names/list", data={"file": file})
    assert 'label="Léa MARTIN"' in reply.text


@pytest.mark.parametrize(
    ("pasted", "told"),
    [("", "est vide"), ("1;2\n3;4", "colonne"), ('Nom;Prénom\n"MARTIN;Léa\n', "guillemet")],
)
def test_a_list_that_cannot_be_read_says_what_to_do(full: Room, pasted: str, told: str) -> None:
    reply = full.act("names/list", list=pasted)
    assert reply.status_code == 422
    assert told in reply.text


def test_nothing_of_a_list_is_stored(full: Room, app: Flask) -> None:
    full.act("names/list", list=PRONOTE.replace("MARCHAND", "ZYXWVUT"))
    with full.teacher.session_transaction() as session:
        assert "ZYXWVUT" not in str(dict(session))
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            connection.execute(text("PRAGMA wal_checkpoint"))
        kept = [path for path in Path(app.extensions["settings"].data).rglob("*") if path.is_file()]
        assert kept
        assert not any(b"ZYXWVUT" in path.read_bytes() for path in kept)


def test_those_of_another_class_and_strangers_find_nothing(full: Room, app: Flask) -> None:
    first = full.students()[0]
    for client in (app.test_client(), Room(app).teacher):
        assert client.get(f"/classes/{full.slug}/names").status_code == 404
        for path in ("names", "names/list"):
            data = {f"label-{first.id}": "Noé", "list": PRONOTE}
            assert client.post(f"/classes/{full.slug}/{path}", data=data).status_code == 404
    assert label_of(full) is None


def test_one_class_labels_no_student_of_another(full: Room, app: Flask) -> None:
    other = Room(app)
    other.come_in()
    stranger = full.students()[0]
    other.act("names", **{f"label-{stranger.id}": "Noé"})
    assert label_of(full) is None


def test_a_label_is_seen_by_its_student_and_never_pushed(full: Room) -> None:
    walker = full.come_in()
    student = full.students()[-1]
    full.act("names", **{f"label-{student.id}": "Zébulon"})
    assert "Zébulon" in walker.client.get("/welcome").text
    assert "Zébulon" not in str(full.state())
