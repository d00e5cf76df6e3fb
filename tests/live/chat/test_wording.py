"""What the chat says: both languages, nothing lost, set as it should be."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from app.core.texts import Text
from app.live.chat.wording import Wording, wording
from app.live.chat.wording.loading import FOLDER
from tests.test_languages import ENGLISH_FAULTS, FRENCH_FAULTS, faults
from tours.bundles.yaml12 import read_yaml

PLACEHOLDER = re.compile(r"\{\w+\}")
FRANCE = ("FR", "GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF")


def texts(found: Any) -> Iterator[Text]:
    """Every text within a model, however deep."""
    if isinstance(found, Text):
        yield found
    elif isinstance(found, BaseModel):
        yield from texts([value for _, value in found])
    elif isinstance(found, dict):
        yield from texts(list(found.values()))
    elif isinstance(found, list | tuple):
        for value in found:
            yield from texts(value)


SAID = list(texts(wording()))


def test_everything_is_said_in_both_languages() -> None:
    assert len(SAID) > 40
    assert [text for text in SAID if not text.fr.strip() or not text.en.strip()] == []


def test_no_placeholder_is_lost_in_translation() -> None:
    lost = [
        text
        for text in SAID
        if sorted(PLACEHOLDER.findall(text.fr)) != sorted(PLACEHOLDER.findall(text.en))
    ]
    assert lost == []
    known = {name for text in SAID for name in PLACEHOLDER.findall(text.fr)}
    assert known == {"{days}", "{name}", "{number}"}


def test_both_languages_are_typeset_as_they_should_be() -> None:
    wrong = [fault for text in SAID for fault in faults(text.fr, FRENCH_FAULTS)]
    wrong += [fault for text in SAID for fault in faults(text.en, ENGLISH_FAULTS)]
    wrong += [
        text.fr for text in SAID if re.search(r"'|[^\u00a0][:;?!»%](?!\w)|«[^\u00a0]", text.fr)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_rules_are_read_in_half_a_minute(language: str) -> None:
    said = " ".join(wording().rules(language, 90))
    words = [word for word in re.split(r"[\s\u00a0]+", said) if re.search(r"\w", word)]
    assert 80 <= len(words) <= 100
    assert "90" in said
    assert "3018" in said
    assert not PLACEHOLDER.search(said)


def test_a_country_whose_lines_nobody_has_looked_up_names_none() -> None:
    assert not re.search(r"\d{3}", " ".join(wording().rules("fr", 90, "JP")))
    kindly = wording().kindly("fr", "JP")
    assert (kindly["numbers"], kindly["lines"]) == ([], "")
    assert "112" in kindly["near"]


@pytest.mark.parametrize("country", FRANCE)
def test_france_has_its_four_numbers(country: str) -> None:
    kindly = wording().kindly("fr", country)
    assert [line["number"] for line in kindly["numbers"]] == ["3018", "119", "3114"]
    assert "112" in kindly["near"]
    assert "Tu n’es pas seul" in kindly["kind"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_names_and_days_are_put_in(language: str) -> None:
    said = [
        wording().state("claimed", language, "Karim"),
        wording().nobody_came(language, "Nadia"),
        *wording().promises(language, 30),
        *wording().rules(language, 30),
    ]
    assert [text for text in said if PLACEHOLDER.search(text)] == []
    assert "Karim" in said[0]
    assert "Nadia" in said[1]
    assert "30" in said[2]


def test_the_page_gets_every_state_and_every_reason() -> None:
    told = wording().for_page("en")
    assert set(told["reasons"]) == {"personal", "asked", "hurts", "unclear", "elsewhere"}
    assert {"held", "shown", "claimed", "answered", "later", "refused", "withdrawn"} <= set(
        told["states"]
    )
    assert wording().refusal("hurts", "en") == told["reasons"]["hurts"]


@pytest.mark.parametrize("spoil", ["unknown", "missing", "empty", "set"])
def test_a_file_with_a_mistake_is_refused(spoil: str) -> None:
    words = read_yaml(FOLDER / "words.yaml").value
    numbers = read_yaml(FOLDER / "help.yaml").value
    if spoil == "unknown":
        words["states"]["lost"] = {"fr": "Perdue.", "en": "Lost."}
    elif spoil == "missing":
        del words["refusals"]["hurts"]
    elif spoil == "empty":
        words["ending"]["thanks"]["en"] = " "
    else:
        numbers["countries"]["FR"] = "atlantis"
    with pytest.raises(ValidationError):
        Wording.model_validate({**words, "help": numbers})
