"""Adjustments: their kinds, reasons and lines, and the codes that they need besides."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]
LONG = sa.Unicode().with_variant(sa.Unicode(length=4000), "mssql")


def upgrade() -> None:
    _adjustment_kind()
    _adjustment_reason()
    _adjustment()
    _adjustment_line()
    _adjustment_charge()
    _batch_headings()


def _adjustment_kind() -> None:
    op.create_table(
        "adjustment_kind",
        sa.Column("key", sa.Unicode(length=40), nullable=False),
        sa.Column("title", sa.Unicode(length=80), nullable=False),
        sa.Column("explained", sa.Unicode(length=400), nullable=False),
        sa.Column("sheet", sa.Unicode(length=20), nullable=False),
        sa.Column("code", sa.Unicode(length=8), nullable=False),
        sa.Column("side", sa.Unicode(length=20), nullable=False),
        sa.Column("account_kinds", sa.Unicode(length=200), nullable=False),
        sa.Column("needs_evidence", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("needs_period", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("always_approved", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("tells_benefit", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("1"), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["code"], ["transaction_code.code"], name="fk_adjustment_kind_code_transaction_code"),
        sa.PrimaryKeyConstraint("key", name="pk_adjustment_kind"),
    )


def _adjustment_reason() -> None:
    op.create_table(
        "adjustment_reason",
        sa.Column("key", sa.Unicode(length=40), nullable=False),
        sa.Column("title", sa.Unicode(length=80), nullable=False),
        sa.Column("kinds", sa.Unicode(length=400), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("1"), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_adjustment_reason"),
    )


def _adjustment_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entry_key", sa.Unicode(length=80), nullable=False),
        sa.Column("origin", sa.Unicode(length=20), nullable=False),
        sa.Column("title", sa.Unicode(length=200), nullable=False),
        sa.Column("note", LONG, nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("declared_count", sa.Integer(), nullable=True),
        sa.Column("declared_pence", sa.BigInteger(), nullable=True),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.Column("debit_pence", sa.BigInteger(), nullable=False),
        sa.Column("credit_pence", sa.BigInteger(), nullable=False),
        sa.Column("largest_pence", sa.BigInteger(), nullable=False),
        sa.Column("accounting_on", sa.Date(), nullable=True),
        sa.Column("file_sha256", sa.Unicode(length=64), nullable=True),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=True),
        sa.Column("request_id", ID, nullable=True),
        sa.Column("approved_by", ID, nullable=True),
        sa.Column("approved_at", MOMENT, nullable=True),
        sa.Column("posted_by", ID, nullable=True),
        sa.Column("posted_at", MOMENT, nullable=True),
        sa.Column("journal", ID, nullable=True),
        sa.Column("reversed_by", ID, nullable=True),
        sa.Column("reversal_journal", ID, nullable=True),
        sa.Column("reversal_reason", sa.Unicode(length=400), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
    )


def _adjustment() -> None:
    op.create_table(
        "adjustment",
        *_adjustment_columns(),
        sa.ForeignKeyConstraint(["approved_by"], ["officer.id"], name="fk_adjustment_approved_by_officer"),
        sa.ForeignKeyConstraint(["file_sha256"], ["document.sha256"], name="fk_adjustment_file_sha256_document"),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_adjustment_made_by_officer"),
        sa.ForeignKeyConstraint(["posted_by"], ["officer.id"], name="fk_adjustment_posted_by_officer"),
        sa.ForeignKeyConstraint(
            ["request_id"], ["approval_request.id"], name="fk_adjustment_request_id_approval_request"
        ),
        sa.ForeignKeyConstraint(["reversed_by"], ["officer.id"], name="fk_adjustment_reversed_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_adjustment"),
        sa.UniqueConstraint("entry_key", name="uq_adjustment_entry_key"),
        sa.UniqueConstraint("number", name="uq_adjustment_number"),
    )
    op.create_index("ix_adjustment_made_at", "adjustment", ["made_at"])
    op.create_index("ix_adjustment_state", "adjustment", ["state"])
    op.create_index(
        "uq_adjustment_file_sha256",
        "adjustment",
        ["file_sha256"],
        unique=True,
        sqlite_where=sa.text("file_sha256 IS NOT NULL"),
        mssql_where=sa.text("file_sha256 IS NOT NULL"),
    )
    op.create_index(
        "uq_adjustment_journal",
        "adjustment",
        ["journal"],
        unique=True,
        sqlite_where=sa.text("journal IS NOT NULL"),
        mssql_where=sa.text("journal IS NOT NULL"),
    )


def _adjustment_line_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", ID, nullable=False),
        sa.Column("adjustment_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("other_account_id", ID, nullable=True),
        sa.Column("kind", sa.Unicode(length=40), nullable=False),
        sa.Column("code", sa.Unicode(length=8), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("rent_week", sa.Date(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Unicode(length=40), nullable=False),
        sa.Column("narrative", sa.Unicode(length=200), nullable=False),
        sa.Column("working", LONG, nullable=False),
        sa.Column("fix", sa.Unicode(length=20), nullable=True),
        sa.Column("fixed_journal", ID, nullable=True),
        sa.Column("fixed_line", sa.Integer(), nullable=True),
        sa.Column("like_id", ID, nullable=True),
        sa.Column("like_reason", sa.Unicode(length=200), nullable=False),
    )


def _adjustment_line() -> None:
    op.create_table(
        "adjustment_line",
        *_adjustment_line_columns(),
        sa.CheckConstraint("pence <> 0", name="ck_adjustment_line_an_amount"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_adjustment_line_account_id_account"),
        sa.ForeignKeyConstraint(
            ["adjustment_id"], ["adjustment.id"], name="fk_adjustment_line_adjustment_id_adjustment"
        ),
        sa.ForeignKeyConstraint(["code"], ["transaction_code.code"], name="fk_adjustment_line_code_transaction_code"),
        sa.ForeignKeyConstraint(["kind"], ["adjustment_kind.key"], name="fk_adjustment_line_kind_adjustment_kind"),
        sa.ForeignKeyConstraint(["like_id"], ["adjustment_line.id"], name="fk_adjustment_line_like_id_adjustment_line"),
        sa.ForeignKeyConstraint(
            ["other_account_id"], ["account.id"], name="fk_adjustment_line_other_account_id_account"
        ),
        sa.ForeignKeyConstraint(
            ["reason"], ["adjustment_reason.key"], name="fk_adjustment_line_reason_adjustment_reason"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_adjustment_line"),
    )
    op.create_index("ix_adjustment_line_account_id", "adjustment_line", ["account_id"])
    op.create_index(
        "ix_adjustment_line_adjustment_id_place", "adjustment_line", ["adjustment_id", "place"], unique=True
    )
    op.create_index("ix_adjustment_line_fixed_journal_fixed_line", "adjustment_line", ["fixed_journal", "fixed_line"])
    op.create_index("ix_adjustment_line_other_account_id", "adjustment_line", ["other_account_id"])


def _batch_headings() -> None:
    op.create_table(
        "batch_headings",
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("headings", sa.Unicode(length=64), nullable=False),
        sa.Column("columns", LONG, nullable=False),
        sa.Column("used_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_batch_headings_officer_id_officer"),
        sa.PrimaryKeyConstraint("officer_id", "headings", name="pk_batch_headings"),
    )


def _adjustment_charge() -> None:
    op.create_table(
        "adjustment_charge",
        sa.Column("adjustment_id", ID, nullable=False),
        sa.Column("replaced", sa.Boolean(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("code", sa.Unicode(length=8), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_adjustment_charge_account_id_account"),
        sa.ForeignKeyConstraint(
            ["adjustment_id"], ["adjustment.id"], name="fk_adjustment_charge_adjustment_id_adjustment"
        ),
        sa.ForeignKeyConstraint(["code"], ["transaction_code.code"], name="fk_adjustment_charge_code_transaction_code"),
        sa.PrimaryKeyConstraint("adjustment_id", "replaced", "from_on", name="pk_adjustment_charge"),
    )
