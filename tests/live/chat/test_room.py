"""A room over real lines: a question is read, shown, claimed and answered; nothing is lost."""

from functools import partial

import pytest

from app.classes.classrooms import add_teacher
from app.core.db import db
from app.core.writer import write
from app.live.chat.attending import LONGEST_NAME, tell_apart
from app.live.chat.log import find_break
from app.live.chat.models import Alarm, LogEntry, LogText, Message
from app.live.sessions.models import Booking, Professional
from app.people.models import Account
from tests.live.chat.meeting import Doorway, Meeting, Page, log_in, open_meeting
from tests.live.lesson import until
from tests.serving import Site

QUESTION = "Comment démonte-t-on une pale ?"


def test_professionals_are_told_what_comes_first_and_nobody_else_is(
    door: Doorway, meeting: Meeting
) -> None:
    asking, voicing = door.student(meeting, 0), door.student(meeting, 1)
    teacher, karim = door.teacher(meeting), door.professional(meeting)
    assert karim.wire.hear("to_answer") == {"first": []}
    kept = asking.ask(QUESTION)["id"]
    teacher.decide(kept, "approve")
    assert karim.wire.hear("to_answer") == {"first": [kept]}
    assert voicing.wire.ask("vote", {"id": kept})["voted"]
    teacher.decide(kept, "remove")
    order = next(o for o in iter(lambda: karim.wire.hear("to_answer"), None) if not o["first"])
    assert order == {"first": []}
    for page in (asking, voicing, teacher):
        assert '"to_answer"' not in page.wire.read_all(0.3)


def test_a_question_is_read_shown_claimed_and_answered(door: Doorway, meeting: Meeting) -> None:
    asking, other = door.student(meeting, 0), door.student(meeting, 1)
    teacher = door.teacher(meeting)
    karim = door.professional(meeting)
    kept = asking.ask(QUESTION, place={"tour": "mill-tour", "scene": "hall", "yaw": 12.5})
    assert kept["status"] == "held"
    assert kept["seq"] is None
    assert asking.wire.hear("mine")["status"] == "held"
    held = next(q for q in iter(lambda: teacher.wire.hear("queue"), None) if q["held"])["held"]
    assert [one["text"] for one in held] == [QUESTION]
    assert teacher.decide(kept["id"], "approve") == {}
    shown = other.hear("question")["message"]
    assert (shown["text"], shown["level"], shown["place"]["yaw"]) == (QUESTION, "3e", 12.5)
    assert karim.wire.ask("claim", {"id": kept["id"]}) == {}
    assert other.hear("question")["message"]["claimed"] == "Karim"
    answered = karim.answer(kept["id"], "Avec une grue, et une journée sans vent.")
    assert answered["status"] == "shown"
    assert other.hear("answer")["message"]["name"] == "Karim"
    assert other.hear("question")["message"]["status"] == "answered"
    states = [asking.wire.hear("mine")["status"] for _one in range(3)]
    assert states == ["shown", "shown", "answered"]


def test_who_comes_back_hears_all_that_was_missed_and_no_more(
    door: Doorway, meeting: Meeting
) -> None:
    teacher = door.teacher(meeting)
    karim = door.professional(meeting)
    asking = door.student(meeting)
    number = asking.ask(QUESTION)["id"]
    teacher.decide(number, "approve")
    seen = asking.hear("question")["seq"]
    asking.wire.close()
    karim.answer(number, "Avec une grue.")
    back = door.student(meeting, seq=seen)
    assert back.history["from"] == seen
    kinds = [(one["kind"], one["message"]["status"]) for one in back.history["events"]]
    assert kinds == [("answer", "shown"), ("question", "answered")]
    whole = door.student(meeting, 1).history
    assert [one["message"]["text"] for one in whole["events"] if one["message"]] == [
        "Avec une grue.",
        QUESTION,
    ]
    assert whole["seq"] == back.history["seq"] == meeting.room().seq


