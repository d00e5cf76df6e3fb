"""Live quizzes"""

import sqlalchemy as sa
from alembic import op

import app.core.db

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "live_quiz",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=16), nullable=False),
        sa.Column("classroom_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(length=8), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("asked_at", app.core.db.Instant(timezone=True), nullable=False),
        sa.Column("ends_at", app.core.db.Instant(timezone=True), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("created_at", app.core.db.Instant(timezone=True), nullable=False),
        sa.Column("ended_at", app.core.db.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["classroom_id"],
            ["classroom.id"],
            name=op.f("fk_live_quiz_classroom_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_quiz")),
        sa.UniqueConstraint("slug", name=op.f("uq_live_quiz_slug")),
    )
    op.create_index(op.f("ix_live_quiz_classroom_id"), "live_quiz", ["classroom_id"])
    op.create_table(
        "live_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quiz_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("visitor_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("worth", sa.Float(), nullable=False),
        sa.Column("at", app.core.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["quiz_id"], ["live_quiz.id"], name=op.f("fk_live_answer_quiz_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["visitor_id"],
            ["visitor.id"],
            name=op.f("fk_live_answer_visitor_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_answer")),
        sa.UniqueConstraint(
            "quiz_id",
            "position",
            "visitor_id",
            name=op.f("uq_live_answer_quiz_id_position_visitor_id"),
        ),
    )
    op.create_index(op.f("ix_live_answer_visitor_id"), "live_answer", ["visitor_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_live_answer_visitor_id"), "live_answer")
    op.drop_table("live_answer")
    op.drop_index(op.f("ix_live_quiz_classroom_id"), "live_quiz")
    op.drop_table("live_quiz")
