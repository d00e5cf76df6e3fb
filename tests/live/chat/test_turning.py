"""Views that a professional turns, and what players of a class hear of its room."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from sqlalchemy import func, select

from app.classes.models import Classroom, Visitor
from app.core.db import db
from app.live.chat.models import LogEntry
from app.live.sessions.models import Booking, Session
from tests.live.chat.meeting import Doorway, Meeting, open_meeting
from tests.live.wire import PATIENCE, Wire
from tests.serving import Site, run_command

HALL = {"tour": "mill-tour", "scene": "hall", "yaw": 30.0, "pitch": -4.0, "hfov": 80.0}
Walk = Callable[..., Wire]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, mill_bundle: Path) -> Iterator[Site]:
    """A site with the mill in it."""
    data = tmp_path_factory.mktemp("turned")
    for command in (("db", "upgrade"), ("tour", "import", str(mill_bundle), "--publish")):
        done = run_command(data, *command)
        assert done.returncode == 0, done.stderr
    with Site(data) as site:
        yield site


@pytest.fixture
def meeting(site: Site) -> Meeting:
    """A session of two classes, the first of which lets its views be turned."""
    meeting = open_meeting(site.data, classes=2, answering=2)
    allow(meeting, 0)
    return meeting


@pytest.fixture
def walk(site: Site, meeting: Meeting) -> Iterator[Walk]:
    """Opens lines of students in the tour: of the first one of a class."""
    with ExitStack() as stack:

        def open_line(of: int = 0) -> Wire:
            line = Wire(site.url, meeting.students[of][0])
            stack.callback(line.close)
            line.enter(tour="mill-tour", scene="hall")
            assert line.hear("lead")["mode"] == "free"
            return line

        yield open_line


def allow(meeting: Meeting, of: int, *, is_allowed: bool = True) -> None:
    """Note what the teacher of a class allows."""
    with meeting.app.app_context():
        mine = (Booking.session_id == meeting.id) & (Booking.classroom_id == meeting.classrooms[of])
        number = db.session.scalar(select(Booking.id).where(mine))
    meeting.change(Booking, number, allows_views=is_allowed)


def turn(line: Any, point: object = None, **more: Any) -> Any:
    """Turn the views."""
    return line.ask("turn_views", {"place": HALL | more, "point": point})


def test_views_turn_in_the_class_that_allows_it_only(
    door: Doorway, meeting: Meeting, walk: Walk
) -> None:
    mine, other, karim = walk(0), walk(1), door.professional(meeting).wire
    assert turn(karim) == {"classes": 1}
    told = mine.hear("lead")
    assert (told["mode"], told["name"], told["scene"], told["yaw"]) == ("turn", "Karim", "hall", 30)
    assert told["titles"]["fr"] == "La halle"
    assert not {"board", "leader", "chair"} & set(told)
    assert turn(karim, {"yaw": 33, "pitch": 2}, yaw=40) == {"classes": 1}
    seen = mine.hear("lead_view")
    assert (seen["number"], seen["yaw"]) == (told["number"], 40)
    assert seen["point"] == {"yaw": 33, "pitch": 2}
    assert karim.ask("turn_views", {"place": None}) == {"classes": 0}
    assert mine.hear("lead")["mode"] == "free"
    assert '"turn"' not in other.read_all()


def test_what_is_shown_is_called_after_its_hotspot(
    door: Doorway, meeting: Meeting, walk: Walk
) -> None:
    mine, karim = walk(), door.professional(meeting).wire
    turn(karim)
    first = mine.hear("lead")
    turn(karim, hotspot="meal", title="06 12 34 56 78")
    told = mine.hear("lead")
    assert (told["hotspot"], told["titles"]["fr"]) == ("meal", "meal")
    assert told["number"] == first["number"]


def test_whoever_leads_the_class_wins_and_gives_the_views_back(
    door: Doorway, site: Site, meeting: Meeting, walk: Walk
) -> None:
    mine, karim = walk(), door.professional(meeting).wire
    turn(karim)
    assert mine.hear("lead")["mode"] == "turn"
    board = Wire(site.url, meeting.teachers[0]).enter(classroom=_slug(meeting))
    board.ask("lead", {"board": "board1", "mode": "eyes"})
    assert mine.hear("lead")["mode"] == "eyes"
    assert turn(karim, yaw=50) == {"classes": 0}
    board.ask("lead", {"board": "board1", "mode": "free"})
    assert mine.hear("lead")["mode"] == "turn"
    board.close()


def test_who_comes_late_hears_what_is_shown(door: Doorway, meeting: Meeting, site: Site) -> None:
    turn(door.professional(meeting).wire)
    line = Wire(site.url, meeting.students[0][1]).enter(tour="mill-tour", scene="hall")
    assert line.hear("lead")["mode"] == "turn"
    line.close()


def test_it_ends_with_the_line_that_shows(
    door: Doorway, meeting: Meeting, walk: Walk, site: Site
) -> None:
    mine = walk()
    door.professional(meeting)
    line = Wire(site.url, meeting.professionals[0]).enter(
        room=meeting.slug, side="staff", scene="hall"
    )
    assert line.hear("history")["room"]["phase"] == "open"
    turn(line)
    assert mine.hear("lead")["mode"] == "turn"
    line.close()
    assert mine.hear("lead")["mode"] == "free"


def test_it_ends_when_the_teacher_forbids_it(door: Doorway, meeting: Meeting, walk: Walk) -> None:
    mine, karim = walk(), door.professional(meeting).wire
    turn(karim)
    assert mine.hear("lead")["mode"] == "turn"
    assert door.teacher(meeting).wire.ask("allow_views", {"allow": False}) == {}
    assert mine.hear("lead")["mode"] == "free"
    assert turn(karim) == {"classes": 0}


def test_it_ends_when_the_room_pauses(door: Doorway, meeting: Meeting, walk: Walk) -> None:
    mine, karim = walk(), door.professional(meeting).wire
    turn(karim)
    assert mine.hear("lead")["mode"] == "turn"
    door.staff(meeting, meeting.moderator).wire.ask("room_mode", {"mode": "paused"})
    assert mine.hear("lead")["mode"] == "free"
    assert turn(karim)["error"]["code"] == "closed"


def test_it_ends_when_the_room_closes(door: Doorway, meeting: Meeting, walk: Walk) -> None:
    mine, karim = walk(), door.professional(meeting).wire
    turn(karim)
    assert mine.hear("lead")["mode"] == "turn"
    meeting.change(Session, meeting.id, minutes=0)
    assert mine.hear("lead")["mode"] == "free"
    while mine.hear("meeting")["slug"] is not None:
        pass
    assert turn(door.professional(meeting).wire)["error"]["code"] == "closed"


def test_a_teacher_allows_it_for_their_own_class(
    door: Doorway, meeting: Meeting, walk: Walk
) -> None:
    other, teacher = walk(1), door.teacher(meeting, 1).wire
    door.student(meeting, 0, 1)  # who came before and counts after
    karim = door.professional(meeting).wire
    assert turn(karim) == {"classes": 1}
    assert teacher.ask("allow_views", {"allow": True}) == {}
    here = karim.hear("here")["classes"]
    while not all(one["views"] for one in here):
        here = karim.hear("here")["classes"]
    assert here[1]["students"] == 1
    assert turn(karim) == {"classes": 2}
    assert other.hear("lead")["mode"] == "turn"
    assert "allow_views" in {entry.act for entry in meeting.rows(LogEntry)}


def test_two_professionals_do_not_turn_the_same_views(door: Doorway, meeting: Meeting) -> None:
    karim, nadia = door.professional(meeting, 0).wire, door.professional(meeting, 1).wire
    turn(karim)
    assert turn(nadia)["error"]["code"] == "turning"
    karim.ask("turn_views", {"place": None})
    assert turn(nadia) == {"classes": 1}


def test_a_scene_that_is_not_there_is_not_shown(door: Doorway, meeting: Meeting) -> None:
    karim = door.professional(meeting).wire
    assert turn(karim, scene="cellar")["error"]["code"] == "not_yours"
    assert turn(karim, tour="elsewhere")["error"]["code"] == "not_yours"


def test_players_hear_of_the_room_of_their_class(
    door: Doorway, meeting: Meeting, walk: Walk
) -> None:
    mine, karim = walk(), door.professional(meeting).wire
    told = mine.hear("meeting")
    assert (told["slug"], told["phase"], told["shown"]) == (meeting.slug, "open", None)
    karim.ask("show", {"place": HALL | {"hotspot": "meal", "title": "appelez-moi"}})
    shown = mine.hear("meeting")["shown"]
    assert (shown["name"], shown["place"]["title"]) == ("Karim", "meal")
    moderator = door.staff(meeting, meeting.moderator).wire
    moderator.ask("room_mode", {"mode": "slow"})
    assert mine.hear("meeting")["phase"] == "open"


def test_the_tour_says_what_a_place_is_called(door: Doorway, meeting: Meeting) -> None:
    """What a page could write there would pass by those who read first."""
    karim = door.professional(meeting)
    for more, title in (({}, "La halle"), ({"hotspot": "meal"}, "meal")):
        karim.wire.ask("show", {"place": HALL | {"title": "au 06 12 34 56 78"} | more})
        assert karim.hear("show")["show"]["place"]["title"] == title
    karim.wire.ask("show", {"place": {"tour": "x", "scene": "y", "title": "au 06 12 34 56 78"}})
    assert "12 34" not in karim.wire.read_all()


def test_adults_look_at_places_of_their_room_and_leave_no_trace(
    site: Site, meeting: Meeting
) -> None:
    before = _visitors(meeting)
    path = f"/rooms/{meeting.slug}/look/mill-tour"
    for cookie in (meeting.professionals[0], meeting.teachers[1], meeting.moderator):
        page, kept = _get(site, path, cookie)
        assert "data-shows" in page
        assert kept is None or "visitor" not in kept
        assert ("Montrer cette vue" in page) == (cookie == meeting.professionals[0])
    for cookie in (meeting.students[0][0], "", open_meeting(site.data).professionals[0]):
        with pytest.raises(HTTPError, match="404"):
            _get(site, f"{path}/hall", cookie)
    assert _visitors(meeting) == before + 2  # those of the other meeting's class


def _get(site: Site, path: str, cookie: str) -> tuple[str, str | None]:
    with urlopen(Request(site.url + path, headers={"Cookie": cookie}), timeout=PATIENCE) as reply:
        return str(reply.read().decode()), reply.headers["Set-Cookie"]


def _visitors(meeting: Meeting) -> int:
    with meeting.app.app_context():
        db.session.rollback()
        return db.session.scalar(select(func.count()).select_from(Visitor)) or 0


def _slug(meeting: Meeting) -> str:
    with meeting.app.app_context():
        return db.session.get_one(Classroom, meeting.classrooms[0]).slug
