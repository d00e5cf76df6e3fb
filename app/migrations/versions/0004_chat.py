"""Sessions with professionals, and the chat in which they are held"""

import sqlalchemy as sa
from alembic import op

import app.core.db

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "professional",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("first_name", sa.String(length=40), nullable=False),
        sa.Column("job", sa.String(length=80), nullable=False),
        sa.Column("factory", sa.String(length=60), nullable=False),
        sa.Column("rome", sa.String(length=5), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("ask_me", sa.Text(), nullable=False),
        sa.Column("photos", sa.JSON(), nullable=False),
        sa.Column("employer_at", app.core.db.Instant(timezone=True), nullable=True),
        sa.Column("charter_at", app.core.db.Instant(timezone=True), nullable=True),
        sa.Column("practised_at", app.core.db.Instant(timezone=True), nullable=True),
        sa.Column("created_at", app.core.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_professional_account_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_professional")),
    )
    op.create_table(
        "session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=16), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("tour", sa.String(length=60), nullable=False),
        sa.Column("factory", sa.String(length=60), nullable=False),
        sa.Column("starts_at", app.core.db.Instant(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("languages", sa.JSON(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("answer_days", sa.Integer(), nullable=False),
        sa.Column("moderator_id", sa.Integer(), nullable=True),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", app.core.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["account.id"], name=op.f("fk_session_created_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["moderator_id"],
            ["account.id"],
            name=op.f("fk_session_moderator_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("slug", name=op.f("uq_session_slug")),
    )
    with op.batch_alter_table("session") as batch_op:
        batch_op.create_index(batch_op.f("ix_session_created_by"), ["created_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_session_moderator_id"), ["moderator_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_session_starts_at"), ["starts_at"], unique=False)

    op.create_table(
        "booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("classroom_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("asked_at", app.core.db.Instant(timezone=True), nullable=False),
        sa.Column("allows_views", sa.Boolean(), nullable=False),
        sa.Column("reminded_at", app.core.db.Instant(timezone=True), nullable=True),
        sa.Column("created_at", app.core.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_booking_account_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["classroom_id"],
            ["classroom.id"],
            name=op.f("fk_booking_classroom_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_booking_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking")),
        sa.UniqueConstraint(
            "session_id", "classroom_id", name=op.f("uq_booking_session_id_classroom_id")
        ),
    )
    with op.batch_alter_table("booking") as batch_op:
        batch_op.create_index(batch_op.f("ix_booking_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_booking_classroom_id"), ["classroom_id"], unique=False)

    op.create_table(
        "chat_standing",
        sa.Column("visitor_id", sa.Integer(), nullable=False),
        sa.Column("trust", sa.String(length=7), nullable=False),
        sa.Column("muted_in", sa.Integer(), nullable=True),
        sa.Column("removed_from", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["muted_in"],
            ["session.id"],
            name=op.f("fk_chat_standing_muted_in"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["removed_from"],
            ["session.id"],
            name=op.f("fk_chat_standing_removed_from"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["visitor_id"],
            ["visitor.id"],
            name=op.f("fk_chat_standing_visitor_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("visitor_id", name=op.f("pk_chat_standing")),
    )
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(length=12), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("given_at", app.core.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_feedback_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
    )
    with op.batch_alter_table("feedback") as batch_op:
        batch_op.create_index(batch_op.f("ix_feedback_session_id"), ["session_id"], unique=False)

    op.create_table(
        "guest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("job", sa.String(length=80), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("charter_at", app.core.db.Instant(timezone=True), nullable=True),
        sa.Column("created_at", app.core.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_guest_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_guest_token_hash")),
    )
    with op.batch_alter_table("guest") as batch_op:
        batch_op.create_index(batch_op.f("ix_guest_session_id"), ["session_id"], unique=False)

    op.create_table(
        "room",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(length=8), nullable=False),
        sa.Column("mode", sa.String(length=9), nullable=False),
        sa.Column("opened_at", app.core.db.Instant(timezone=True), nullable=True),
        sa.Column("last_call_at", app.core.db.Instant(timezone=True), nullable=True),
        sa.Column("closed_at", app.core.db.Instant(timezone=True), nullable=True),
        sa.Column("sentence", sa.String(length=300), nullable=False),
        sa.Column("logged", sa.Integer(), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.Column("erase_at", app.core.db.Instant(timezone=True), nullable=True),
        sa.Column("erased_at", app.core.db.Instant(timezone=True), nullable=True),
        sa.Column("reminded_at", app.core.db.Instant(timezone=True), nullable=True),
        sa.Column("thanked_at", app.core.db.Instant(timezone=True), nullable=True),
        sa.Column("given", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_room_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_room")),
    )
    with op.batch_alter_table("room") as batch_op:
        batch_op.create_index(batch_op.f("ix_room_erase_at"), ["erase_at"], unique=False)

    op.create_table(
        "session_professional",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_session_professional_account_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["session.id"],
            name=op.f("fk_session_professional_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", "account_id", name=op.f("pk_session_professional")),
    )
    with op.batch_alter_table("session_professional") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_session_professional_account_id"), ["account_id"], unique=False
        )

    op.create_table(
        "chat_log",
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=16), nullable=False),
        sa.Column("by", sa.String(length=24), nullable=False),
        sa.Column("at", app.core.db.Instant(timezone=True), nullable=False),
        sa.Column("sealed", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["room_id"], ["room.session_id"], name=op.f("fk_chat_log_room_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("room_id", "number", name=op.f("pk_chat_log")),
    )
    op.create_table(
        "chat_log_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("visitor_id", sa.Integer(), nullable=True),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["room_id"],
            ["room.session_id"],
            name=op.f("fk_chat_log_text_room_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["visitor_id"],
            ["visitor.id"],
            name=op.f("fk_chat_log_text_visitor_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chat_log_text")),
        sa.UniqueConstraint("room_id", "number", name=op.f("uq_chat_log_text_room_id_number")),
    )
    with op.batch_alter_table("chat_log_text") as batch_op:
        batch_op.create_index(
            batch_op.f("ix_chat_log_text_visitor_id"), ["visitor_id"], unique=False
        )

    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(length=24), nullable=False),
        sa.Column("client_id", sa.String(length=24), nullable=False),
        sa.Column("visitor_id", sa.Integer(), nullable=True),
        sa.Column("classroom_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("level", sa.String(length=12), nullable=False),
        sa.Column("class_number", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("place", sa.JSON(), nullable=True),
        sa.Column("status", sa.String(length=9), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("votes", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.String(length=24), nullable=True),
        sa.Column("claimed_name", sa.String(length=60), nullable=True),
        sa.Column("into_id", sa.Integer(), nullable=True),
        sa.Column("passed", sa.JSON(), nullable=False),
        sa.Column("approved_by", sa.String(length=24), nullable=True),
        sa.Column("created_at", app.core.db.Instant(timezone=True), nullable=False),
        sa.Column("decided_at", app.core.db.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["about_id"], ["message.id"], name=op.f("fk_message_about_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["classroom_id"],
            ["classroom.id"],
            name=op.f("fk_message_classroom_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["into_id"], ["message.id"], name=op.f("fk_message_into_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["room.session_id"], name=op.f("fk_message_room_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["visitor_id"], ["visitor.id"], name=op.f("fk_message_visitor_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint(
            "room_id", "author", "client_id", name=op.f("uq_message_room_id_author_client_id")
        ),
    )
    with op.batch_alter_table("message") as batch_op:
        batch_op.create_index(batch_op.f("ix_message_about_id"), ["about_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_classroom_id"), ["classroom_id"], unique=False)
        batch_op.create_index("ix_message_room_id_status", ["room_id", "status"], unique=False)
        batch_op.create_index(batch_op.f("ix_message_visitor_id"), ["visitor_id"], unique=False)

    op.create_table(
        "alarm",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("classroom_id", sa.Integer(), nullable=True),
        sa.Column("visitor_id", sa.Integer(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("raised_at", app.core.db.Instant(timezone=True), nullable=False),
        sa.Column("seen_at", app.core.db.Instant(timezone=True), nullable=True),
        sa.Column("seen_by", sa.String(length=80), nullable=False),
        sa.Column("mailed", sa.Integer(), nullable=False),
        sa.Column("kept_until", app.core.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["classroom_id"],
            ["classroom.id"],
            name=op.f("fk_alarm_classroom_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_alarm_message_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["room.session_id"], name=op.f("fk_alarm_room_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["visitor_id"], ["visitor.id"], name=op.f("fk_alarm_visitor_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm")),
    )
    with op.batch_alter_table("alarm") as batch_op:
        batch_op.create_index(batch_op.f("ix_alarm_classroom_id"), ["classroom_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_alarm_kept_until"), ["kept_until"], unique=False)
        batch_op.create_index(batch_op.f("ix_alarm_room_id"), ["room_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_alarm_visitor_id"), ["visitor_id"], unique=False)

    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("reporter", sa.String(length=24), nullable=False),
        sa.Column("visitor_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("created_at", app.core.db.Instant(timezone=True), nullable=False),
        sa.Column("closed_at", app.core.db.Instant(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_report_message_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["visitor_id"], ["visitor.id"], name=op.f("fk_report_visitor_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        sa.UniqueConstraint("message_id", "reporter", name=op.f("uq_report_message_id_reporter")),
    )
    with op.batch_alter_table("report") as batch_op:
        batch_op.create_index(batch_op.f("ix_report_message_id"), ["message_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_visitor_id"), ["visitor_id"], unique=False)

    op.create_table(
        "room_event",
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("at", app.core.db.Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["message.id"],
            name=op.f("fk_room_event_message_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["room.session_id"], name=op.f("fk_room_event_room_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("room_id", "seq", name=op.f("pk_room_event")),
    )
    op.create_table(
        "vote",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("visitor_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_vote_message_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["visitor_id"], ["visitor.id"], name=op.f("fk_vote_visitor_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("message_id", "visitor_id", name=op.f("pk_vote")),
    )
    with op.batch_alter_table("vote") as batch_op:
        batch_op.create_index(batch_op.f("ix_vote_visitor_id"), ["visitor_id"], unique=False)

    with op.batch_alter_table("knock") as batch_op:
        batch_op.add_column(
            sa.Column("is_passing", sa.Boolean(), server_default=sa.false(), nullable=False)
        )

    with op.batch_alter_table("student") as batch_op:
        batch_op.add_column(sa.Column("form_hash", sa.String(length=64), nullable=True))
        batch_op.create_index("ix_student_form", ["classroom_id", "form_hash"], unique=True)


def downgrade() -> None:
    with op.batch_alter_table("student") as batch_op:
        batch_op.drop_index("ix_student_form")
        batch_op.drop_column("form_hash")

    with op.batch_alter_table("knock") as batch_op:
        batch_op.drop_column("is_passing")

    with op.batch_alter_table("vote") as batch_op:
        batch_op.drop_index(batch_op.f("ix_vote_visitor_id"))

    op.drop_table("vote")
    op.drop_table("room_event")
    with op.batch_alter_table("report") as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_visitor_id"))
        batch_op.drop_index(batch_op.f("ix_report_message_id"))

    op.drop_table("report")
    with op.batch_alter_table("alarm") as batch_op:
        batch_op.drop_index(batch_op.f("ix_alarm_visitor_id"))
        batch_op.drop_index(batch_op.f("ix_alarm_room_id"))
        batch_op.drop_index(batch_op.f("ix_alarm_kept_until"))
        batch_op.drop_index(batch_op.f("ix_alarm_classroom_id"))

    op.drop_table("alarm")
    with op.batch_alter_table("message") as batch_op:
        batch_op.drop_index(batch_op.f("ix_message_visitor_id"))
        batch_op.drop_index("ix_message_room_id_status")
        batch_op.drop_index(batch_op.f("ix_message_classroom_id"))
        batch_op.drop_index(batch_op.f("ix_message_about_id"))

    op.drop_table("message")
    with op.batch_alter_table("chat_log_text") as batch_op:
        batch_op.drop_index(batch_op.f("ix_chat_log_text_visitor_id"))

    op.drop_table("chat_log_text")
    op.drop_table("chat_log")
    with op.batch_alter_table("session_professional") as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_professional_account_id"))

    op.drop_table("session_professional")
    with op.batch_alter_table("room") as batch_op:
        batch_op.drop_index(batch_op.f("ix_room_erase_at"))

    op.drop_table("room")
    with op.batch_alter_table("guest") as batch_op:
        batch_op.drop_index(batch_op.f("ix_guest_session_id"))

    op.drop_table("guest")
    with op.batch_alter_table("feedback") as batch_op:
        batch_op.drop_index(batch_op.f("ix_feedback_session_id"))

    op.drop_table("feedback")
    op.drop_table("chat_standing")
    with op.batch_alter_table("booking") as batch_op:
        batch_op.drop_index(batch_op.f("ix_booking_classroom_id"))
        batch_op.drop_index(batch_op.f("ix_booking_account_id"))

    op.drop_table("booking")
    with op.batch_alter_table("session") as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_starts_at"))
        batch_op.drop_index(batch_op.f("ix_session_moderator_id"))
        batch_op.drop_index(batch_op.f("ix_session_created_by"))

    op.drop_table("session")
    op.drop_table("professional")
