"""Letter templates and the outgoing register."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LONG_TEXT = sa.Unicode().with_variant(sa.Unicode(length=4000), "mssql")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


def upgrade() -> None:
    """Make the tables of letters, each after those that it points to."""
    _template()
    _template_version()
    _batch()
    _outgoing()
    _batch_item()


def _template() -> None:
    op.create_table(
        "letter_template",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.Unicode(length=60), nullable=False),
        sa.Column("title", sa.Unicode(length=120), nullable=False),
        sa.Column("channel", sa.Unicode(length=20), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_letter_template"),
        sa.UniqueConstraint("key", name="uq_letter_template_key"),
    )


def _template_version() -> None:
    op.create_table(
        "letter_template_version",
        sa.Column("id", ID, nullable=False),
        sa.Column("template_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("subject_line", sa.Unicode(length=200), nullable=False),
        sa.Column("body", LONG_TEXT, nullable=False),
        sa.Column("needs_approval", sa.Boolean(), nullable=False),
        sa.Column("shipped", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("reason", sa.Unicode(length=400), nullable=False),
        sa.Column("written_by", ID, nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("approved_by", ID, nullable=True),
        sa.Column("request_id", ID, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_letter_template_version"),
        _to("letter_template_version", "template_id", "letter_template"),
        _to("letter_template_version", "written_by", "officer"),
        _to("letter_template_version", "approved_by", "officer"),
    )
    op.create_index(
        "uq_letter_template_version_template_id_number",
        "letter_template_version",
        ["template_id", "number"],
        unique=True,
    )


def _batch() -> None:
    op.create_table(
        "letter_batch",
        sa.Column("id", ID, nullable=False),
        sa.Column("template_version_id", ID, nullable=False),
        sa.Column("title", sa.Unicode(length=120), nullable=False),
        sa.Column("letter_date", sa.Date(), nullable=False),
        sa.Column("request_key", sa.Unicode(length=64), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("answers", LONG_TEXT, nullable=False),
        sa.Column("asked_by", ID, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("request_id", ID, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_letter_batch"),
        _to("letter_batch", "template_version_id", "letter_template_version"),
        _to("letter_batch", "asked_by", "officer"),
    )
    op.create_index("ix_letter_batch_request_key", "letter_batch", ["request_key"])


def _outgoing() -> None:
    op.create_table(
        "outgoing",
        sa.Column("id", ID, nullable=False),
        sa.Column("template_version_id", ID, nullable=True),
        sa.Column("batch_id", ID, nullable=True),
        sa.Column("title", sa.Unicode(length=120), nullable=False),
        sa.Column("subject", sa.Unicode(length=20), nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("reference", sa.Unicode(length=40), nullable=False),
        sa.Column("channel", sa.Unicode(length=20), nullable=False),
        sa.Column("format", sa.Unicode(length=20), nullable=False),
        sa.Column("addressee", sa.Unicode(length=200), nullable=False),
        sa.Column("address", sa.Unicode(length=600), nullable=False),
        sa.Column("address_key", sa.Unicode(length=200), nullable=False),
        sa.Column("letter_date", sa.Date(), nullable=False),
        sa.Column("subject_line", sa.Unicode(length=200), nullable=False),
        sa.Column("body", LONG_TEXT, nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("document_sha256", sa.Unicode(length=64), nullable=True),
        sa.Column("first_page", sa.Integer(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("idempotency_key", sa.Unicode(length=120), nullable=True),
        sa.Column("request_id", ID, nullable=True),
        *_people_and_moments(),
        *_sending(),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_outgoing"),
        _to("outgoing", "template_version_id", "letter_template_version"),
        _to("outgoing", "batch_id", "letter_batch"),
        _to("outgoing", "account_id", "account"),
        _to("outgoing", "person_id", "person"),
        _to("outgoing", "document_sha256", "document", "sha256"),
        *(_to("outgoing", who, "officer") for who in ("asked_by", "approved_by", "printed_by", "ended_by")),
    )
    _outgoing_indexes()


def _people_and_moments() -> tuple[sa.Column[object], ...]:
    """Who asked, approved, printed and ended it, and when."""
    return (
        sa.Column("asked_by", ID, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("approved_by", ID, nullable=True),
        sa.Column("approved_at", MOMENT, nullable=True),
        sa.Column("printed_by", ID, nullable=True),
        sa.Column("printed_at", MOMENT, nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("ended_by", ID, nullable=True),
    )


def _sending() -> tuple[sa.Column[object], ...]:
    """How it was handed over, and what came of it."""
    return (
        sa.Column("client_reference", sa.Unicode(length=40), nullable=True),
        sa.Column("provider_id", sa.Unicode(length=40), nullable=True),
        sa.Column("provider_status", sa.Unicode(length=40), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", MOMENT, nullable=True),
        sa.Column("error", sa.Unicode(length=400), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("return_reason", sa.Unicode(length=200), nullable=False),
    )


def _outgoing_indexes() -> None:
    for column in (
        "template_version_id",
        "batch_id",
        "account_id",
        "person_id",
        "document_sha256",
        "request_id",
        "asked_at",
    ):
        op.create_index(f"ix_outgoing_{column}", "outgoing", [column])
    op.create_index("ix_outgoing_state_address_key", "outgoing", ["state", "address_key"])
    op.create_index("ix_outgoing_subject_subject_id", "outgoing", ["subject", "subject_id"])
    for column in ("idempotency_key", "client_reference"):
        there = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            f"uq_outgoing_{column}", "outgoing", [column], unique=True, sqlite_where=there, mssql_where=there
        )


def _batch_item() -> None:
    op.create_table(
        "letter_batch_item",
        sa.Column("batch_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("outgoing_id", ID, nullable=True),
        sa.Column("left_out", sa.Unicode(length=400), nullable=False),
        sa.PrimaryKeyConstraint("batch_id", "account_id", name="pk_letter_batch_item"),
        _to("letter_batch_item", "batch_id", "letter_batch"),
        _to("letter_batch_item", "account_id", "account"),
        _to("letter_batch_item", "outgoing_id", "outgoing"),
    )
    op.create_index("ix_letter_batch_item_account_id", "letter_batch_item", ["account_id"])
    op.create_index("ix_letter_batch_item_outgoing_id", "letter_batch_item", ["outgoing_id"])


def _to(table: str, column: str, other: str, key: str = "id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.{key}"], name=f"fk_{table}_{column}_{other}")
