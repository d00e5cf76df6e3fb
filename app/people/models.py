"""Tables of the staff: accounts, schools, and the browsers in which somebody is logged in."""

from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db import Model

ROLES = ("teacher", "professional", "author", "moderator", "organiser")


class School(Model):
    """A school: overseas and abroad like any other. Its zone says when its day ends."""

    __tablename__ = "school"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    country: Mapped[str] = mapped_column(String(2))
    """ISO 3166-1 alpha-2, as in FR, GP or MA."""
    timezone: Mapped[str] = mapped_column(String(40))
    """As the IANA names it: America/Guadeloupe."""
    created_at: Mapped[datetime]


class Account(UserMixin, Model):
    """A member of staff. Students have no account."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(20))
    password_hash: Mapped[str] = mapped_column(String(200))
    """Empty until whoever was invited has chosen one: then nothing fits it."""
    language: Mapped[str] = mapped_column(String(2), default="fr")
    """In which their mail is written."""
    school_id: Mapped[int | None] = mapped_column(ForeignKey("school.id"))
    confirmed_at: Mapped[datetime | None]
    """When the address proved to be theirs."""
    verified_at: Mapped[datetime | None]
    """When a person, or the domain of a confirmed address, said that they are who they say."""
    verified_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    """Who approved them; nobody when the domain did."""
    totp_secret: Mapped[str | None] = mapped_column(String(64))
    """The second factor, once its first code was right."""
    totp_used: Mapped[int | None]
    """The period of the last code used: a code opens once."""
    created_at: Mapped[datetime]

    school: Mapped[School | None] = relationship()

    @property
    def is_verified(self) -> bool:
        """Whether this adult may meet students live."""
        return self.verified_at is not None


class Login(Model):
    """A browser in which somebody is logged in; without its row the cookie opens nothing."""

    __tablename__ = "login"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of what the cookie holds."""
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class MailKey(Model):
    """A link sent by mail: an invitation, an address to confirm, a password to choose anew."""

    __tablename__ = "mail_key"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    purpose: Mapped[str] = mapped_column(String(12))
    """invite, confirm or reset."""
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class TrustedDomain(Model):
    """A mail domain whose confirmed addresses are those of teachers; `ac-*.fr` to begin with."""

    __tablename__ = "trusted_domain"

    pattern: Mapped[str] = mapped_column(String(120), primary_key=True)
    created_at: Mapped[datetime]
