"""Who may ask for what: every route for every role, generated from the table of routes."""

import io
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule

from app.classes.models import Visitor
from app.core.db import db
from app.core.writer import Transaction, write
from app.factory import create_app
from app.people.access import SMALL_BODY, UNGUARDED
from app.people.accounts import hash_password, put_account
from app.people.models import ROLES
from tests.tours.mill import Student

PASSWORD = "a long enough password"
EXAMPLES = {
    "tour": "mill-tour", "scene": "hall", "hotspot": "meal", "shard": "ab", "key": "a" * 32,
    "name": "1/f0_0.jpg", "slug": "mill-tour", "job_id": "1", "language": "fr",
    "token": "t" * 43, "account_id": "1", "code": "ABCDEF", "knock": "1", "student": "1",
    "lesson": "1", "act": "remove", "paper": "cards", "kind": "cards", "link": "a" * 64,
    "session": "abcdefghjkmn", "guest": "1", "message": "1", "form": "short", "rome": "I1310",
    "number": "1", "own": "abcdefghjkmn", "step": "close",
}  # fmt: skip
SESSION_READERS = ("teacher", "professional", "moderator", "organiser")
STAFF_ONLY = {
    "workshop.workshop": ("author", "organiser"),
    "workshop.upload": ("author", "organiser"),
    "workshop.job": ("author", "organiser"),
    "workshop.retry": ("author", "organiser"),
    "workshop.publish": ("author", "organiser"),
    "workshop.unpublish": ("author", "organiser"),
    "people.account": ROLES,
    "people.change_profile": ROLES,
    "people.change_password": ROLES,
    "people.close_everywhere": ROLES,
    "people.confirm_again": ROLES,
    "people.delete_own": ROLES,
    "people.second_factor": ("organiser",),
    "people.change_phone": ("organiser",),
    "people.team": ("organiser",),
    "people.invite": ("organiser",),
    "people.invite_again": ("organiser",),
    "people.approve_account": ("organiser",),
    "people.withdraw": ("organiser",),
    "people.free_from_phone": ("organiser",),
    "people.add_domain": ("organiser",),
    "people.remove_domain": ("organiser",),
    "professionals.me": ("professional",),
    "professionals.keep_me": ("professional",),
    "professionals.photos": ("professional",),
    "professionals.send_photo": ("professional",),
    "professionals.remove_photo": ("professional",),
    "professionals.attestation": ("professional",),
    "professionals.ask_attestation": ("professional",),
    "professionals.attestation_file": ("professional",),
    "professionals.accept": ("professional",),
    "professionals.practised": ("professional",),
    "professionals.approvals": ("organiser",),
    "professionals.approve_teacher": ("organiser",),
    "professionals.professional": ("organiser",),
    "professionals.confirm_their_employer": ("organiser",),
    "professionals.approve_their_account": ("organiser",),
    "professionals.decide_their_change": ("organiser",),
    "professionals.approve_their_guests": ("organiser",),
    "professionals.refuse_their_guests": ("organiser",),
    "live.sessions": SESSION_READERS,
    "live.one_session": SESSION_READERS,
    "live.session_file": SESSION_READERS,
    "live.book_session": ("teacher",),
    "live.leave_session": ("teacher",),
    "live.choose_views": ("teacher",),
    "live.invite_guest": ("teacher",),
    "live.draw_guest_link": ("teacher",),
    "live.new_session": ("professional", "organiser"),
    "live.edit_session": ("professional", "organiser"),
    "live.cancel_offer": ("teacher", "professional", "organiser"),
    "live.day": ("organiser", "moderator"),
    "live.choose_moderator": ("organiser",),
    "live.word_to_all": ("organiser", "moderator"),
    "live.close_everything": ("organiser",),
    "live.rooms_to_watch": ("moderator", "organiser", "teacher"),
    "live.approve_session": ("organiser",),
    "live.refuse_session": ("organiser",),
    "questions.own_sets": ("teacher",),
    "questions.preview": ("teacher",),
    "questions.keep": ("teacher",),
    "questions.one_set": ("teacher",),
    "questions.gift": ("teacher",),
    "questions.delete_set": ("teacher",),
    "questions.edit": ("teacher",),
    "questions.delete_question": ("teacher",),
}
"""Written by hand: a route that is opened or closed by mistake differs from it."""


@pytest.fixture
def as_role(mill: Flask) -> Callable[[str | None], FlaskClient]:
    """A browser in which somebody with this role is logged in; None: nobody."""
    hashed = hash_password(PASSWORD)

    def log_in(role: str | None) -> FlaskClient:
        client = mill.test_client()
        if role is not None:
            write(lambda tx: put_account(tx, f"{role}@example.org", role, role, hashed))
            reply = client.post(
                "/login", data={"email": f"{role}@example.org", "password": PASSWORD}
            )
            assert reply.status_code == 302
        return client

    return log_in


def routes(app: Flask) -> list[tuple[Rule, str]]:
    """Every rule with each of its methods."""
    return [
        (rule, method)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
        if rule.endpoint not in UNGUARDED
    ]