def test_a_message_sent_again_is_kept_once(door: Doorway, meeting: Meeting) -> None:
    asking = door.student(meeting)
    said = {"client_id": "abcdefgh0001", "text": QUESTION}
    first = asking.wire.ask("ask", said)
    assert asking.wire.ask("ask", said) == first
    assert len(meeting.rows(Message)) == 1


def test_one_pending_question_until_it_is_answered_or_taken_back(
    door: Doorway, meeting: Meeting
) -> None:
    asking = door.student(meeting)
    first = asking.ask(QUESTION)
    assert asking.ask("Et combien ça coûte ?")["error"]["code"] == "pending"
    assert (
        asking.wire.ask("reword", {"id": first["id"], "text": "Et une pale ?"})["status"] == "held"
    )
    assert asking.wire.ask("withdraw", {"id": first["id"]}) == {}
    assert asking.ask("Et combien ça coûte ?")["status"] == "held"


def test_a_refusal_says_why_and_gives_the_text_back(door: Doorway, meeting: Meeting) -> None:
    asking = door.student(meeting)
    teacher = door.teacher(meeting)
    number = asking.ask("Euh bof")["id"]
    asking.wire.hear("mine")
    assert teacher.decide(number, "refuse", reason="because")["error"]["code"] == "unknown_reason"
    assert teacher.decide(number, "refuse", reason="unclear") == {}
    told = asking.wire.hear("mine")
    assert (told["status"], told["reasons"], told["text"]) == ("refused", ["unclear"], "Euh bof")
    assert asking.wire.ask("reword", {"id": number, "text": QUESTION})["status"] == "held"


def test_what_the_filter_finds_is_held_from_trusted_students_and_adults_too(
    door: Doorway, meeting: Meeting
) -> None:
    asking = door.student(meeting)
    teacher = door.teacher(meeting)
    karim = door.professional(meeting)
    number = asking.ask(QUESTION)["id"]
    teacher.decide(number, "trust", reason="trusted")
    teacher.decide(number, "approve")
    karim.answer(number, "Avec une grue.")
    assert asking.ask("Mon numéro c’est 06 12 34 56 78")["status"] == "held"
    held = next(m for m in meeting.rows(Message) if m.status == "held")
    assert "telephone" in held.reasons
    asking.wire.ask("withdraw", {"id": held.id})
    assert asking.ask("Et combien de temps ça prend ?")["status"] == "shown"
    answer = karim.answer(asking.hear("question")["message"]["id"], "Écris-moi : karim@usine.fr")
    assert answer["status"] == "held"


def test_two_professionals_never_answer_the_same_unawares(site: Site, door: Doorway) -> None:
    meeting = open_meeting(site.data, answering=2)
    asking = door.student(meeting)
    teacher = door.teacher(meeting)
    karim, nadia = (door.professional(meeting, one) for one in range(2))
    number = asking.ask(QUESTION)["id"]
    teacher.decide(number, "approve")
    assert karim.wire.ask("claim", {"id": number}) == {}
    refused = nadia.wire.ask("claim", {"id": number})["error"]
    assert (refused["code"], "Karim" in refused["message"]) == ("claimed", True)
    assert nadia.answer(number, "Avec une grue.")["error"]["code"] == "claimed"
    assert karim.wire.ask("release", {"id": number}) == {}
    assert nadia.answer(number, "Avec une grue.")["status"] == "shown"


def test_two_professionals_of_one_first_name_are_told_apart_by_their_jobs(
    site: Site, door: Doorway
) -> None:
    meeting = open_meeting(site.data, answering=2)
    for account, job in zip(meeting.answering(), ("Soudeur", "Juge"), strict=True):
        meeting.change(Professional, account, first_name="Élie", job=job)
    asking, teacher = door.student(meeting), door.teacher(meeting)
    number = asking.ask(QUESTION)["id"]
    teacher.decide(number, "approve")
    asking.hear("question")
    assert door.professional(meeting, 1).wire.ask("claim", {"id": number}) == {}
    assert asking.hear("question")["message"]["claimed"] == "Élie (Juge)"


