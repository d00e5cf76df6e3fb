"""Settings: environment variables `DEAMBULE_…`, read once, refused when wrong."""

import re
from email.utils import parseaddr
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class BadSettings(Exception):
    """A setting is missing or wrong; the text names each one and what to write instead."""


class Settings(BaseSettings):
    """All that an operator may choose. Each field is listed in docs/settings.md."""

    model_config = SettingsConfigDict(env_prefix="DEAMBULE_", extra="ignore", frozen=True)

    secret: SecretStr = Field(min_length=16, description="Signs cookies; 16 characters or more.")
    data: Path = Field(Path("data"), description="Folder of the database, files and queue.")
    database: str = Field("", description="SQLAlchemy URL; empty: SQLite in the data folder.")
    storage: str = Field("folder", description="`folder`, or `s3://bucket/prefix`.")
    s3_endpoint: str = Field("", description="Address of the S3 server; empty: Amazon's.")
    s3_region: str = Field("us-east-1", description="Region of the S3 bucket.")
    s3_key: str = Field("", description="Access key of the S3 bucket.")
    s3_secret: SecretStr = Field(SecretStr(""), description="Secret key of the S3 bucket.")
    media_url: str = Field("/media", description="Where browsers fetch public media.")
    queue: str = Field("", description="`redis://…`, or empty: SQLite in the data folder.")
    host: str = Field("127.0.0.1", description="Address the server listens on.")
    port: int = Field(8000, ge=1, le=65535, description="Port the server listens on.")
    url: str = Field("", description="Public address, as in https://visites.example.fr.")
    https: bool = Field(False, description="Cookies travel over HTTPS only.")
    proxies: int = Field(0, ge=0, le=5, description="Trusted proxies in front of the server.")
    mail: SecretStr = Field(
        SecretStr(""),
        description="`smtp://user:password@host:587` (STARTTLS) or `smtps://…`; empty: a folder.",
    )
    mail_from: str = Field(
        "", validate_default=True, description="Who signs mails: `Name <address>`, or an address."
    )
    second_factor: Literal["required", "optional"] = Field(
        "required", description="Whether organisers must log in with a code of their phone too."
    )
    guests_need_approval: bool = Field(
        True, description="Whether an organiser approves those whom teachers invite."
    )
    upload_mb: int = Field(512, ge=1, le=4096, description="Largest bundle a page takes, in MB.")
    chat_days: int = Field(
        90, ge=1, le=400, description="Days for which what is said in a chat is kept."
    )
    timezone: str = Field("Europe/Paris", description="Zone in which pages tell the time.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="Least important line that is logged."
    )

    @field_validator("database")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value and not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("write sqlite:///path or postgresql+psycopg://user:password@host/name")
        return value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            return ZoneInfo(value).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("write a zone as in Europe/Paris or America/Guadeloupe") from None

    @field_validator("storage")
    @classmethod
    def _known_storage(cls, value: str) -> str:
        if value != "folder" and not value.startswith("s3://"):
            raise ValueError("write folder, or s3://bucket/prefix")
        return value

    @field_validator("media_url")
    @classmethod
    def _own_host(cls, value: str) -> str:
        if not re.fullmatch(r"(/[A-Za-z0-9._-]+)+", value):
            raise ValueError("write a path of this site, as in /media: browsers see one host")
        return value

    @field_validator("queue")
    @classmethod
    def _known_queue(cls, value: str) -> str:
        if value and not value.startswith(("redis://", "rediss://")):
            raise ValueError("write redis://host:port/0, or leave it empty")
        return value

    @field_validator("mail")
    @classmethod
    def _known_mail(cls, value: SecretStr) -> SecretStr:
        text = value.get_secret_value()
        if text and not _is_mail_server(text):
            raise ValueError(
                "write smtp://user:password@host:587 or smtps://user:password@host:465; "
                "smtp+plain:// is for this machine alone"
            )
        return value

    @field_validator("mail_from")
    @classmethod
    def _known_sender(cls, value: str, info: ValidationInfo) -> str:
        server = info.data.get("mail")
        if (value or (server and server.get_secret_value())) and "@" not in parseaddr(value)[1]:
            raise ValueError("write an address, as in Déambule <visites@example.fr>")
        return value

    @property
    def address(self) -> str:
        """Where browsers find the site, for links in mails: never what a request claims."""
        return self.url.rstrip("/") or f"http://{self.host}:{self.port}"

    @property
    def database_url(self) -> str:
        """The database as SQLAlchemy names it."""
        return self.database or f"sqlite:///{(self.data / 'deambule.db').resolve()}"

    @property
    def is_sqlite(self) -> bool:
        """Whether the embedded database is used."""
        return self.database_url.startswith("sqlite:")


def _is_mail_server(text: str) -> bool:
    try:
        server = urlsplit(text)
        _ = server.port  # raises when it is no number
    except ValueError:
        return False
    if server.scheme == "smtp+plain":
        return server.hostname in ("127.0.0.1", "::1", "localhost")
    is_plain = unquote(server.netloc).isascii()  # a login is sent as ASCII
    return server.scheme in ("smtp", "smtps") and bool(server.hostname) and is_plain


def read_settings(**given: object) -> Settings:
    """Read the environment; `given` wins over it.

    Raises BadSettings with one line per wrong variable.
    """
    try:
        return Settings(**given)  # type: ignore[arg-type]  # pydantic checks them
    except ValidationError as error:
        lines = [_explain(dict(problem)) for problem in error.errors()]
        raise BadSettings("\n".join(lines)) from None


def _explain(problem: dict[str, object]) -> str:
    location = problem["loc"]
    name = f"DEAMBULE_{location[0]!s}".upper() if isinstance(location, tuple) else "DEAMBULE_?"
    if problem["type"] == "missing":
        return f"{name} is not set. {Settings.model_fields[name[9:].lower()].description}"
    return f"{name}: {problem['msg']}"
