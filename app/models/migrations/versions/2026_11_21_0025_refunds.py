"""Refunds, the checks of their gate, what went out together, and attempts to give credits back."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]
LONG = sa.Unicode().with_variant(sa.Unicode(length=4000), "mssql")


def upgrade() -> None:
    _refund_payment()
    _refund()
    _refund_check()
    _credit_attempt()
    _ship()


def _refund_payment() -> None:
    op.create_table(
        "refund_payment",
        sa.Column("id", ID, nullable=False),
        sa.Column("entry_key", sa.Unicode(length=80), nullable=False),
        sa.Column("method", sa.Unicode(length=20), nullable=False),
        sa.Column("pay_on", sa.Date(), nullable=False),
        sa.Column("item_count", sa.Integer(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("payment_file_id", ID, nullable=True),
        sa.Column("sha256", sa.Unicode(length=64), nullable=True),
        sa.Column("document_sha256", sa.Unicode(length=64), nullable=True),
        sa.Column("request_sha256", sa.Unicode(length=64), nullable=True),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_refund_payment_made_by_officer"),
        sa.ForeignKeyConstraint(
            ["payment_file_id"], ["payment_file.id"], name="fk_refund_payment_payment_file_id_payment_file"
        ),
        sa.ForeignKeyConstraint(
            ["request_sha256"], ["document.sha256"], name="fk_refund_payment_request_sha256_document"
        ),
        sa.ForeignKeyConstraint(
            ["document_sha256"], ["document.sha256"], name="fk_refund_payment_document_sha256_document"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_refund_payment"),
        sa.UniqueConstraint("entry_key", name="uq_refund_payment_entry_key"),
    )


def _refund_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entry_key", sa.Unicode(length=80), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("method", sa.Unicode(length=20), nullable=False),
        sa.Column("payee", sa.Unicode(length=20), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("payee_name", sa.Unicode(length=200), nullable=False),
        sa.Column("payee_address", sa.Unicode(length=400), nullable=False),
        sa.Column("bank_detail_id", ID, nullable=True),
        sa.Column("cause", sa.Unicode(length=40), nullable=False),
        sa.Column("reason", sa.Unicode(length=400), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("request_id", ID, nullable=True),
        sa.Column("approved_by", ID, nullable=True),
        sa.Column("approved_at", MOMENT, nullable=True),
        sa.Column("sent_by", ID, nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("payment_id", ID, nullable=True),
        sa.Column("journal", ID, nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("returned_why", sa.Unicode(length=200), nullable=False),
        sa.Column("return_journal", ID, nullable=True),
        sa.Column("write_on_id", ID, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
    )


def _refund() -> None:
    op.create_table(
        "refund",
        *_refund_columns(),
        sa.CheckConstraint("pence > 0", name="ck_refund_an_amount"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_refund_account_id_account"),
        sa.ForeignKeyConstraint(["approved_by"], ["officer.id"], name="fk_refund_approved_by_officer"),
        sa.ForeignKeyConstraint(["bank_detail_id"], ["bank_detail.id"], name="fk_refund_bank_detail_id_bank_detail"),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_refund_made_by_officer"),
        sa.ForeignKeyConstraint(["payment_id"], ["refund_payment.id"], name="fk_refund_payment_id_refund_payment"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_refund_person_id_person"),
        sa.ForeignKeyConstraint(["request_id"], ["approval_request.id"], name="fk_refund_request_id_approval_request"),
        sa.ForeignKeyConstraint(["sent_by"], ["officer.id"], name="fk_refund_sent_by_officer"),
        sa.ForeignKeyConstraint(["write_on_id"], ["adjustment.id"], name="fk_refund_write_on_id_adjustment"),
        sa.PrimaryKeyConstraint("id", name="pk_refund"),
        sa.UniqueConstraint("entry_key", name="uq_refund_entry_key"),
        sa.UniqueConstraint("number", name="uq_refund_number"),
    )
    op.create_index("ix_refund_account_id", "refund", ["account_id"])
    op.create_index("ix_refund_payment_id", "refund", ["payment_id"])
    op.create_index("ix_refund_person_id", "refund", ["person_id"])
    op.create_index("ix_refund_state", "refund", ["state"])
    op.create_index("ix_refund_write_on_id", "refund", ["write_on_id"])


def _refund_check() -> None:
    op.create_table(
        "refund_check",
        sa.Column("refund_id", ID, nullable=False),
        sa.Column("check_key", sa.Unicode(length=40), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("words", LONG, nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=True),
        sa.Column("cleared_by", ID, nullable=True),
        sa.Column("cleared_why", sa.Unicode(length=400), nullable=False),
        sa.Column("offset_adjustment_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["cleared_by"], ["officer.id"], name="fk_refund_check_cleared_by_officer"),
        sa.ForeignKeyConstraint(["refund_id"], ["refund.id"], name="fk_refund_check_refund_id_refund"),
        sa.PrimaryKeyConstraint("refund_id", "check_key", name="pk_refund_check"),
    )


def _credit_attempt() -> None:
    op.create_table(
        "credit_attempt",
        sa.Column("id", ID, nullable=False),
        sa.Column("entry_key", sa.Unicode(length=80), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("way", sa.Unicode(length=20), nullable=False),
        sa.Column("tried_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.Unicode(length=20), nullable=False),
        sa.Column("note", sa.Unicode(length=400), nullable=False),
        sa.Column("outgoing_id", ID, nullable=True),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_credit_attempt_account_id_account"),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_credit_attempt_made_by_officer"),
        sa.ForeignKeyConstraint(["outgoing_id"], ["outgoing.id"], name="fk_credit_attempt_outgoing_id_outgoing"),
        sa.PrimaryKeyConstraint("id", name="pk_credit_attempt"),
        sa.UniqueConstraint("entry_key", name="uq_credit_attempt_entry_key"),
    )
    op.create_index("ix_credit_attempt_account_id", "credit_attempt", ["account_id"])
    op.create_index("ix_credit_attempt_outgoing_id", "credit_attempt", ["outgoing_id"])


def _ship() -> None:
    counters = sa.table("counter", sa.column("name", sa.Unicode), sa.column("value", sa.BigInteger))
    op.bulk_insert(counters, [{"name": "refund", "value": 0}])
