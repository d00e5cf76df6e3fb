"""« Mes goûts »: pictures are picked, nothing is scored, nothing is kept, places are told."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.core.db import Base, db
from quizzes.jobs.catalogue import catalogue
from quizzes.profiler.pictures import Pictures, jobs_like, pictures
from tests.classes.room import Room
from tests.quizzes.test_profiler import demo_jobs

DRAWINGS = Path(__file__).parents[2] / "static" / "art" / "tastes"


def test_each_picture_has_its_drawing_and_its_words(client: FlaskClient) -> None:
    assert {one.id for one in pictures().pictures} == {path.stem for path in DRAWINGS.glob("*.svg")}
    page = client.get("/quiz/pictures").text
    for one in pictures().pictures:
        assert f'value="{one.id}"' in page
        assert one.text.fr in page


def test_each_picture_leads_to_jobs_and_in_the_demo_too() -> None:
    for one in pictures().pictures:
        assert len(jobs_like(one, catalogue().jobs)) >= 3, one.id
        assert jobs_like(one, demo_jobs()), one.id


def test_pictures_that_are_not_balanced_are_refused() -> None:
    good = pictures().model_dump()
    with pytest.raises(ValueError, match="two pictures of each"):
        Pictures.model_validate({"pictures": good["pictures"][1:]})
    with pytest.raises(ValueError, match="stands twice"):
        Pictures.model_validate({"pictures": [*good["pictures"][1:], good["pictures"][1]]})


def test_picks_lead_to_places_of_the_tours(mill: Flask) -> None:
    reply = mill.test_client().post(
        "/quiz/pictures", data={"liked": ["repair", "draw", "nonsense"]}
    )
    assert reply.headers["Cache-Control"] == "no-store"
    told = reply.text.partition("<main")[2]
    assert told.count('class="trip"') == 2
    assert 'href="/tours/mill-tour/hall"' in told
    assert "Aucune visite ne le montre encore." in told, "nobody draws in the mill"
    assert told.find("%") == -1


def test_nothing_picked_is_said(client: FlaskClient) -> None:
    for data in ({}, {"liked": "nonsense"}):
        assert "Choisis au moins une image." in client.post("/quiz/pictures", data=data).text


def test_nothing_is_kept_of_it(room: Room) -> None:
    student = room.come_in().client

    def counts() -> dict[str, int]:
        db.session.rollback()
        tables = Base.metadata.tables.items()
        return {
            name: db.session.scalar(select(func.count()).select_from(one)) or 0
            for name, one in tables
        }

    student.get("/quiz/pictures")
    before = counts()
    reply = student.post("/quiz/pictures", data={"liked": "repair"})
    assert counts() == before
    assert "repair" not in str(reply.headers.getlist("Set-Cookie"))
