"""Questions about a whole scene or tour have no place in the view, and count like any other."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.tours.mill import Student
from tests.tours.samples import said, tour_data, write_yaml
from tours.bundles.check import check_bundle
from tours.bundles.exporting import export_bundle
from tours.bundles.importing import import_bundle
from tours.bundles.yaml12 import read_yaml


def asked(slug: str, form: str, **own: Any) -> dict[str, Any]:
    """A question without a place."""
    shared = {"explanation": said("Parce que."), "in_words": said("En mots.")}
    words = {"slug": slug, "title": said(slug), "question": said(f"{slug} ?")}
    return words | {"type": form} | shared | own


PAIRS = [{"left": said("Moudre"), "right": said("Meule")},
         {"left": said("Tourner"), "right": said("Aile")}]  # fmt: skip
PLACES = [{"text": said("La poutre"), "right": True}, {"text": said("La trappe")}]


def with_quizzes() -> dict[str, Any]:
    """The sample tour, with a question about the attic and one about the whole."""
    tour = tour_data()
    tour["scenes"][1]["questions"] = [asked("attic-roles", "matching", pairs=PAIRS)]
    tour["questions"] = [asked("whole", "truefalse", answer=True)]
    return tour


@pytest.fixture
def bundle(mill_bundle: Path, tmp_path: Path) -> Path:
    """That tour as a folder."""
    folder = Path(shutil.copytree(mill_bundle, tmp_path / "mill"))
    write_yaml(folder / "tour.yaml", with_quizzes())
    return folder


@pytest.fixture
def walker(mill: Flask, bundle: Path) -> Student:
    """A student in the attic; the tour begins in the hall, where they never were."""
    import_bundle(bundle, publish=True)
    one = Student(mill.test_client())
    assert one.open("attic").status_code == 200
    return one


def test_a_scene_asks_about_all_of_it_beside_what_is_to_find(walker: Student) -> None:
    page = walker.open("attic").text
    assert "La question de ce lieu" in page
    assert re.search(r'id="hotspot-attic-roles"[^>]*data-whole', page)
    assert "attic-roles" not in [one["slug"] for one in walker.told("attic")["hotspots"]]
    assert "hotspot-whole" not in page


def test_it_is_worth_its_points_once_and_counts(walker: Student) -> None:
    before = walker.client.get("/tours/mill-tour/end").text
    reply = walker.find("attic-roles", answer=["Meule", "Aile"]).json or {}
    assert (reply["points"], reply["new"], reply["progress"]["found"]) == (3, True, 1)
    again = walker.find("attic-roles", answer=["Meule", "Aile"]).json or {}
    assert (again["new"], again["total"]) == (False, 3)
    assert "0<span" in before
    assert "1<span" in walker.client.get("/tours/mill-tour/end").text


def test_a_second_try_is_worth_less(walker: Student) -> None:
    first = walker.find("whole", answer=["false"]).json or {}
    assert (first["found"], first["again"]) == (False, True)
    assert (walker.find("whole", answer=["true"]).json or {})["points"] == 1


def test_the_end_asks_about_the_whole_tour_without_a_script(walker: Student) -> None:
    page = walker.client.get("/tours/mill-tour/end").text
    assert "Une question sur toute la visite" in page
    reply = walker.client.post("/tours/mill-tour/hotspots/whole/find", data={"answer": "true"})
    assert reply.location == "/tours/mill-tour/end?open=whole#hotspot-whole"
    page = walker.client.get(reply.location).text
    assert "Parce que." in page
    assert re.search(r"1<span[^>]*>/\d+", page)


def test_who_was_nowhere_answers_nothing(mill: Flask, bundle: Path) -> None:
    import_bundle(bundle, publish=True)
    stranger = Student(mill.test_client())
    stranger.client.post("/tours/mill-tour/start")
    reply = stranger.find("whole", answer=["true"])
    assert (reply.status_code, (reply.json or {})["error"]["code"]) == (409, "scene_not_opened")


def test_a_bundle_with_quizzes_comes_out_as_it_went_in(
    walker: Student, bundle: Path, tmp_path: Path
) -> None:
    del walker
    exported = export_bundle("mill-tour", tmp_path / "out")
    assert exported.missing == []
    told = read_yaml(exported.folder / "tour.yaml").value
    assert [one["slug"] for one in told["questions"]] == ["whole"]
    assert [one["slug"] for one in told["scenes"][1]["questions"]] == ["attic-roles"]
    assert all(one["slug"] != "attic-roles" for one in told["scenes"][1]["hotspots"])
    import_bundle(exported.folder, publish=True)
    assert check_bundle(bundle).problems == []


@pytest.mark.parametrize(
    ("change", "said_so"),
    [
        ({"type": "place", "target": {"yaw": 0, "pitch": 0}, "options": PLACES}, "demande une vue"),
        ({"slug": "rope"}, "sert deux fois"),
        ({"in_words": None}, "in_words"),
        ({"yaw": 3}, "yaw"),
        ({"type": "truefals"}, "truefals"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_question_is_told_with_its_line(
    app: Flask, bundle: Path, change: dict[str, Any], said_so: str
) -> None:
    del app
    tour = with_quizzes()
    whole = tour["questions"][0]
    if change.get("type") == "place":
        del whole["answer"]
    whole.update(change)
    tour["questions"][0] = {key: value for key, value in whole.items() if value is not None}
    write_yaml(bundle / "tour.yaml", tour)
    problems = check_bundle(bundle).problems
    assert [said_so in str(problem.sentence) for problem in problems] == [True], problems
    assert problems[0].line > 0


def test_a_question_of_the_whole_tour_is_no_clue(app: Flask, bundle: Path) -> None:
    del app
    tour = with_quizzes()
    tour["mission"]["clues"][0] = "whole"
    write_yaml(bundle / "tour.yaml", tour)
    assert any("pas d’indice" in str(one.sentence) for one in check_bundle(bundle).problems)
