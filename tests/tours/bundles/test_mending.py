"""One mistake hides no other one, and makes no other one up."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.tours.bundles.conftest import Change
from tests.tours.bundles.test_check import in_attic, in_hall, not_in_attic
from tests.tours.samples import said
from tours.bundles.check import Checked
from tours.bundles.importing import import_bundle
from tours.bundles.problems import BadBundle

Check = Callable[..., Checked]
Data = dict[str, Any]


def of_hall(**values: Any) -> Change:
    return lambda d: d["scenes"][0].update(values)


def of_mission(**values: Any) -> Change:
    return lambda d: d["mission"].update(values)


BREAKS: list[tuple[str, Change, str]] = [
    ("an unknown key of the tour", lambda d: d.update(minuets=3), "« minuets »"),
    ("an unknown key of a hotspot", in_hall("meal", colour="red"), "« colour »"),
    ("a key misspelt", lambda d: d["scenes"][0].update(txet=d["scenes"][0].pop("text")),
     "« txet »"),
    ("a mission misspelt", lambda d: d.update(misssion=d.pop("mission")), "« misssion »"),
    ("a link whose yaw is a word", in_hall("to-attic", yaw="là"), "Il faut un nombre"),
    ("a yaw on another one's place", in_hall("gauge", yaw=380), "trop grand"),
    ("a link to a word in capitals", in_hall("to-attic", to="Attic"), "minuscules"),
    ("a link that is not one", in_hall("to-attic", kind="lnik"), "« lnik »"),
    ("a link of no kind", lambda d: d["scenes"][0]["hotspots"][0].pop("kind"), "« kind » manque"),
    ("a kind that is nothing", in_attic("ali", kind={"a": 1}), "n’existe pas ici"),
    ("a person of an unknown kind", in_attic("ali", kind="human"), "« human »"),
    ("a clue without slug", in_hall("gauge", slug="La jauge"), "minuscules"),
    ("a question without a right option",
     in_hall("gauge", options=[{"text": said("a")}, {"text": said("b")}]), "une option juste"),
    ("a question without options", in_hall("gauge", options=[]), "au moins 2"),
    ("a question of an unknown type", in_hall("gauge", type="guess"), "« guess »"),
    ("a treasure's text in one piece", in_hall("cock", text="Une girouette"), "deux langues"),
    ("a scene's text in one piece", of_hall(text="Une girouette"), "deux langues"),
    ("a scene in capitals", of_hall(slug="Hall"), "minuscules"),
    ("a scene without name", of_hall(slug=42), "entre guillemets"),
    ("a panorama's file with a space", lambda d: d["scenes"][0]["panorama"].update(
        file="panoramas/the hall.jpg"), "chemin"),
    ("a panorama that is a word", of_hall(panorama="hall.jpg"), "des clés et des valeurs"),
    ("hotspots that are a word", of_hall(hotspots="none"), "une liste"),
    ("a mission that is a word", lambda d: d.update(mission="find it"), "des clés et des valeurs"),
    ("too few clues", of_mission(clues=["gauge", "belt", "bolt", "lamp"]), "au moins 5"),
    ("one trail", lambda d: d["mission"]["trails"].__delitem__(slice(1, None)), "au moins 3"),
    ("a trail of no name", lambda d: d["mission"]["trails"][0].update(slug=[1]),
     "n’existe pas ici"),
    ("an ending in capitals", lambda d: d["mission"]["endings"][0].update(slug="Calm"),
     "minuscules"),
    ("a reward without needs", lambda d: d["rewards"][0].pop("needs"), "« needs » manque"),
    ("a start that is a number", lambda d: d.update(start=7), "entre guillemets"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "words"), [case[1:] for case in BREAKS],
                         ids=[case[0] for case in BREAKS])  # fmt: skip
def test_one_mistake_makes_no_other_one_up(checked: Check, change: Change, words: str) -> None:
    (problem,) = checked(change).problems
    assert words.replace(" ", "\u00a0") in str(problem).replace(" ", "\u00a0")


@pytest.mark.parametrize("change", [case[1] for case in BREAKS],
                         ids=[case[0] for case in BREAKS])  # fmt: skip
def test_one_mistake_hides_no_other_one(checked: Check, bundle: Path, change: Change) -> None:
    def spoil(data: Data) -> None:
        in_attic("to-hall", to="cellar")(data)
        in_attic("stone", text={"fr": "Ronde."})(data)
        not_in_attic("hum", "transcript")(data)
        data["scenes"][1]["text"].pop("en")
        change(data)

    (bundle / "films" / "wheel.mp4").unlink()
    said_of_it = "\n".join(str(problem) for problem in checked(spoil).problems)
    for words in ("wheel.mp4", "traduction anglaise", "transcription"):
        assert words in said_of_it
    no_scene_is_known = change in [case[1] for case in BREAKS if case[0] == "a scene without name"]
    assert ("cellar" in said_of_it) is not no_scene_is_known
    assert said_of_it.count("traduction anglaise") == 2


def test_mistakes_of_shape_are_told_together(checked: Check) -> None:
    def spoil(data: Data) -> None:
        in_hall("gauge", options=[{"text": said("a")}], colour="red", yaw="là")(data)
        in_attic("ali", kind="human")(data)
        data["mission"]["clues"] = ["nothing", "gauge"]

    problems = "\n".join(str(problem) for problem in checked(spoil).problems)
    for words in ("colour", "nombre", "au moins 2", "human", "au moins 5", "nothing"):
        assert words in problems


def test_a_factory_is_read_as_far_as_can_be(checked: Check) -> None:
    def spoil(data: Data) -> None:
        data["place"].pop("en")
        data.update(secteur="food", accent="green")

    problems = [str(p) for p in checked(factory=spoil).problems]
    assert len(problems) == 3


@pytest.mark.usefixtures("app")
def test_what_was_mended_is_never_imported(bundle: Path) -> None:
    path = bundle / "tour.yaml"
    path.write_text(path.read_text("utf-8") + "colour: red\n", "utf-8")
    with pytest.raises(BadBundle, match="colour"):
        import_bundle(bundle, as_draft=True)
