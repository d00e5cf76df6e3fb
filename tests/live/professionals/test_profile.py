"""What professionals say of themselves, what is refused, and what students read."""

import pytest

from app.core.db import db
from app.core.writer import write
from app.live.professionals.profile import describe_professional
from tests.live.professionals.conftest import ME, SAID, prepare, row_of, say
from tests.people.conftest import Adult


def test_what_is_typed_is_kept_tidy_and_shown_as_students_read_it(karim: Adult) -> None:
    told = say(karim, first_name="  Karim  ")
    assert "C’est gardé." in told.text
    row = row_of(karim)
    assert row is not None
    assert (row.first_name, row.rome) == ("Karim", "I1310")
    assert "Ce que les élèves voient" in told.text
    assert "Moulin d’essai" in told.text
    assert "Fiche ROME I1310 · mécanicienne" in told.text


def test_students_read_a_first_name_and_never_the_account(karim: Adult) -> None:
    say(karim)
    account_id = karim.account.id
    shown = describe_professional(db.session(), account_id, "en")
    assert shown == {
        "first_name": "Karim", "job": "Conducteur de turbine", "factory": "Moulin d’essai",
        "path": SAID["path"], "ask_me": SAID["ask_me"], "photos": [], "rome": "I1310",
        "rome_label": "mechanic",
    }  # fmt: skip
    assert "Benali" not in repr(shown)


def test_who_has_said_nothing_is_shown_as_nothing(karim: Adult) -> None:
    account_id = karim.account.id
    shown = describe_professional(db.session(), account_id, "fr")
    assert shown.pop("photos") == []
    assert set(shown.values()) == {""}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"rome": "H29"}, "une lettre et quatre chiffres"),
        ({"rome": "12902"}, "une lettre et quatre chiffres"),
        ({"path": "a" * 601}, "600 caractères au plus"),
        ({"ask_me": "a" * 401}, "400 caractères au plus"),
        ({"first_name": "a" * 41}, "40 caractères au plus"),
        ({"first_name": "karim@mill.example"}, "votre prénom seul"),
        ({"path": "Écrivez-moi au 06 12 34 56 78"}, "enlevez le numéro"),
        ({"ask_me": "karim@centrale-maree.fr"}, "enlevez le numéro"),
        ({"job": "Chef de merde"}, "Ce mot blesse"),
        ({"job": "Tour\x00neur"}, "aucun écran ne montre"),
        ({"factory": "elsewhere"}, "Choisissez votre usine dans la liste"),
    ],
)
def test_wrong_input_is_told_beside_its_field_and_nothing_is_kept(
    karim: Adult, wrong: dict[str, str], told: str
) -> None:
    reply = karim.client.post(ME, data=SAID | wrong)
    assert reply.status_code == 422
    assert told in reply.text
    right = SAID["path" if "job" in wrong else "job"]
    assert right.split("\n")[0] in reply.text  # it is still in the form
    assert row_of(karim) is None


def test_line_ends_count_once_as_the_browser_counts_them(karim: Adult) -> None:
    lines = "\r\n".join(["a" * 9] * 60)
    assert karim.client.post(ME, data=SAID | {"path": lines}).status_code == 303


def test_the_charter_is_accepted_once_and_read_by_anybody(karim: Adult) -> None:
    page = karim.client.application.test_client().get("/professionals/charter")
    assert "Vous parlez à des mineurs" in page.text
    assert "J’ai lu et j’accepte" not in page.text
    assert "J’ai lu et j’accepte" in karim.get("/professionals/charter").text
    prepare(karim)
    row = row_of(karim)
    assert row is not None
    first = row.charter_at
    page = karim.send("/professionals/charter")
    again = row_of(karim)
    assert again is not None
    assert again.charter_at == first
    assert "Vous l’avez acceptée le" in karim.get("/professionals/charter").text


def test_practising_is_noted_once(karim: Adult) -> None:
    page = karim.get("/professionals/practice").text
    assert "J’ai fini l’essai" in page
    karim.send("/professionals/practice")
    row = row_of(karim)
    assert row is not None
    assert row.practised_at is not None
    assert "J’ai fini l’essai" not in karim.get("/professionals/practice").text


def test_a_guest_without_an_account_prepares_themselves_too(karim: Adult) -> None:
    stranger = karim.client.application.test_client()
    for page in ("briefing", "practice", "charter"):
        reply = stranger.get(f"/professionals/{page}")
        assert reply.status_code == 200
        assert "csrf_token" not in reply.text.partition("<main")[2]
    assert stranger.post("/professionals/practice").status_code in (302, 401)


def test_the_row_goes_with_the_account(karim: Adult) -> None:
    say(karim)
    form = {"current": "trois roues dentees", "sure": "y"}
    account_id = karim.account.id
    assert "effacé" in karim.send("/account/delete", **form).text
    assert write(lambda tx: describe_professional(tx.session, account_id, "fr"))["job"] == ""
