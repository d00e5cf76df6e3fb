"""Ask later: what has no answer goes to the factory; answers in writing, to an adult first."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.db import db, now
from app.core.writer import Transaction, write
from app.live.chat.models import ChatRoom, LogEntry, Message
from app.live.chat.rooms import hold_room
from app.live.chat.sequence import since
from app.live.sessions.models import Professional, Session
from app.people.models import Account
from tests.live.chat.after.gathering import (
    answered,
    ask,
    asked,
    browse,
    close,
    join,
    message,
    publish,
    vote,
    work,
)
from tests.live.chat.meeting import Meeting, open_meeting
from tours.models import Factory, FactoryMember

ASKED, ANSWER = "Comment démonte-t-on une pale ?", "Avec une grue, et une journée sans vent."


def page(meeting: Meeting, cookie: str) -> str:
    """The page of questions."""
    reply = browse(meeting, cookie).get(f"/sessions/{meeting.slug}/questions")
    assert reply.status_code == 200
    return reply.text


def send(
    meeting: Meeting, number: int, text: str = ANSWER, cookie: str = "", mark: str = ""
) -> int:
    """Answer in writing, as the page's form does; the answer's number."""
    form = {"text": text, "client_id": mark or f"writing{number}{len(text)}"}
    client = browse(meeting, cookie or meeting.professionals[0])
    reply = client.post(f"/sessions/{meeting.slug}/questions/{number}/answer", data=form)
    assert reply.status_code == 303, reply.text
    db.session.rollback()
    query = select(Message.id).where(Message.about_id == number, Message.kind == "answer")
    return int(db.session.scalars(query.order_by(Message.id.desc())).first() or 0)


def decide(meeting: Meeting, answer: int, act: str, cookie: str) -> int:
    """What an adult decides about an answer; the status of the reply."""
    url = f"/rooms/{meeting.slug}/answers/{answer}/{act}"
    return browse(meeting, cookie).post(url).status_code


def test_what_nobody_answered_waits_for_the_factory_most_wanted_first(meeting: Meeting) -> None:
    few, many = asked(meeting, "Il fait froid là-haut ?"), asked(meeting, ASKED, 1)
    vote(meeting, many, 2)
    held = ask(meeting, "Et la nuit, qui surveille ?", 3)
    close(meeting)
    assert [message(one).status for one in (few, many, held)] == ["later", "later", "held"]
    text = page(meeting, meeting.professionals[0])
    assert text.index(ASKED) < text.index("Il fait froid")
    assert "Et la nuit" not in text
    assert "1 question est encore à lire" in text


def test_a_question_read_after_the_end_goes_to_the_factory_too(meeting: Meeting) -> None:
    held = ask(meeting, ASKED)
    close(meeting)
    publish(meeting, held)
    assert message(held).status == "later"
    assert ASKED in page(meeting, meeting.professionals[0])


def test_the_class_sees_an_answer_in_writing_once_its_teacher_has_read_it(
    mill: Flask, meeting: Meeting
) -> None:
    number = asked(meeting, ASKED)
    close(meeting)
    answer = send(meeting, number)
    assert (message(answer).status, message(number).status) == ("held", "later")
    assert message(number).claimed_name == "Karim"
    student, paper = browse(meeting, meeting.students[0][1]), f"/rooms/{meeting.slug}/page"
    assert ANSWER not in student.get(paper).text
    assert "mail_to_read" in work(mill)
    transcript = browse(meeting, meeting.teachers[0]).get(f"/rooms/{meeting.slug}/transcript").text
    assert "Réponses à relire" in transcript
    assert ANSWER in transcript
    assert decide(meeting, answer, "approve", meeting.teachers[0]) == 303
    assert (message(answer).status, message(number).status) == ("shown", "answered")
    assert ANSWER in student.get(paper).text
    events = since(meeting.id, 0)["events"]
    told = {(one["kind"], one["message"]["status"]) for one in events if one["message"]}
    assert told == {("question", "answered"), ("answer", "shown")}


def test_an_answer_that_comes_back_is_said_otherwise(meeting: Meeting) -> None:
    number = asked(meeting, ASKED)
    close(meeting)
    first = send(meeting, number, "Par dépose du moyeu.")
    assert decide(meeting, first, "refuse", meeting.teachers[0]) == 303
    text = page(meeting, meeting.professionals[0])
    assert "à redire autrement" in text
    assert "Par dépose du moyeu." in text
    again = send(meeting, number)
    assert decide(meeting, again, "approve", meeting.moderator) == 303
    assert [message(one).status for one in (first, again)] == ["refused", "shown"]


def test_the_filter_reads_answers_in_writing_too(meeting: Meeting) -> None:
    number = asked(meeting, ASKED)
    close(meeting)
    answer = send(meeting, number, "Écrivez-moi : karim@usine.fr")
    assert "email" in message(answer).reasons
    assert message(answer).status == "held"


def test_a_form_sent_twice_is_kept_once(meeting: Meeting) -> None:
    number = asked(meeting, ASKED)
    close(meeting)
    assert send(meeting, number) == send(meeting, number)


def test_who_passes_leaves_the_question_to_others_and_may_take_it_again(mill: Flask) -> None:
    meeting = open_meeting(mill, answering=2)
    number = asked(meeting, ASKED)
    close(meeting)
    karim, url = browse(meeting, meeting.professionals[0]), f"/sessions/{meeting.slug}/questions"
    assert karim.post(f"{url}/{number}/pass").status_code == 303
    assert "Vous avez passé 1 question" in karim.get(url).text
    assert "Vous avez passé" not in page(meeting, meeting.professionals[1])
    assert karim.post(f"{url}/{number}/take").status_code == 303
    assert "Vous avez passé" not in karim.get(url).text
    send(meeting, number, cookie=meeting.professionals[1])
    refused = karim.post(
        f"{url}/{number}/answer", data={"text": ANSWER, "client_id": "abcdefgh"},
        headers={"Accept": "application/json"},
    )  # fmt: skip
    assert (refused.json or {})["error"]["code"] == "claimed"
    assert "pass" in [line.act for line in meeting.rows(LogEntry)]


def test_as_long_as_the_chat_runs_one_answers_in_the_room(meeting: Meeting) -> None:
    number = asked(meeting, ASKED)
    client = browse(meeting, meeting.professionals[0])
    url = f"/sessions/{meeting.slug}/questions"
    assert "on répond dans la salle" in client.get(url).text
    form = {"text": ANSWER, "client_id": "abcdefgh"}
    assert client.post(f"{url}/{number}/answer", data=form).status_code == 409
    assert message(answered(meeting, number, ANSWER)).status == "shown"


@pytest.mark.parametrize("text", ["", "   ", "x" * 1001])
def test_an_answer_is_neither_empty_nor_endless(meeting: Meeting, text: str) -> None:
    number = asked(meeting, ASKED)
    close(meeting)
    client = browse(meeting, meeting.professionals[0])
    url = f"/sessions/{meeting.slug}/questions/{number}/answer"
    assert client.post(url, data={"text": text, "client_id": "abcdefgh"}).status_code == 422
    assert client.post(url, data={"text": "Oui.", "client_id": "?"}).status_code == 422


def test_members_of_the_factory_answer_those_of_another_find_nothing(
    mill: Flask, meeting: Meeting
) -> None:
    number = asked(meeting, ASKED)
    close(meeting)
    factory = db.session.scalars(select(Factory)).one()
    factory_id, slug = factory.id, factory.slug
    author, cookie = join(mill, "author", "au@example.org", "Maëlle Le Goff")
    worker, other = join(mill, "professional", "wo@example.org", "Yann Prigent")
    url = f"/sessions/{meeting.slug}/questions"
    for one in (cookie, other):
        assert browse(meeting, one).get(url).status_code == 404

    def unit(tx: Transaction) -> None:
        tx.session.add(FactoryMember(factory_id=factory_id, account_id=author))
        said = {"first_name": "Yann", "job": "Meunier", "factory": slug}
        tx.session.add(Professional(account_id=worker, charter_at=now(), created_at=now(), **said))

    write(unit)
    answer = send(meeting, number, cookie=cookie)
    assert message(answer).name == "Maëlle"
    assert ASKED in page(meeting, other)
    meeting.change(Account, worker, verified_at=None)
    assert browse(meeting, other).get(url).status_code == 404
    meeting.change(Session, meeting.id, kind="guest")
    assert browse(meeting, cookie).get(url).status_code == 404


def test_for_everybody_else_the_questions_do_not_exist(mill: Flask, meeting: Meeting) -> None:
    number = asked(meeting, ASKED)
    close(meeting)
    answer = send(meeting, number)
    elsewhere = open_meeting(mill)
    outside = [meeting.teachers[0], meeting.students[0][0], elsewhere.professionals[0],
               elsewhere.teachers[0], "deambule=nothing"]  # fmt: skip
    for cookie in outside:
        client, url = browse(meeting, cookie), f"/sessions/{meeting.slug}/questions"
        assert client.get(url).status_code == 404
        for act in ("answer", "pass", "take"):
            assert client.post(f"{url}/{number}/{act}").status_code == 404
    for cookie in (*outside[1:], meeting.professionals[0]):
        assert decide(meeting, answer, "approve", cookie) == 404
        assert decide(meeting, answer, "place", cookie) == 404
    assert decide(elsewhere, answer, "approve", elsewhere.teachers[0]) == 404
    assert message(answer).status == "held"


def test_the_teacher_of_another_class_does_not_decide(mill: Flask) -> None:
    meeting = open_meeting(mill, classes=2)
    number = asked(meeting, ASKED, of=1)
    close(meeting)
    answer = send(meeting, number)
    assert decide(meeting, answer, "approve", meeting.teachers[0]) == 404
    assert decide(meeting, answer, "approve", meeting.teachers[1]) == 303


def test_answers_wait_among_all_that_an_organiser_approves(mill: Flask, meeting: Meeting) -> None:
    number = asked(meeting, ASKED)
    close(meeting)
    answer = send(meeting, number)
    _number, cookie = join(mill, "organiser", "or@example.org", "Odile")
    client = browse(meeting, cookie)
    text = client.get("/organisers/approvals").text
    assert "Réponse écrite" in text
    assert f"/rooms/{meeting.slug}/answers/{answer}/approve" in text
    reply = client.post(f"/rooms/{meeting.slug}/answers/{answer}/approve")
    assert reply.location == "/organisers/approvals"
    assert "Réponse écrite" not in client.get("/organisers/approvals").text


def test_a_room_that_became_a_box_takes_answers_in_writing(meeting: Meeting) -> None:
    number = asked(meeting, ASKED)
    write(lambda tx: setattr(hold_room(tx, meeting.id), "phase", "written"))
    assert db.session.get_one(ChatRoom, meeting.id).phase == "written"
    assert message(send(meeting, number)).status == "held"
    assert message(answered(meeting, asked(meeting, "Il fait froid ?", 1), "Oui.")).status == "held"
