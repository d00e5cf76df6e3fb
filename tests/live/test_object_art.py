"""The drawings of what a class builds: seven parts each, told in words beside them, not in them."""

import re

import pytest
from flask import Flask, render_template_string

from app.live.objects import OBJECTS, PARTS

WORDS = {"building": "On construit : {parts} sur 7.", "built": "C’est construit."}
PAGE = '{% from "art/objects.html" import object_art %}{{ object_art(name, lit, words) }}'


def draw(app: Flask, name: str, lit: int) -> str:
    """The drawing of an object with as many parts lit."""
    with app.test_request_context():
        return render_template_string(PAGE, name=name, lit=lit, words=WORDS)


@pytest.mark.parametrize("name", OBJECTS)
def test_an_object_has_seven_parts_in_order_and_no_text(app: Flask, name: str) -> None:
    drawing = draw(app, name, 0)
    assert re.findall(r'data-part="(\d)"', drawing) == [str(n) for n in range(1, PARTS + 1)]
    assert not re.sub(r"<[^>]+>", "", drawing).strip()
    assert "<text" not in drawing
    assert "style=" not in drawing, "the security policy would drop it"


@pytest.mark.parametrize("name", OBJECTS)
@pytest.mark.parametrize("lit", [0, 3, PARTS])
def test_the_lit_parts_are_marked(app: Flask, name: str, lit: int) -> None:
    parts = re.findall(r'class="object__part( object__part--lit)?"', draw(app, name, lit))
    assert [bool(part) for part in parts] == [n <= lit for n in range(1, PARTS + 1)]


def test_a_drawing_tells_how_far_it_is(app: Flask) -> None:
    assert 'aria-label="On construit : 3 sur 7."' in draw(app, "dish", 3)
    whole = draw(app, "dish", PARTS)
    assert 'aria-label="C’est construit."' in whole
    assert "object--complete" in whole
