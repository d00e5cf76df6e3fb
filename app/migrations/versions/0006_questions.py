"""Questions of teachers' own"""

import sqlalchemy as sa
from alembic import op

import app.core.db

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "question_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=16), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("created_at", app.core.db.Instant(timezone=True), nullable=False),
        sa.Column("updated_at", app.core.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_question_set_account_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_set")),
        sa.UniqueConstraint("slug", name=op.f("uq_question_set_slug")),
    )
    op.create_index(op.f("ix_question_set_account_id"), "question_set", ["account_id"])
    op.create_table(
        "own_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("gift", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["set_id"], ["question_set.id"], name=op.f("fk_own_question_set_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_question")),
    )
    op.create_index(op.f("ix_own_question_set_id"), "own_question", ["set_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_own_question_set_id"), "own_question")
    op.drop_table("own_question")
    op.drop_index(op.f("ix_question_set_account_id"), "question_set")
    op.drop_table("question_set")
