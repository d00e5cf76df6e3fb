"""Teachers keep questions of their own, which nobody else sees, and take them out as they came."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.core.db import db
from app.core.writer import write
from app.people.accounts import delete_account, find_by_email
from quizzes.forms import Unreadable
from quizzes.gift import read_gift
from quizzes.marking import mark
from quizzes.own.asking import ask
from quizzes.own.keeping import LARGEST, MOST_SETS, keep_set
from quizzes.own.models import OwnQuestion, QuestionSet
from quizzes.questions import FORMS
from tests.classes.staff import log_in

PAIRS = Path(__file__).parents[3] / "shared" / "data" / "gift"
NAMES = sorted(path.stem for path in PAIRS.glob("*.gift"))
TEXT = """// [tag:eau]
::Marée::Que fait la mer ? {~%50%Elle monte ~%50%Elle descend ~%-100%Elle dort
####Deux fois par jour.}

Combien de pales ? {#3:0.5}

La turbine s’appelle {=bulbe =la bulbe}.

Elle est en acier. {T#Et même inoxydable.}

Décrivez-la. {}
"""


@pytest.fixture
def teacher(app: Flask) -> FlaskClient:
    """A teacher at their browser."""
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    log_in(app, client)
    return client


def keep(client: FlaskClient, text: str = TEXT, title: str = "La marée") -> str:
    """Bring a text in; the path of its set."""
    reply = client.post("/questions", data={"title": title, "gift": text})
    assert reply.status_code == 302, reply.text
    return str(reply.location)


def counted(model: Any) -> int:
    """How many rows there are."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@pytest.mark.skipif(not NAMES, reason="the shared GIFT texts are not on this machine")
@pytest.mark.parametrize("name", NAMES)
def test_what_was_brought_in_is_taken_out_with_the_same_meaning(
    teacher: FlaskClient, name: str
) -> None:
    text = (PAIRS / f"{name}.gift").read_text()
    exported = teacher.get(f"{keep(teacher, text)}/gift").text
    assert read_gift(exported).questions == read_gift(text).questions


def test_a_preview_shows_what_is_read_and_what_is_not_kept(teacher: FlaskClient) -> None:
    file = (io.BytesIO(TEXT.encode("cp1252")), "eau.gift")
    page = teacher.post("/questions/preview", data={"title": "La marée", "file": file}).text
    assert "Elle descend" in page
    assert "La turbine s’appelle _____ ." in page
    assert re.search(r"Ligne 11\s:\s*Ce texte n’est pas une question", page)
    assert "Garder ces 5 questions" in page
    assert counted(QuestionSet) == 0


def test_a_broken_text_is_told_with_its_line_and_kept_not_at_all(teacher: FlaskClient) -> None:
    broken = TEXT + "\nEt là ? {=oui"
    for path in ("/questions/preview", "/questions"):
        page = teacher.post(path, data={"gift": broken}).text
        assert re.search(r"Ligne 13\s:\s*L’accolade ouverte ici", page)
        assert "Garder" not in page
        assert "Et là ? {=oui" in page
    assert counted(QuestionSet) == 0


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"x" * (LARGEST + 1), b"Un ?{=\x00}", "é".encode("utf-16")[:3], b"\x81"]
)
def test_what_is_no_gift_text_is_refused_in_words(teacher: FlaskClient, data: bytes) -> None:
    reply = teacher.post("/questions/preview", data={"file": (io.BytesIO(data), "a.txt")})
    assert reply.status_code == 422
    assert 'role="alert"' in reply.text


def test_another_teachers_set_does_not_exist(app: Flask, teacher: FlaskClient) -> None:
    path = keep(teacher)
    number = db.session.scalar(select(OwnQuestion.id))
    other = app.test_client()
    log_in(app, other, "ines")
    mine = keep(other, title="Autre")
    for base in (path, mine):
        assert other.get(f"{base}/questions/{number}").status_code == 404
        assert other.post(f"{base}/questions/{number}/delete").status_code == 404
    assert other.get(path).status_code == 404
    assert other.get(f"{path}/gift").status_code == 404
    assert other.post(f"{path}/delete").status_code == 404
    assert "La marée" not in other.get("/questions").text
    assert teacher.get(path).status_code == 200


def edit(client: FlaskClient, path: str, number: int, **typed: Any) -> Any:
    """Change one question."""
    common = {"question": "Nouvelle ?", "explanation": "Voilà."}
    return client.post(f"{path}/questions/{number}", data=common | typed)


def test_simple_questions_are_changed_and_exported_as_changed(teacher: FlaskClient) -> None:
    path = keep(teacher)
    ids = db.session.scalars(select(OwnQuestion.id).order_by(OwnQuestion.position)).all()
    typed: list[dict[str, Any]] = [
        {"option": ["Oui", "Non", ""], "right": ["0"]},
        {"answer": "4,5", "tolerance": "1"},
        {"answers": "hélice\nroue"},
        {"answer": "false"},
    ]
    for number, fields in zip(ids, typed, strict=False):
        assert teacher.get(f"{path}/questions/{number}").status_code == 200
        assert edit(teacher, path, number, **fields).status_code == 302
    assert teacher.get(f"{path}/questions/{ids[4]}").status_code == 404
    contents = [ask(item).content for item in read_gift(teacher.get(f"{path}/gift").text).questions]
    assert [content.get("answer") for content in contents] == [None, 4.5, None, False, None]
    assert contents[0]["options"][0]["right"] is True
    assert contents[2]["answers"]["fr"] == ["hélice", "roue"]
    assert all(content["explanation"]["fr"] == "Voilà." for content in contents[:4])


def test_a_change_that_leaves_nothing_to_answer_is_refused(teacher: FlaskClient) -> None:
    path = keep(teacher)
    ids = db.session.scalars(select(OwnQuestion.id).order_by(OwnQuestion.position)).all()
    assert edit(teacher, path, ids[0], option=["Une"], right=["0"]).status_code == 422
    assert edit(teacher, path, ids[0], option=["Une", "Deux"]).status_code == 422
    assert edit(teacher, path, ids[1], answer="trois").status_code == 422
    assert edit(teacher, path, ids[1], answer="9" * 400).status_code == 422
    assert edit(teacher, path, ids[2], answers=" \n").status_code == 422
    assert edit(teacher, path, ids[3], answer="true", question=" ").status_code == 422


MATCHING = "Associe. {=Moudre -> Meule =Tourner -> Aile =Porter -> Palier = -> Bulbe}"


def test_pairs_are_changed_and_exported_as_changed(teacher: FlaskClient) -> None:
    path = keep(teacher, MATCHING)
    number = db.session.scalars(select(OwnQuestion.id)).one()
    page = teacher.get(f"{path}/questions/{number}").text
    assert page.count('name="left"') == 5  # two more than there are
    assert re.search(r'name="partner"[^>]*value="Meule"', page)
    typed = {
        "left": ["Moudre", " Freiner ", "", "Porter", ""],
        "partner": ["Meule", "Sabot", "", "Palier", ""],
        "extras": "Bulbe\n\nHélice",
    }
    assert edit(teacher, path, number, **typed).status_code == 302
    content = ask(read_gift(teacher.get(f"{path}/gift").text).questions[0]).content
    pairs = [(pair["left"]["fr"], pair["right"]["fr"]) for pair in content["pairs"]]
    assert pairs == [("Moudre", "Meule"), ("Freiner", "Sabot"), ("Porter", "Palier")]
    assert [extra["fr"] for extra in content["extras"]] == ["Bulbe", "Hélice"]


@pytest.mark.parametrize(
    ("left", "partner", "extras"),
    [
        (["Moudre", "Freiner"], ["Meule", ""], ""),
        (["Moudre"], ["Meule"], ""),
        (["a"] * 9, ["b"] * 9, ""),
        (["Moudre", "Freiner"], ["Meule", "Sabot"], "1\n2\n3\n4\n5"),
    ],
)
def test_pairs_that_do_not_hold_are_refused(
    teacher: FlaskClient, left: list[str], partner: list[str], extras: str
) -> None:
    path = keep(teacher, MATCHING)
    number = db.session.scalars(select(OwnQuestion.id)).one()
    typed = {"left": left, "partner": partner, "extras": extras}
    assert edit(teacher, path, number, **typed).status_code == 422


def test_questions_and_sets_are_deleted(teacher: FlaskClient) -> None:
    path = keep(teacher)
    number = db.session.scalar(select(OwnQuestion.id))
    assert teacher.post(f"{path}/questions/{number}/delete").status_code == 302
    assert counted(OwnQuestion) == 4
    assert teacher.post(f"{path}/delete").status_code == 302
    assert (counted(QuestionSet), counted(OwnQuestion)) == (0, 0)


def test_questions_go_with_their_account(teacher: FlaskClient) -> None:
    keep(teacher)
    account = find_by_email("nour@example.org")
    assert account is not None
    delete_account(account.id)
    assert (counted(QuestionSet), counted(OwnQuestion)) == (0, 0)


def test_a_teacher_keeps_a_hundred_sets_at_most(teacher: FlaskClient) -> None:
    account = find_by_email("nour@example.org")
    assert account is not None
    account_id, items = account.id, read_gift("Un ?{T}").questions
    for _number in range(MOST_SETS):
        write(lambda tx: keep_set(tx, account_id, "Une", items))
    reply = teacher.post("/questions", data={"gift": "Un ?{T}"})
    assert reply.status_code == 409
    assert counted(QuestionSet) == MOST_SETS


def asked(text: str) -> tuple[dict[str, Any], list[str]]:
    """The one question of a text as it is asked, and what is said of it."""
    (item,) = read_gift(text).questions
    found = ask(item)
    return found.content, [str(note.message) for note in found.notes]


@pytest.mark.parametrize(
    ("text", "form", "right", "wrong"),
    [
        ("Un ?{~a =b ~c}", "single", ["1"], ["0"]),
        ("Un ?{~%50%a ~%50%b ~%-100%c}", "multiple", ["0", "1"], ["0"]),
        ("Un ?{=le mot =%100%autre}", "text", ["Mot"], ["rien"]),
        ("Un ?{#1..5}", "number", ["1"], ["5,1"]),
        ("Un ?{#=%50%3:2 =3:0.5}", "number", ["3,5"], ["4"]),
        ("Un ?{=a->1 =b->2 = ->3}", "matching", ["1", "2"], ["1", "3"]),
        ("Un ?{F}", "truefalse", ["false"], ["true"]),
    ],
)
def test_gift_is_marked_as_it_says(
    text: str, form: str, right: list[str], wrong: list[str]
) -> None:
    content, _notes = asked(text)
    assert content["type"] == form
    question = FORMS[form].model_validate(content)
    assert mark(question, right, 0).is_right
    assert not mark(question, wrong, 0).is_right
    with pytest.raises(Unreadable):
        mark(question, [], 0)


@pytest.mark.parametrize(
    ("text", "is_asked", "note"),
    [
        ("Un ?{=a ~%50%b ~c}", True, "partiels"),
        ("Un ?{=a =%75%b}", True, "partiels"),
        ("Un ?{=a =b ~c}", True, "cocher toutes"),
        ("Un ?{=a =b*}", True, "avec *"),
        ("Un ?{=%100%*}", False, "réponse juste"),
        ("{=a}", False, "réponse juste"),
        ("Un ?{~a ~b}", False, "Trop"),
        ("Un ?{=a->b}", False, "Trop"),
        ("Un ?{#=3 =4}", True, "première"),
        ("[html]Un <img src\\='x'> ?{T}", True, "image"),
        ("Un ?{}", False, "export"),
        ("Un texte.", False, "export"),
    ],
)
def test_what_is_lost_is_said(text: str, is_asked: bool, note: str) -> None:
    content, notes = asked(text)
    assert bool(content) is is_asked
    assert any(note in said for said in notes), notes


def test_tags_of_html_are_not_shown() -> None:
    content, _notes = asked("[html]<p>Un &lt; <b>deux</b> ?</p><script>x</script>{T}")
    assert content["question"]["fr"] == "Un < deux ?"
