"""Sharing a class: substitutes, phones, colleagues; what each may, until when, and no longer."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule

from app.classes.models import Classroom, TeacherLink
from app.core.db import db
from app.core.writer import write
from tests.classes.room import Room
from tests.classes.staff import claimed, follow, log_in, make_link

PARIS = "2026-03-03T{}+01:00"
OpenRoom = Callable[..., Room]


def at(clock: str, day: int = 3) -> time_machine.travel:
    """A moment of March 2026 in Paris, the clock standing still."""
    moment = datetime.fromisoformat(PARIS.format(clock)) + timedelta(days=day - 3)
    return time_machine.travel(moment, tick=False)


def test_a_substitute_has_the_board_until_midnight(mill: Flask, open_room: OpenRoom) -> None:
    with at("08:00"):
        room = open_room()
        room.come_in()
        substitute, reply = follow(mill, make_link(room, "substitute"))
        assert reply.location == f"/classes/{room.slug}"
    with at("23:59"):
        assert substitute.get(f"/classes/{room.slug}").status_code == 200
        assert (
            substitute.post(f"/classes/{room.slug}/door", data={"door": "knock"}).status_code == 302
        )
    with at("00:00", day=4):
        assert substitute.get(f"/classes/{room.slug}").status_code == 404


def test_a_substitute_s_link_waits_for_its_day(mill: Flask, open_room: OpenRoom) -> None:
    with at("18:00"):
        path = make_link(open_room(), "substitute", day="2026-03-05")
        client = mill.test_client()
        page = client.get(path)
        assert "5 mars" in page.text
        assert '<form class="box"' not in page.text
        assert client.post(path).status_code == 410
    with at("00:00", day=5):
        client, reply = follow(mill, path)
        assert reply.status_code == 302
        assert client.get(reply.location).status_code == 200
    with at("00:00", day=6):
        assert mill.test_client().get(path).status_code == 410


def test_midnight_is_that_of_the_school_s_zone(mill: Flask, open_room: OpenRoom) -> None:
    with at("08:00"):
        room = open_room()
        number = room.row.id
        write(lambda tx: setattr(tx.session.get_one(Classroom, number), "timezone",
                                 "America/Guadeloupe"))  # fmt: skip
        substitute, _reply = follow(mill, make_link(room, "substitute"))
    with at("04:59", day=4):
        assert substitute.get(f"/classes/{room.slug}").status_code == 200
    with at("05:00", day=4):
        assert substitute.get(f"/classes/{room.slug}").status_code == 404


@pytest.mark.parametrize("day", ["2026-03-02", "2026-03-18", "2026-02-30"])
def test_a_day_that_is_past_or_far_or_none_is_refused(open_room: OpenRoom, day: str) -> None:
    with at("08:00"):
        reply = open_room().act("links", purpose="substitute", day=day)
    assert reply.status_code == 422
    assert "jour" in reply.text or "date" in reply.text


def test_a_phone_is_paired_once_within_ten_minutes_and_sees_labels_until_midnight(
    mill: Flask, open_room: OpenRoom
) -> None:
    with at("08:00"):
        room = open_room()
        path = make_link(room, "phone")
    with at("08:09"):
        phone, reply = follow(mill, path)
        assert reply.location == f"/classes/{room.slug}"
        assert mill.test_client().post(path).status_code == 410
        board = phone.get(f"/classes/{room.slug}").text
        assert 'id="teacher-view"' in board
        assert f"/classes/{room.slug}/settings" not in board
    with at("23:59"):
        assert phone.get(f"/classes/{room.slug}").status_code == 200
    with at("00:01", day=4):
        assert phone.get(f"/classes/{room.slug}").status_code == 404


def test_a_pairing_that_nobody_used_is_worth_nothing_after_ten_minutes(
    mill: Flask, open_room: OpenRoom
) -> None:
    with at("08:00"):
        room = open_room()
        first = make_link(room, "phone")
        second = make_link(room, "phone")
        assert mill.test_client().get(first).status_code == 410
    with at("08:10"):
        reply = mill.test_client().get(second)
    assert reply.status_code == 410
    assert "Ce lien n’ouvre plus rien" in reply.text


def test_what_a_paired_phone_holds_is_no_link(mill: Flask, room: Room) -> None:
    phone, _reply = follow(mill, make_link(room, "phone"))
    with phone.session_transaction() as held:
        token = held["chairs"][room.slug].partition(":")[2]
    assert mill.test_client().post(f"/links/{token}").status_code == 410


def test_a_colleague_joins_once_and_with_an_account(mill: Flask, room: Room) -> None:
    claimed(mill, room)
    path = make_link(room, "colleague")
    stranger = mill.test_client()
    assert "Se connecter" in stranger.get(path).text
    assert stranger.post(path).location == f"/login?next={path}"
    log_in(mill, stranger, "awa")
    assert stranger.post(path).location == f"/classes/{room.slug}"
    assert "awa" in room.teacher.get(f"/classes/{room.slug}/settings").text
    late = mill.test_client()
    log_in(mill, late, "late")
    assert late.post(path).status_code == 410
    assert late.get(f"/classes/{room.slug}").status_code == 404


def test_a_class_without_account_has_no_colleagues(room: Room) -> None:
    assert room.act("links", purpose="colleague").status_code == 422


def test_a_teacher_who_opens_an_own_link_keeps_the_own_chair(room: Room) -> None:
    path = make_link(room, "substitute")
    assert "Vous menez déjà cette classe" in room.teacher.get(path).text
    room.teacher.post(path)
    assert room.teacher.get(f"/classes/{room.slug}/settings").status_code == 200


def test_only_the_hash_of_a_link_is_kept_and_a_page_tells_it_once(mill: Flask, room: Room) -> None:
    token = make_link(room, "substitute").rpartition("/")[2]
    assert token not in room.teacher.get(f"/classes/{room.slug}/links").text
    db.session.rollback()
    rows = [str(row) for row in db.session.execute(select(TeacherLink.__table__))]
    assert len(rows) == 1
    assert token not in rows[0]


def test_a_link_that_is_closed_lets_go_of_whoever_sits_by_it(mill: Flask, room: Room) -> None:
    substitute, _reply = follow(mill, make_link(room, "substitute"))
    db.session.rollback()
    link = db.session.scalars(select(TeacherLink.token_hash)).one()
    assert room.act(f"links/{link}/close").status_code == 302
    assert substitute.get(f"/classes/{room.slug}").status_code == 404


def test_another_class_s_link_cannot_be_closed(mill: Flask, open_room: OpenRoom) -> None:
    room, other = open_room(), open_room()
    substitute, _reply = follow(mill, make_link(room, "substitute"))
    db.session.rollback()
    link = db.session.scalars(select(TeacherLink.token_hash)).one()
    assert other.act(f"links/{link}/close").status_code == 404
    assert substitute.get(f"/classes/{room.slug}").status_code == 200


def test_links_are_not_made_without_end(room: Room) -> None:
    replies = [room.act("links", purpose="substitute").status_code for _one in range(21)]
    assert replies == [302] * 20 + [409]


KEEPING = ("app.classes.settings", "app.classes.ending", "app.live.sharing", "app.pages.held")


def rules_of_a_class(app: Flask) -> list[Rule]:
    """Every route by which a class is kept, shared or erased."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if "slug" in rule.arguments and app.view_functions[rule.endpoint].__module__ in KEEPING
    ]


