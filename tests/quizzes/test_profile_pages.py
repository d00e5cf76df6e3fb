"""The profiler's pages: a result is its student's, and answers are kept nowhere."""

import re
import threading

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.classes.visitors import erase_visitor
from app.core.db import db
from app.core.writer import write
from quizzes.profiler.areas import Area
from quizzes.profiler.items import Form, instrument
from quizzes.profiler.keeping import add_to_sums, alphas
from quizzes.profiler.models import ProfileResult, ProfileSum
from quizzes.profiler.pooling import TOGETHER, Pool
from tests.classes.room import Room
from tests.tours.mill import Student as Walker


def answers(form: Form = "short", **areas: int) -> dict[str, str]:
    """The same answer to all items of an area; 1 elsewhere."""
    return {item.id: str(areas.get(item.area, 1)) for item in instrument().form(form)}


def kept() -> list[ProfileResult]:
    """All results that are kept."""
    db.session.rollback()
    return list(db.session.scalars(select(ProfileResult).order_by(ProfileResult.id)))


def sums() -> dict[tuple[str, str], ProfileSum]:
    """What is summed up, by form and area."""
    db.session.rollback()
    return {(row.form, row.area): row for row in db.session.scalars(select(ProfileSum))}


def test_the_questions_are_all_there_without_scripts(client: FlaskClient) -> None:
    for form, count in (("short", 30), ("full", 60)):
        page = client.get(f"/quiz/{form}").text
        assert page.count("<fieldset") == count
        assert page.count('type="radio"') == 5 * count
    assert client.get("/quiz/long").status_code == 404


def test_a_visitor_gets_a_result_that_is_not_kept(client: FlaskClient) -> None:
    reply = client.post("/quiz/short", data=answers(R=5, I=4))
    assert reply.status_code == 200
    assert reply.headers["Cache-Control"] == "no-store"
    assert "20 sur 20" in reply.text
    assert '<details class="secret">' in reply.text, "closed until its student opens it"
    assert kept() == []
    assert client.get("/quiz/result").location == "/quiz"


def test_the_result_has_bands_and_reasons_but_no_decimals(client: FlaskClient) -> None:
    page = client.post("/quiz/full", data=answers("full", R=5, I=4)).text
    assert "Très proches de tes goûts" in page
    assert "À explorer" in page
    assert "Démonter un vélo" in page
    assert (
        re.search(r"0[.,]\d\d|\d\s*%", re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL)) is None
    )


def test_a_flat_profile_ranks_nothing(client: FlaskClient) -> None:
    page = client.post("/quiz/full", data=dict.fromkeys(answers("full"), "3")).text
    assert "Tu aimes un peu de tout" in page
    assert "Très proches" not in page
    assert page.count("samples__one") == 6


def test_what_is_missing_is_told(client: FlaskClient) -> None:
    given = {name: value for name, value in answers(R=5).items() if name[0] != "s"}
    page = client.post("/quiz/short", data=given).text
    assert "Il manque des réponses" in page
    assert "pas de score" in page
    assert client.post("/quiz/short", data={}).status_code == 200


def test_studies_filter_without_counting_anew(client: FlaskClient) -> None:
    given = answers(I=5, S=4)
    client.post("/quiz/short", data=given)
    page = client.post("/quiz/short", data=given | {"again": "1", "longest": "bac"}).text
    assert "Bac + 5 ·" not in page
    assert pool(client.application).waiting("short", "I") == 1


def pool(app: Flask) -> Pool:
    """What waits in memory."""
    found: Pool = app.extensions["profile_pool"]
    return found


def test_no_sum_is_of_fewer_than_ten_and_none_of_an_area_in_parts(client: FlaskClient) -> None:
    for n in range(TOGETHER):
        assert sums() == {}, "a sum over few is what they answered"
        given = answers(R=1 + n % 2)
        del given["s01"]
        client.post("/quiz/short", data=given)
    found = sums()
    assert set(found) == {("short", area) for area in "RIAEC"}
    row = found["short", "R"]
    assert (row.count, row.sums, row.products) == (10, [15] * 5, [[25] * 5] * 5)
    assert pool(client.application).waiting("short", "R") == 0


