"""Settings of a class: what may be changed, claimed, left, read of a student, and erased."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from flask import Flask

from app.classes.folding import fold
from app.classes.models import Classroom, Student
from app.core.db import db, now
from app.core.writer import write
from tests.classes.room import Room
from tests.classes.staff import claimed, follow, log_in, make_link

OpenRoom = Callable[..., Room]
FORM = {"name": "3e C", "level": "3e", "tour": "", "expected": "24"}


def page(room: Room) -> str:
    """The page of the settings."""
    reply = room.teacher.get(f"/classes/{room.slug}/settings")
    assert reply.status_code == 200
    return str(reply.text)


def test_a_class_is_renamed_and_led_elsewhere(room: Room) -> None:
    version = room.row.version
    assert room.act("settings", **FORM).status_code == 302
    row = room.row
    assert (row.name, row.level, row.tour, row.expected) == ("3e C", "3e", "", 24)
    assert not row.shows_ranking
    assert row.version > version
    assert 'value="3e C"' in page(room)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"name": "Les connards"}, "Vos élèves liront ce nom"),
        ({"name": "x" * 41}, "40"),
        ({"level": "9e"}, "choix"),
        ({"tour": "nowhere"}, "choix"),
        ({"expected": "1000"}, "60"),
    ],
)
def test_what_does_not_fit_is_told_beside_its_field(
    room: Room, changed: dict[str, str], told: str
) -> None:
    reply = room.act("settings", **FORM | changed)
    assert reply.status_code == 422
    assert told in reply.text
    assert room.row.name == "4e B"


def test_an_ugly_name_is_refused_when_a_class_is_opened_too(mill: Flask) -> None:
    reply = mill.test_client().post("/classes/open", data={"tour": "", "name": "Les connards"})
    assert "Vos élèves liront ce nom" in reply.text


def test_a_tour_that_is_no_longer_published_stays_until_another_is_chosen(room: Room) -> None:
    number = room.row.id
    write(lambda tx: setattr(tx.session.get_one(Classroom, number), "tour", "gone"))
    assert room.act("settings", **FORM | {"tour": "gone"}).status_code == 302
    assert room.row.tour == "gone"


def test_work_at_home_lasts_until_the_day_that_is_chosen(room: Room) -> None:
    room.act("time", time="home")
    walker = room.enter()[0]
    room.act("door", door="open")
    walker = room.come_in()
    chosen = now().date() + timedelta(days=3)
    assert room.act("settings", **FORM | {"home_until": chosen.isoformat()}).status_code == 302
    assert chosen.isoformat() in page(room)
    noon = datetime.combine(chosen, time(12), UTC)
    with time_machine.travel(noon, tick=False):
        assert walker.find("meal", opened=True).status_code == 200
    with time_machine.travel(noon + timedelta(days=1), tick=False):
        assert walker.find("gauge", answer=["1"]).status_code == 403


def test_a_day_that_is_past_or_after_the_class_s_own_end_is_refused(room: Room) -> None:
    room.act("time", time="home")
    for days in (-1, 30):
        day = (now().date() + timedelta(days=days)).isoformat()
        assert room.act("settings", **FORM | {"home_until": day}).status_code == 422
        refused = room.act("time", time="home", until=day)
        assert refused.status_code == 422
        assert ("passée" if days < 0 else "La classe est effacée le") in refused.text
    assert room.act("time", time="home", until="2026-02-30").status_code == 422
    assert room.act("settings", **FORM).status_code == 302


def test_students_are_ranked_in_the_report_only_where_the_teacher_wants_it(room: Room) -> None:
    first, second = room.come_in(), room.come_in()
    strong = max(room.students(), key=lambda one: fold(one.pseudonym))
    walker = first if room.students()[0].id == strong.id else second
    walker.find("meal", opened=True)
    assert named(room)[-1] == strong.pseudonym
    room.act("settings", **FORM | {"shows_ranking": "y"})
    assert named(room)[0] == strong.pseudonym
    file = room.teacher.get(f"/classes/{room.slug}/report.csv").text
    assert file.index(strong.pseudonym) > file.index(named(room)[1])


def named(room: Room) -> list[str]:
    """The students in the order of the report's page."""
    text = room.teacher.get(f"/classes/{room.slug}/report").text
    return sorted((one.pseudonym for one in room.students()), key=text.index)


def test_a_claimed_class_is_kept_for_the_year_and_its_key_opens_nothing(
    mill: Flask, open_room: OpenRoom
) -> None:
    with time_machine.travel(datetime.fromisoformat("2026-03-03T08:00+01:00"), tick=False):
        room = open_room()
        with room.teacher.session_transaction() as held:
            key = held["new_key"][1]
        assert "mardi 10 mars" in room.teacher.get(f"/classes/{room.slug}").text
        assert "/login?next=" in page(room)
        claimed(mill, room)
        assert room.row.erase_at.isoformat().startswith("2026-08-31T22:00")
        assert "31 août 2026" in page(room)
        assert mill.test_client().post("/key", data={"key": key}).status_code == 422
        assert room.slug in room.teacher.get("/classes").text
        assert room.act("key").status_code == 409


