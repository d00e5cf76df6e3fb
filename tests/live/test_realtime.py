"""The live line: who is admitted, what may be said, what is answered, and when it ends."""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
import socketio
import websocket
from pydantic import BaseModel

from app.live.limits import Bucket
from app.live.realtime import HANDLERS, Caller, Said, on
from tests.live.conftest import Parrots, crashes
from tests.live.relay import relay_to
from tests.live.wire import Poller, Wire, cookie_for, encode, status_of
from tests.serving import Site

NOTICED_WITHIN = 14.0


def ask_page(parrots: Parrots, path: str) -> None:
    """Ask for a page of the site."""
    assert status_of(parrots.site.url + path) == 200


def code(answer: dict[str, Any]) -> str | None:
    """The code of a refusal."""
    error = answer.get("error")
    if error is None:
        return None
    assert set(error) == {"code", "message", "field"}
    assert error["message"]
    return str(error["code"])


def test_what_is_said_is_answered_and_what_is_pushed_is_heard(parrots: Parrots) -> None:
    first, second = parrots.come(), parrots.come()
    assert first.ask("say", {"words": "bonjour"}) == {"name": "parrot-0", "words": "bonjour"}
    assert [first.hear("arrived") for _one in range(2)] == [
        {"name": "parrot-0", "here": 1},
        {"name": "parrot-1", "here": 2},
    ]
    second.close()
    assert first.hear("left") == {"name": "parrot-1"}


def test_the_usual_client_understands_it(parrots: Parrots) -> None:
    client = socketio.Client()
    client.connect(
        parrots.site.url,
        {"Cookie": parrots.cookie()},
        socketio_path="live",
        transports=["websocket"],
    )
    assert client.call("say", {"words": "salut"}) == {"name": "parrot-0", "words": "salut"}
    client.disconnect()


def test_long_polling_alone_is_enough(parrots: Parrots) -> None:
    poller = Poller(parrots.site.url, parrots.cookie("patient")).enter()
    assert poller.ask("say", {"words": "salut"}) == {"name": "patient", "words": "salut"}
    parrots.come("other").ask("flood", {"count": 2, "letters": 3})
    assert poller.read('42["flood"') == '42["flood",{"number":0,"words":"000"}]'
    assert poller.read('42["flood"') == '42["flood",{"number":1,"words":"111"}]'


def test_what_waited_in_a_page_arrives_at_once_over_long_polling(parrots: Parrots) -> None:
    poller = Poller(parrots.site.url, parrots.cookie()).enter()
    poller.post(*(encode("say", {"words": str(number)}, number) for number in range(1, 36)))
    for number in range(1, 36):
        assert poller.read(f"43{number}[").endswith(f'"words":"{number}"}}]')


def test_messages_of_one_line_are_answered_in_their_order(parrots: Parrots) -> None:
    wire = parrots.come()
    for number in range(30):
        wire.socket.send(encode("say", {"words": str(number)}, number))
    answers = [wire._read("43") for _one in range(30)]
    assert [json.loads(a[a.index("[") :])[0]["words"] for a in answers] == list(map(str, range(30)))


@pytest.mark.parametrize(
    ("name", "body", "expected"),
    [
        ("say", {"word": "unknown field"}, "bad_message"),
        ("say", {"words": 7}, "bad_message"),
        ("say", {"words": "x" * 13_000}, "bad_message"),
        ("say", "not an object", "bad_message"),
        ("say", [], "bad_message"),
        ("no such event", {}, "bad_message"),
        ("open", {"name": "of another"}, "not_yours"),
        ("fall", {}, "failed"),
        ("rest", None, None),
    ],
)
def test_every_refusal_has_its_code(
    parrots: Parrots, name: str, body: object, expected: str | None
) -> None:
    wire = parrots.come()
    assert code(wire.ask(name, body)) == expected
    assert wire.ask("say", {"words": "after"})["words"] == "after"


def test_a_wrong_field_is_named(parrots: Parrots) -> None:
    assert parrots.come().ask("open", {})["error"]["field"] == "name"


