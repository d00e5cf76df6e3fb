"""Results of the interest profiler, and sums that lead back to nobody"""

import sqlalchemy as sa
from alembic import op

import app.core.db

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "profile_result",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visitor_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=5), nullable=False),
        sa.Column("scores", sa.JSON(), nullable=False),
        sa.Column("taken_at", app.core.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["visitor_id"],
            ["visitor.id"],
            name=op.f("fk_profile_result_visitor_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_result")),
    )
    op.create_index(op.f("ix_profile_result_visitor_id"), "profile_result", ["visitor_id"])
    op.create_table(
        "profile_sum",
        sa.Column("form", sa.String(length=5), nullable=False),
        sa.Column("area", sa.String(length=1), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("sums", sa.JSON(), nullable=False),
        sa.Column("products", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("form", "area", name=op.f("pk_profile_sum")),
    )


def downgrade() -> None:
    op.drop_table("profile_sum")
    op.drop_index(op.f("ix_profile_result_visitor_id"), "profile_result")
    op.drop_table("profile_result")
