"""A room in real browsers: asking, reading first, answering; by keyboard; through a cut."""

import time
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from app.live.chat.models import LogEntry, Message
from app.live.sessions.models import Professional
from tests.e2e.chat.conftest import Rooms
from tests.e2e.player import steps
from tests.live.chat.meeting import Doorway, Meeting, open_meeting
from tests.live.lesson import until
from tests.live.relay import WebSockets, relay_to

pytestmark = pytest.mark.browser
QUESTION = "Comment démonte-t-on une pale ?"


def ask(page: Page, text: str = QUESTION) -> None:
    """Type a question and send it, by keyboard."""
    page.locator("#words-field").focus()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def press(page: Page, key: str) -> None:
    """Press a key once the message in front has stood there long enough to be read."""
    page.wait_for_timeout(600)
    page.keyboard.press(key)


@pytest.mark.parametrize("websockets", ["pass", "refused"])
def test_a_question_goes_all_the_way_by_keyboard_alone(
    rooms: Rooms, meeting: Meeting, websockets: WebSockets
) -> None:
    """Through a school's proxy that refuses WebSockets too."""
    with relay_to(rooms.site.port, websockets) as relay:
        go_all_the_way(rooms, meeting, relay.url)


def go_all_the_way(rooms: Rooms, meeting: Meeting, url: str) -> None:
    """From the question to its answer, all of them at this address."""
    asking = rooms.student(meeting, 0, url=url)
    other = rooms.student(meeting, 1, width=390, url=url)
    teacher, karim = rooms.teacher(meeting, url=url), rooms.professional(meeting, url=url)
    expect(teacher.locator("#students")).to_have_text("2 élèves")
    ask(asking)
    expect(asking.locator("#mine [data-state]")).to_have_text("Ta question est en lecture.")
    expect(teacher.locator("#held [data-text]")).to_have_text(QUESTION)
    press(teacher, "a")
    expect(asking.locator("#mine [data-state]")).to_have_text("Ta question est publiée.")
    expect(other.locator("#waiting [data-text]")).to_have_text(QUESTION)
    button = karim.get_by_role("button", name="J’y réponds")
    button.focus()
    karim.keyboard.press("Enter")
    expect(asking.locator("#mine [data-state]")).to_have_text("Karim y répond.")
    expect(karim.locator("#words-field")).to_be_focused()
    karim.keyboard.type("Avec une grue, et une journée sans vent.")
    karim.keyboard.press("Control+Enter")
    expect(other.locator("#told .answer__text")).to_have_text(
        "Avec une grue, et une journée sans vent."
    )
    expect(asking.locator("#mine [data-state]")).to_have_text("Tu as une réponse.")
    expect(other.locator("#waiting > li")).to_have_count(0)


def test_a_queue_is_cleared_with_keys_and_a_decision_taken_back(
    rooms: Rooms, meeting: Meeting, door: Doorway
) -> None:
    teacher = rooms.teacher(meeting)
    for index, text in enumerate(["Comment fait-on le moule ?", "Euh bof"]):
        door.student(meeting, index).ask(text)
    expect(teacher.locator("#held > li")).to_have_count(2)
    press(teacher, "a")
    expect(teacher.locator("#held > li")).to_have_count(1)
    press(teacher, "r")
    teacher.keyboard.press("4")
    expect(teacher.locator("#held > li")).to_have_count(0)
    assert {m.text: m.status for m in meeting.rows(Message)} == {
        "Comment fait-on le moule ?": "shown",
        "Euh bof": "refused",
    }
    teacher.keyboard.press("u")
    expect(teacher.locator("#held [data-text]")).to_have_text("Euh bof")


def test_before_it_begins_each_side_is_told_in_its_own_words(rooms: Rooms) -> None:
    meeting = open_meeting(rooms.site.data, is_open=False, begins=timedelta(minutes=10))
    for page, told in (
        (rooms.student(meeting), "Prépare ta question"),
        (rooms.teacher(meeting), "Les élèves préparent leurs questions"),
        (rooms.professional(meeting), "Les élèves préparent leurs questions"),
    ):
        expect(page.locator("#notice")).to_contain_text(told)


def test_a_near_question_gets_a_voice_instead_of_a_copy(
    rooms: Rooms, meeting: Meeting, door: Doorway
) -> None:
    asking, teacher = door.student(meeting, 1), door.teacher(meeting)
    teacher.decide(asking.ask("Combien gagne un technicien au début ?")["id"], "approve")
    page = rooms.student(meeting, 0)
    expect(page.locator("#waiting > li")).to_have_count(1)
    page.locator("#words-field").fill("combien gagne un technicien ?")
    page.locator("#near").get_by_role("button", name="Moi aussi").click()
    expect(page.locator("#waiting [data-votes]")).to_have_text("+1")
    expect(page.locator("#words-field")).to_have_value("")
    assert [m.votes for m in meeting.rows(Message)] == [1]