def test_who_is_too_fast_is_told_and_may_go_on_later(parrots: Parrots) -> None:
    wire = parrots.come()
    codes = [code(answer) for answer in wire.ask_at_once("say", [{"words": "quick"}] * 100)]
    assert codes[:40] == [None] * 40
    assert "too_fast" in codes
    time.sleep(0.2)
    assert code(wire.ask("say", {"words": "slow"})) is None


def test_who_never_ends_is_ended(parrots: Parrots) -> None:
    wire = parrots.come()
    with suppress(OSError, websocket.WebSocketException):  # it may be over before all is said
        for number in range(300):
            wire.socket.send(encode("say", {}, number))
    assert wire.is_over()
    assert parrots.come().ask("say", {"words": "calm"})["words"] == "calm"


@pytest.mark.parametrize(
    "packet",
    [
        '42["connect",{}]',
        '421["disconnect"]',
        '42["\\u0063onnect"]',
        "42[7]",
        "42{}",
        "42[]",
        '42["say",{},{}]',
        "42" + "[" * 5000,
        '42/other,["say",{}]',
        "40/other,",
        '451-["say",{"_placeholder":true,"num":0}]',
        "431[]",
        "44{}",
        "4",
        '4{"a":1}',
        "4[]",
        "49",
    ],
)
def test_what_no_page_says_ends_the_line_quietly(parrots: Parrots, packet: str) -> None:
    wire = parrots.come()
    wire.socket.send(packet)
    assert wire.is_over()
    assert crashes(parrots.site.log) == []


def test_a_refusal_is_in_the_language_of_the_page(parrots: Parrots) -> None:
    assert "Trop d’essais" in parrots.knock("grumpy").knock()
    english = parrots.cookie("grumpy", language="en")
    assert "Too many tries" in parrots.knock(cookie=english).knock()
    wire = parrots.knock(cookie=parrots.cookie("clever", language="en")).enter()
    assert wire.ask("open", {"name": "other"})["error"]["message"].startswith("Too many tries")


@pytest.mark.parametrize("lang", ["", "pt-BR"])
def test_a_page_translated_by_the_browser_keeps_its_line(parrots: Parrots, lang: str) -> None:
    wire = parrots.knock(cookie=parrots.cookie("clever", language="en")).enter(language=lang)
    assert wire.ask("open", {"name": "other"})["error"]["message"].startswith("Too many tries")


@pytest.mark.parametrize(
    ("name", "hello", "expected"),
    [
        ("", {}, "not_yours"),
        ("grumpy", {}, "grumpy"),
        ("clumsy", {}, "failed"),
        ("polite", {"surprise": 1}, "bad_message"),
        ("polite", {"classroom": "x" * 100}, "bad_message"),
    ],
)
def test_who_is_not_admitted_is_told_why(
    parrots: Parrots, name: str, hello: dict[str, Any], expected: str
) -> None:
    cookie = parrots.cookie(name) if name else cookie_for(parrots.site.url, "/nobody")
    wire = parrots.knock(cookie=cookie)
    answer = wire.knock(**hello)
    assert answer.startswith("44")
    assert code({"error": json.loads(answer[2:])["data"]}) == expected
    wire.socket.send(encode("say", {}, 1))
    wire.socket.settimeout(0.5)
    with pytest.raises(websocket.WebSocketTimeoutException):
        wire._read("43")


def test_another_site_may_not_open_a_line(parrots: Parrots) -> None:
    cookie = parrots.cookie()
    with pytest.raises(websocket.WebSocketBadStatusException):
        Wire(parrots.site.url, cookie, origin="https://elsewhere.example")
    address = f"{parrots.site.url}/live/?EIO=4&transport=polling"
    assert status_of(address, Origin="https://elsewhere.example", Cookie=cookie) == 400


def test_who_is_nobody_any_more_hears_so_at_the_next_event_and_is_let_go(parrots: Parrots) -> None:
    wire, witness = parrots.come("flown"), parrots.come("witness")
    ask_page(parrots, "/shoo/flown")
    assert code(wire.ask("say", {"words": "still here"})) == "gone"
    assert wire.read() == "41"
    assert wire.is_over()
    assert witness.hear("left") == {"name": "flown"}