def test_an_open_page_hears_what_a_namesake_makes_of_its_name(site: Site, door: Doorway) -> None:
    meeting = open_meeting(site.data, answering=2)
    _karim, nadia = meeting.answering()
    page = door.professional(meeting)
    assert page.wire.hear("called") == {"name": "Karim", "claims": []}
    number = door.student(meeting).ask(QUESTION)["id"]
    door.teacher(meeting).decide(number, "approve")
    assert page.wire.ask("claim", {"id": number}) == {}
    meeting.change(Professional, nadia, first_name="Karim")
    page.wire.socket.settimeout(60)  # adults are asked again every ten seconds
    assert page.wire.hear("called") == {"name": "Karim (Technicien)", "claims": [number]}


@pytest.mark.parametrize(
    ("people", "called"),
    [
        ([("Karim", "Soudeur"), ("Nadia", "Juge")], ["Karim", "Nadia"]),
        ([("Élie", "Soudeur"), ("élie", "Juge")], ["Élie (Soudeur)", "élie (Juge)"]),
        ([("Léa", "Juge"), ("Léa", "juge"), ("Léa", "")], ["Léa (Juge)", "Léa (juge) 2", "Léa"]),
        ([("Léa", ""), ("Léa", "")], ["Léa", "Léa 2"]),
    ],
)
def test_no_two_who_answer_have_one_name(people: list[tuple[str, str]], called: list[str]) -> None:
    assert tell_apart(people) == called


def test_the_longest_names_and_jobs_have_room() -> None:
    called = tell_apart([("É" * 40, "j" * 80)] * 2)
    assert len(set(called)) == 2
    assert max(map(len, called)) <= LONGEST_NAME


def test_distress_is_shown_to_nobody_and_a_person_must_say_that_they_look_after_it(
    door: Doorway, meeting: Meeting
) -> None:
    asking, other = door.student(meeting, 0), door.student(meeting, 1)
    karim = door.professional(meeting)
    teacher = door.teacher(meeting)
    assert asking.ask("j’ai envie de mourir")["status"] == "alarm"
    told = next(q for q in iter(lambda: teacher.wire.hear("queue"), None) if q["alarms"])
    assert (told["alarms"][0]["reasons"], told["alarms"][0]["seen_by"]) == (["distress"], None)
    assert teacher.wire.ask("alarm_seen", {"id": told["alarms"][0]["id"]}) == {}
    (alarm,) = meeting.rows(Alarm)
    assert alarm.seen_by.startswith("teacher0")
    for page in (other, karim):
        assert "mourir" not in page.wire.read_all(0.5)


def test_a_report_hides_a_students_message_at_once_and_an_adults_after_two(
    door: Doorway, meeting: Meeting
) -> None:
    asking, other = door.student(meeting, 0), door.student(meeting, 1)
    teacher = door.teacher(meeting)
    karim = door.professional(meeting)
    number = asking.ask(QUESTION)["id"]
    teacher.decide(number, "approve")
    answer = karim.answer(number, "Avec une grue.")["id"]
    assert other.wire.ask("report", {"id": answer, "reason": "strange"}) == {}
    status = {m.id: m.status for m in meeting.rows(Message)}
    assert status[answer] == "shown"
    assert asking.wire.ask("report", {"id": answer, "reason": "strange"}) == {}
    assert other.wire.ask("report", {"id": number, "reason": "hurts"}) == {}
    status = {m.id: m.status for m in meeting.rows(Message)}
    assert (status[answer], status[number]) == ("hidden", "hidden")
    assert teacher.decide(number, "approve") == {}
    again = {m.id: m.status for m in meeting.rows(Message)}
    assert again[number] == "shown"


