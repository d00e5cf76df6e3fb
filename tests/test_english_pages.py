"""Pages asked for in English say nothing in French, whatever one did before."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import format_date

from app.core.locale import speaking
from app.core.writer import write
from app.people.accounts import hash_password, put_account
from app.people.schools import french_places, other_places
from media.errors import Refused
from tests.test_access import PASSWORD, address, routes
from tests.test_languages import forms, messages, read
from tests.tours.mill import RIGHT, Student
from tests.tours.samples import factory_data, tour_data, write_bundle
from tours.bundles.importing import import_bundle

SHOWN = ("alt", "aria-label", "content", "label", "placeholder", "title", "data-copied", "value")
"""Attributes that people read or hear."""
NAMES = re.compile(r"Déambuler?|Moulin d’essai|Maëlle|FR, français|Français|Défenseur des droits")
"""What is French in English too."""
PLACES = {name for _value, name in (*french_places("en"), *other_places("en"))}
"""So is Curaçao."""
LETTERS = re.compile(r"[àâçéèêëîïôùûœÀÂÇÉÈÊËÎÏÔÙÛŒ«»]")


class Shown(HTMLParser):
    """What people read or hear of a page, its scripts' words among it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tag = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tag = "french" if ("lang", "fr") in attrs and tag != "html" else tag
        seen = [(name, value) for name, value in attrs if (tag, name) != ("option", "value")]
        self.texts += [value for name, value in seen if name in SHOWN and value]

    def handle_endtag(self, _tag: str) -> None:
        self.tag = ""

    def handle_data(self, data: str) -> None:
        if self.tag == "script" and data.startswith("{"):
            self.texts += strings(json.loads(data))
        elif self.tag not in ("script", "style", "french") and data.strip():
            self.texts.append(" ".join(data.split(" ")).strip())


def strings(node: Any) -> Iterator[str]:
    """Every string in what JSON says; a page in it is read as a page."""
    if isinstance(node, str):
        yield from Shown(node).texts if node.lstrip().startswith("<") else [node]
    elif isinstance(node, dict | list):
        for one in node.values() if isinstance(node, dict) else node:
            yield from strings(one)


@pytest.fixture(scope="module")
def french() -> re.Pattern[str]:
    """Whatever the pages say in French that English says otherwise."""
    said = [
        text
        for message in messages(read("en"))
        for text, english in zip(forms(message.id), forms(message.string), strict=True)
        if text != english
    ]
    patterns = [re.sub(r"%\\\(\w+\\\)[sd]|\\\{\w+\\\}", ".+", re.escape(text)) for text in said]
    return re.compile("|".join(patterns))


@pytest.fixture
def left(french: re.Pattern[str]) -> Callable[[list[str]], list[str]]:
    """What is left of French in these texts."""

    def look(texts: list[str]) -> list[str]:
        bare = [NAMES.sub("", text) for text in texts if text not in PLACES]
        return [text for text in bare if french.fullmatch(text.strip()) or LETTERS.search(text)]

    return look


def in_english(node: Any) -> Any:
    """Data whose English is English: the sample's repeats the French."""
    if isinstance(node, list):
        return [in_english(one) for one in node]
    if not isinstance(node, dict):
        return node
    is_text = set(node) == {"fr", "en"} and isinstance(node["en"], str)
    if is_text and not node["en"].endswith(".vtt"):
        return node | {"en": "Words about a weathercock"}
    return {key: in_english(value) for key, value in node.items()}


