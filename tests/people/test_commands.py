"""`deambule account` and `deambule purge`, as an operator types them."""

import sqlite3
from pathlib import Path

from app.people.schools import MAINLAND, french_places, known_places, other_places
from tests.serving import run_command

WORD = "trois roues dentees"


def test_an_operator_makes_an_account_that_is_confirmed_and_verified(tmp_path: Path) -> None:
    assert run_command(tmp_path, "db", "upgrade").returncode == 0
    made = run_command(tmp_path, "account", "A@example.org", "organiser", "--password", WORD)
    assert made.returncode == 0, made.stderr
    with sqlite3.connect(tmp_path / "deambule.db") as database:
        database.execute("UPDATE account SET totp_secret = 'ABC', totp_used = 7")
        row = database.execute("SELECT email, confirmed_at, verified_at FROM account").fetchone()
    assert row[0] == "a@example.org"
    assert None not in row
    freed = run_command(tmp_path, "account", "a@example.org", "--reset-second-factor")
    assert freed.returncode == 0, freed.stderr
    with sqlite3.connect(tmp_path / "deambule.db") as database:
        assert database.execute("SELECT totp_secret, totp_used FROM account").fetchone() == (
            None,
            None,
        )
    for wrong in (["a@example.org", "king", "--password", WORD],
                  ["a@example.org", "author", "--password", "short"],
                  ["b@example.org", "--reset-second-factor"], ["a@example.org"]):  # fmt: skip
        assert run_command(tmp_path, "account", *wrong).returncode == 2, wrong
    purged = run_command(tmp_path, "purge")
    assert "0 logins and mailed links erased" in purged.stdout


def test_every_country_and_every_french_territory_is_a_place_with_its_zone() -> None:
    french = ["FR Europe/Paris", "GP America/Guadeloupe", "RE Indian/Reunion", "PF Pacific/Tahiti",
              "PF Pacific/Marquesas", "NC Pacific/Noumea", "YT Indian/Mayotte"]  # fmt: skip
    abroad = [
        "MA Africa/Casablanca",
        "US America/Los_Angeles",
        "VN Asia/Ho_Chi_Minh",
        "BE Europe/Brussels",
    ]
    assert {*french, *abroad} <= known_places()
    assert MAINLAND in known_places()
    countries = {value[:2] for value in known_places()}
    assert len(countries) > 240
    for language in ("fr", "en"):
        names = [name for _value, name in other_places(language)]
        assert len(names) == len(set(names))
    assert [name for _value, name in other_places("fr")][:2] == ["Afghanistan", "Afrique du Sud"]
    assert french_places("fr")[0][0] == MAINLAND