def test_the_log_is_a_chain_that_erasure_does_not_break(door: Doorway, meeting: Meeting) -> None:
    asking = door.student(meeting)
    teacher = door.teacher(meeting)
    teacher.decide(asking.ask(QUESTION)["id"], "approve")
    with meeting.app.app_context():
        registry = meeting.app.extensions["privacy"]
        assert find_break(db.session(), meeting.id) is None
        write(lambda tx: registry.erase(tx, meeting.visitors[0][0]))
        assert find_break(db.session(), meeting.id) is None
        assert QUESTION not in str([one.text for one in meeting.rows(LogText)])
        assert [m.text for m in meeting.rows(Message)] == [""]
    line = meeting.rows(LogEntry)[1]
    meeting.change(LogEntry, (meeting.id, line.number), act="refuse")
    with meeting.app.app_context():
        assert find_break(db.session(), meeting.id) == line.number


def test_a_class_without_computers_asks_through_its_teacher(
    door: Doorway, meeting: Meeting
) -> None:
    teacher, karim = door.teacher(meeting), door.professional(meeting)
    said = {"client_id": "aloud0000001", "text": QUESTION}
    kept = teacher.wire.ask("ask_for_class", said)
    assert kept["status"] == "shown"
    shown = karim.hear("question")["message"]
    assert (shown["name"], shown["role"], shown["class"], shown["level"]) == (
        "",
        "student",
        1,
        "3e",
    )
    assert karim.answer(kept["id"], "Avec une grue.")["status"] == "shown"


def test_somebody_of_the_team_stands_in_for_a_teacher(site: Site, door: Doorway) -> None:
    meeting = open_meeting(site.data, classes=2)
    moderator = door.staff(meeting, meeting.moderator)
    assert moderator.wire.ask("stand_in", {"number": 3})["error"]["code"] == "not_yours"
    other = door.staff(meeting, meeting.moderator)
    assert other.wire.hear("stand_in") == {"number": None}
    for _once_more in range(2):
        assert moderator.wire.ask("stand_in", {"number": 2}) == {}
    assert other.wire.hear("stand_in") == {"number": 2}
    assert [line.act for line in meeting.rows(LogEntry)].count("stand_in") == 1
    assert moderator.wire.ask("stand_in", {"number": None}) == {}
    assert other.wire.hear("stand_in") == {"number": None}
    assert [line.act for line in meeting.rows(LogEntry)].count("stand_in") == 2


def test_an_adult_lets_through_the_words_that_they_have_read(
    door: Doorway, meeting: Meeting
) -> None:
    asking, teacher = door.student(meeting), door.teacher(meeting)
    number = asking.ask(QUESTION)["id"]
    asking.wire.ask("reword", {"id": number, "text": "Et la nuit, comment ça se passe ?"})
    assert teacher.decide(number, "approve")["error"]["code"] == "changed"
    assert teacher.wire.ask("approve_all", {"read": [[number, 0]]}) == {"approved": 0}
    assert teacher.wire.ask("approve_all", {"read": []}) == {"approved": 0}
    assert teacher.wire.ask("approve_all", {"read": [[number, 1]]}) == {"approved": 1}


def test_each_teacher_hears_of_their_own_classes_only(site: Site, door: Doorway) -> None:
    meeting = open_meeting(site.data, classes=2)
    both = door.staff(meeting, add_teacher_of_both(meeting))
    first, second = door.teacher(meeting, 0), door.teacher(meeting, 1)
    door.student(meeting, 0, 0).ask(QUESTION)
    door.student(meeting, 0, 1).ask("Et la nuit ?")
    told = [held_texts(page, count) for page, count in ((both, 2), (first, 1), (second, 1))]
    assert told == [{QUESTION, "Et la nuit ?"}, {QUESTION}, {"Et la nuit ?"}]
    assert "Et la nuit" not in first.wire.read_all(0.5)


def held_texts(page: Page, count: int) -> set[str]:
    """What waits for somebody, once so many messages do."""
    while True:
        texts = {one["text"] for one in page.wire.hear("queue")["held"]}
        if len(texts) == count:
            return texts


