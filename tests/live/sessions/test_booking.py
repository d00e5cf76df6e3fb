"""Places are given fairly and never twice, whoever asks at the same time."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Select, select
from werkzeug.exceptions import NotFound

from app.classes.erasing import shut_for_good
from app.core.db import db
from app.core.errors import Refusal
from app.core.writer import Transaction, write
from app.live.sessions.booking import (
    book,
    cancel_booking,
    change_offer,
    promote_everywhere,
)
from app.live.sessions.models import Booking
from app.live.sessions.sessions import Offer, cancel_session
from tests.live.sessions.conftest import DECEMBER, EARLY, Town


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    """The clock runs on from a day in November."""
    with time_machine.travel(EARLY):
        yield


def take(session: int, classroom: int, account: int) -> str:
    """Book, and say what became of it."""
    return write(lambda tx: book(tx, session, classroom, account).state)


def give_back(session: int, classroom: int, account: int) -> None:
    """Cancel a booking."""
    write(lambda tx: cancel_booking(tx, session, classroom, account))


def resize(session: int, capacity: int) -> None:
    """Change how many classes may come."""
    offer = Offer("offer", "Le rotor de la turbine", DECEMBER, capacity=capacity)
    write(lambda tx: change_offer(tx, session, offer))


def test_who_asks_first_has_a_place_and_others_wait_in_order(town: Town) -> None:
    session = town.offer(capacity=1)
    asked = [town.teacher(name) for name in ("awa", "ben", "chloe")]
    states = [take(session, classroom, account) for account, classroom in asked]
    assert states == ["booked", "waiting", "waiting"]
    give_back(session, asked[0][1], asked[0][0])
    assert list(town.states(session).values()) == ["cancelled", "booked", "waiting"]
    resize(session, 2)
    assert list(town.states(session).values()) == ["cancelled", "booked", "booked"]


def test_who_comes_back_stands_at_the_end(town: Town) -> None:
    session = town.offer(capacity=1)
    (awa, a), (ben, b), (chloe, c) = (town.teacher(name) for name in ("awa", "ben", "chloe"))
    for account, classroom in ((awa, a), (ben, b), (chloe, c)):
        take(session, classroom, account)
    give_back(session, b, ben)
    assert take(session, b, ben) == "waiting"
    give_back(session, a, awa)
    assert town.states(session) == {a: "cancelled", b: "waiting", c: "booked"}


def test_places_are_not_taken_from_those_who_have_them(town: Town) -> None:
    session = town.offer(capacity=2)
    for name in ("awa", "ben"):
        account, classroom = town.teacher(name)
        take(session, classroom, account)
    with pytest.raises(Refusal, match="too_few_places"):
        resize(session, 1)
    assert town.session(session).capacity == 2


def test_a_place_left_by_an_erased_class_is_given_by_the_worker(town: Town) -> None:
    session = town.offer(capacity=1)
    (awa, a), (ben, b) = town.teacher("awa"), town.teacher("ben")
    take(session, a, awa)
    take(session, b, ben)
    write(lambda tx: tx.session.delete(tx.session.scalars(_row(a)).one()))
    assert write(promote_everywhere) == 1
    assert write(promote_everywhere) == 0
    assert town.states(session) == {b: "booked"}


def test_a_class_that_is_being_erased_takes_no_place(town: Town) -> None:
    session = town.offer()
    awa, classroom = town.teacher("awa")
    write(lambda tx: shut_for_good(tx, classroom))
    with pytest.raises(NotFound):
        take(session, classroom, awa)
    assert town.states(session) == {}


def _row(classroom: int) -> Select[Booking]:
    return select(Booking).where(Booking.classroom_id == classroom)


def test_only_a_verified_teacher_books_and_only_for_their_own_class(town: Town) -> None:
    session = town.offer()
    awa, classroom = town.teacher("awa")
    new, news = town.teacher("new", verified_at=None)
    organiser = town.settle("olga", "organiser")
    olgas = town.open_class(organiser)
    with pytest.raises(Refusal, match="unverified"):
        take(session, news, new)
    with pytest.raises(Refusal, match="unverified"):
        take(session, olgas, organiser)
    with pytest.raises(NotFound):
        take(session, news, awa)
    with pytest.raises(NotFound):
        take(session + 1000, classroom, awa)
    assert take(session, classroom, awa) == "booked"
    with pytest.raises(Refusal, match="already_booked"):
        take(session, classroom, awa)


def test_what_is_cancelled_begun_or_over_is_not_booked(town: Town) -> None:
    awa, classroom = town.teacher("awa")
    gone, session = town.offer(), town.offer()
    write(lambda tx: cancel_session(tx, gone))
    with pytest.raises(Refusal, match="cancelled"):
        take(gone, classroom, awa)
    with time_machine.travel(DECEMBER + timedelta(minutes=10)), pytest.raises(Refusal) as begun:
        take(session, classroom, awa)
    assert begun.value.code == "begun"
    with time_machine.travel(DECEMBER + timedelta(hours=1)), pytest.raises(Refusal) as over:
        take(session, classroom, awa)
    assert over.value.code == "over"
    assert town.states(session) == {}


def test_nobody_is_called_into_a_session_that_has_begun(town: Town) -> None:
    session = town.offer(capacity=1)
    (awa, a), (ben, b) = town.teacher("awa"), town.teacher("ben")
    take(session, a, awa)
    take(session, b, ben)
    with time_machine.travel(DECEMBER + timedelta(minutes=5)):
        give_back(session, a, awa)
    assert town.states(session) == {a: "cancelled", b: "waiting"}


class Model:
    """What a fair waiting list does, in ten lines."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.line: list[int] = []
        self.booked: set[int] = set()

    def fill(self) -> None:
        """Call those who wait longest."""
        while self.line and len(self.booked) < self.capacity:
            self.booked.add(self.line.pop(0))


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("book"), st.integers(0, 5)),
        st.tuples(st.just("cancel"), st.integers(0, 5)),
        st.tuples(st.just("resize"), st.integers(1, 4)),
    ),
    max_size=25,
)


