"""The heat view: of the class, never of a student."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from app.core.db import db
from app.core.writer import write
from app.live.heat import Crowd, place_on
from tests.classes.room import Room
from tours.content import SceneContent, TourFile
from tours.models import Scene, Visit


def heat(room: Room, scene: str = "hall") -> str:
    """The page of a scene."""
    reply = room.teacher.get(f"/classes/{room.slug}/heat/mill-tour/{scene}")
    assert reply.status_code == 200
    return reply.text


def test_it_begins_where_the_tour_begins(room: Room) -> None:
    reply = room.teacher.get(f"/classes/{room.slug}/heat")
    assert reply.location.endswith("/heat/mill-tour/hall")


def test_it_says_how_many_found_what_and_what_nobody_found(room: Room) -> None:
    walkers = [room.come_in() for _ in range(6)]
    for walker in walkers[:2]:
        walker.find("meal", opened=True)
    walkers[0].open("attic")
    page = heat(room)
    assert "2 élèves" in page
    assert "passage : toute la classe" in page.replace("\u00a0", " ")
    assert "passage : 1 élève" in page.replace("\u00a0", " ")
    assert "heat__spot--none" in page
    assert "personne" in page
    for student in room.students():
        assert student.pseudonym not in page


def test_in_a_small_class_no_number_tells_of_one_student(room: Room) -> None:
    room.come_in().find("meal", opened=True)
    room.come_in()
    page = heat(room)
    assert "quelques-uns" in page
    assert "1 élève" not in page
    assert "toute la classe" not in page


def test_looks_are_shown_only_where_three_look_the_same_way(room: Room) -> None:
    for _ in range(5):
        room.come_in()
    hall = db.session.scalar(select(Scene.id).where(Scene.slug == "hall"))
    visits = list(db.session.scalars(select(Visit.id).where(Visit.scene_id == hall)))

    def look(ids: list[int], yaw: float | None) -> None:
        turn = update(Visit).where(Visit.id.in_(ids)).values(yaw=yaw, pitch=5.0)
        write(lambda tx: tx.execute(turn))

    look(visits, None)
    look(visits[:2], 40.0)
    assert 'class="heat__look"' not in heat(room)
    look(visits[:3], 40.0)
    assert heat(room).count('class="heat__look"') == 1


def test_hotspots_switched_off_are_not_missed(room: Room) -> None:
    before = heat(room).count("heat__spot--none")
    shown = ["mill-tour/meal"]
    room.teacher.post(f"/classes/{room.slug}/tours/mill-tour/hotspots", data={"shown": shown})
    assert heat(room).count("heat__spot--none") == 1 < before


@pytest.mark.parametrize(("count", "share"), [(0, 0.0), (1, 0.5), (3, 0.5)])
def test_of_a_small_class_a_circle_tells_some_or_none(count: int, share: float) -> None:
    assert Crowd(4).share(count) == share


def test_a_direction_has_its_place_on_the_picture(make_scene: Callable[..., SceneContent]) -> None:
    whole = make_scene(None)
    assert place_on(whole, 0, 0) == (180, 90)
    assert place_on(whole, -180, 90) == (0, 0)
    partial = make_scene({"haov": 200.0, "vaov": 80.0, "voffset": 10.0})
    assert place_on(partial, 0, 10) == (100, 40)
    assert place_on(partial, 100, -30) == (200, 80)


@pytest.fixture
def make_scene() -> Callable[..., SceneContent]:
    """Scenes with a panorama of a part of the sphere."""

    def make(partial: dict[str, float] | None) -> SceneContent:
        file = TourFile("key", "panorama", {"partial": partial}, "/media/key")
        return SceneContent(1, "hall", {}, file, ())

    return make
