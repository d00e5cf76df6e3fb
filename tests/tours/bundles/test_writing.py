"""What is written as YAML is read again as the same."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.texts import Strict, Text
from tests.tours.samples import factory_data, tour_data
from tours.bundles.factory import FactoryFile
from tours.bundles.tour import TourFile
from tours.bundles.writing import to_yaml
from tours.bundles.yaml12 import parse_yaml

CONTROL = "".join(chr(n) for n in (*range(9), *range(11, 32), 127, 0xFFFE, 0xFFFF))
WORDS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_characters=CONTROL), max_size=60),
    st.text(st.sampled_from("ab:#-\n '\"{}[]&*!|>%@`\t\u00a0\u202f.1é~,?"), max_size=60),
    st.sampled_from(
        ["yes", "true", "null", "~", "1", "1.5", "1e3", ".5", "- a", "a: b", "---", ""]
    ),
)


class Sample(Strict):
    """Texts in every place that a bundle has."""

    text: Text = Text()
    line: str = ""
    lines: tuple[str, ...] = ()


@settings(max_examples=400, deadline=None)
@given(WORDS, WORDS, WORDS, st.lists(WORDS, max_size=3))
def test_any_text_comes_back(fr: str, en: str, line: str, lines: list[str]) -> None:
    sample = Sample(text=Text(fr=fr, en=en), line=line, lines=tuple(lines))
    assert Sample.model_validate(parse_yaml(to_yaml(sample)).value or {}) == sample


@settings(max_examples=60, deadline=None)
@given(WORDS, st.floats(-180, 180), st.floats(-90, 90), st.integers(1, 240))
def test_a_tour_comes_back(words: str, yaw: float, pitch: float, minutes: int) -> None:
    data: dict[str, Any] = tour_data()
    data["minutes"] = minutes
    data["title"]["fr"] = words
    data["scenes"][0]["view"] = {"yaw": yaw, "pitch": pitch}
    data["scenes"][0]["hotspots"][2]["options"][0]["text"] = {"en": words}
    tour = TourFile.model_validate(data)
    written = to_yaml(tour)
    assert TourFile.model_validate(parse_yaml(written).value) == tour
    assert to_yaml(TourFile.model_validate(parse_yaml(written).value)) == written


def test_several_lines_are_written_as_a_block() -> None:
    written = to_yaml(Sample(text=Text(fr="Un.\n\nDeux : trois.", en="One.")))
    assert written == "text:\n  fr: |-\n    Un.\n\n    Deux : trois.\n  en: One.\n"


def test_a_line_end_is_kept() -> None:
    written = to_yaml(Sample(text=Text(fr="Un.\n\nDeux.\n", en="One.")))
    assert written == "text:\n  fr: |\n    Un.\n\n    Deux.\n  en: One.\n"


def test_a_factory_comes_back() -> None:
    factory = FactoryFile.model_validate(factory_data())
    assert FactoryFile.model_validate(parse_yaml(to_yaml(factory)).value) == factory


def test_french_spaces_are_written_as_they_are() -> None:
    written = to_yaml(Sample(line="Prêt\u202f? Oui\u00a0: là"))
    assert "Prêt\u202f? Oui\u00a0: là" in written
