"""French first, English complete, both typeset as they should be."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from tours.bundles.yaml12 import parse_yaml

ROOT = Path(__file__).parent.parent
TRANSLATIONS = ROOT / "app" / "translations"
DEMO = ROOT / "demo" / "tidal-plant"

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|(?<=\{)\w+(?=\})|%%")
CODE = re.compile(r"\{fr: …, en: …\}|kind: person|right: true|https?:\S+|#\w{6}")
"""What authors type is written as they type it."""
FRENCH_FAULTS = {
    "a typewriter's apostrophe": re.compile(r"\w'\w"),
    "a plain space before a sign": re.compile(r" [:;!?»%]"),
    "no space before a sign": re.compile(r"[^\s\u00a0\u202f«][!?»]|\w[:;](?=\s)"),
    "a plain space after «": re.compile(r"«[^\u00a0\u202f]"),
    "three dots": re.compile(r"\.\.\."),
    "a number torn from its unit": re.compile(r"(?:\d|\)[sd]) (?:%|Mo|Go|minutes?|km|mm|MW|kV)\b"),
    "a capital without its accent": re.compile(
        r"(?:^|[.!?] )(?:A|Etat|Ecri\w*|Ecout\w*|Energie|Economi\w*|Equipe|Electri\w*|Ouvre-la)\b"
    ),
    "a cry": re.compile(r"[Oo]ups|[Oo]ops|!\W*!"),
}
ENGLISH_FAULTS = {
    "French spacing": re.compile(r"[\s\u00a0\u202f][:;!?%]"),
    "French quotation marks": re.compile(r"[«»]"),
    "a typewriter's apostrophe": re.compile(r"\w'\w"),
    "three dots": re.compile(r"\.\.\."),
    "American spelling": re.compile(
        r"\b(?:color|center|license|organiz\w+|recogniz\w+)\b", re.IGNORECASE
    ),
    "the French word": re.compile(r"\b(?:boulons?|pin’s)\b"),
    "a cry": re.compile(r"[Oo]ops|!\W*!"),
}


def read(language: str) -> Catalog:
    """A catalogue as it is committed."""
    with (TRANSLATIONS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def messages(catalog: Catalog) -> list[Message]:
    """Its messages, the header apart."""
    return [message for message in catalog if message.id]


def forms(said: Any) -> tuple[str, ...]:
    """One text, or each of its plural forms."""
    return tuple(said) if isinstance(said, tuple | list) else (said,)


def bare(text: str) -> str:
    """Without what authors type and what is put in later."""
    return PLACEHOLDER.sub("x", CODE.sub("x", text))


def faults(text: str, rules: dict[str, re.Pattern[str]]) -> list[str]:
    """What is badly typeset in a text."""
    return [f"{name}: {text}" for name, rule in rules.items() if rule.search(bare(text))]


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """The words of the present code."""
    target = tmp_path_factory.mktemp("words") / "words.pot"
    command = "--quiet extract --mapping-file=pyproject.toml --keyword=_l -o"
    pybabel = [sys.executable, "-m", "babel.messages.frontend", *command.split(), str(target), "."]
    subprocess.run(pybabel, cwd=ROOT, check=True)
    with target.open("rb") as file:
        return read_po(file)


def spoken_twice(node: Any) -> Iterator[dict[str, str]]:
    """Every text in two languages of what a YAML file holds."""
    if isinstance(node, dict):
        if set(node) == {"fr", "en"} and all(isinstance(text, str) for text in node.values()):
            yield node
            return
        node = list(node.values())
    if isinstance(node, list):
        for one in node:
            yield from spoken_twice(one)


@pytest.fixture(scope="module")
def demo() -> list[dict[str, str]]:
    """The texts of the demo, captions among them."""
    texts: list[dict[str, str]] = []
    for name in ("factory.yaml", "tour.yaml"):
        texts += spoken_twice(parse_yaml((DEMO / name).read_text()).value)
    captions = {name: (DEMO / "films" / f"tide.{name}.vtt").read_text() for name in ("fr", "en")}
    return [*texts, {name: re.sub(r"[\d:.]+ --> .*", "", text) for name, text in captions.items()}]


def test_the_catalogue_has_the_words_of_the_code_and_no_others(words: Catalog) -> None:
    """`make words` brings it up to date."""
    assert {m.id for m in messages(words)} == {m.id for m in messages(read("en"))}
    plurals = {m.id for m in messages(words) if m.pluralizable}
    assert plurals == {m.id for m in messages(read("fr"))}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_nothing_in_a_catalogue_is_obsolete_or_doubtful(language: str) -> None:
    catalog = read(language)
    assert not catalog.obsolete
    assert [message.id for message in messages(catalog) if message.fuzzy] == []


def test_all_is_said_in_english() -> None:
    untold = [m.id for m in messages(read("en")) if not all(forms(m.string))]
    assert untold == []


def test_what_is_put_into_a_sentence_has_its_place_in_both_languages() -> None:
    for message in messages(read("en")):
        for french, english in zip(forms(message.id), forms(message.string), strict=True):
            asked, given = PLACEHOLDER.findall(french), PLACEHOLDER.findall(english)
            assert sorted(asked) == sorted(given), message.id


def test_french_plurals_are_the_words_themselves() -> None:
    """They are there because French counts none in the singular."""
    for message in messages(read("fr")):
        assert message.string == message.id


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_built_catalogue_is_the_written_one(language: str) -> None:
    built = TRANSLATIONS / language / "LC_MESSAGES" / "messages.mo"
    assert built.exists(), "make build compiles the catalogues"
    with built.open("rb") as file:
        known = {forms(message.id): forms(message.string) for message in messages(read_mo(file))}
    assert known == {forms(m.id): forms(m.string) for m in messages(read(language))}


def test_french_is_typeset_as_french(words: Catalog, demo: list[dict[str, str]]) -> None:
    texts = [text for message in messages(words) for text in forms(message.id)]
    texts += [text["fr"] for text in demo]
    assert [fault for text in texts for fault in faults(text, FRENCH_FAULTS)] == []


def test_english_is_typeset_as_english(demo: list[dict[str, str]]) -> None:
    texts = [text for message in messages(read("en")) for text in forms(message.string)]
    texts += [text["en"] for text in demo]
    assert [fault for text in texts for fault in faults(text, ENGLISH_FAULTS)] == []


def test_scripts_have_no_words_of_their_own() -> None:
    """Templates give them, in the page's language."""
    sentence = re.compile(r"[À-ÿ’«]|[A-Z]\w+ \w+|\w+ \w+[.!?](?!\w)")
    for path in (ROOT / "static" / "js").rglob("*.js"):
        code = re.sub(r"/\*.*?\*/|(?:^|\s)//[^\n]*", "", path.read_text(), flags=re.DOTALL)
        code = re.sub(r"new \w*Error\(.*?\)", "", code)
        for text in re.findall(r'"[^"\n]*"|\'[^\'\n]*\'|`[^`]*`', code):
            assert not sentence.search(text), f"{path.name}: {text}"


def test_pictures_of_the_house_have_no_words() -> None:
    for path in (ROOT / "static" / "art").rglob("*.svg"):
        told = re.search(r"<(?:title|desc|text)\b|aria-label", path.read_text())
        assert told is None, path.name