def test_those_who_are_first_at_the_same_time_are_all_summed_up(app: Flask) -> None:
    """On PostgreSQL two first rows of a sum would break its key, and one of them be lost."""
    crowd = 8
    gate, lost = threading.Barrier(crowd), []

    def add() -> None:
        rows: dict[Area, list[list[int]]] = {"R": [[3] * 10], "C": [[2] * 10]}
        with app.app_context():
            gate.wait()
            try:
                write(lambda tx: add_to_sums(tx, "full", rows))
            except Exception as error:  # noqa: BLE001  told by the test, whatever it is
                lost.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=add) for _one in range(crowd)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lost == []
    found = sums()
    assert {key: row.count for key, row in found.items()} == {
        ("full", "R"): crowd,
        ("full", "C"): crowd,
    }
    assert found["full", "R"].sums == [3 * crowd] * 10


def test_alpha_shows_from_two_hundred_answers_on(app: Flask, client: FlaskClient) -> None:
    assert "pas encore" in client.get("/quiz/method").text
    for n in range(200):
        rows: dict[Area, list[list[int]]] = {"R": [[1 + n % 5] * 10]}
        write(lambda tx, rows=rows: add_to_sums(tx, "full", rows))  # type: ignore[misc]  # mypy cannot infer a lambda with a default
    assert alphas(db.session(), "full")["R"] == pytest.approx(1)
    assert "1,00" in client.get("/quiz/method").text


def test_a_student_keeps_three_results_and_compares(room: Room) -> None:
    student = room.come_in().client
    for area in ("R", "I", "A", "S"):
        reply = student.post("/quiz/short", data=answers("short", **{area: 5}))
    assert "avant\u00a0: 20" in reply.text
    assert 'class="radar__before"' in reply.text
    assert [row.scores["R"] for row in kept()] == [0, 0, 0]
    page = student.get("/quiz/result")
    assert page.headers["Cache-Control"] == "no-store"
    assert "<h1>Aider</h1>" in page.text
    told = student.get("/me/data").text
    assert "Mes goûts" in told
    assert student.post("/quiz/forget").location == "/quiz"
    assert kept() == []


def test_what_was_done_in_the_tours_stands_apart_from_the_scores(room: Room) -> None:
    walker = room.come_in()
    walker.find("maelle", opened=True)
    page = walker.client.post("/quiz/short", data=answers(R=5)).text
    assert "Rencontre\u00a0× 1" in page
    assert "20 sur 20" in page


def test_a_student_sees_no_other_students_result(room: Room) -> None:
    room.come_in().client.post("/quiz/short", data=answers(R=5))
    assert room.come_in().client.get("/quiz/result").location == "/quiz"


def test_the_teacher_sees_done_or_not_done(room: Room) -> None:
    room.come_in().client.post("/quiz/short", data=answers(R=5))
    room.come_in()
    assert (
        f"/classes/{room.slug}/profiles" in room.teacher.get(f"/classes/{room.slug}/settings").text
    )
    page = room.teacher.get(f"/classes/{room.slug}/profiles").text
    assert "1 sur 2 l’ont fait." in page
    assert page.count("<td>fait</td>") == page.count("<td>pas encore</td>") == 1
    assert "Faire" not in page


def test_erasing_a_student_erases_their_results(room: Room, app: Flask) -> None:
    walker: Walker = room.come_in()
    walker.client.post("/quiz/short", data=answers(R=5, C=4))
    visitor = kept()[0].visitor_id
    write(lambda tx: erase_visitor(tx, app.extensions["privacy"], visitor))
    assert kept() == []
