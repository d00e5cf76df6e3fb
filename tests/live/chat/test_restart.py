"""A server that is killed in the middle of a session and started again: nobody notices but a pause.

Over WebSockets and over long polling alone.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.live.chat.meeting import Doorway, Meeting, log_in, open_meeting
from tests.live.lesson import Chair, app_on
from tests.live.wire import PollingPage, Wire
from tests.serving import Site, run_command

Way = Callable[[str, str], Any]
QUESTION = "Comment démonte-t-on une pale ?"
OTHER = "Qui a dessiné cette turbine ?"
DAY = "/organisers/sessions"
ways = pytest.mark.parametrize("way", [Wire, PollingPage], ids=["websocket", "polling"])


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database; each test starts a server of its own on it, and kills it."""
    data = tmp_path_factory.mktemp("restarted")
    assert run_command(data, "db", "upgrade").returncode == 0
    return data


@ways
def test_pages_come_back_after_a_kill_and_hear_exactly_what_they_missed(
    data: Path, way: Way
) -> None:
    meeting = open_meeting(data)
    with Site(data) as site, Doorway(site, way) as door:
        number = door.student(meeting, 0).ask(QUESTION)["id"]
        assert door.teacher(meeting).decide(number, "approve") == {}
        seen = door.student(meeting, 1).history["seq"]
        said = {"client_id": "beforekill01", "about": number, "text": "Avec une grue."}
        answered = door.professional(meeting).wire.ask("answer", said)
        site.kill()
    with Site(data) as site, Doorway(site, way) as door:
        karim = door.professional(meeting)
        assert karim.wire.ask("answer", said) == answered
        back = door.student(meeting, 1, seq=seen)
        assert back.history["from"] == seen
        missed = [(one["seq"], one["kind"]) for one in back.history["events"]]
        assert missed == [(seen + 1, "answer"), (seen + 2, "question")]
        assert karim.answer(number, "Et une journée sans vent.")["seq"] == seen + 3
        assert back.wire.hear("chat")["seq"] == seen + 3
        new = door.student(meeting, 0).history
        assert new["seq"] == meeting.room().seq
        assert [one["status"] for one in new["mine"]] == ["answered"]


@ways
def test_a_page_that_missed_nothing_is_told_nothing_twice(data: Path, way: Way) -> None:
    meeting = open_meeting(data)
    with Site(data) as site, Doorway(site, way) as door:
        karim, other = door.professional(meeting), door.student(meeting)
        karim.wire.ask("word", {"client_id": "beforekill02", "text": "Bonjour à tous."})
        seen = other.hear("notice")["seq"]
        site.kill()
    with Site(data) as site, Doorway(site, way) as door:
        back = door.student(meeting, seq=seen)
        assert (back.history["from"], back.history["events"]) == (seen, [])


def _leave_marks(door: Doorway, meeting: Meeting) -> int:
    """A claimed question, a muted student, a paused room; the number of the question."""
    number = door.student(meeting, 0).ask(QUESTION)["id"]
    loud = door.student(meeting, 1).ask(OTHER)["id"]
    teacher = door.teacher(meeting)
    assert teacher.decide(number, "approve") == {}
    assert teacher.decide(loud, "mute") == {}
    assert teacher.decide(loud, "refuse", reason="unclear") == {}
    assert teacher.wire.ask("room_mode", {"mode": "paused"}) == {}
    assert door.professional(meeting).wire.ask("claim", {"id": number}) == {}
    return int(number)


@ways
def test_claims_the_mode_a_pause_and_who_is_muted_survive(data: Path, way: Way) -> None:
    meeting = open_meeting(data, students=3, answering=2)
    with Site(data) as site, Doorway(site, way) as door:
        number = _leave_marks(door, meeting)
        site.kill()
    with Site(data) as site, Doorway(site, way) as door:
        free = door.student(meeting, 2)
        assert free.history["room"]["mode"] == "paused"
        assert free.ask(OTHER)["error"]["code"] == "paused"
        assert door.teacher(meeting).wire.ask("room_mode", {"mode": "approved"}) == {}
        assert door.student(meeting, 1).ask(OTHER)["error"]["code"] == "muted"
        assert door.student(meeting, 2).ask(OTHER)["status"] == "held"
        claimed = {m["message"]["id"]: m["message"]["claimed"] for m in free.history["events"]
                   if m["message"]}  # fmt: skip
        assert claimed[number] == "Karim"
        nadia = door.professional(meeting, 1)
        assert nadia.wire.ask("claim", {"id": number})["error"]["code"] == "claimed"
        assert door.professional(meeting, 0).answer(number, "Avec une grue.")["status"] == "shown"


@pytest.mark.slow
def test_close_everything_reaches_sixty_rooms_in_one_call_and_survives_a_restart(
    tmp_path: Path,
) -> None:
    assert run_command(tmp_path, "db", "upgrade").returncode == 0
    app = app_on(tmp_path)
    meetings = [open_meeting(app, students=1, answering=0) for _ in range(60)]
    _number, organiser = log_in(app, "organiser", "closes@example.org")
    sentence = "On évacue le site : tout s’arrête, rien n’est perdu."
    with Site(tmp_path) as site, Doorway(site, PollingPage) as door:
        pages = [door.student(meeting) for meeting in meetings]
        answer = Chair(site, organiser).send(f"{DAY}/close", DAY, sentence=sentence, sure="yes")
        assert "60" in answer
        told = [one.hear("room")["room"] for one in pages]
        assert {(one["phase"], one["sentence"]) for one in told} == {("closed", sentence)}
        site.kill()
    with Site(tmp_path) as site, Doorway(site) as door:
        for meeting in meetings:
            page = door.student(meeting)
            assert page.history["room"]["phase"] == "closed"
            assert page.ask(QUESTION)["error"]["code"] == "closed"
