"""What operators see: health, metrics, logs without personal data, errors in one shape."""

import json
import logging
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.db import now
from app.core.logs import JsonLines
from app.core.writer import Transaction, write
from app.people.models import Account
from tests.serving import run_command
from tests.tours.mill import Student


def test_health_names_each_part(client: FlaskClient) -> None:
    reply = client.get("/healthz")
    assert (reply.status_code, reply.json) == (
        200,
        {"database": "ok", "storage": "ok", "queue": "ok"},
    )


def test_health_is_503_when_the_database_is_gone(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.core.db import db

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise ConnectionError

    monkeypatch.setattr(db.engine.pool, "connect", refuse)
    reply = client.get("/healthz")
    assert reply.status_code == 503
    assert reply.json is not None
    assert reply.json["database"] != "ok"
    assert "/" not in reply.json["database"]


def test_metrics_count_requests_by_rule_and_events(mill: Flask, student: Student) -> None:
    student.find("meal", opened=True)
    page = student.client.get("/metrics").text
    assert 'rule="/tours/<tour>/hotspots/<hotspot>/find"' in page
    assert 'deambule_events_total{kind="PointsAwarded"} 1.0' in page
    assert "mill-tour" not in page


def test_a_request_is_one_line_without_personal_data(
    student: Student, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "app.access"):
        student.client.get("/tours/mill-tour/hall?secret=31415926")
    lines = [json.loads(JsonLines().format(record)) for record in caplog.records]
    [line] = [line for line in lines if line["name"] == "app.access"]
    assert line["rule"] == "/tours/<tour>/<scene>"
    assert line["status"] == 200
    assert "31415926" not in str(lines)
    assert "127.0.0.1" not in str(lines)


def test_an_error_is_a_page_for_people_and_json_for_scripts(client: FlaskClient) -> None:
    page = client.get("/nowhere")
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert "n’existe pas" in page.text
    reply = client.get("/nowhere", headers={"Accept": "application/json"})
    assert reply.status_code == 404
    assert reply.json is not None
    assert set(reply.json["error"]) == {"code", "message", "field"}


def test_a_crash_is_told_without_its_trace(app: Flask) -> None:
    def crash() -> str:
        raise ZeroDivisionError("secret detail")

    app.add_url_rule("/crash", view_func=crash)
    reply = app.test_client().get("/crash")
    assert reply.status_code == 500
    assert "boulons sont gardés" in reply.text
    assert "secret detail" not in reply.text
    assert "Traceback" not in reply.text


def test_what_a_database_refuses_is_logged_without_its_values(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    def insert(tx: Transaction) -> None:
        email = "zyxomira@example.org"
        tx.session.add(Account(email=email, name="Zyxomira", role="teacher", created_at=now()))

    def insert_twice() -> str:
        write(insert)
        write(insert)
        return ""

    app.add_url_rule("/twice", view_func=insert_twice)
    assert app.test_client().get("/twice").status_code == 500
    lines = [JsonLines().format(record) for record in caplog.records]
    assert any("IntegrityError" in line for line in lines)
    assert "yxomira" not in "".join(lines)


def test_a_body_that_is_too_large_is_refused(student: Student) -> None:
    reply = student.find("meal", opened=True, more="x" * 300_000)
    assert reply.status_code == 413
    assert reply.json is not None
    assert reply.json["error"]["message"]


def test_the_command_refuses_wrong_settings_by_name(tmp_path: Path) -> None:
    done = run_command(tmp_path, "serve", port="none")
    assert done.returncode == 2
    assert "DEAMBULE_PORT" in done.stderr
    assert "Traceback" not in done.stderr


def test_doctor_tells_what_cannot_be_reached(tmp_path: Path) -> None:
    well = run_command(tmp_path, "db", "upgrade")
    assert well.returncode == 0
    assert run_command(tmp_path, "doctor").returncode == 0
    ill = run_command(tmp_path, "doctor", queue="redis://127.0.0.1:1/0")
    assert ill.returncode == 1
    assert "queue" in ill.stdout
    assert "Traceback" not in ill.stderr


def test_a_crash_has_its_page_even_without_a_database(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.core.db import db

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise ConnectionError

    with client.session_transaction() as session:
        session["visitor"] = 1
    db.session.remove()
    monkeypatch.setattr(db.engine.pool, "connect", refuse)
    reply = client.get("/me")
    assert reply.status_code == 500
    assert "boulons sont gardés" in reply.text
