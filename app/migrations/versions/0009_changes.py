"""What a professional changes once they are approved waits for another look"""

import sqlalchemy as sa
from alembic import op

import app.core.db

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    for name, empty in (("draft", "{}"), ("new_photos", "[]")):
        column = sa.Column(name, sa.JSON(), nullable=False, server_default=empty)
        op.add_column("professional", column)
    op.add_column("professional", sa.Column("changed_at", app.core.db.Instant(timezone=True)))


def downgrade() -> None:
    # What waits is lost, and the files of waiting photos stay: classes read what was approved.
    for name in ("changed_at", "new_photos", "draft"):
        op.drop_column("professional", name)
