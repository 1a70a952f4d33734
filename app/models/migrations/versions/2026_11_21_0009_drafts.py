"""Drafts and presence, the names of keys, and how a person wants to be reached."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


def upgrade() -> None:
    _encryption_key()
    _draft()
    _presence()
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("correspondence_address", sa.Unicode(400), nullable=False, server_default=""))
        person.add_column(sa.Column("preferred_contact", sa.Unicode(20), nullable=False, server_default="post"))


def _encryption_key() -> None:
    op.create_table(
        "encryption_key",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key_id", sa.Unicode(16), nullable=False),
        sa.Column("check_value", sa.Unicode(64), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_encryption_key")),
        sa.UniqueConstraint("key_id", name=op.f("uq_encryption_key_key_id")),
    )


def _draft() -> None:
    op.create_table(
        "draft",
        sa.Column("id", ID, nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("form", sa.Unicode(40), nullable=False),
        sa.Column("subject", sa.Unicode(20), nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_draft_officer_id_officer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("officer_id", "form", "subject", "subject_id", name=op.f("uq_draft_officer_id_form")),
    )
    op.create_index(op.f("ix_draft_saved_at"), "draft", ["saved_at"])


def _presence() -> None:
    op.create_table(
        "presence",
        sa.Column("id", ID, nullable=False),
        sa.Column("desk", sa.Unicode(32), nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("subject", sa.Unicode(20), nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_presence_officer_id_officer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presence")),
        sa.UniqueConstraint("desk", "subject", "subject_id", name=op.f("uq_presence_desk")),
    )
    op.create_index(op.f("ix_presence_subject_subject_id"), "presence", ["subject", "subject_id"])
