"""What stays of erased classrooms, and links that begin on their day"""

import sqlalchemy as sa
from alembic import op

import app.core.db

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "class_sum",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("level", sa.String(length=12), nullable=False),
        sa.Column("classrooms", sa.Integer(), nullable=False),
        sa.Column("students", sa.Integer(), nullable=False),
        sa.Column("finds", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", "level", name=op.f("pk_class_sum")),
    )
    op.execute("DELETE FROM teacher_link")  # none lives longer than some days
    with op.batch_alter_table("teacher_link") as batch_op:
        batch_op.add_column(
            sa.Column("starts_at", app.core.db.Instant(timezone=True), nullable=False)
        )
    with op.batch_alter_table("knock") as batch_op:
        batch_op.alter_column(
            "answer", existing_type=sa.String(length=6), type_=sa.String(length=8)
        )


def downgrade() -> None:
    op.execute("DELETE FROM knock WHERE answer = 'refused'")
    with op.batch_alter_table("knock") as batch_op:
        batch_op.alter_column(
            "answer", existing_type=sa.String(length=8), type_=sa.String(length=6)
        )
    with op.batch_alter_table("teacher_link") as batch_op:
        batch_op.drop_column("starts_at")
    op.drop_table("class_sum")
