"""What is wrong with a bundle is told with file, line and what to change."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.tours.bundles.conftest import Change
from tests.tours.samples import said
from tours.bundles.check import Checked, check_bundle
from tours.bundles.examining import examine

Check = Callable[..., Checked]
Data = dict[str, Any]


def test_a_whole_bundle_has_no_problem(sample: Path) -> None:
    assert [str(p) for p in check_bundle(sample, examine).problems] == []


def test_the_shares_of_boulons_are_counted(sample: Path) -> None:
    shares = check_bundle(sample).shares
    assert shares is not None
    assert (shares.content, shares.answer, shares.decision, shares.total) == (7, 21, 5, 33)
    assert shares.answered == pytest.approx(26 / 33)
    # Five single questions of four: 3/4 + 3/4·1/3 each; the number and the treasure bring nothing.
    assert shares.luck == pytest.approx(7 + 5 + 5 * 1.0)


def hot(data: Data, scene: int, number: int) -> Data:
    found: Data = data["scenes"][scene]["hotspots"][number]
    return found


HALL = {name: n for n, name in enumerate(
    ("to-attic", "meal", "gauge", "belt", "bolt", "lamp", "maelle", "cock"))}  # fmt: skip
ATTIC = {name: n for n, name in enumerate(
    ("to-hall", "stone", "wheel", "hum", "plan", "ali", "weight", "rope"))}  # fmt: skip


def in_hall(name: str, /, **values: Any) -> Change:
    return lambda d: hot(d, 0, HALL[name]).update(values)


def in_attic(name: str, /, **values: Any) -> Change:
    return lambda d: hot(d, 1, ATTIC[name]).update(values)


def not_in_attic(name: str, key: str) -> Change:
    return lambda d: hot(d, 1, ATTIC[name]).pop(key)


def in_mission(**values: Any) -> Change:
    return lambda d: d["mission"].update(values)


SMALL: list[tuple[str, Change, str]] = [
    ("an unknown key", in_hall("meal", txet=said("x")), "« txet » est inconnue"),
    (
        "one file of captions for both languages",
        in_attic("wheel", captions={"fr": "films/wheel.fr.vtt", "en": "films/wheel.fr.vtt"}),
        "mêmes sous-titres",
    ),
    ("an invisible sign", in_hall("meal", text=said("a\0b")), "signe invisible"),
    ("a comma", in_hall("meal", text={"fr": "8", "2 m": None}), "virgule"),
    ("an unknown kind", in_hall("meal", kind="inof"), "« inof » n’existe pas ici"),
    ("a slug in capitals", lambda d: d.update(slug="Mill"), "minuscules"),
    ("a text in one piece", in_hall("meal", text="Bonjour"), "deux langues"),
    ("a text that is a number", in_hall("maelle", name=42), "guillemets"),
    ("a yaw over 180", in_hall("meal", yaw=222), "222 est trop grand : au plus 180"),
    ("a word as number", in_hall("meal", yaw="là"), "nombre"),
    ("a dangling link", in_hall("to-attic", to="cellar"), "Aucune scène ne s’appelle « cellar »"),
    ("a link to itself", in_hall("to-attic", to="hall"), "déjà"),
    ("two hotspots on one spot", in_hall("belt", yaw=22), "même endroit (2.0°"),
    ("a missing translation", in_hall("meal", text={"fr": "Ici."}), "traduction anglaise"),
    ("a missing French text", in_hall("meal", text={"en": "Here."}), "Le français manque"),
    ("no alternative text", lambda d: d["scenes"][0]["panorama"].pop("alt"), "alternatif"),
    ("no word on people", lambda d: d["scenes"][0]["panorama"].pop("people"), "« people »"),
    ("nobody approved", lambda d: d["scenes"][0]["panorama"].pop("approved_by"), "autorisé"),
    ("a film without captions", not_in_attic("wheel", "captions"), "sous-titres"),
    ("captions in one language", in_attic("wheel", captions={"fr": "films/wheel.fr.vtt"}),
     "sous-titres anglais"),
    ("a film without transcript", not_in_attic("wheel", "transcript"), "transcription"),
    ("a sound without transcript", not_in_attic("hum", "transcript"), "transcription"),
    ("a question for eyes only", not_in_attic("rope", "in_words"), "« in_words »"),
    ("a document without words", not_in_attic("plan", "text"), "Le texte manque"),
    ("no right option", in_attic("rope", options=[{"text": said("a")}, {"text": said("b")}]),
     "une option juste"),
    ("an unreachable scene", lambda d: d["scenes"][0]["hotspots"].pop(0), "Aucun passage"),
    ("an unknown start", lambda d: d.update(start="door"), "« door »"),
    ("a reserved scene", lambda d: d["scenes"][1].update(slug="end"), "réservé"),
    ("a slug twice", in_attic("rope", slug="gauge"), "sert deux fois"),
    ("a missing file", lambda d: d["scenes"][0]["panorama"].update(file="panoramas/no.jpg"),
     "« panoramas/no.jpg » manque"),
    ("a file out of the bundle",
     lambda d: d["scenes"][0]["panorama"].update(file="panoramas/../../x.jpg"), "chemin"),
    ("a riddle without answer in the texts",
     lambda d: hot(d, 0, HALL["cock"])["riddle"]["answers"].update(fr=["une boussole"]),
     "aucun texte français"),
    ("a clue that is not there", in_mission(clues=["gauge", "belt", "bolt", "lamp", "nothing"]),
     "« nothing »"),
    ("too few clues", in_mission(clues=["gauge", "belt"]), "au moins 5"),
    ("a clue twice", in_mission(clues=["gauge", "gauge", "belt", "bolt", "lamp"]), "deux fois"),
    ("an option to nowhere",
     lambda d: d["mission"]["decision"]["options"][0].update(ending="sea"), "Impasse"),
    ("an ending without option",
     lambda d: d["mission"]["decision"]["options"][0].update(ending="help"), "Aucun choix"),
    ("an ending told by a lamp", lambda d: d["mission"]["endings"][0].update(person="lamp"),
     "n’est pas une personne"),
    ("a trail without clues",
     lambda d: d["mission"]["trails"][0].update(scenes=["attic"]), "ne croise que 1"),
    ("a trail to nowhere", lambda d: d["mission"]["trails"][0].update(scenes=["hall", "sea"]),
     "« sea »"),
    ("a reward for nothing", lambda d: d["rewards"][0]["needs"].update(finds=["nothing"]),
     "« nothing »"),
    ("a reward that asks too much", lambda d: d["rewards"][0]["needs"].update(count=9),
     "Personne"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "words"), [case[1:] for case in SMALL],
                         ids=[case[0] for case in SMALL])  # fmt: skip
def test_each_fault_has_its_sentence_and_line(checked: Check, change: Change, words: str) -> None:
    problems = [str(p) for p in checked(change).problems]
    told = [problem for problem in problems if words in problem]
    assert told, problems
    assert told[0].startswith("tour.yaml:")
    line = int(told[0].split(":")[1])
    assert line > 1 or "« slug »" in told[0] or words == "minuscules"


def test_every_problem_is_told_at_once(checked: Check) -> None:
    def spoil(data: Data) -> None:
        in_hall("to-attic", to="cellar")(data)
        in_hall("belt", yaw=22)(data)
        not_in_attic("wheel", "transcript")(data)

    assert len(checked(spoil).problems) >= 4


def test_too_little_to_answer_is_refused(checked: Check) -> None:
    def only_content(data: Data) -> None:
        data.pop("mission")
        data.pop("rewards")
        for scene in data["scenes"]:
            scene["hotspots"] = [h for h in scene["hotspots"] if h["kind"] != "question"]

    problems = [str(p) for p in checked(only_content).problems]
    assert any("au moins 50 %" in p for p in problems)
    assert any("robot" in p for p in problems)


def test_files_that_nothing_uses_are_told(bundle: Path) -> None:
    (bundle / "pictures" / "spare.png").write_bytes(b"x")
    assert [str(p) for p in check_bundle(bundle).problems] == [
        "pictures/spare.png: Ce fichier ne sert à rien dans la visite : retirez-le ou citez-le."
    ]


@pytest.mark.parametrize("name", ["panoramas/hall.jpg", "films/wheel.mp4", "documents/plan.pdf"])
def test_broken_media_are_told_where_they_are_named(bundle: Path, name: str) -> None:
    (bundle / name).write_bytes(b"nothing of the kind")
    (problem,) = check_bundle(bundle).problems
    assert "abîmé" in str(problem)
    assert problem.line > 1


def test_a_truncated_panorama_is_seen_when_it_is_decoded(bundle: Path) -> None:
    path = bundle / "panoramas" / "hall.jpg"
    path.write_bytes(path.read_bytes()[:-400])
    assert check_bundle(bundle).problems == []
    (problem,) = check_bundle(bundle, examine).problems
    assert "incomplète" in str(problem)


def test_captions_that_browsers_would_not_show_are_told(bundle: Path) -> None:
    (bundle / "films" / "wheel.fr.vtt").write_text("WEBVTT\n\n00:01 --> 00:02\nNon\n")
    (problem,) = check_bundle(bundle, examine).problems
    assert "Ligne 3" in str(problem)


def test_a_missing_tour_file_is_told(bundle: Path) -> None:
    (bundle / "tour.yaml").unlink()
    (problem,) = check_bundle(bundle).problems
    assert str(problem) == "tour.yaml: Le fichier manque ou ne se lit pas."


def test_a_link_out_of_the_folder_is_not_followed(bundle: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.jpg").write_bytes((bundle / "panoramas" / "hall.jpg").read_bytes())
    (bundle / "panoramas" / "hall.jpg").unlink()
    (bundle / "panoramas" / "hall.jpg").symlink_to(tmp_path / "secret.jpg")
    (problem,) = check_bundle(bundle).problems
    assert "lien vers ailleurs" in str(problem)


def test_a_factory_is_checked_too(checked: Check) -> None:
    problems = checked(factory=lambda d: d.update(accent="green", sector="magic")).problems
    assert [p.file for p in problems] == ["factory.yaml"] * 2