def test_a_class_is_claimed_by_teachers_with_an_account_alone(mill: Flask, room: Room) -> None:
    assert room.act("claim").status_code == 401
    log_in(mill, room.teacher, "boss", "author")
    assert room.act("claim").status_code == 401
    assert room.row.key_hash


def test_a_new_key_lets_go_of_those_who_hold_the_old_one(mill: Flask, room: Room) -> None:
    with room.teacher.session_transaction() as held:
        old = held["new_key"][1]
    thief = mill.test_client()
    assert thief.post("/key", data={"key": old}).status_code == 302
    assert room.act("key").status_code == 302
    with room.teacher.session_transaction() as held:
        new = held["new_key"][1]
    assert new in page(room)
    assert thief.get(f"/classes/{room.slug}").status_code == 404
    assert mill.test_client().post("/key", data={"key": old}).status_code == 422
    assert mill.test_client().post("/key", data={"key": new}).status_code == 302


def test_the_last_teacher_stays_and_another_may_leave(mill: Flask, room: Room) -> None:
    claimed(mill, room)
    assert room.act("leave").status_code == 409
    colleague = mill.test_client()
    path = make_link(room, "colleague")
    log_in(mill, colleague, "awa")
    colleague.post(path)
    assert room.act("leave").location == "/classes"
    assert room.teacher.get(f"/classes/{room.slug}").status_code == 404
    assert colleague.get(f"/classes/{room.slug}/settings").status_code == 200


def test_a_teacher_reads_and_hands_over_what_is_kept_of_a_student(mill: Flask, room: Room) -> None:
    walker = room.come_in()
    walker.answer("gauge")
    walker.decide("stop")
    (student,) = room.students()
    write(lambda tx: setattr(tx.session.get_one(Student, student.id), "label", "Inès B."))
    text = room.teacher.get(f"/classes/{room.slug}/students/{student.id}").text
    for told in (student.pseudonym, "Inès B.", "Le moulin", "juste"):
        assert told in text, told
    assert "hotspot:" not in text
    reply = room.teacher.get(f"/classes/{room.slug}/students/{student.id}/data.json")
    assert reply.headers["Cache-Control"] == "no-store"
    held = json.loads(reply.text)
    assert held["student"][0]["label"] == "Inès B."
    assert held["attempt"][0]["hotspot"] == "gauge"
    assert held["visit"][0]["scene"] == "hall"
    assert json.loads(walker.client.get("/me/data.json").text) == held
    assert "Inès B." in walker.client.get("/me/data").text


def test_a_file_holds_every_table_that_says_something_of_a_visitor(mill: Flask, room: Room) -> None:
    walker = room.come_in()
    held = json.loads(walker.client.get("/me/data.json").text)
    assert set(held) == set(mill.extensions["privacy"].holdings)


def test_somebody_without_a_place_has_nothing_to_read(mill: Flask) -> None:
    assert mill.test_client().get("/me/data").location == "/me"
    assert mill.test_client().get("/me/data.json").status_code == 404


def test_a_student_is_erased_when_the_teacher_is_sure(room: Room) -> None:
    walker = room.come_in()
    walker.find("meal", opened=True)
    (student,) = room.students()
    before = room.state()["points"]
    assert room.act(f"students/{student.id}/erase").status_code == 422
    assert room.students()
    assert room.act(f"students/{student.id}/erase", sure="yes").status_code == 302
    assert room.students() == []
    assert room.state()["points"] == before
    assert walker.client.get("/welcome").location == "/join"
    report = room.teacher.get(f"/classes/{room.slug}/report").text
    assert "1\u00a0élève effacé" in report or "1 élève effacé" in report


def test_a_removed_student_can_be_erased_too(room: Room) -> None:
    room.come_in()
    (student,) = room.students()
    room.act(f"students/{student.id}/remove")
    assert student.pseudonym in page(room)
    room.act(f"students/{student.id}/erase", sure="yes")
    assert room.students() == []


def test_a_class_is_erased_when_its_code_is_typed(mill: Flask, room: Room) -> None:
    walker = room.come_in()
    substitute, _reply = follow(mill, make_link(room, "substitute"))
    code, slug = room.row.code, room.slug
    reply = room.act("erase", code="AAAAAA")
    assert reply.status_code == 422
    assert "rien n’est effacé" in reply.text
    assert room.act("erase", code=code.lower()).location == "/classes"
    db.session.rollback()
    assert db.session.query(Classroom).count() == 0
    assert substitute.get(f"/classes/{slug}").status_code == 404
    assert room.teacher.get(f"/classes/{slug}").status_code == 404
    assert walker.client.get("/welcome").location == "/join"
    assert room.enter(code)[1].status_code == 422


def test_students_of_another_class_are_not_there(open_room: OpenRoom) -> None:
    room, other = open_room(), open_room()
    other.come_in()
    (student,) = other.students()
    for path in (f"students/{student.id}", f"students/{student.id}/data.json"):
        assert room.teacher.get(f"/classes/{room.slug}/{path}").status_code == 404
    assert room.act(f"students/{student.id}/erase", sure="yes").status_code == 404
    assert other.students()