def test_a_refused_question_gives_its_text_back(
    rooms: Rooms, meeting: Meeting, door: Doorway
) -> None:
    page = rooms.student(meeting)
    teacher = door.teacher(meeting)
    ask(page, "Mon père bosse à Nantes, comment ça marche ?")
    held = next(q for q in iter(lambda: teacher.wire.hear("queue"), None) if q["held"])["held"]
    teacher.decide(held[0]["id"], "refuse", reason="personal")
    expect(page.locator("#mine [data-state]")).to_contain_text("information personnelle")
    page.get_by_role("button", name="Reformuler").click()
    expect(page.locator("#words-field")).to_have_value(
        "Mon père bosse à Nantes, comment ça marche ?"
    )
    page.locator("#words-field").fill("Comment ça marche ?")
    page.keyboard.press("Enter")
    expect(page.locator("#mine [data-state]")).to_have_text("Ta question est en lecture.")


def test_a_cry_for_help_gets_a_kind_word_and_numbers_and_an_adult(
    rooms: Rooms, meeting: Meeting
) -> None:
    page, teacher = rooms.student(meeting), rooms.teacher(meeting)
    ask(page, "j’ai envie de mourir")
    expect(page.locator("#kind")).to_contain_text("3114")
    alarm = teacher.locator("#alarms")
    expect(alarm).to_contain_text("j’ai envie de mourir")
    alarm.get_by_role("button", name="Je m’en occupe").click()
    expect(alarm.locator("[data-seen]")).to_contain_text("s’en occupe")


def wait_for_history(page: Page) -> None:
    """The line is open, and the room has told what was."""
    expect(page.locator("#phase span")).not_to_be_empty()


@pytest.mark.slow
def test_a_minute_without_network_loses_and_doubles_nothing(
    rooms: Rooms, meeting: Meeting, door: Doorway
) -> None:
    """What was typed meanwhile is sent once; what was missed is there, in order."""
    with relay_to(rooms.site.port) as relay:
        page = rooms.student(meeting, 0, url=relay.url)
        wait_for_history(page)
        relay.fall_silent()
        cut_at = time.monotonic()
        expect(page.locator("#line")).to_be_visible(timeout=12_000)
        ask(page)
        expect(page.locator("#mine [data-state]")).to_have_text("Ta question part.")
        other, teacher = door.student(meeting, 1), door.teacher(meeting)
        karim = door.professional(meeting)
        for text in ("Comment fait-on le moule ?", "Et après ?", "Et la nuit ?"):
            number = other.ask(text)["id"]
            teacher.decide(number, "approve")
            karim.answer(number, f"Bonne question : {text}")
            other.wire.ask("near", {"text": "une pause"})
        door.leave_open(meeting, meeting.teachers[0])
        time.sleep(max(0, 60 - (time.monotonic() - cut_at)))
        relay.talk_again()
        expect(page.locator("#line")).to_be_hidden(timeout=20_000)
        expect(page.locator("#told > li .thread__text")).to_have_text(
            ["Comment fait-on le moule ?", "Et après ?", "Et la nuit ?"]
        )
        expect(page.locator("#mine [data-state]").last).to_have_text("Ta question est en lecture.")
    assert [m.text for m in meeting.rows(Message)].count(QUESTION) == 1


def test_what_is_pressed_without_network_is_not_lost_without_a_word(
    rooms: Rooms, meeting: Meeting, door: Doorway
) -> None:
    number = door.student(meeting, 1).ask(QUESTION)["id"]
    door.teacher(meeting).decide(number, "approve")
    with relay_to(rooms.site.port) as relay:
        page = rooms.student(meeting, 0, url=relay.url)
        expect(page.locator("#waiting > li")).to_have_count(1)
        relay.fall_silent()
        expect(page.locator("#line")).to_be_visible(timeout=12_000)
        page.locator("#waiting [data-act=vote]").click()
        expect(page.locator("#toasts")).to_contain_text("Le réseau manque")


def test_who_stands_in_for_a_teacher_still_does_after_a_restart(
    rooms: Rooms, meeting: Meeting
) -> None:
    page = rooms.enter(meeting, meeting.moderator)
    wait_for_history(page)
    page.locator("#stand-in").select_option("1")
    assert until(lambda: "stand_in" in [line.act for line in meeting.rows(LogEntry)])
    rooms.site.kill()
    expect(page.locator("#line")).to_be_visible(timeout=12_000)
    rooms.site.start()
    expect(page.locator("#line")).to_be_hidden(timeout=20_000)
    expect(page.locator("#stand-in")).to_have_value("1")
    page.goto(page.url)
    expect(page.locator("#stand-in")).to_have_value("1")


