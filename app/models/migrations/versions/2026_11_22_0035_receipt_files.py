"""Files of receipts and their profiles."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]
LONG = sa.Unicode().with_variant(sa.Unicode(4000), "mssql")


def upgrade() -> None:
    _receipt_profile()
    _receipt_file()
    _receipt_profile_edition()
    _receipt_file_journal()
    _receipt_file_line()


def _receipt_profile() -> None:
    op.create_table(
        "receipt_profile",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.Unicode(length=40), nullable=False),
        sa.Column("name", sa.Unicode(length=60), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_receipt_profile"),
        sa.UniqueConstraint("key", name="uq_receipt_profile_key"),
        sa.UniqueConstraint("name", name="uq_receipt_profile_name"),
    )


def _receipt_file_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("profile_key", sa.Unicode(length=40), nullable=False),
        sa.Column("profile_name", sa.Unicode(length=60), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Unicode(length=20), nullable=False),
        sa.Column("file_name", sa.Unicode(length=200), nullable=False),
        sa.Column("sha256", sa.Unicode(length=64), nullable=False),
        sa.Column("document_sha256", sa.Unicode(length=64), nullable=True),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("declared_count", sa.Integer(), nullable=True),
        sa.Column("declared_pence", sa.BigInteger(), nullable=True),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("words", sa.Unicode(length=400), nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("loaded_at", MOMENT, nullable=False),
        sa.Column("settled_by", ID, nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
    )


def _receipt_file() -> None:
    op.create_table(
        "receipt_file",
        *_receipt_file_columns(),
        sa.ForeignKeyConstraint(
            ["document_sha256"], ["document.sha256"], name="fk_receipt_file_document_sha256_document"
        ),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_receipt_file_officer_id_officer"),
        sa.ForeignKeyConstraint(["settled_by"], ["officer.id"], name="fk_receipt_file_settled_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_receipt_file"),
        sa.UniqueConstraint("number", name="uq_receipt_file_number"),
    )
    op.create_index("ix_receipt_file_last_on", "receipt_file", ["last_on"], unique=False)
    op.create_index("ix_receipt_file_loaded_at", "receipt_file", ["loaded_at"], unique=False)
    op.create_index("ix_receipt_file_sha256", "receipt_file", ["sha256"], unique=False)
    op.create_index(
        "uq_receipt_file_loaded",
        "receipt_file",
        ["sha256"],
        unique=True,
        sqlite_where=sa.text("state = 'loaded'"),
        mssql_where=sa.text("state = 'loaded'"),
    )


def _receipt_profile_edition() -> None:
    op.create_table(
        "receipt_profile_edition",
        sa.Column("profile_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("layout", LONG, nullable=False),
        sa.Column("why", sa.Unicode(length=200), nullable=False),
        sa.Column("widens", sa.Unicode(length=400), nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("seen_by", ID, nullable=True),
        sa.Column("seen_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_receipt_profile_edition_officer_id_officer"),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["receipt_profile.id"], name="fk_receipt_profile_edition_profile_id_receipt_profile"
        ),
        sa.ForeignKeyConstraint(["seen_by"], ["officer.id"], name="fk_receipt_profile_edition_seen_by_officer"),
        sa.PrimaryKeyConstraint("profile_id", "number", name="pk_receipt_profile_edition"),
    )


def _receipt_file_journal() -> None:
    op.create_table(
        "receipt_file_journal",
        sa.Column("file_id", ID, nullable=False),
        sa.Column("journal", ID, autoincrement=False, nullable=False),
        sa.Column("code", sa.Unicode(length=8), nullable=False),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["receipt_file.id"], name="fk_receipt_file_journal_file_id_receipt_file"),
        sa.PrimaryKeyConstraint("file_id", "journal", "code", name="pk_receipt_file_journal"),
    )
    op.create_index("ix_receipt_file_journal_journal", "receipt_file_journal", ["journal"], unique=False)


def _receipt_file_line_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", ID, nullable=False),
        sa.Column("file_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("matched_by", sa.Unicode(length=20), nullable=True),
        sa.Column("code", sa.Unicode(length=8), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("reference_given", sa.Unicode(length=60), nullable=False),
        sa.Column("payer_name", sa.Unicode(length=120), nullable=False),
        sa.Column("narrative", sa.Unicode(length=200), nullable=False),
        sa.Column("marker", sa.Unicode(length=40), nullable=False),
        sa.Column("once_key", sa.Unicode(length=60), nullable=True),
        sa.Column("why", sa.Unicode(length=200), nullable=False),
        sa.Column("like_journal", ID, nullable=True),
        sa.Column("like_line", sa.Integer(), nullable=True),
        sa.Column("receipt_id", ID, nullable=True),
        sa.Column("journal", ID, nullable=True),
        sa.Column("decided_by", ID, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
    )


def _receipt_file_line() -> None:
    op.create_table(
        "receipt_file_line",
        *_receipt_file_line_columns(),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_receipt_file_line_account_id_account"),
        sa.ForeignKeyConstraint(["decided_by"], ["officer.id"], name="fk_receipt_file_line_decided_by_officer"),
        sa.ForeignKeyConstraint(["file_id"], ["receipt_file.id"], name="fk_receipt_file_line_file_id_receipt_file"),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipt.id"], name="fk_receipt_file_line_receipt_id_receipt"),
        sa.PrimaryKeyConstraint("id", name="pk_receipt_file_line"),
    )
    op.create_index("uq_receipt_file_line_file_id_place", "receipt_file_line", ["file_id", "place"], unique=True)
    op.create_index(
        "uq_receipt_file_line_once_key",
        "receipt_file_line",
        ["once_key"],
        unique=True,
        sqlite_where=sa.text("once_key IS NOT NULL"),
        mssql_where=sa.text("once_key IS NOT NULL"),
    )
