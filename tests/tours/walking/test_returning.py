"""Coming back: by code, after somebody else logged in, in another language."""

import pytest
from flask import Flask

from app.core.writer import write
from app.people.accounts import hash_password, put_account
from tests.tours.mill import Student


def test_a_wrong_code_can_be_corrected_where_it_was_typed(student: Student) -> None:
    page = student.client.post("/join", data={"code": "ABCDE FGHJK"})
    assert page.status_code == 422
    assert 'value="ABCDE FGHJK"' in page.text


def test_staff_who_borrow_a_machine_leave_the_student_their_place(student: Student) -> None:
    student.find("meal", opened=True)
    hashed = hash_password("a long password")
    write(lambda tx: put_account(tx, "a@example.org", "A", "author", hashed))
    staff = {"email": "a@example.org", "password": "a long password"}
    assert student.client.post("/login", data=staff).location == "/workshop"
    student.client.post("/logout")
    assert student.client.get("/workshop").status_code == 302
    assert [one["slug"] for one in student.told()["hotspots"] if one["found"]] == ["meal"]


@pytest.mark.parametrize("words", ["moulin", "MOULIN", "le moulin", "Móulin"])
def test_a_factory_is_found_however_its_name_is_typed(mill: Flask, words: str) -> None:
    assert 'class="card"' in mill.test_client().get("/", query_string={"q": words}).text


def test_a_change_of_language_keeps_what_was_looked_for(mill: Flask) -> None:
    page = mill.test_client().get("/?q=moulin&challenge=inclusion")
    assert 'name="next" value="/?q=moulin&amp;challenge=inclusion"' in page.text
    assert 'name="next" value="/about"' in mill.test_client().get("/about").text
