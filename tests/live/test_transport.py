"""The WebSocket transport: whole frames for slow readers, no compression, bounds for everything."""

import base64
import json
import os
import socket
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest
import websocket

from tests.live.conftest import Parrots, PerchSite, crashes
from tests.live.wire import Poller, Wire, status_of
from tests.serving import Site, environment, run_command

FEW_BYTES = 4096
"""What the system of a reader keeps: the rest waits in the server."""
OFFER = "permessage-deflate; client_max_window_bits"


def read_flood(reader: Wire, count: int, letters: int) -> None:
    """Read pieces; every one whole, none missing, in order."""
    for number in range(count):
        body = reader.hear("flood")
        assert body == {"number": number, "words": f"{number % 10}" * letters}


def resident(pid: int) -> int:
    """Megabytes that a process holds."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


def settled(pid: int) -> int:
    """Megabytes that a process holds once it has done what it does after its start."""
    held, since = resident(pid), time.monotonic()
    while time.monotonic() - since < 1:
        time.sleep(0.1)
        if resident(pid) != held:
            held, since = resident(pid), time.monotonic()
    return held


def test_a_reader_who_stops_gets_every_frame_whole_and_in_order(parrots: Parrots) -> None:
    reader = parrots.come(buffer=FEW_BYTES)
    speaker = parrots.come()
    speaker.ask("flood", {"count": 60, "letters": 8000})
    for _again in range(20):
        reader.socket.ping("between two frames, never inside one")
    time.sleep(1.5)
    read_flood(reader, 60, 8000)
    assert reader.ask("say", {"words": "still here"})["words"] == "still here"


def test_others_do_not_wait_for_a_reader_who_stops(parrots: Parrots) -> None:
    parrots.come(buffer=FEW_BYTES)
    speaker, other = (parrots.come() for _one in range(2))
    start = time.monotonic()
    speaker.ask("flood", {"count": 100, "letters": 4000})
    read_flood(speaker, 100, 4000)
    read_flood(other, 100, 4000)
    assert other.ask("say", {"words": "quick"})["words"] == "quick"
    assert time.monotonic() - start < 8  # not the ten seconds that a reader may take


def test_a_reader_for_whom_too_much_waits_is_let_go_and_takes_no_memory(parrots: Parrots) -> None:
    stuck = [parrots.come(buffer=FEW_BYTES) for _one in range(5)]
    speaker = parrots.come()
    before, log = settled(parrots.site.pid), parrots.site.log
    stopped_before = log.read_text().count("a reader stopped")
    for _round in range(40):
        speaker.ask("flood", {"count": 10, "letters": 50_000})
        read_flood(speaker, 10, 50_000)
    assert len({speaker.hear("left")["name"] for _one in stuck}) == len(stuck)
    stopped = log.read_text().count("a reader stopped") - stopped_before
    assert stopped == len(stuck), "it was silence that ended them"
    assert resident(parrots.site.pid) - before < 40
    assert all(reader.is_over() for reader in stuck)


@pytest.mark.slow
def test_a_reader_who_answers_pings_and_reads_nothing_is_let_go_within_seconds(
    parrots: Parrots,
) -> None:
    stuck = parrots.come(buffer=FEW_BYTES)
    speaker = parrots.come()
    speaker.ask("flood", {"count": 100, "letters": 4000})
    start = time.monotonic()
    speaker.socket.settimeout(1)
    while time.monotonic() - start < 15:
        stuck.socket.send("3")
        try:
            speaker.hear("left")
            break
        except websocket.WebSocketTimeoutException:
            continue
    assert time.monotonic() - start < 13


def shake_hands(port: int, *headers: str) -> tuple[socket.socket, str]:
    """A handshake by hand, and its answer."""
    line = socket.create_connection(("127.0.0.1", port), timeout=5)
    key = base64.b64encode(b"sixteen bytes...").decode()
    lines = (
        "GET /live/?EIO=4&transport=websocket HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Upgrade: websocket",
        "Connection: keep-alive, Upgrade",
        f"Sec-WebSocket-Key: {key}",
        *headers,
    )
    line.sendall("\r\n".join((*lines, "", "")).encode())
    return line, line.recv(4096).decode(errors="replace")


def test_compression_is_never_agreed_to(perch: Site) -> None:
    line, answer = shake_hands(
        perch.port, "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Extensions: {OFFER}"
    )
    assert answer.startswith("HTTP/1.1 101")
    assert "extensions" not in answer.lower()
    line.close()


def test_a_handshake_that_is_none_is_refused(perch: Site) -> None:
    line, answer = shake_hands(perch.port, "Sec-WebSocket-Version: 7")
    assert answer.startswith("HTTP/1.1 400")
    line.close()


def test_a_message_in_pieces_is_put_together(parrots: Parrots) -> None:
    wire = parrots.come()
    text = '427["say",{"words":"caf\\u00e9"}]'
    wire.socket.send_frame(websocket.ABNF.create_frame(text[:9], websocket.ABNF.OPCODE_TEXT, 0))
    wire.socket.ping("in between")
    wire.socket.send_frame(websocket.ABNF.create_frame(text[9:], websocket.ABNF.OPCODE_CONT, 1))
    assert json.loads(wire._read("437")[3:]) == [{"name": "parrot-0", "words": "café"}]


@pytest.mark.parametrize(
    ("opcode", "data"),
    [
        (websocket.ABNF.OPCODE_TEXT, "4" + "x" * 20_000),
        (websocket.ABNF.OPCODE_BINARY, b"4"),
        (websocket.ABNF.OPCODE_TEXT, "bAAAA"),
        (websocket.ABNF.OPCODE_TEXT, ""),
        (websocket.ABNF.OPCODE_TEXT, "x"),
        (websocket.ABNF.OPCODE_CONT, "4"),
    ],
    ids=["too large", "binary", "base64", "empty", "no packet", "a second half"],
)
def test_what_no_page_sends_ends_the_line(parrots: Parrots, opcode: int, data: str | bytes) -> None:
    wire = parrots.come()
    wire.socket.send_frame(websocket.ABNF.create_frame(data, opcode, 1))
    assert wire.is_over()
    assert crashes(parrots.site.log) == []


def test_a_frame_that_promises_gigabytes_ends_the_line(parrots: Parrots) -> None:
    wire = parrots.come()
    head = b"\x81" + bytes([0x80 | 127]) + struct.pack("!Q", 2**40) + b"\0\0\0\0"
    assert wire.socket.sock is not None
    wire.socket.sock.sendall(head + b"4" * 40_000)
    assert wire.is_over()


def test_a_large_request_of_long_polling_is_refused_at_once(parrots: Parrots) -> None:
    poller = Poller(parrots.site.url, parrots.cookie()).enter()
    start = time.monotonic()
    assert status_of(poller._url, b"4" * 20_000) == 400
    assert time.monotonic() - start < 3
    assert status_of(poller._url, b"2") == 400


def test_long_polling_leaves_nothing_in_the_browser(parrots: Parrots) -> None:
    poller = Poller(parrots.site.url, parrots.cookie())
    assert poller.headers["Cache-Control"] == "no-store"


def test_another_transport_that_would_take_over_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "geventwebsocket").mkdir()
    (tmp_path / "geventwebsocket" / "__init__.py").touch()
    data = tmp_path / "data"
    data.mkdir()
    assert run_command(data, "db", "upgrade").returncode == 0
    site = PerchSite(data)
    site.variables = {"PYTHONPATH": f"{tmp_path}{os.pathsep}{Path.cwd()}"}
    with pytest.raises(RuntimeError, match="pip uninstall gevent-websocket"):
        site.start()


def test_the_process_that_only_commands_does_not_load_it(tmp_path: Path) -> None:
    code = "import sys, app.factory; print([m for m in sys.modules if 'socketio' in m])"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(tmp_path), capture_output=True, check=True
    )
    assert done.stdout.strip() == b"[]"