def act_on(model: Model, what: str, which: int) -> bool:
    """Do it in the model; whether it is possible."""
    if what == "book":
        if which in model.booked or which in model.line:
            return False
        model.line.append(which)
    elif what == "cancel":
        if which not in model.booked and which not in model.line:
            return False
        model.booked.discard(which)
        model.line = [one for one in model.line if one != which]
    else:
        if which < len(model.booked):
            return False
        model.capacity = which
    model.fill()
    return True


def act_for_real(session: int, what: str, which: int, people: list[tuple[int, int]]) -> bool:
    """Do it in the database; whether it was possible."""
    try:
        if what == "resize":
            resize(session, which)
        elif what == "book":
            take(session, people[which][1], people[which][0])
        else:
            give_back(session, people[which][1], people[which][0])
    except Refusal:
        return False
    return True


@pytest.fixture
def crowd(town: Town) -> list[tuple[int, int]]:
    """Six teachers with a class each."""
    return [town.teacher(f"teacher{number}") for number in range(6)]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=ACTS, capacity=st.integers(1, 4))
def test_whatever_happens_the_list_is_fair_and_never_over_capacity(
    town: Town, crowd: list[tuple[int, int]], acts: list[tuple[str, int]], capacity: int
) -> None:
    session, model = town.offer(capacity=capacity), Model(capacity)
    for what, which in acts:
        assert act_for_real(session, what, which, crowd) == act_on(model, what, which)
        states = town.states(session)
        booked = {one for one, (_a, room) in enumerate(crowd) if states.get(room) == "booked"}
        waiting = {one for one, (_a, room) in enumerate(crowd) if states.get(room) == "waiting"}
        assert len(booked) <= model.capacity
        assert not waiting or len(booked) == model.capacity
        assert (booked, waiting) == (model.booked, set(model.line))


def at_once(app: Flask, works: list[tuple[int, int, str]], session: int) -> list[str]:
    """Each in a thread of its own, all let go together; what each was told."""
    gate, told = threading.Barrier(len(works)), []

    def work(account: int, classroom: int, what: str) -> None:
        with app.app_context():
            gate.wait()
            try:
                if what == "book":
                    told.append(take(session, classroom, account))
                else:
                    give_back(session, classroom, account)
                    told.append("left")
            except Refusal as refusal:
                told.append(refusal.code)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=work, args=one) for one in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def test_of_those_who_ask_at_the_same_time_no_more_have_a_place_than_there_are(
    town: Town,
) -> None:
    session = town.offer(capacity=2)
    people = [town.teacher(f"teacher{number}") for number in range(10)]
    told = at_once(town.app, [(a, c, "book") for a, c in people], session)
    assert sorted(told) == ["booked"] * 2 + ["waiting"] * 8
    leaving = [(a, c, "leave") for a, c in people if town.states(session)[c] == "booked"]
    new = [town.teacher(f"late{number}") for number in range(4)]
    at_once(town.app, leaving + [(a, c, "book") for a, c in new], session)
    states = list(town.states(session).values())
    assert states.count("booked") == 2
    assert states.count("waiting") == 10


def test_one_class_that_asks_twice_at_once_is_booked_once(town: Town) -> None:
    session = town.offer(capacity=4)
    account, classroom = town.teacher("awa")
    told = at_once(town.app, [(account, classroom, "book")] * 6, session)
    assert sorted(told) == ["already_booked"] * 5 + ["booked"]
    assert list(town.states(session)) == [classroom]


def test_events_tell_of_places_that_change(town: Town) -> None:
    heard: list[int] = []
    from app.live.sessions.events import SessionChanged

    town.app.extensions["events"].subscribe(SessionChanged, lambda e: heard.append(e.session_id))
    session = town.offer(capacity=1)
    account, classroom = town.teacher("awa")
    take(session, classroom, account)
    give_back(session, classroom, account)
    assert heard == [session] * 3


def test_a_unit_that_fails_leaves_nothing(town: Town) -> None:
    session = town.offer(capacity=1)
    account, classroom = town.teacher("awa")

    def unit(tx: Transaction) -> None:
        book(tx, session, classroom, account)
        raise ValueError("later")

    with pytest.raises(ValueError, match="later"):
        write(unit)
    assert town.states(session) == {}
