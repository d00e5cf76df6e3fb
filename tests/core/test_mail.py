"""Mails, handed to a real SMTP server: encrypted, tried again, never lost without a word."""

import base64
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from flask import Flask
from sqlalchemy import update

from app.core.config import BadSettings, Settings, read_settings
from app.core.db import db
from app.core.errors import Refusal
from app.core.jobs import PAUSES, Job, Later, enqueue, run, silent_jobs
from app.core.mail import Mail, send
from app.core.writer import write
from tests.services.postbox import LOGIN, Own, Postbox, check_login, make_certificate
from tests.services.process import free_port
from tests.serving import SECRET

MAIL = Mail("awa@example.org", "Élèves & usines", "Bonjour Awa, c’est l’heure.", "<p>Bonjour</p>")
ANNIE = "Déambule <visites@example.fr>"
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture
def serve() -> Iterator[Callable[..., Postbox]]:
    """Starts servers, each with options of its own."""
    started: list[Own] = []

    def start(**options: Any) -> Postbox:
        server = Own(Postbox(), **options)
        started.append(server)
        server.start()
        return server.postbox

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def settings_for(tmp_path: Path) -> Callable[[str], Settings]:
    """Settings with this mail server."""
    return lambda url: read_settings(secret=SECRET, data=tmp_path, mail=url, mail_from=ANNIE)


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A server's context, whose certificate this process trusts."""
    path, context = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    return context


def test_a_message_arrives_with_its_accents_as_text_and_as_a_page(
    serve: Callable[..., Postbox], settings_for: Callable[[str], Settings]
) -> None:
    postbox = serve()
    send(MAIL, settings_for(f"smtp+plain://127.0.0.1:{postbox.port}"))
    message = postbox.take()
    assert message["To"] == "awa@example.org"
    assert message["From"] == ANNIE
    assert message["Subject"] == "Élèves & usines"
    assert message["Message-ID"].endswith("@example.fr>")
    text, page = message.iter_parts()
    assert text.get_content().strip() == "Bonjour Awa, c’est l’heure."
    assert page.get_content().strip() == "<p>Bonjour</p>"


def test_what_is_handed_over_and_the_login_are_encrypted(
    serve: Callable[..., Postbox], settings_for: Callable[[str], Settings], certificate: Any
) -> None:
    postbox = serve(
        tls_context=certificate, auth_required=True, require_starttls=True,
        authenticator=check_login,
    )  # fmt: skip
    name, word = (quote(part, safe="") for part in LOGIN)
    send(MAIL, settings_for(f"smtp://{name}:{word}@127.0.0.1:{postbox.port}"))
    message = postbox.take()
    assert message["X-Was-Encrypted"] == "yes"
    assert message["X-Login"] == "yes"
    with pytest.raises(Refusal, match=r"SMTP 535"):
        send(MAIL, settings_for(f"smtp://{name}:wrong@127.0.0.1:{postbox.port}"))


def test_a_server_that_is_encrypted_from_the_first_byte(
    serve: Callable[..., Postbox], settings_for: Callable[[str], Settings], certificate: Any
) -> None:
    postbox = serve(ssl_context=certificate)
    send(MAIL, settings_for(f"smtps://127.0.0.1:{postbox.port}"))
    assert len(postbox.messages) == 1


def test_nothing_is_handed_to_a_server_that_cannot_encrypt(
    serve: Callable[..., Postbox], settings_for: Callable[[str], Settings]
) -> None:
    postbox = serve()
    with pytest.raises(Refusal) as refused:
        send(MAIL, settings_for(f"smtp://127.0.0.1:{postbox.port}"))
    assert refused.value.code == "mail_unsafe"
    assert postbox.messages == []


def test_nothing_is_handed_to_a_server_whose_certificate_nobody_knows(
    serve: Callable[..., Postbox], settings_for: Callable[[str], Settings], tmp_path: Path
) -> None:
    postbox = serve(tls_context=make_certificate(tmp_path)[1])
    with pytest.raises(Later):
        send(MAIL, settings_for(f"smtp://127.0.0.1:{postbox.port}"))
    assert postbox.messages == []


