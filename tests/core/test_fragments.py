"""What visitors share of a page, and what they never share."""

import re
from pathlib import Path

from flask import Flask, render_template_string
from flask.testing import FlaskClient

from app.core.fragments import ROOM, Fragments

PART = '{% fragment "part", state %}{{ state }} {{ heard() }} {{ _("Valider") }}{% endfragment %}'


def test_a_fragment_is_rendered_once_a_state_and_language(app: Flask) -> None:
    rendered: list[int] = []

    def show(state: str, language: str) -> str:
        with app.test_request_context(headers={"Accept-Language": language}):
            return render_template_string(PART, state=state, heard=lambda: rendered.append(1))

    assert show("a", "fr") == show("a", "fr")
    assert len(rendered) == 1
    assert show("a", "en") != show("a", "fr")
    assert show("b", "fr") != show("a", "fr")
    assert len(rendered) == 3


def test_what_is_in_a_fragment_is_escaped_as_everywhere(app: Flask) -> None:
    with app.test_request_context():
        text = render_template_string(PART, state="<b>", heard=lambda: "")
    assert text.startswith("&lt;b&gt;")


def test_fragments_take_no_more_room_than_they_may() -> None:
    fragments = Fragments()
    for number in range(40):
        fragments.get(number, lambda: "x" * (ROOM // 10))
        kept = sum(len(part) for part in fragments._known.values())
        assert kept <= ROOM


def tokens(client: FlaskClient) -> list[str]:
    page = client.get("/login").text
    return re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page)


def test_every_form_of_a_page_has_its_visitors_own_token(app: Flask) -> None:
    one, other = app.test_client(), app.test_client()
    mine, theirs = tokens(one), tokens(other)
    assert mine
    assert set(mine).isdisjoint(theirs)
    for client, found in ((one, mine), (other, theirs)):
        reply = client.post("/language/en", data={"csrf_token": found[0]})
        assert reply.status_code == 302
    assert one.post("/language/en", data={"csrf_token": theirs[0]}).status_code == 400


def test_no_mark_is_left_in_a_page(app: Flask, tmp_path: Path) -> None:
    client = app.test_client()
    for path in ("/", "/login", "/join", "/nowhere"):
        assert not re.search(r"token-[0-9a-f]{32}", client.get(path).text), path