def test_who_took_a_question_under_another_name_still_answers_it(
    rooms: Rooms, meeting: Meeting, door: Doorway
) -> None:
    number = door.student(meeting).ask(QUESTION)["id"]
    door.teacher(meeting).decide(number, "approve")
    assert door.professional(meeting).wire.ask("claim", {"id": number}) == {}
    meeting.change(Professional, meeting.answering()[0], first_name="Élie")
    page = rooms.professional(meeting)
    expect(page.locator("#taken [data-text]")).to_have_text(QUESTION)
    page.locator("#give-back").click()
    expect(page.locator("#taken")).to_be_hidden()
    expect(page.locator("#waiting [data-act=claim]")).to_be_visible()


def test_a_choice_that_the_room_has_not_heard_is_put_back(rooms: Rooms, meeting: Meeting) -> None:
    with relay_to(rooms.site.port) as relay:
        page = rooms.enter(meeting, meeting.moderator, url=relay.url)
        wait_for_history(page)
        relay.fall_silent()
        expect(page.locator("#line")).to_be_visible(timeout=12_000)
        page.locator("#stand-in").select_option("1")
        expect(page.locator("#toasts")).to_contain_text("Le réseau manque")
        expect(page.locator("#stand-in")).to_have_value("")


def test_what_others_say_takes_no_focus_from_one_s_own_question(
    rooms: Rooms, meeting: Meeting, door: Doorway
) -> None:
    page = rooms.student(meeting, 0)
    ask(page)
    reword = page.locator("#mine [data-act=reword]")
    expect(page.locator("#mine [data-state]")).to_have_text("Ta question est en lecture.")
    reword.focus()
    number = door.student(meeting, 1).ask("Comment fait-on le moule ?")["id"]
    door.teacher(meeting).decide(number, "approve")
    expect(page.locator("#waiting > li")).to_have_count(1)
    expect(reword).to_be_focused()


def test_what_is_typed_outlives_a_reload(rooms: Rooms, meeting: Meeting) -> None:
    page = rooms.student(meeting)
    page.locator("#words-field").fill("Comment fait-on")
    page.reload()
    expect(page.locator("#words-field")).to_have_value("Comment fait-on")
    expect(page.locator("#rules")).to_be_hidden()


HOLD_TIMERS = """
for (const name of ["setTimeout", "setInterval"]) {
  const own = window[name].bind(window);
  window[name] = (act, ms, ...more) =>
    own(act, window.isHeld ? Math.max(ms || 0, 60000) : ms, ...more);
}
"""
"""Chromium wakes the timers of a hidden tab once a minute; without a screen it hides no tab."""


@pytest.mark.slow
def test_a_hidden_tab_still_counts_as_the_adult_of_its_class(
    rooms: Rooms, meeting: Meeting, door: Doorway
) -> None:
    context = rooms.browser.new_context()
    rooms.contexts.append(context)
    context.add_init_script(HOLD_TIMERS)
    name, _equals, value = meeting.teachers[0].partition("=")
    context.add_cookies([{"name": name, "value": value, "url": rooms.site.url}])
    page = context.new_page()
    page.goto(f"{rooms.site.url}/rooms/{meeting.slug}")
    wait_for_history(page)
    page.evaluate("window.isHeld = true")
    time.sleep(75)
    asking = door.student(meeting)
    assert asking.wire.hear("here")["classes"][0]["adult"] == "here"
    assert asking.ask(QUESTION)["status"] == "held"
    expect(page.locator("#held [data-text]")).to_have_text(QUESTION)


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_rooms_fit_every_screen_and_have_no_fault_that_axe_finds(
    rooms: Rooms, meeting: Meeting, door: Doorway, width: int
) -> None:
    asking, teacher = door.student(meeting, 1), door.teacher(meeting)
    number = asking.ask(QUESTION, place={"tour": "t", "scene": "s", "title": "La halle"})["id"]
    teacher.decide(number, "approve")
    door.professional(meeting).answer(number, "Avec une grue.")
    asking.ask("Mon numéro est le 06 12 34 56 78")
    pages = [
        rooms.student(meeting, 0, width=width),
        rooms.professional(meeting, width=width),
        rooms.teacher(meeting, width=width),
        rooms.enter(meeting, meeting.moderator, width=width, locale="en"),
        rooms.enter(meeting, meeting.teachers[0], width=width, path="/screen"),
    ]
    for page in pages:
        told = "ive" if page is pages[3] else "irect"
        expect(page.locator("#phase")).to_contain_text(told)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
        assert steps.faults(page) == [], page.url
