"""Published files are served by hashed address alone, and are gone at once when withdrawn."""

import subprocess
import sys
from collections.abc import Iterable
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import Client

from media.private import send_private
from media.publishing import is_published, publish, withdraw
from media.serving import MediaFiles
from media.storage import Absent, Storage

KEY = "ab" + "0" * 30
BASE = f"/media/ab/{KEY}"
FILM = bytes(range(256)) * 4000


def fill(storage: Storage) -> None:
    names = {"card.jpg": b"card", "3/f0_0.jpg": b"tile", "film.mp4": FILM, "meta.json": b"{}"}
    for name, data in names.items():
        storage.put(f"private/ab/{KEY}/{name}", data)


@pytest.fixture
def client(storage: Storage) -> Client:
    fill(storage)
    publish(storage, KEY)

    def app(environ: Any, start: Any) -> Iterable[bytes]:
        start("200 OK", [("Content-Type", "text/plain")])
        return [b"the app"]

    return Client(MediaFiles(app, storage))


def test_a_tile_is_served_for_ever_and_is_not_guessed_at(client: Client) -> None:
    answer = client.get(f"{BASE}/3/f0_0.jpg")
    assert (answer.status_code, answer.data) == (200, b"tile")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Length"] == "4"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("name", ["card.jpg", "film.mp4"])
def test_what_a_browser_has_is_not_sent_again(client: Client, name: str) -> None:
    tag = client.get(f"{BASE}/{name}").headers["ETag"]
    answer = client.get(f"{BASE}/{name}", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.data) == (304, b"")
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["card.jpg", "film.mp4"])
def test_head_tells_the_size_and_sends_nothing(client: Client, name: str) -> None:
    answer = client.head(f"{BASE}/{name}")
    assert answer.status_code == 200
    assert int(answer.headers["Content-Length"]) == (4 if name == "card.jpg" else len(FILM))
    assert answer.data == b""


@pytest.mark.parametrize(
    ("asked", "status", "start", "stop"),
    [
        ("bytes=0-99", 206, 0, 100),
        ("bytes=1000000-", 206, 1000000, None),
        ("bytes=-10", 206, len(FILM) - 10, None),
        ("bytes=5-99999999", 206, 5, None),
        ("bytes=9-3", 200, 0, None),
        ("bytes=0-1,4-5", 200, 0, None),
        ("pages=1-2", 200, 0, None),
    ],
)
def test_a_film_is_served_in_parts(
    client: Client, asked: str, status: int, start: int, stop: int | None
) -> None:
    answer = client.get(f"{BASE}/film.mp4", headers={"Range": asked})
    assert answer.status_code == status
    assert answer.data == FILM[start:stop]
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    if status == 206:
        last = start + len(answer.data) - 1
        assert answer.headers["Content-Range"] == f"bytes {start}-{last}/{len(FILM)}"


def test_a_part_behind_the_end_is_416(client: Client) -> None:
    answer = client.get(f"{BASE}/film.mp4", headers={"Range": "bytes=99999999-"})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(FILM)}"


def test_a_part_of_another_film_is_sent_whole(client: Client) -> None:
    asked = {"Range": "bytes=0-9", "If-Range": '"other"'}
    assert client.get(f"{BASE}/film.mp4", headers=asked).data == FILM


@pytest.mark.parametrize(
    "path",
    [
        f"{BASE}/", BASE, "/media/", f"{BASE}/meta.json", f"{BASE}/3/", f"{BASE}/x.jpg",
        f"{BASE}/3/f0_0.jpg/", f"/media/ac/{KEY}/card.jpg",
        f"/media/ab/{KEY}/../{KEY}/card.jpg", f"/media/../private/ab/{KEY}/card.jpg",
        f"/media/private/ab/{KEY}/card.jpg", f"{BASE}/%2e%2e/card.jpg", f"{BASE}/9/f0_0.jpg",
        f"/media/ab/{KEY.upper()}/card.jpg", f"{BASE}//card.jpg", f"{BASE}/card.jpg\0",
    ],
)  # fmt: skip
def test_any_other_address_is_404(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"


def test_only_reading_is_allowed(client: Client) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert client.open(f"{BASE}/card.jpg", method=method).status_code == 405


def test_everything_else_reaches_the_app(client: Client) -> None:
    assert client.get("/factories/tidal-plant").data == b"the app"
    assert client.post("/mediation").data == b"the app"


def test_a_withdrawn_asset_is_404_at_once_even_for_who_has_it(
    client: Client, storage: Storage
) -> None:
    tag = client.get(f"{BASE}/card.jpg").headers["ETag"]
    withdraw(storage, KEY)
    assert not is_published(storage, KEY)
    for name in ("card.jpg", "3/f0_0.jpg", "film.mp4"):
        assert client.get(f"{BASE}/{name}").status_code == 404
        assert client.get(f"{BASE}/{name}", headers={"If-None-Match": tag}).status_code == 404
    publish(storage, KEY)
    publish(storage, KEY)
    assert client.get(f"{BASE}/card.jpg").data == b"card"


def test_an_incomplete_asset_is_never_published(storage: Storage) -> None:
    storage.put(f"private/ab/{KEY}/card.jpg", b"card")
    with pytest.raises(Absent):
        publish(storage, KEY)
    assert not storage.exists(f"public/ab/{KEY}/card.jpg")


def test_a_draft_goes_through_a_page_with_tag_and_ranges(storage: Storage) -> None:
    fill(storage)
    app = Flask("drafts")
    app.add_url_rule("/draft/<path:name>", view_func=lambda name: send_private(storage, KEY, name))
    app.register_error_handler(Absent, lambda _error: ("absent", 404))
    visitor = app.test_client()
    answer = visitor.get("/draft/film.mp4", headers={"Range": "bytes=10-19"})
    assert (answer.status_code, answer.data) == (206, FILM[10:20])
    assert answer.headers["Cache-Control"].startswith("private")
    assert answer.headers["Content-Type"] == "video/mp4"
    again = visitor.get("/draft/film.mp4", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert visitor.get("/draft/card.jpg").data == b"card"
    for name in ("meta.json", "4/f0_0.jpg", "../meta.json"):
        assert visitor.get(f"/draft/{name}").status_code == 404


def test_serving_loads_no_decoder_and_no_client_of_s3() -> None:
    program = (
        "import sys, media.models, media.private, media.publishing, media.serving, media.storage;"
        "print(*{'cv2', 'numpy', 'av', 'pikepdf', 'boto3', 'PIL'} & set(sys.modules))"
    )
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert loaded.stdout.split() == []