def test_a_server_that_cannot_now_is_asked_later_and_one_that_will_not_is_told_of(
    serve: Callable[..., Postbox], settings_for: Callable[[str], Settings]
) -> None:
    postbox = serve()
    settings = settings_for(f"smtp+plain://127.0.0.1:{postbox.port}")
    postbox.answers = ["451 Greylisted"]
    postbox.answers_to_recipients = ["450 awa@example.org is busy"]
    for _ in range(2):
        with pytest.raises(Later) as later:
            send(MAIL, settings)
        assert "awa" not in str(later.value)
    postbox.answers, postbox.answers_to_recipients = [], ["550 awa@example.org: who?"]
    with pytest.raises(Refusal, match="SMTP 550") as refused:
        send(MAIL, settings)
    assert "awa" not in str(refused.value.message)
    with pytest.raises(Later):
        send(MAIL, settings_for(f"smtp+plain://127.0.0.1:{free_port()}"))


def test_without_a_server_messages_are_laid_in_a_folder_for_the_operator(
    settings_for: Callable[[str], Settings], tmp_path: Path
) -> None:
    send(MAIL, settings_for(""))
    (path,) = (tmp_path / "mail").glob("*.eml")
    message = message_from_bytes(path.read_bytes(), policy=default)
    assert message["To"] == "awa@example.org"
    assert oct(path.stat().st_mode)[-3:] == "600"


def test_no_header_can_be_slipped_into_a_message(settings_for: Callable[[str], Settings]) -> None:
    for to, subject in (("a@example.org\nBcc: b@example.org", "x"), ("a@example.org", "x\r\nB: c")):
        with pytest.raises(ValueError, match="linefeed"):
            send(Mail(to, subject, "", ""), settings_for(""))


@pytest.mark.parametrize(
    "url",
    ["mail.example.fr", "http://mail.example.fr", "smtp://", "smtp+plain://mail.example.fr",
     "smtp://mail.example.fr:many", "smtp://d%C3%A9:secret@mail.example.fr"],
)  # fmt: skip
def test_a_mail_server_that_makes_no_sense_is_refused_by_name(url: str) -> None:
    with pytest.raises(BadSettings, match="DEAMBULE_MAIL: "):
        read_settings(secret=SECRET, mail=url, mail_from=ANNIE)


@pytest.mark.parametrize("sender", ["", "Déambule"])
def test_a_mail_server_wants_somebody_who_signs(sender: str) -> None:
    with pytest.raises(BadSettings, match="DEAMBULE_MAIL_FROM: "):
        read_settings(secret=SECRET, mail="smtp://mail.example.fr", mail_from=sender)


@pytest.fixture
def busy_job(app: Flask, monkeypatch: pytest.MonkeyPatch) -> int:
    """A mail that no server takes, for an account that is there."""
    from app.people.accounts import put_account

    busy = f"smtp+plain://127.0.0.1:{free_port()}"
    changed = app.extensions["settings"].model_copy(
        update={"mail": read_settings(secret=SECRET, mail=busy, mail_from=ANNIE).mail}
    )
    monkeypatch.setitem(app.extensions, "settings", changed)
    account = write(lambda tx: put_account(tx, "a@example.org", "A", "teacher", "x"))
    arguments = {"account_id": account}
    return write(lambda tx: enqueue(tx, "app.people.jobs.reset", arguments, "reset"))


def test_a_mail_that_no_server_takes_is_tried_again_for_three_quarters_of_an_hour(
    app: Flask, busy_job: int
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        write(lambda tx: tx.execute(update(Job).values(created_at=NOON - timedelta(minutes=1))))
        for pause in PAUSES:
            run(app.extensions["writer"], busy_job)
            db.session.rollback()
            assert db.session.get_one(Job, busy_job).state == "waiting"
            clock.shift(pause - 1)
            assert silent_jobs(db.session()) == []
            clock.shift(2)
            assert silent_jobs(db.session()) == [busy_job]
        run(app.extensions["writer"], busy_job)
    job = db.session.get_one(Job, busy_job)
    assert job.state == "failed"
    assert "does not answer" in job.message


def test_a_password_of_the_mail_server_is_never_shown(
    settings_for: Callable[[str], Settings],
) -> None:
    settings = settings_for("smtp://user:hush-hush@mail.example.fr")
    assert "hush-hush" not in repr(settings)
    assert base64.b64encode(b"hush-hush").decode() not in repr(settings)
    assert os.environ.get("DEAMBULE_MAIL") is None
