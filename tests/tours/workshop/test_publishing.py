"""Publishing by hand what is not finished: what remains to be written is listed where one is."""

from pathlib import Path

from flask import Flask

from app.core.writer import write
from app.people.accounts import hash_password, put_account
from tests.tours.samples import write_bundle
from tours.bundles.importing import import_bundle


def test_an_unfinished_tour_stays_a_draft_and_says_what_it_lacks(
    app: Flask, tmp_path: Path
) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    bundle = write_bundle(tmp_path / "mill")
    tour = bundle / "tour.yaml"
    tour.write_text(tour.read_text().replace("\n  en: The mill", "", 1))
    import_bundle(bundle, as_draft=True)
    hashed = hash_password("a long password")
    write(lambda tx: put_account(tx, "o@example.org", "O", "organiser", hashed))
    client = app.test_client()
    client.post("/login", data={"email": "o@example.org", "password": "a long password"})
    page = client.post("/workshop/tours/mill-tour/publish")
    assert page.status_code == 409
    assert "reste un brouillon" in page.text
    assert "Déposer une visite" in page.text
