"""Invite someone: from the teacher's board to the guest in the room, and whom a link lets in."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from app.classes.classrooms import hash_key
from app.classes.erasing import erase_classroom
from app.core.db import db
from app.live.sessions.erasing import purge_guests
from app.live.sessions.guests import GUEST, guest_here
from app.live.sessions.models import Booking, Guest, Session
from tests.live.sessions.conftest import DECEMBER, EARLY, Town, subjects

FORM = {"name": "Nadia", "job": "menuisière", "subject": "Le bois", "day": "2026-12-08",
        "hour": "10:00", "minutes": "40"}  # fmt: skip
ALONE = {"second_name": "", "second_job": ""}


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    """The clock runs on from a day in November."""
    with time_machine.travel(EARLY):
        yield


@pytest.fixture
def awa(town: Town) -> Town:
    """A town with Awa, who teaches a class, and Olga, who approves."""
    town.teacher("awa")
    town.settle("olga", "organiser")
    return town


def class_slug(town: Town) -> str:
    """The name of Awa's class in addresses."""
    page = town.get("awa", "/sessions/invite").text
    found = re.search(r'<option value="([^"]+)"', page)
    assert found is not None
    return found[1]


def invite(town: Town, **changed: str) -> str:
    """Awa invites; the path of the session."""
    reply = town.post("awa", "/sessions/invite", classroom=class_slug(town), **FORM | changed)
    assert reply.status_code == 302, reply.text
    return str(reply.location)


def links(page: str) -> list[str]:
    """The paths of guests' links on a page."""
    return re.findall(r"http://localhost(/guests/[\w-]+)", page)


def session_now() -> Session:
    """The one session."""
    db.session.rollback()
    return db.session.scalars(select(Session)).one()


def cookie_of(client: FlaskClient) -> dict[str, Any]:
    """What a browser's cookie holds."""
    with client.session_transaction() as session:
        return dict(session)


def test_a_guest_comes_from_the_board_to_the_room_in_eight_clicks(awa: Town) -> None:
    """Rencontres, Inviter, Faire le lien, Copier; the link, the box, J’entre: seven."""
    path = invite(awa)
    (link,) = links(awa.get("awa", path).text)
    assert links(awa.get("awa", path).text) == []
    guest = awa.app.test_client()
    assert "revenez plus tard" in guest.get(link).text
    assert guest.post(link, data={"charter": "yes"}).status_code == 409
    assert awa.post("olga", f"{path}/approve").status_code == 302
    page = guest.get(link).text
    assert "Nadia" in page
    assert "mineurs" in page
    assert guest.post(link).status_code == 422
    reply = guest.post(link, data={"charter": "yes"})
    assert reply.location == path.replace("/sessions/", "/rooms/")
    cookie = cookie_of(guest)
    assert cookie[GUEST] == link.rpartition("/")[2]
    assert guest_here(session_now(), cookie) is not None
    assert guest_here(session_now(), {}) is None


def test_of_a_link_the_hash_alone_is_kept(awa: Town) -> None:
    path = invite(awa, second_name="Sam", second_job="tourneur")
    told = links(awa.get("awa", path).text)
    assert len(told) == 2
    tokens = [link.rpartition("/")[2] for link in told]
    assert all(len(token) == 43 for token in tokens)
    db.session.rollback()
    kept = {guest.token_hash for guest in db.session.scalars(select(Guest))}
    assert kept == {hash_key(token) for token in tokens}


def test_a_new_link_puts_an_end_to_the_old_one(awa: Town) -> None:
    path = invite(awa)
    (old,) = links(awa.get("awa", path).text)
    awa.post("olga", f"{path}/approve")
    guest = awa.app.test_client()
    guest.post(old, data={"charter": "yes"})
    number = db.session.scalars(select(Guest.id)).one()
    assert awa.post("awa", f"{path}/guests/{number}/link").status_code == 302
    (new,) = links(awa.get("awa", path).text)
    assert new != old
    assert guest.get(old).status_code == 404
    assert guest_here(session_now(), cookie_of(guest)) is None
    assert guest.get(new).status_code == 200
    assert awa.post("awa", f"{path}/guests/{number + 1}/link").status_code == 404


def test_a_link_dies_an_hour_after_the_end_and_with_its_session(awa: Town) -> None:
    path = invite(awa)
    (link,) = links(awa.get("awa", path).text)
    awa.post("olga", f"{path}/approve")
    guest = awa.app.test_client()
    with time_machine.travel(DECEMBER + timedelta(minutes=99)):
        assert guest.get(link).status_code == 200
    with time_machine.travel(DECEMBER + timedelta(minutes=100)):
        assert guest.get(link).status_code == 404
        assert guest.post(link, data={"charter": "yes"}).status_code == 404
    assert awa.post("awa", f"{path}/cancel").status_code == 422
    assert awa.post("awa", f"{path}/cancel", sure="yes").status_code == 302
    assert "ne marche plus" in guest.get(link).text
    assert guest.get("/guests/" + "t" * 43).status_code == 404


def test_the_organiser_says_yes_or_no_once_and_the_teacher_is_told(awa: Town) -> None:
    path = invite(awa)
    assert [name for name, _subject in subjects(awa.mails())] == ["olga"]
    assert "Le bois" in awa.get("olga", "/sessions").text
    assert awa.post("olga", f"{path}/refuse").status_code == 302
    assert subjects(awa.mails()) == [("awa", "Non approuvé\u00a0: Le bois")]
    assert awa.post("olga", f"{path}/approve").status_code == 409
    assert session_now().state == "refused"


