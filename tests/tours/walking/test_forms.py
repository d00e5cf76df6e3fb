"""Words, pairs, estimates and places are answered in a tour, with and without a script."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.tours.mill import Student
from tests.tours.samples import hotspot, said, tour_data, write_yaml
from tours.bundles.importing import import_bundle


def asked(slug: str, yaw: float, form: str, **own: Any) -> dict[str, Any]:
    """A question of a form."""
    shared = {"explanation": said("Parce que."), "in_words": said("En mots.")}
    return hotspot(slug, "question", yaw, type=form, question=said(f"{slug} ?"), **shared, **own)


QUESTIONS = [
    asked("word", 160, "text", answers={"fr": ["la roue"], "en": ["wheel"]}),
    asked("pairs", -20, "matching", extras=[said("Farine")],
          pairs=[{"left": said("Moudre"), "right": said("Meule")},
                 {"left": said("Tourner"), "right": said("Aile")}]),
    asked("height", -40, "estimate", answer=24, tolerance=2, margin=8, unit="m"),
    asked("spot", -60, "place", target={"yaw": -150.25, "pitch": 12.5, "radius": 6},
          options=[{"text": said("La poutre")}, {"text": said("La trappe"), "right": True}]),
]  # fmt: skip


@pytest.fixture
def walker(mill: Flask, mill_bundle: Path, tmp_path: Path) -> Student:
    """A student in the attic, where these questions are."""
    bundle = Path(shutil.copytree(mill_bundle, tmp_path / "mill"))
    tour = tour_data()
    tour["scenes"][1]["hotspots"].extend(QUESTIONS)
    write_yaml(bundle / "tour.yaml", tour)
    import_bundle(bundle, publish=True)
    one = Student(mill.test_client())
    assert one.open("attic").status_code == 200
    return one


def test_the_page_asks_and_never_tells_the_answer(walker: Student) -> None:
    page = walker.open("attic").text
    assert '<select name="answer"' in page
    assert page.index("<option >Aile") < page.index("<option >Farine") < page.index("Meule")
    assert "La trappe" in page
    for secret in ("150.25", "12.5", "la roue"):
        assert secret not in page


@pytest.mark.parametrize(
    ("slug", "answer", "points"),
    [("word", ["Roue"], 3), ("pairs", ["Meule", "Aile"], 3), ("height", ["29 m"], 2),
     ("spot", ["-148", "10"], 3), ("spot", ["1"], 3)],
)  # fmt: skip
def test_a_right_answer_is_worth_its_points(
    walker: Student, slug: str, answer: list[str], points: int
) -> None:
    reply = walker.find(slug, answer=answer)
    assert reply.json is not None
    assert (reply.json["right"], reply.json["points"]) == (True, points)
    assert "Parce que." in reply.json["panel"]


def test_a_plain_form_answers_every_line_and_is_explained_after_two_tries(walker: Student) -> None:
    path = "/tours/mill-tour/hotspots/pairs/find"
    for chosen in (["Aile", "Meule"], ["Farine", "Meule"]):
        assert walker.client.post(path, data={"answer": chosen}).status_code == 302
    page = walker.open("attic").text
    assert "Moudre → Meule" in page
    assert "<option selected>Farine" in page


def test_an_unfinished_answer_says_what_is_missing(walker: Student) -> None:
    reply = walker.find("pairs", answer=["Meule", ""])
    assert (reply.status_code, reply.json["error"]["message"]) == (  # type: ignore[index]  # JSON
        422,
        "Choisis une réponse à chaque ligne, puis valide.",
    )