def address(rule: Rule) -> str:
    """An address that the rule answers to."""
    path = str(rule.rule)
    for name in rule.arguments:
        path = re.sub(rf"<(?:[^<>]*:)?{name}>", EXAMPLES[name], path)
    return path


def test_every_view_says_who_may_ask(mill: Flask) -> None:
    for rule, _method in routes(mill):
        audience = getattr(mill.view_functions[rule.endpoint], "audience", None)
        assert audience == STAFF_ONLY.get(rule.endpoint, ("anybody",)), rule.endpoint


@pytest.mark.parametrize("role", [None, *ROLES])
def test_staff_pages_do_not_exist_for_others(
    mill: Flask, as_role: Callable[[str | None], FlaskClient], role: str | None
) -> None:
    client = as_role(role)
    for rule, method in routes(mill):
        allowed = STAFF_ONLY.get(rule.endpoint)
        if allowed is None or role in allowed:
            continue
        reply = client.open(address(rule), method=method)
        if role is None:
            assert reply.status_code in (302, 401), rule
            assert reply.status_code == 401 or "/login" in reply.location
        else:
            assert reply.status_code == 404, rule


def test_an_author_of_another_factory_finds_nothing(
    mill: Flask, as_role: Callable[[str | None], FlaskClient]
) -> None:
    """Another's tour, another's job: a 404, whatever is asked."""
    client = as_role("author")
    for path in ("/workshop/tours/mill-tour/publish", "/workshop/tours/mill-tour/unpublish"):
        assert client.post(path).status_code == 404
    assert client.get("/workshop/jobs/1").status_code == 404
    assert client.post("/workshop/jobs/1/retry").status_code == 404
    assert "mill-tour" not in client.get("/workshop").text


def test_no_view_fails_for_anybody(
    mill: Flask, as_role: Callable[[str | None], FlaskClient]
) -> None:
    for role in (None, "organiser"):
        client = as_role(role)
        for rule, method in routes(mill):
            if rule.endpoint not in (
                "people.logout",
                "people.close_everywhere",
                "pages.forget",
                "workshop.unpublish",
            ):
                reply = client.open(address(rule), method=method)
                assert reply.status_code < 500, (role, method, rule)


def test_a_view_without_audience_stops_the_start(
    mill: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.pages import lobby

    monkeypatch.delattr(lobby.lobby, "audience")
    with pytest.raises(RuntimeError, match=r"pages\.lobby"):
        create_app(mill.extensions["settings"])


def test_posts_without_their_token_are_refused(mill: Flask) -> None:
    mill.config["WTF_CSRF_ENABLED"] = True
    student = Student(mill.test_client())
    student.open()
    reply = student.find("meal", opened=True)
    assert reply.status_code == 400
    assert student.client.post("/me/forget").status_code == 400


def test_login_leads_only_to_pages_of_this_site(
    mill: Flask, as_role: Callable[[str | None], FlaskClient]
) -> None:
    as_role("organiser")
    for target in ("https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"):
        reply = mill.test_client().post(
            "/login",
            query_string={"next": target},
            data={"email": "organiser@example.org", "password": PASSWORD},
        )
        assert reply.location == "/workshop"


def test_a_wrong_password_says_so_and_lets_nobody_in(mill: Flask) -> None:
    client = mill.test_client()
    reply = client.post("/login", data={"email": "x@example.org", "password": "wrong"})
    assert reply.status_code == 200
    assert "ne vont pas ensemble" in reply.text
    assert client.get("/workshop").status_code == 302


def test_answers_carry_the_headers_that_protect(mill: Flask) -> None:
    headers = mill.test_client().get("/").headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert len(headers["X-Request-ID"]) == 16


def test_a_role_that_does_not_exist_is_refused(mill: Flask) -> None:
    def unit(tx: Transaction) -> None:
        put_account(tx, "a@example.org", "A", "king", "x")

    with pytest.raises(ValueError, match="king is no role"):
        write(unit)


def test_strangers_cannot_make_the_server_read_large_bodies(
    mill: Flask, as_role: Callable[[str | None], FlaskClient]
) -> None:
    """Refused by its announced size, before a form or its token is read."""
    body = b"x" * (SMALL_BODY + 1)
    kind = "multipart/form-data; boundary=edge"
    for path in ("/workshop/bundles", "/join", "/tours/mill-tour/decision"):
        reply = mill.test_client().post(path, data=body, content_type=kind)
        assert reply.status_code in (401, 413), path
    form = {"bundle": (io.BytesIO(body), "mill.zip")}
    assert as_role("author").post("/workshop/bundles", data=form).status_code == 302


def test_looking_at_the_head_of_a_scene_makes_no_visitor(mill: Flask) -> None:
    reply = mill.test_client().head("/tours/mill-tour/hall")
    assert reply.status_code == 200
    assert db.session.scalars(select(Visitor)).all() == []


def test_nobody_is_forgotten_by_accident(mill: Flask) -> None:
    student = Student(mill.test_client())
    student.open()
    student.find("meal", opened=True)
    student.client.post("/me/forget")
    assert student.find("meal", opened=True).json["total"] == 1  # type: ignore[index]  # JSON
