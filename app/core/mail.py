"""Mail: written in full, then handed to an SMTP server or laid in a folder. The worker sends it.

A server that cannot take a message now is asked again later; one that will not is told of.
"""

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr
from typing import Self
from urllib.parse import unquote, urlsplit

from flask_babel import lazy_gettext as _l

from app.core.config import Settings
from app.core.db import now
from app.core.errors import Refusal
from app.core.jobs import Later

PATIENCE = 20.0
"""Seconds that a mail server has for each of its answers."""
FOLDER = "mail"
PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}
LOCAL_SENDER = "Déambule <deambule@localhost>"
"""Signs what is only laid in a folder."""


@dataclass(frozen=True)
class Attachment:
    """A file of text that goes with a message."""

    name: str
    subtype: str
    """`calendar` is text/calendar."""
    text: str
    parameters: dict[str, str] = field(default_factory=dict)
    """More of its type, as in `method=CANCEL`."""


@dataclass(frozen=True)
class Mail:
    """One message to one person, as plain text and as a simple page."""

    to: str
    subject: str
    text: str
    html: str
    attachments: tuple[Attachment, ...] = ()

    def enclosing(self, attachment: Attachment) -> Self:
        """The same with one more file."""
        return replace(self, attachments=(*self.attachments, attachment))


def compose(mail: Mail, settings: Settings) -> EmailMessage:
    """The message with its headers. Raises ValueError when a header would hold a line break."""
    sender = settings.mail_from or LOCAL_SENDER
    message = EmailMessage()
    message["From"] = sender
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(now())
    message["Message-ID"] = make_msgid(domain=parseaddr(sender)[1].partition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    for one in mail.attachments:
        message.add_attachment(
            one.text, subtype=one.subtype, filename=one.name, params=one.parameters
        )
    return message


def send(mail: Mail, settings: Settings) -> None:
    """Send a message, or lay it in the folder `mail` of the data folder where none is set up.

    Raises Later when the server cannot take it now, Refusal when it will not.
    """
    message = compose(mail, settings)
    if settings.mail.get_secret_value():
        with _told_plainly():
            _hand_over(message, settings)
    else:
        _lay_down(message, settings)


def _lay_down(message: EmailMessage, settings: Settings) -> None:
    folder = settings.data / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{now():%Y%m%dT%H%M%S%f}-{os.urandom(4).hex()}.eml"
    path.touch(mode=0o600)
    path.write_bytes(message.as_bytes())


def _hand_over(message: EmailMessage, settings: Settings) -> None:
    address = urlsplit(settings.mail.get_secret_value())
    with _connect(address.scheme, address.hostname or "", address.port) as server:
        if address.username:
            server.login(unquote(address.username), unquote(address.password or ""))
        server.send_message(message)


def _connect(scheme: str, host: str, port: int | None) -> smtplib.SMTP:
    """A connection that nobody overhears; plain only to this very machine, as settings check."""
    where = (host, port or PORTS[scheme])
    if scheme == "smtps":
        return smtplib.SMTP_SSL(*where, timeout=PATIENCE, context=ssl.create_default_context())
    server = smtplib.SMTP(*where, timeout=PATIENCE)
    if scheme == "smtp":
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server


@contextmanager
def _told_plainly() -> Iterator[None]:
    """Say what to do about a failure, without the address that servers repeat in theirs."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        raise _answer(min(code for code, _text in error.recipients.values())) from None
    except smtplib.SMTPResponseException as error:
        raise _answer(error.smtp_code) from None
    except smtplib.SMTPNotSupportedError:
        raise Refusal("mail_unsafe", UNSAFE, 502) from None
    except (OSError, smtplib.SMTPException) as error:
        raise Later(f"{type(error).__name__}: the mail server does not answer") from None


REFUSED = _l("Le serveur de mail a refusé ce message.")
UNSAFE = _l("Le serveur de mail ne sait pas chiffrer : rien ne lui est confié.")


def _answer(code: int) -> Exception:
    if 400 <= code < 500:
        return Later(f"SMTP {code}")
    return Refusal("mail_refused", f"{REFUSED} (SMTP {code})", 502)