@pytest.fixture
def others(mill: Flask, open_room: OpenRoom) -> Callable[[Room], dict[str, FlaskClient]]:
    """Everybody who may not change a class."""

    def gather(room: Room) -> dict[str, FlaskClient]:
        teacher, organiser = mill.test_client(), mill.test_client()
        log_in(mill, teacher, "other")
        log_in(mill, organiser, "boss", "organiser")
        return {
            "a stranger": mill.test_client(),
            "a student": room.come_in().client,
            "another teacher": teacher,
            "an organiser": organiser,
            "the key of another class": open_room().teacher,
            "a substitute": follow(mill, make_link(room, "substitute"))[0],
            "a phone": follow(mill, make_link(room, "phone"))[0],
        }

    return gather


def test_a_class_is_kept_shared_and_erased_by_its_teachers_alone(
    mill: Flask, room: Room, others: Callable[[Room], dict[str, FlaskClient]]
) -> None:
    people = others(room)
    student = room.students()[0].id
    rules = rules_of_a_class(mill)
    assert len(rules) >= 11
    for rule in rules:
        path = str(rule.rule).replace("<slug>", room.slug).replace("<link>", "a" * 64)
        path = path.replace("<int:student>", str(student))
        for who, client in people.items():
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                reply = client.open(
                    path, method=method, data={"code": room.row.code, "sure": "yes"}
                )
                assert reply.status_code == 404, (who, method, path)
    assert room.row.name == "4e B"
    assert [one.id for one in room.students()] == [student]
