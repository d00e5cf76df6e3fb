"""A bundle brought in by the workshop: the worker does it, a page can follow, nothing is lost."""

import http.client
import io
import os
import re
import shutil
import signal
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import orjson
import pytest

from tests.serving import Site, run_command
from tests.tours.samples import write_panorama

PASSWORD = "a long enough password"
WAIT = 90.0


class Author:
    """A member of staff at a browser without scripts."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.cookie = ""
        token = self.token("/login")
        form = {"email": "o@example.org", "password": PASSWORD, "csrf_token": token}
        status, _, _ = self.ask("POST", "/login", urlencode(form).encode())
        assert status == 302

    def ask(
        self, method: str, path: str, body: bytes = b"", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Ask the site; cookies are kept."""
        connection = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=30)
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        given = {
            "Cookie": self.cookie,
            **kind,
            **{k.replace("_", "-"): v for k, v in headers.items()},
        }
        connection.request(method, path, body, given)
        reply = connection.getresponse()
        told = {name.lower(): value for name, value in reply.getheaders()}
        self.cookie = told.get("set-cookie", self.cookie).partition(";")[0]
        content = reply.read()
        connection.close()
        return reply.status, told, content

    def token(self, path: str) -> str:
        """The token of a page's form."""
        page = self.ask("GET", path)[2].decode()
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert found is not None
        return found[1]

    def upload(self, bundle: bytes) -> str:
        """Send a bundle; the address of its job."""
        edge = "edge-of-this-form"
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n'
            f"{self.token('/workshop')}\r\n".encode(),
            f'--{edge}\r\nContent-Disposition: form-data; name="bundle"; filename="mill.zip"\r\n'
            f"Content-Type: application/zip\r\n\r\n".encode(),
            bundle,
            f"\r\n--{edge}--\r\n".encode(),
        ]
        kind = f"multipart/form-data; boundary={edge}"
        status, headers, _ = self.ask(
            "POST", "/workshop/bundles", b"".join(parts), Content_Type=kind
        )
        assert status == 302
        return headers["location"]

    def job(self, path: str) -> dict[str, Any]:
        """How far a job is, as the page's script asks it."""
        _, _, body = self.ask("GET", path, Accept="application/json")
        told: dict[str, Any] = orjson.loads(body)
        return told

    def wait_for(self, path: str, *states: str) -> dict[str, Any]:
        """Wait until a job is in one of these states."""
        end = time.monotonic() + WAIT
        while (told := self.job(path))["state"] not in states:
            assert time.monotonic() < end, told
            time.sleep(0.1)
        return told


@pytest.fixture
def author(tmp_path: Path) -> Iterator[Author]:
    """An organiser logged in on a running site."""
    data = tmp_path / "site"
    data.mkdir()
    assert run_command(data, "db", "upgrade").returncode == 0
    made = run_command(data, "account", "o@example.org", "organiser", "--password", PASSWORD)
    assert made.returncode == 0, made.stderr
    with Site(data) as site:
        yield Author(site)


@pytest.fixture(scope="module")
def mill_zip(mill_bundle: Path) -> bytes:
    """The mill as one file."""
    return packed(mill_bundle)


@pytest.fixture(scope="module")
def large_zip(mill_bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The mill with panoramas that take seconds to cut."""
    bundle = tmp_path_factory.mktemp("large") / "mill"
    shutil.copytree(mill_bundle, bundle)
    for seed, name in enumerate(("hall", "attic")):
        write_panorama(bundle / "panoramas" / f"{name}.jpg", seed, width=8192)
    return packed(bundle)


def packed(bundle: Path) -> bytes:
    """A bundle as one file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for path in sorted(bundle.rglob("*.*")):
            archive.write(path, path.relative_to(bundle))
    return file.getvalue()


def test_a_bundle_becomes_a_draft_that_is_published_by_hand(
    author: Author, mill_zip: bytes
) -> None:
    job = author.wait_for(author.upload(mill_zip), "done", "failed")
    assert (job["state"], job["problems"]) == ("done", [])
    assert b"mill-tour" in author.ask("GET", "/workshop")[2]
    assert b"/factories/mill" not in author.ask("GET", "/")[2]
    body = urlencode({"csrf_token": author.token("/workshop")}).encode()
    assert author.ask("POST", "/workshop/tours/mill-tour/publish", body)[0] == 302
    assert b"/factories/mill" in author.ask("GET", "/")[2]


def test_a_broken_bundle_says_why_and_can_be_started_again(author: Author) -> None:
    path = author.upload(b"this is no zip")
    job = author.wait_for(path, "done", "failed")
    assert job["state"] == "failed"
    assert job["message"]
    assert job["problems"]
    body = urlencode({"csrf_token": author.token(path)}).encode()
    assert author.ask("POST", f"{path}/retry", body)[0] == 302
    assert author.wait_for(path, "done", "failed")["state"] == "failed"


def workers_of(site: Site) -> list[int]:
    """The worker processes that the site keeps alive."""
    children = Path(f"/proc/{site.pid}/task/{site.pid}/children").read_text().split()
    return [
        int(pid) for pid in children if b"app.worker" in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]


def wait_for_worker(site: Site) -> int:
    """The worker, as soon as there is one."""
    end = time.monotonic() + WAIT
    while not workers_of(site):
        assert time.monotonic() < end
        time.sleep(0.05)
    return workers_of(site)[0]


def test_a_killed_worker_is_replaced_and_its_job_taken_up_again(
    author: Author, large_zip: bytes
) -> None:
    first = wait_for_worker(author.site)
    path = author.upload(large_zip)
    author.wait_for(path, "running")
    os.kill(first, signal.SIGKILL)
    assert author.job(path)["state"] == "running"
    job = author.wait_for(path, "done", "failed")
    assert job["state"] == "done", job
    assert wait_for_worker(author.site) != first
