"""What is known of an asset beside its files."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db import Model, now
from media.keys import PIPELINE, public_path


class Asset(Model):
    """A panorama, picture, film, sound or document, in the form that is served."""

    __tablename__ = "asset"

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    meta: Mapped[dict[str, Any]]
    public: Mapped[bool] = mapped_column(default=False)
    source_sha256: Mapped[str] = mapped_column(String(64))
    pipeline: Mapped[int] = mapped_column(default=PIPELINE)
    created_at: Mapped[datetime] = mapped_column(default=now)

    def path(self, name: str = "") -> str:
        """What follows the media URL in the address of one of its files."""
        return public_path(self.key, name)