def test_where_nobody_need_approve_the_link_works_at_once(awa: Town) -> None:
    settings = awa.app.extensions["settings"]
    awa.app.extensions["settings"] = settings.model_copy(update={"guests_need_approval": False})
    (link,) = links(awa.get("awa", invite(awa)).text)
    assert awa.app.test_client().post(link, data={"charter": "yes"}).status_code == 302
    assert awa.mails() == []


def test_only_a_verified_teacher_invites_and_for_their_own_class(awa: Town) -> None:
    awa.teacher("ben")
    slug = class_slug(awa)
    reply = awa.post("ben", "/sessions/invite", classroom=slug, **FORM)
    assert reply.status_code == 200
    assert db.session.scalars(select(Session)).all() == []
    awa.teacher("new", verified_at=None)
    assert awa.get("new", "/sessions/invite").status_code == 403


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("day", "2026-11-19", "Cette heure est passée"),
        ("name", "", "Il manque quelque chose"),
        ("job", "connard", "Des élèves liront ces mots"),
        ("minutes", "500", "120"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(
    awa: Town, field: str, value: str, told: str
) -> None:
    form = FORM | {"classroom": class_slug(awa), field: value}
    reply = awa.post("awa", "/sessions/invite", **form)
    assert reply.status_code == 200
    assert told in reply.text
    assert db.session.scalars(select(Session)).all() == []


def test_a_guests_session_is_seen_by_those_it_concerns_only(awa: Town) -> None:
    path = invite(awa)
    awa.post("olga", f"{path}/approve")
    awa.teacher("ben")
    awa.professional("karim")
    assert awa.get("awa", path).status_code == 200
    assert awa.get("olga", path).status_code == 200
    for name in ("ben", "karim"):
        assert awa.get(name, path).status_code == 404
        assert "Le bois" not in awa.get(name, "/sessions").text
    assert awa.post("ben", f"{path}/cancel", sure="yes").status_code == 404
    assert awa.post("ben", f"{path}/guests/1/link").status_code == 404


def test_guests_are_forgotten_with_what_was_said(awa: Town) -> None:
    invite(awa)
    with time_machine.travel(DECEMBER + timedelta(days=89)):
        assert purge_guests(90) == 0
    with time_machine.travel(DECEMBER + timedelta(days=91)):
        assert purge_guests(90) == 1
    db.session.rollback()
    assert db.session.scalars(select(Guest)).all() == []


def test_an_invitation_is_corrected_by_another_that_takes_its_place(awa: Town) -> None:
    path = invite(awa, second_name="Lou", second_job="tourneuse")
    (old, _lou) = links(awa.get("awa", path).text)
    page = awa.get("awa", path).text
    address = re.search(r'href="(/sessions/invite\?replaces=\w+)"', page)
    assert address is not None
    form = awa.get("awa", address[1]).text
    for told in ("Nadia", "menuisière", "Lou", "tourneuse", "Le bois", "2026-12-08", "10:00"):
        assert f'value="{told}"' in form
    wrong = awa.post("awa", address[1], classroom=class_slug(awa), **FORM | {"minutes": "2"})
    assert wrong.status_code == 200
    assert awa.app.test_client().get(old).status_code == 200, "nothing is lost by a wrong form"
    done = awa.post(
        "awa", address[1], classroom=class_slug(awa), **FORM | ALONE | {"hour": "11:00"}
    )
    assert done.status_code == 302
    (new,) = links(awa.get("awa", str(done.location)).text)
    assert awa.app.test_client().get(old).status_code == 404
    assert "11:00" in awa.app.test_client().get(new).text
    (mail,) = [one for one in awa.mails() if str(one["To"]).startswith("awa")]
    assert "Invitation corrigée" in str(mail["Subject"])
    states = {one.slug: one.state for one in db.session.scalars(select(Session))}
    assert states == {
        path.rsplit("/", 1)[1]: "cancelled",
        str(done.location).rsplit("/", 1)[1]: "awaiting",
    }
    again = awa.post("awa", address[1], classroom=class_slug(awa), **FORM)
    assert again.status_code == 409, "it was replaced once"


def test_nobody_corrects_the_invitation_of_another(awa: Town) -> None:
    path = invite(awa)
    awa.teacher("ben")
    slug = path.rsplit("/", 1)[1]
    for name in ("ben", "olga"):
        assert awa.get(name, f"/sessions/invite?replaces={slug}").status_code == 404
    assert awa.get("awa", "/sessions/invite?replaces=nothing").status_code == 404


@pytest.mark.parametrize("is_approved", [True, False])
def test_an_erased_class_has_no_guests_to_come(awa: Town, is_approved: bool) -> None:
    path = invite(awa)
    if is_approved:
        awa.post("olga", f"{path}/approve")
    awa.mails()
    classroom = db.session.scalars(select(Booking.classroom_id)).one()
    erase_classroom(awa.app.extensions["privacy"], classroom)
    assert session_now().state == "cancelled"
    (mail,) = awa.mails()
    assert str(mail["To"]) == "awa@example.org"
    assert "Annulé" in str(mail["Subject"])