def test_a_room_can_be_emptied_at_once(parrots: Parrots) -> None:
    lines = [parrots.come("chased") for _one in range(2)]
    other = parrots.come("other")
    ask_page(parrots, "/chase/chased")
    assert all(line._read("41") == "41" and line.is_over() for line in lines)
    assert other.ask("say", {"words": "here"})["words"] == "here"


@pytest.mark.slow
def test_who_never_says_what_they_came_for_is_let_go(parrots: Parrots) -> None:
    wire = parrots.knock()
    start = time.monotonic()
    assert wire.read() == "1"
    assert wire.is_over()
    assert 8 < time.monotonic() - start < 13


@pytest.mark.slow
def test_both_sides_notice_a_silent_line(parrots: Parrots) -> None:
    witness = parrots.come("witness")
    noticed: list[float] = []
    client = socketio.Client(reconnection=False)
    client.on("disconnect", lambda *_why: noticed.append(time.monotonic()))
    with relay_to(parrots.site.port) as relay:
        site = Site(parrots.site.data, relay.port)
        options = {"socketio_path": "live", "transports": ["websocket"]}
        client.connect(site.url, {"Cookie": parrots.cookie("mute")}, **options)
        line = client.eio.ws
        relay.fall_silent()
        start = time.monotonic()
        assert witness.hear("left") == {"name": "mute"}
        assert time.monotonic() - start < NOTICED_WITHIN
        client.wait()
        line.shutdown()  # which that client forgets
    assert noticed[0] - start < NOTICED_WITHIN


@pytest.mark.slow
def test_the_server_notices_that_nobody_polls_any_more(parrots: Parrots) -> None:
    witness = parrots.come("witness")
    Poller(parrots.site.url, parrots.cookie("tired")).enter()
    start = time.monotonic()
    assert witness.hear("left") == {"name": "tired"}
    assert time.monotonic() - start < NOTICED_WITHIN


def test_a_server_that_stops_ends_its_lines_at_once(parrots: Parrots) -> None:
    wires = [parrots.come() for _one in range(3)]
    start = time.monotonic()
    parrots.site.ask_to_stop()
    try:
        assert all(wire.is_over() for wire in wires)
        assert time.monotonic() - start < 2
    finally:
        parrots.site.stop()
        parrots.site.start()


def test_a_bucket_fills_with_time() -> None:
    moment = 0.0
    bucket = Bucket(2, 3, lambda: moment)
    assert [bucket.take() for _one in range(4)] == [True, True, True, False]
    moment = 0.5
    assert [bucket.take() for _one in range(2)] == [True, False]
    moment = 100
    assert [bucket.take() for _one in range(4)] == [True, True, True, False]


def whoever(caller: Caller, _said: Said) -> Caller:
    """Anybody with a line."""
    return caller


class Loose(BaseModel):
    """A model that takes what it does not know."""


@pytest.mark.parametrize(
    "register",
    [
        lambda: on("connect", Said, audience=whoever, per_second=1),
        lambda: on("loose", Loose, audience=whoever, per_second=1),  # type: ignore[type-var, arg-type]  # on purpose
        lambda: on("alone", Said, per_second=1),  # type: ignore[call-arg]  # on purpose
        lambda: on("endless", Said, audience=whoever),  # type: ignore[call-arg]  # on purpose
    ],
    ids=["reserved", "unknown fields", "no audience", "no limit"],
)
def test_a_handler_that_does_not_say_enough_stops_the_start(register: Callable[[], Any]) -> None:
    with pytest.raises((RuntimeError, TypeError)):
        register()


def test_two_handlers_of_one_event_stop_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.live.realtime.HANDLERS", {"taken": None})
    assert "taken" not in HANDLERS
    with pytest.raises(RuntimeError, match="taken"):
        on("taken", Said, audience=whoever, per_second=1)
