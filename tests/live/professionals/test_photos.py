"""Photos: what is taken, what of them is served, who may take them away, what stays after that."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from app.core.db import db
from app.core.jobs import Job, run
from app.core.writer import write
from app.live.professionals.photos import MOST_BYTES, TAKE_PHOTO
from app.live.professionals.profile import describe_professional
from media.models import Asset
from tests.live.professionals.conftest import Post, row_of
from tests.media.pictures import draw, full_of_places, save
from tests.people.conftest import Adult

PAGE = "/professionals/me/photos"


def send(one: Adult, data: bytes, **more: Any) -> TestResponse:
    """Send a photo, with the consent unless told otherwise."""
    form = {"photo": (BytesIO(data), "IMG_Benali.jpg"), "consent": "yes"} | more
    reply = one.client.post(PAGE, data=form)
    reply.request.environ["wsgi.input"].close()  # a large body lies in a file of the test client's
    return reply


def photo(seed: int = 0) -> bytes:
    """A photo as phones take them; another for each seed."""
    return save(draw((640, 480 + seed)), "JPEG")


def keys_of(one: Adult) -> list[str]:
    """The photos that are shown."""
    row = row_of(one)
    return list(row.photos) if row else []


def files(app: Flask) -> list[Path]:
    """Whatever is kept of photos: uploads, and files of assets that are no tour's."""
    data = app.extensions["settings"].data
    tours = set(db.session.scalars(select(Asset.key)))
    folders = [
        path for side in ("private", "public") for path in (data / "media" / side).glob("*/*")
    ]
    media = [path for one in folders if one.name not in tours for path in one.glob("*")]
    return [*media, *(data / "uploads").glob("*")]


def test_a_photo_is_drawn_anew_and_tells_no_place(karim: Adult, post: Post, mill: Flask) -> None:
    assert send(karim, full_of_places()).status_code == 303
    assert 'data-state="waiting"' in karim.get(PAGE).text
    as_script = {"Accept": "application/json"}
    assert karim.client.get(PAGE, headers=as_script).get_json()["state"] == "waiting"
    post()
    (key,) = keys_of(karim)
    account_id = karim.account.id
    (url,) = describe_professional(db.session(), account_id, "fr")["photos"]
    assert url in karim.get("/professionals/me").text
    served = mill.test_client().get(url)
    assert served.status_code == 200
    with Image.open(BytesIO(served.data)) as shown:
        assert shown.format == "JPEG"
        assert not shown.getexif()
    for path in files(mill):
        assert b"Secret" not in path.read_bytes()
    assert list((mill.extensions["settings"].data / "uploads").glob("*")) == []
    assert key in url
    jobs = db.session.scalars(select(Job).where(Job.name == TAKE_PHOTO)).all()
    assert "Benali" not in repr([(job.arguments, job.title, job.message) for job in jobs])


@pytest.mark.parametrize(
    ("data", "more", "status", "told"),
    [
        (photo(), {"consent": ""}, 422, "sans votre accord"),
        (b"GIF89a" + b"x" * 50, {}, 415, "ni un JPEG ni un PNG"),
        (b"%PDF-1.7", {}, 415, "ni un JPEG ni un PNG"),
        (b"\xff\xd8\xff" + b"x" * MOST_BYTES, {}, 413, "dépasse 12"),
        (b"", {"photo": (BytesIO(b""), "")}, 422, "Choisissez d’abord une photo"),
    ],
)
def test_what_is_no_photo_is_refused_in_words(
    karim: Adult, mill: Flask, data: bytes, more: dict[str, Any], status: int, told: str
) -> None:
    reply = send(karim, data, **more)
    assert reply.status_code == status
    assert told in reply.text
    assert files(mill) == []
    assert karim.client.get(PAGE).status_code == 200


def test_a_broken_photo_is_told_once_the_worker_has_looked(
    karim: Adult, post: Post, mill: Flask
) -> None:
    send(karim, photo()[:5000])
    post()
    page = karim.get(PAGE).text
    assert "La dernière photo n’a pas été prise" in page
    assert keys_of(karim) == []
    assert files(mill) == []
    send(karim, photo())
    post()
    assert len(keys_of(karim)) == 1
    assert "n’a pas été prise" not in karim.get(PAGE).text


def test_there_are_two_at_most_those_under_way_too(karim: Adult, post: Post, mill: Flask) -> None:
    assert send(karim, photo(0)).status_code == 303
    assert send(karim, save(draw((640, 400)), "PNG")).status_code == 303
    refused = send(karim, photo(2))
    assert refused.status_code == 409
    assert "Deux photos au plus" in refused.text
    assert len(list((mill.extensions["settings"].data / "uploads").glob("*"))) == 2
    post()
    assert len(keys_of(karim)) == 2
    assert "consent" not in karim.get(PAGE).text


def test_a_photo_that_is_removed_is_gone_from_the_disk(
    karim: Adult, post: Post, mill: Flask
) -> None:
    send(karim, photo())
    post()
    (key,) = keys_of(karim)
    account_id = karim.account.id
    (url,) = describe_professional(db.session(), account_id, "fr")["photos"]
    assert "est retirée" in karim.send(f"{PAGE}/{key}/remove").text
    post()
    assert keys_of(karim) == []
    assert mill.test_client().get(url).status_code == 404
    assert files(mill) == []


def test_nobody_removes_the_photo_of_another(karim: Adult, invite: Any, post: Post) -> None:
    send(karim, photo())
    post()
    (key,) = keys_of(karim)
    lena = invite("Léna Roux", "lena@mill.example")
    for path in (key, "a" * 32, "x"):
        assert lena.client.post(f"{PAGE}/{path}/remove").status_code == 404
    assert keys_of(karim) == [key]


def test_the_same_photo_of_two_people_is_two_photos(karim: Adult, invite: Any, post: Post) -> None:
    lena = invite("Léna Roux", "lena@mill.example")
    for one in (karim, lena):
        send(one, photo())
    post()
    assert keys_of(karim) != keys_of(lena)


def test_photos_go_with_the_account_those_under_way_too(
    karim: Adult, chief: Adult, post: Post, mill: Flask
) -> None:
    send(karim, photo(0))
    post()
    send(karim, photo(1))
    path = f"/organisers/people/{karim.account.id}/withdraw"
    chief.send(path, sure="yes")
    post()
    assert files(mill) == []


def test_a_worker_that_was_killed_at_the_end_does_the_work_again_without_harm(
    karim: Adult, post: Post, mill: Flask
) -> None:
    send(karim, photo())
    post()
    (key,) = keys_of(karim)
    job = db.session.scalars(select(Job).where(Job.name == TAKE_PHOTO)).one().id
    write(lambda tx: tx.execute(update(Job).where(Job.id == job).values(state="waiting")))
    run(mill.extensions["writer"], job)
    assert keys_of(karim) == [key]
    db.session.rollback()
    assert db.session.get_one(Job, job).state == "done"
