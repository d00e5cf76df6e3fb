"""Numbers in the forms of a class: what is none is told, and breaks nothing."""

import pytest

from app.core.numbers import read_number
from tests.classes.room import Room

NO_NUMBERS = ("²", "①", "x", "-1", "1e3", "", "9" * 5000)


@pytest.mark.parametrize("typed", [*NO_NUMBERS, None])
def test_what_is_no_number_is_read_as_none(typed: str | None) -> None:
    assert read_number(typed) is None


@pytest.mark.parametrize(("typed", "number"), [("30", 30), (" 7 ", 7), ("٣", 3)])
def test_whole_numbers_are_read_as_people_type_them(typed: str, number: int) -> None:
    assert read_number(typed) == number


@pytest.mark.parametrize("typed", NO_NUMBERS)
def test_a_form_with_no_number_in_it_is_answered(room: Room, typed: str) -> None:
    assert room.act("door", door="open", expected=typed).status_code == 302
    assert room.row.expected == 30
    assert room.act("lessons", tour="mill-tour", minutes=typed).status_code == 422
    assert room.act("whole", tour="mill-tour", more=typed, present=typed).status_code == 302
    assert room.students() == []
