"""How the serving process ends when an operator stops it."""

import http.client
import socket
import time
from pathlib import Path
from urllib.request import urlopen

from tests.serving import Site, run_command

HEAD = (
    "POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    "Content-Length: 40\r\n\r\n"
)
WORD = b"email=a%40b.fr&password=" + b"x" * 16


def is_served(site: Site) -> bool:
    """Whether somebody who comes now is answered."""
    with urlopen(f"{site.url}/robots.txt", timeout=20) as answer:
        return bool(answer.status == 200)


def is_open(site: Site) -> bool:
    """Whether the server takes somebody more."""
    try:
        socket.create_connection(("127.0.0.1", site.port), timeout=5).close()
    except ConnectionRefusedError:
        return False
    return True


def test_who_had_asked_before_the_stop_is_answered_after_it(tmp_path: Path) -> None:
    assert run_command(tmp_path, "db", "upgrade").returncode == 0
    with Site(tmp_path) as site:
        server = ("127.0.0.1", site.port)
        with socket.create_connection(server), socket.create_connection(server, 10) as asking:
            asking.sendall(HEAD.encode() + WORD[:5])
            time.sleep(0.5)
            kept = http.client.HTTPConnection(*server, timeout=10)
            kept.request("GET", "/robots.txt")
            assert kept.getresponse().read()
            assert is_served(site)  # so those who came before it are being served
            site.ask_to_stop()
            while is_open(site):
                time.sleep(0.02)
            kept.request("GET", "/robots.txt")
            assert kept.getresponse().read()  # a connection that was there is answered once more
            assert kept.sock.recv(1) == b"", "and no more"
            kept.close()
            asking.sendall(WORD[5:])
            assert asking.recv(12).startswith(b"HTTP/1.1 ")


def test_who_asks_for_nothing_is_not_waited_for(tmp_path: Path) -> None:
    assert run_command(tmp_path, "db", "upgrade").returncode == 0
    with Site(tmp_path) as site, socket.create_connection(("127.0.0.1", site.port)):
        assert is_served(site)
        began = time.monotonic()
        site.stop()
        assert time.monotonic() - began < 5  # what those who asked are given
