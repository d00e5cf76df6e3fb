"""Codes are read aloud, copied and typed: any spacing opens, no other letter does."""

from collections import Counter
from collections.abc import Container

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app.classes.codes import (
    ALPHABET,
    DOOR_LENGTH,
    KEY_LENGTH,
    PLACE_LENGTH,
    clean_code,
    draw_code,
    draw_door_code,
    show_code,
)
from app.classes.insults import spells_insult

CODES = st.text(ALPHABET, min_size=1, max_size=20)


def test_the_alphabet_has_no_look_alikes() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 30
    assert not set("01ILOU") & set(ALPHABET)


@pytest.mark.parametrize("length", [DOOR_LENGTH, PLACE_LENGTH, KEY_LENGTH])
def test_codes_use_every_letter_and_none_comes_twice(length: int) -> None:
    codes = [draw_code(length) for _ in range(500)]
    assert len(set(codes)) >= 500 - (length == DOOR_LENGTH)  # of 30⁶ two may be one, very rarely
    assert set(Counter("".join(codes))) == set(ALPHABET)
    assert {len(code) for code in codes} == {length}


@given(CODES)
def test_what_is_shown_is_read_back(code: str) -> None:
    assert clean_code(show_code(code)) == code
    assert clean_code(show_code(code).lower().replace(" ", " - ")) == code
    assert clean_code(f"\u200b {code}\n") == code
    assert clean_code("\u00a0".join(code)) == code


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("7KD4RW", "7KD4RW"),
        ("ABCDE23456", "ABCDE 23456"),
        ("ABCDEFGH", "ABCD EFGH"),
        ("ABCDEFGHJKMNPQRST", "ABCDE FGHJ KMNP QRST"),
    ],
)
def test_long_codes_are_shown_in_even_groups(code: str, shown: str) -> None:
    assert show_code(code) == shown


@pytest.mark.parametrize(
    "typed", ["7KD4R0", "7KD4RO", "IKD4RW", "7KD4RÉ", "ßKD4RW", "７KD4RW", "?"]
)
def test_a_sign_that_no_code_holds_opens_nothing(typed: str) -> None:
    assert clean_code(typed) == ""


def test_door_codes_spell_nothing_ugly() -> None:
    codes = [draw_door_code() for _ in range(2000)]
    assert not any(spells_insult(code) for code in codes)
    assert {len(code) for code in codes} == {DOOR_LENGTH}


class AllBut(Container[str]):
    """Every code is taken but those that begin with a letter."""

    def __init__(self, letter: str) -> None:
        self.letter = letter

    def __contains__(self, code: object) -> bool:
        return not str(code).startswith(self.letter)


def test_a_door_code_is_drawn_until_one_is_free() -> None:
    assert {draw_door_code(AllBut("Z"))[0] for _ in range(20)} == {"Z"}


@pytest.mark.parametrize("code", ["CACA23", "M3RD3X", "XFAGXX", "23PD45", "SS2345", "HVN88T"])
def test_such_a_code_is_never_on_the_wall(code: str) -> None:
    assert set(code) <= set(ALPHABET)
    assert spells_insult(code)


def test_no_page_of_the_site_has_an_address_that_a_door_code_could_be(app: Flask) -> None:
    steps = {rule.rule.strip("/").split("/")[0].upper() for rule in app.url_map.iter_rules()}
    assert [step for step in steps if len(step) == DOOR_LENGTH and set(step) <= set(ALPHABET)] == []
