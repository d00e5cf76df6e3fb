"""A real SMTP server in the test process, which keeps what it takes, or refuses as it is told."""

import asyncio
import socket
import ssl
import subprocess
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

LOGIN = ("visites@example.fr", "a:secret/word")


class Postbox:
    """What the server does with what it is handed."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.answers: list[str] = []
        """Said to the next messages instead of taking them, as in `451 Later`."""
        self.answers_to_recipients: list[str] = []
        self.port = 0

    async def handle_RCPT(  # noqa: N802  as aiosmtpd calls it
        self,
        server: SMTP,  # noqa: ARG002  given to every handler
        session: Session,  # noqa: ARG002  given to every handler
        envelope: Envelope,
        address: str,
        options: list[str],  # noqa: ARG002  given to every handler
    ) -> str:
        """Take a recipient, or not."""
        if self.answers_to_recipients:
            return self.answers_to_recipients.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802  as aiosmtpd calls it
        self,
        server: SMTP,  # noqa: ARG002  given to every handler
        session: Session,
        envelope: Envelope,
    ) -> str:
        """Take a message, or not."""
        if self.answers:
            return self.answers.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        message = message_from_bytes(content, policy=default)
        message["X-Was-Encrypted"] = "yes" if session.ssl else "no"
        message["X-Login"] = "yes" if session.authenticated else "no"
        self.messages.append(message)
        return "250 OK"

    def take(self) -> EmailMessage:
        """The oldest message that nobody has read yet."""
        return self.messages.pop(0)


class Own(Controller):
    """A server on a port of its own."""

    def __init__(self, postbox: Postbox, **options: Any) -> None:
        super().__init__(postbox, hostname="127.0.0.1", port=0, **options)
        self.postbox = postbox

    def _trigger_server(self) -> None:
        """Learn the port, and ask whether it is there; aiosmtpd itself waits a second for that."""
        assert isinstance(self.server, asyncio.Server)
        self.port = self.postbox.port = self.server.sockets[0].getsockname()[1]
        with socket.create_connection((self.hostname, self.port), timeout=30) as visitor:
            visitor.recv(1)


def check_login(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: LoginPassword
) -> AuthResult:
    """Let one login in."""
    told = (given.login.decode(), given.password.decode())
    return AuthResult(success=told == LOGIN, handled=False)


def make_certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate for this machine that signs itself, and the server's context with it."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-keyout", str(key), "-out", str(certificate), "-subj", "/CN=localhost"),
            *("-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"),
        ],
        check=True,
        capture_output=True,
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    return certificate, context