@pytest.fixture(scope="session")
def english_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The mill for those who read English."""
    root = tmp_path_factory.mktemp("bundles") / "english"
    return write_bundle(root, in_english(tour_data()), in_english(factory_data()))


@pytest.fixture
def english(mill: Flask, english_bundle: Path) -> Flask:
    """The app with that mill."""
    import_bundle(english_bundle, publish=True)
    return mill


@pytest.fixture
def reader(english: Flask) -> Student:
    """Somebody who asks for English."""
    student = Student(english.test_client())
    student.client.post("/language/en")
    assert 'lang="en"' in student.open().text
    return student


def pages(app: Flask, client: FlaskClient) -> Iterator[tuple[str, str]]:
    """Every page with its address."""
    for rule, method in routes(app):
        if method == "GET":
            reply = client.get(address(rule))
            if reply.mimetype == "text/html" and reply.status_code != 302:
                yield address(rule), reply.text


def assert_english(app: Flask, client: FlaskClient, left: Callable[[list[str]], list[str]]) -> None:
    """No page says anything in French."""
    found = {path: left(Shown(page).texts) for path, page in pages(app, client)}
    assert len(found) > 12
    assert {path: texts for path, texts in found.items() if texts} == {}


def test_french_is_seen_where_it_is(english: Flask, left: Callable[[list[str]], list[str]]) -> None:
    for path, page in pages(english, english.test_client()):
        assert len(left(Shown(page).texts)) > 8, path


def test_the_first_visit(
    english: Flask, reader: Student, left: Callable[[list[str]], list[str]]
) -> None:
    assert_english(english, reader.client, left)


def test_after_finding_all_and_deciding(
    english: Flask, reader: Student, left: Callable[[list[str]], list[str]]
) -> None:
    replies = [reader.find("meal", opened=True), reader.find("cock", riddle="weathercock")]
    replies += [reader.find(one, opened=True) for one in ("maelle", "gauge")]
    replies += [reader.answer("gauge", "0"), reader.answer("gauge", "2"), reader.answer("belt")]
    replies += [reader.answer("bolt", "3")]
    reader.open("attic")
    replies += [reader.find(one, read=True) for one in ("wheel", "hum")]
    replies += [reader.answer(one) for one in ("weight", "rope", "lamp")]
    replies += [reader.decide("no"), reader.decide("wait")]
    for reply in replies:
        assert left(list(strings(reply.json))) == [], reply.request.path
    assert_english(english, reader.client, left)


@pytest.mark.parametrize("scene", ["hall", "attic"])
def test_plain_forms_and_what_they_flash(
    reader: Student, scene: str, left: Callable[[list[str]], list[str]]
) -> None:
    reader.open(scene)
    for hotspot in ("meal", "gauge", "belt") if scene == "hall" else ("stone", "hum", "weight"):
        for answer in ("3", RIGHT.get(hotspot, "1")):
            evidence = {"opened": "1", "read": "1", "answer": answer}
            url = f"/tours/mill-tour/hotspots/{hotspot}/find"
            reply = reader.client.post(url, data=evidence, follow_redirects=True)
            assert left(Shown(reply.text).texts) == []


def test_pages_of_the_staff(english: Flask, left: Callable[[list[str]], list[str]]) -> None:
    client = english.test_client()
    client.post("/language/en")
    hashed = hash_password(PASSWORD)
    write(lambda tx: put_account(tx, "o@example.org", "Odile", "organiser", hashed))
    refused = [client.post("/login", data=data) for data in ({}, {"email": "x", "password": "y"})]
    client.post("/login", data={"email": "o@example.org", "password": PASSWORD})
    refused.append(client.post("/workshop/bundles"))
    refused.append(client.post("/workshop/tours/mill-tour/unpublish", follow_redirects=True))
    refused.append(client.post("/workshop/tours/mill-tour/publish", follow_redirects=True))
    for reply in refused:
        assert left(Shown(reply.text).texts) == [], reply.request.path
    assert_english(english, client, left)


@pytest.mark.parametrize("path", ["/nowhere", "/tours/nowhere", "/language/de", "/me/forget"])
def test_refusals(reader: Student, path: str, left: Callable[[list[str]], list[str]]) -> None:
    for headers in ({}, {"Accept": "application/json"}):
        reply = reader.client.get(path, headers=headers)
        assert reply.status_code >= 400
        texts = list(strings(reply.json)) if reply.is_json else Shown(reply.text).texts
        assert left(texts) == []


def test_a_browser_that_wishes_for_english_gets_it(english: Flask) -> None:
    for wished, given in (("en-GB,en;q=0.8,fr;q=0.5", "en"), ("de", "fr"), ("fr-CA", "fr")):
        page = english.test_client().get("/", headers={"Accept-Language": wished}).text
        assert f'<html lang="{given}"' in page


def test_sentences_about_files_follow_whoever_reads(app: Flask) -> None:
    refused = Refused("film-too-long", minutes=12, limit=10)
    assert refused.sentence.startswith("Le film dure 12")
    with app.app_context(), speaking("en"):
        assert refused.sentence == "The film lasts 12 minutes, the limit is 10."


def test_numbers_and_dates_are_written_as_the_language_does(
    english: Flask, reader: Student, new_student: Callable[[], Student]
) -> None:
    french = new_student()
    for student, number in ((french, "1,5"), (reader, "1.5")):
        student.open("attic")
        student.answer("weight", "7")
        panel = student.answer("weight", "8").json["panel"]  # type: ignore[index]  # it is JSON
        assert f"{number}\u00a0t" in panel
    with english.test_request_context(headers={"Accept-Language": "en"}):
        assert format_date(date(2026, 4, 3), "short") == "03/04/2026"
