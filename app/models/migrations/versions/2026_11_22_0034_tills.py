"""Tills and banking."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


def upgrade() -> None:
    _till()
    _banking()
    _banking_line()
    _till_session()
    _till_count()
    _till_count_line()
    _till_receipt()
    _counters()


def _till() -> None:
    op.create_table(
        "till",
        sa.Column("id", ID, nullable=False),
        sa.Column("desk_id", ID, nullable=False),
        sa.Column("name", sa.Unicode(length=40), nullable=False),
        sa.Column("float_pence", sa.BigInteger(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["desk_id"], ["payment_desk.id"], name="fk_till_desk_id_payment_desk"),
        sa.PrimaryKeyConstraint("id", name="pk_till"),
        sa.UniqueConstraint("desk_id", "name", name="uq_till_desk_id_name"),
    )


def _banking() -> None:
    op.create_table(
        "banking",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entry_key", sa.Unicode(length=80), nullable=False),
        sa.Column("desk_id", ID, nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("bag", sa.Unicode(length=40), nullable=False),
        sa.Column("cash_pence", sa.BigInteger(), nullable=False),
        sa.Column("cheque_pence", sa.BigInteger(), nullable=False),
        sa.Column("cheque_count", sa.Integer(), nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("sealed_by", ID, nullable=True),
        sa.Column("sealed_at", MOMENT, nullable=True),
        sa.Column("banked_on", sa.Date(), nullable=True),
        sa.Column("banked_pence", sa.BigInteger(), nullable=True),
        sa.Column("match_id", ID, nullable=True),
        sa.Column("cancelled_why", sa.Unicode(length=200), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("sealed_by <> made_by", name=op.f("ck_banking_two_officers")),
        sa.ForeignKeyConstraint(["desk_id"], ["payment_desk.id"], name="fk_banking_desk_id_payment_desk"),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_banking_made_by_officer"),
        sa.ForeignKeyConstraint(["sealed_by"], ["officer.id"], name="fk_banking_sealed_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_banking"),
        sa.UniqueConstraint("entry_key", name="uq_banking_entry_key"),
        sa.UniqueConstraint("number", name="uq_banking_number"),
    )
    op.create_index("ix_banking_match_id", "banking", ["match_id"], unique=False)
    op.create_index(
        "uq_banking_bag",
        "banking",
        ["bag"],
        unique=True,
        sqlite_where=sa.text("state != 'cancelled'"),
        mssql_where=sa.text("state != 'cancelled'"),
    )


def _banking_line() -> None:
    op.create_table(
        "banking_line",
        sa.Column("banking_id", ID, nullable=False),
        sa.Column("denomination_pence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["banking_id"], ["banking.id"], name="fk_banking_line_banking_id_banking"),
        sa.PrimaryKeyConstraint("banking_id", "denomination_pence", name="pk_banking_line"),
    )


def _till_session_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("till_id", ID, nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("business_on", sa.Date(), nullable=False),
        sa.Column("opened_by", ID, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("holder_id", ID, nullable=False),
        sa.Column("float_pence", sa.BigInteger(), nullable=False),
        sa.Column("expected_pence", sa.BigInteger(), nullable=True),
        sa.Column("counted_pence", sa.BigInteger(), nullable=True),
        sa.Column("cheque_pence", sa.BigInteger(), nullable=True),
        sa.Column("cheque_count", sa.Integer(), nullable=True),
        sa.Column("why", sa.Unicode(length=400), nullable=False),
        sa.Column("signed_by", ID, nullable=True),
        sa.Column("signed_at", MOMENT, nullable=True),
        sa.Column("journal", ID, nullable=True),
        sa.Column("banking_id", ID, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
    )


def _till_session() -> None:
    op.create_table(
        "till_session",
        *_till_session_columns(),
        sa.CheckConstraint("signed_by <> holder_id", name=op.f("ck_till_session_two_officers")),
        sa.ForeignKeyConstraint(["banking_id"], ["banking.id"], name="fk_till_session_banking_id_banking"),
        sa.ForeignKeyConstraint(["holder_id"], ["officer.id"], name="fk_till_session_holder_id_officer"),
        sa.ForeignKeyConstraint(["opened_by"], ["officer.id"], name="fk_till_session_opened_by_officer"),
        sa.ForeignKeyConstraint(["signed_by"], ["officer.id"], name="fk_till_session_signed_by_officer"),
        sa.ForeignKeyConstraint(["till_id"], ["till.id"], name="fk_till_session_till_id_till"),
        sa.PrimaryKeyConstraint("id", name="pk_till_session"),
        sa.UniqueConstraint("number", name="uq_till_session_number"),
    )
    op.create_index("ix_till_session_banking_id", "till_session", ["banking_id"], unique=False)
    op.create_index("ix_till_session_till_id", "till_session", ["till_id"], unique=False)
    op.create_index(
        "uq_till_session_till_id_open",
        "till_session",
        ["till_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        mssql_where=sa.text("state = 'open'"),
    )


def _till_count() -> None:
    op.create_table(
        "till_count",
        sa.Column("id", ID, nullable=False),
        sa.Column("session_id", ID, nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("counted_by", ID, nullable=False),
        sa.Column("counted_at", MOMENT, nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("expected_pence", sa.BigInteger(), nullable=False),
        sa.Column("to_officer_id", ID, nullable=True),
        sa.Column("accepted_at", MOMENT, nullable=True),
        sa.Column("why", sa.Unicode(length=400), nullable=False),
        sa.ForeignKeyConstraint(["counted_by"], ["officer.id"], name="fk_till_count_counted_by_officer"),
        sa.ForeignKeyConstraint(["session_id"], ["till_session.id"], name="fk_till_count_session_id_till_session"),
        sa.ForeignKeyConstraint(["to_officer_id"], ["officer.id"], name="fk_till_count_to_officer_id_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_till_count"),
    )
    op.create_index("ix_till_count_session_id", "till_count", ["session_id"], unique=False)


def _till_count_line() -> None:
    op.create_table(
        "till_count_line",
        sa.Column("count_id", ID, nullable=False),
        sa.Column("denomination_pence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["count_id"], ["till_count.id"], name="fk_till_count_line_count_id_till_count"),
        sa.PrimaryKeyConstraint("count_id", "denomination_pence", name="pk_till_count_line"),
    )


def _till_receipt() -> None:
    op.create_table(
        "till_receipt",
        sa.Column("receipt_id", ID, autoincrement=False, nullable=False),
        sa.Column("session_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipt.id"], name="fk_till_receipt_receipt_id_receipt"),
        sa.ForeignKeyConstraint(["session_id"], ["till_session.id"], name="fk_till_receipt_session_id_till_session"),
        sa.PrimaryKeyConstraint("receipt_id", name="pk_till_receipt"),
    )
    op.create_index("ix_till_receipt_session_id", "till_receipt", ["session_id"], unique=False)


def _counters() -> None:
    counters = sa.table("counter", sa.column("name", sa.Unicode), sa.column("value", sa.Integer))
    op.bulk_insert(counters, [{"name": "till_session", "value": 0}, {"name": "banking", "value": 0}])