def add_teacher_of_both(meeting: Meeting) -> str:
    """The cookie of somebody who teaches both classes."""
    account, cookie = log_in(meeting.app, "teacher", f"both-{meeting.slug}@ac-rennes.fr")
    with meeting.app.app_context():
        for classroom in meeting.classrooms:
            write(partial(add_teacher, classroom_id=classroom, account_id=account))
    return cookie


def test_what_was_undone_is_read_by_the_filter_again(door: Doorway, meeting: Meeting) -> None:
    asking, teacher = door.student(meeting), door.teacher(meeting)
    number = asking.ask("Mon numéro est le 06 12 34 56 78")["id"]
    teacher.decide(number, "approve")
    teacher.decide(number, "undo")
    assert teacher.wire.ask("approve_all", {"read": [[number, 0]]}) == {"approved": 0}
    assert teacher.decide(number, "later")["error"]["code"] == "not_for_later"


def test_what_is_kept_for_later_or_grouped_is_not_shown(door: Doorway, meeting: Meeting) -> None:
    asking, other, teacher = door.student(meeting), door.student(meeting, 1), door.teacher(meeting)
    kept = asking.ask(QUESTION)["id"]
    assert teacher.decide(kept, "later") == {}
    assert asking.wire.hear("mine")["status"] == "held"
    assert asking.wire.hear("mine")["status"] == "later"
    shown = other.ask("Combien de pales y a-t-il ?")["id"]
    teacher.decide(shown, "approve")
    merged = asking.ask("Il y a combien de pales en tout ?")["id"]
    assert teacher.decide(merged, "merge", into=shown) == {}
    frames = other.wire.read_all(0.5)
    assert QUESTION not in frames
    assert "en tout" not in frames
    assert {m.id: m.votes for m in meeting.rows(Message)}[shown] == 1


def test_a_cry_for_help_passes_by_every_rule_of_the_room(door: Doorway, meeting: Meeting) -> None:
    asking, teacher = door.student(meeting), door.teacher(meeting)
    number = asking.ask(QUESTION)["id"]
    teacher.decide(number, "mute", reason="hurts")
    teacher.wire.ask("room_mode", {"mode": "paused"})
    assert asking.ask("Et la nuit ?")["error"]["code"] in ("paused", "muted")
    assert asking.ask("j’ai envie de mourir")["status"] == "alarm"
    assert asking.ask("je veux mourir")["status"] == "alarm"
    assert [alarm.mailed for alarm in meeting.rows(Alarm)] == [1, 2]


def test_somebody_who_must_leave_leaves_at_once_and_may_come_back(
    door: Doorway, meeting: Meeting
) -> None:
    asking, teacher = door.student(meeting), door.teacher(meeting)
    number = asking.ask(QUESTION)["id"]
    assert teacher.decide(number, "exclude", reason="hurts") == {}
    assert asking.wire.is_over()
    silent = next(q for q in iter(lambda: teacher.wire.hear("queue"), None) if q["silent"])
    assert [(one["id"], one["out"]) for one in silent["silent"]] == [(number, True)]
    assert teacher.decide(number, "readmit") == {}
    assert door.student(meeting).history["mine"]


def test_a_question_whose_answer_goes_waits_for_another(door: Doorway, meeting: Meeting) -> None:
    asking, teacher, karim = (
        door.student(meeting),
        door.teacher(meeting),
        door.professional(meeting),
    )
    number = asking.ask(QUESTION)["id"]
    teacher.decide(number, "approve")
    answer = karim.answer(number, "Avec une grue.")["id"]
    assert teacher.decide(answer, "remove") == {}
    (question,) = [m for m in meeting.rows(Message) if m.id == number]
    assert (question.status, question.claimed_by) == ("shown", None)
    assert karim.wire.ask("claim", {"id": number}) == {}


def test_an_adult_whose_right_ends_is_let_go(site: Site, door: Doorway, meeting: Meeting) -> None:
    teacher = door.teacher(meeting)
    with meeting.app.app_context():
        account = db.session.query(Booking.account_id).filter_by(session_id=meeting.id).scalar()
    meeting.change(Account, account, verified_at=None)
    assert until(teacher.wire.is_over)
