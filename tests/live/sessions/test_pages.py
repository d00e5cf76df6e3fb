"""Pages of sessions: what each sees of them, and what they may do there."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from app.core.db import db
from app.core.writer import write
from app.live.sessions.models import Booking, Session, SessionProfessional
from app.live.sessions.sessions import cancel_session
from tests.live.sessions.conftest import DECEMBER, EARLY, GUADELOUPE, Town

FORM: dict[str, Any] = {
    "subject": "Le rotor", "kind": "offer", "day": "2026-12-08", "hour": "10:00", "minutes": "40",
    "languages": ["fr"], "capacity": "2", "answer_days": "10", "factory": "", "tour": "",
    "moderator": "0", "about": "Comment il tourne.",
}  # fmt: skip


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    """The clock runs on from a day in November."""
    with time_machine.travel(EARLY):
        yield


def only_session() -> Session:
    """The one session."""
    db.session.rollback()
    return db.session.scalars(select(Session)).one()


def test_a_teacher_books_waits_and_gives_back_on_the_page(mill_town: Town) -> None:
    town = mill_town
    _awa, a = town.teacher("awa")
    _ben, b = town.teacher("ben")
    karim = town.professional()
    number = town.offer(capacity=1, professionals=(karim,), tour="mill-tour", factory="mill")
    path = f"/sessions/{town.slug(number)}"
    page = town.get("awa", "/sessions").text
    assert "Le rotor de la turbine" in page
    assert "Karim" in page
    assert "Fraiseur" in page
    assert "1 place" in page
    assert town.post("awa", f"{path}/book", classroom=town.class_slug(a)).location == path
    assert "a sa place" in town.get("awa", "/sessions").text
    town.post("ben", f"{path}/book", classroom=town.class_slug(b), allows_views="yes")
    assert "numéro 1 sur la liste d’attente" in town.get("ben", path).text
    assert "numéro" not in town.get("awa", path).text
    refused = town.post("awa", f"{path}/leave", classroom=town.class_slug(a))
    assert refused.status_code == 422
    town.post("awa", f"{path}/leave", classroom=town.class_slug(a), sure="yes")
    assert town.states(number) == {a: "cancelled", b: "booked"}
    assert "a sa place" in town.get("ben", path).text


def test_a_class_of_another_does_not_exist_for_booking(town: Town) -> None:
    _awa, a = town.teacher("awa")
    town.teacher("ben")
    path = f"/sessions/{town.slug(town.offer())}"
    for act in ("book", "leave", "views"):
        reply = town.post("ben", f"{path}/{act}", classroom=town.class_slug(a), sure="yes")
        assert reply.status_code == 404
        assert town.post("ben", f"{path}/{act}").status_code == 404
    assert db.session.scalars(select(Booking)).all() == []


def test_an_unverified_teacher_sees_and_is_told_why_not_to_book(town: Town) -> None:
    _new, room = town.teacher("new", verified_at=None)
    path = f"/sessions/{town.slug(town.offer())}"
    assert "pas encore vérifié" in town.get("new", "/sessions").text
    assert "d’abord être vérifié" in town.get("new", path).text
    reply = town.post("new", f"{path}/book", classroom=town.class_slug(room))
    assert reply.status_code == 403
    assert "d’abord être vérifié" in reply.text


def test_views_are_turned_only_as_long_as_the_teacher_wants(town: Town) -> None:
    _awa, a = town.teacher("awa")
    path = f"/sessions/{town.slug(town.offer())}"
    form = {"classroom": town.class_slug(a)}
    town.post("awa", f"{path}/book", **form)

    def allows() -> bool:
        db.session.rollback()
        return db.session.scalars(select(Booking)).one().allows_views

    assert not allows()
    town.post("awa", f"{path}/views", **form, allows_views="yes")
    assert allows()
    town.post("awa", f"{path}/views", **form)
    assert not allows()


def test_each_class_reads_its_own_hour_flagged_when_it_is_not_one_of_school(town: Town) -> None:
    town.teacher("awa")
    town.teacher("gus", GUADELOUPE)
    number = town.offer(subject="En direct")
    town.offer(kind="written", subject="Par écrit", starts_at=DECEMBER + timedelta(days=1))
    paris, away = (town.get(name, "/sessions").text for name in ("awa", "gus"))
    assert "10:00" in paris
    assert "hors 8" not in paris
    assert "05:00" in away
    assert "heure\u00a0: Guadeloupe" in away
    assert "hors 8" in away
    path = f"/sessions/{town.slug(number)}"
    assert "Plutôt par écrit" in town.get("gus", path).text
    assert "Plutôt par écrit" not in town.get("awa", path).text


def test_an_organiser_offers_changes_and_cancels(mill_town: Town) -> None:
    town = mill_town
    town.settle("olga", "organiser")
    karim, mona = town.professional(), town.settle("mona", "moderator")
    form = FORM | {"professionals": [str(karim)], "moderator": str(mona), "tour": "mill-tour"}
    assert "heure\u00a0: France" in town.get("olga", "/sessions/new").text
    assert town.post("olga", "/sessions/new", **form).status_code == 302
    session = only_session()
    assert session.starts_at == DECEMBER
    assert (session.tour, session.moderator_id) == ("mill-tour", mona)
    assert db.session.scalars(select(SessionProfessional.account_id)).all() == [karim]
    path = f"/sessions/{session.slug}"
    page = town.get("olga", f"{path}/edit").text
    assert 'value="2026-12-08"' in page
    assert 'value="10:00"' in page
    changed = form | {"hour": "11:00", "capacity": "3"}
    assert town.post("olga", f"{path}/edit", **changed).status_code == 302
    session = only_session()
    assert (session.starts_at.hour, session.capacity, session.revision) == (10, 3, 1)
    assert town.post("olga", f"{path}/cancel").status_code == 422
    town.post("olga", f"{path}/cancel", sure="yes")
    assert only_session().state == "cancelled"
    assert town.post("olga", f"{path}/edit", **form).status_code == 409
    assert "annulée" in town.get("olga", path).text


def test_a_professional_offers_for_their_own_factory_alone(mill_town: Town) -> None:
    town = mill_town
    karim = town.professional(factory="mill")
    town.professional("lea", factory="elsewhere")
    town.settle("max", "professional")
    form = FORM | {"factory": "mill", "professionals": [str(karim)]}
    assert town.get("max", "/sessions/new").status_code == 403
    page = town.get("karim", "/sessions/new").text
    assert "Moulin" in page
    assert "Lea" not in page
    assert town.post("karim", "/sessions/new", **form | {"factory": "elsewhere"}).status_code == 200
    assert town.post("karim", "/sessions/new", **form).status_code == 302
    path = f"/sessions/{only_session().slug}"
    assert only_session().factory == "mill"
    assert town.post("lea", f"{path}/edit", **form).status_code == 404
    assert town.post("lea", f"{path}/cancel", sure="yes").status_code == 404
    assert town.post("karim", f"{path}/cancel", sure="yes").status_code == 302


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"day": "2026-11-19"}, "Cette heure est passée"),
        ({"day": "2027-03-28", "hour": "02:30"}, "n’existe pas ce jour-là"),
        ({"subject": " "}, "Il manque quelque chose"),
        ({"capacity": "9"}, "4"),
        ({"languages": []}, "Il manque quelque chose"),
        ({"professionals": ["999"]}, "Personne encore"),
        ({"day": "demain"}, "field--wrong"),
    ],
)
def test_what_cannot_be_offered_is_told_beside_its_field(
    town: Town, changed: dict[str, Any], told: str
) -> None:
    town.settle("olga", "organiser")
    reply = town.post("olga", "/sessions/new", **FORM | changed)
    assert reply.status_code == 200
    assert told in reply.text
    assert db.session.scalars(select(Session)).all() == []


def test_what_was_cancelled_or_is_over_is_offered_no_more(town: Town) -> None:
    town.teacher("awa")
    gone = town.offer(subject="Partie")
    town.offer(subject="Passée", starts_at=datetime(2026, 11, 21, 9, tzinfo=UTC))
    write(lambda tx: cancel_session(tx, gone))
    with time_machine.travel(datetime(2026, 11, 22, tzinfo=UTC)):
        page = town.get("awa", "/sessions").text
        assert "Partie" not in page
        assert "Passée" not in page
        assert town.get("awa", f"/sessions/{town.slug(gone)}").status_code == 404


def test_an_unknown_session_is_a_404_for_everybody(town: Town) -> None:
    town.settle("olga", "organiser")
    town.teacher("awa")
    for path in ("", "/edit", "/calendar.ics"):
        assert town.get("olga", f"/sessions/abcdefghjkmn{path}").status_code == 404
    assert town.post("awa", "/sessions/abcdefghjkmn/book").status_code == 404


def test_pages_are_there_in_english(town: Town) -> None:
    town.teacher("awa")
    path = f"/sessions/{town.slug(town.offer())}"
    for page in ("/sessions", path, "/sessions/invite"):
        reply = town.browser("awa").get(page, headers={"Accept-Language": "en"})
        assert reply.status_code == 200
