"""Waiting at the door: what one holds of a knock opens one place, once, while it is open."""

from flask.testing import FlaskClient

from tests.classes.room import Room


def knock(room: Room, **form: str) -> FlaskClient:
    """Somebody knocks; their browser."""
    room.act("door", door="knock")
    walker, reply = room.enter(**form)
    assert reply.location == "/wait"
    return walker.client


def let_in(room: Room) -> int:
    """The teacher opens to the one who knocks; the student they become."""
    (waiting,) = room.state()["knocks"]
    room.act(f"knocks/{waiting['id']}", answer="let_in")
    return room.students()[-1].id


def copy_of(browser: FlaskClient) -> FlaskClient:
    """Another browser with the same cookie."""
    copy = browser.application.test_client()
    with browser.session_transaction() as mine, copy.session_transaction() as theirs:
        theirs.update(mine)
    return copy


def leads_to(browser: FlaskClient) -> str | None:
    """Where the waiting page leads."""
    return browser.get("/wait").location


def test_what_is_held_of_a_knock_opens_the_place_once(room: Room) -> None:
    browser = knock(room)
    copy = copy_of(browser)
    let_in(room)
    assert leads_to(browser) == "/welcome"
    assert browser.get("/welcome").status_code == 200
    assert leads_to(copy) == "/join"
    assert copy.get("/welcome").location == "/join"


def test_a_revoked_card_is_not_opened_again_by_an_old_knock(room: Room) -> None:
    browser = knock(room)
    copy = copy_of(browser)
    student = let_in(room)
    assert leads_to(browser) == "/welcome"
    room.act(f"students/{student}/card")
    assert leads_to(copy) == "/join"
    assert copy.get("/welcome").location == "/join"


def test_who_was_let_in_and_has_not_come_yet_is_shut_out_with_their_card(room: Room) -> None:
    for act in ("card", "remove"):
        browser = knock(room)
        room.act(f"students/{let_in(room)}/{act}")
        assert browser.get("/wait", headers={"Accept": "application/json"}).json == {
            "answer": "gone"
        }
        assert leads_to(browser) == "/join"


def test_a_passing_seat_asked_for_at_the_door_is_one_from_the_first_moment(room: Room) -> None:
    """Whatever becomes of the browser that asked: nothing of this student is kept."""
    browser = knock(room, passing="yes")
    student = let_in(room)
    assert room.students()[-1].is_passing
    assert leads_to(browser) == "/welcome"
    with browser.session_transaction() as session:
        assert not session.permanent
    room.act("time", time="home")
    assert student not in [one.id for one in room.students()]


def test_somebody_else_at_the_door_keeps_their_place(room: Room) -> None:
    browser = knock(room)
    let_in(room)
    assert not room.students()[-1].is_passing
    assert leads_to(browser) == "/welcome"
    with browser.session_transaction() as session:
        assert session.permanent
