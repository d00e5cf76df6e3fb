"""Publishing by hand what is not finished, and whose work the workshop shows."""

from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from app.core.jobs import enqueue
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
    client = organiser(app)
    page = client.post("/workshop/tours/mill-tour/publish")
    assert page.status_code == 409
    assert "reste un brouillon" in page.text
    assert "Déposer une visite" in page.text


def test_the_workshop_tells_of_imports_and_of_no_mail(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    client = organiser(app)
    mail = write(lambda tx: enqueue(tx, "app.live.chat.jobs.mail_alarm", {}, "alarm"))
    upload = write(lambda tx: enqueue(tx, "tours.jobs.import_bundle", {}, "mill.zip"))
    page = client.get("/workshop").text
    assert "mill.zip" in page
    assert "alarm" not in page
    assert client.get(f"/workshop/jobs/{upload}").status_code == 200
    assert client.get(f"/workshop/jobs/{mail}").status_code == 404
    assert client.post(f"/workshop/jobs/{mail}/retry").status_code == 404


def organiser(app: Flask) -> FlaskClient:
    """The browser of an organiser."""
    hashed = hash_password("a long password")
    write(lambda tx: put_account(tx, "o@example.org", "O", "organiser", hashed))
    client = app.test_client()
    client.post("/login", data={"email": "o@example.org", "password": "a long password"})
    return client
