"""Questions without a place, and links that show a reward"""

import sqlalchemy as sa
from alembic import op

import app.core.db

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column(
        "hotspot", sa.Column("holder", sa.String(length=8), nullable=False, server_default="view")
    )
    op.create_table(
        "proof",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visitor_id", sa.Integer(), nullable=False),
        sa.Column("reward_slug", sa.String(length=80), nullable=False),
        sa.Column("token", sa.String(length=43), nullable=False),
        sa.Column("made_at", app.core.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["reward_slug"], ["reward.slug"], name=op.f("fk_proof_reward_slug")
        ),
        sa.ForeignKeyConstraint(
            ["visitor_id"], ["visitor.id"], name=op.f("fk_proof_visitor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proof")),
        sa.UniqueConstraint("token", name=op.f("uq_proof_token")),
        sa.UniqueConstraint(
            "visitor_id", "reward_slug", name=op.f("uq_proof_visitor_id_reward_slug")
        ),
    )
    op.create_index(op.f("ix_proof_reward_slug"), "proof", ["reward_slug"])


def downgrade() -> None:
    op.drop_index(op.f("ix_proof_reward_slug"), "proof")
    op.drop_table("proof")
    # A question without a place would lie in the middle of the view.
    op.execute("DELETE FROM hotspot WHERE holder <> 'view'")
    op.drop_column("hotspot", "holder")
