"""Card payments by telephone, refunds to the card, and each day held against the provider's."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


def upgrade() -> None:
    _card_day()
    _card_payment()
    _card_refund()
    _card_share()
    _card_difference()
    _card_refund_share()


def _card_day() -> None:
    op.create_table(
        "card_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.Column("read_by", ID, nullable=False),
        sa.Column("their_count", sa.Integer(), nullable=False),
        sa.Column("their_pence", sa.BigInteger(), nullable=False),
        sa.Column("our_count", sa.Integer(), nullable=False),
        sa.Column("our_pence", sa.BigInteger(), nullable=False),
        sa.Column("their_refund_count", sa.Integer(), nullable=False),
        sa.Column("their_refund_pence", sa.BigInteger(), nullable=False),
        sa.Column("our_refund_count", sa.Integer(), nullable=False),
        sa.Column("our_refund_pence", sa.BigInteger(), nullable=False),
        sa.Column("fee_pence", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["read_by"], ["officer.id"], name="fk_card_day_read_by_officer"),
        sa.PrimaryKeyConstraint("day", name="pk_card_day"),
    )


def _card_payment_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", ID, nullable=False),
        sa.Column("entry_key", sa.Unicode(length=80), nullable=False),
        sa.Column("reference", sa.Unicode(length=40), nullable=False),
        sa.Column("provider", sa.Unicode(length=20), nullable=False),
        sa.Column("provider_id", sa.Unicode(length=40), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("desk_id", ID, nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("called_at", MOMENT, nullable=True),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("payer", sa.Unicode(length=20), nullable=False),
        sa.Column("payer_name", sa.Unicode(length=120), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("proved_by", sa.Unicode(length=200), nullable=False),
        sa.Column("note", sa.Unicode(length=400), nullable=False),
        sa.Column("code", sa.Unicode(length=8), nullable=False),
        sa.Column("words", sa.Unicode(length=400), nullable=False),
        sa.Column("checked_at", MOMENT, nullable=True),
        sa.Column("next_look_at", MOMENT, nullable=True),
        sa.Column("left_at", MOMENT, nullable=True),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("last_four", sa.Unicode(length=4), nullable=False),
        sa.Column("fee_pence", sa.BigInteger(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("receipt_id", ID, nullable=True),
        sa.Column("suspense_id", ID, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
    )


def _card_payment() -> None:
    op.create_table(
        "card_payment",
        *_card_payment_columns(),
        sa.CheckConstraint("pence > 0", name=op.f("ck_card_payment_something")),
        sa.ForeignKeyConstraint(["desk_id"], ["payment_desk.id"], name="fk_card_payment_desk_id_payment_desk"),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_card_payment_officer_id_officer"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_card_payment_person_id_person"),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipt.id"], name="fk_card_payment_receipt_id_receipt"),
        sa.ForeignKeyConstraint(
            ["suspense_id"], ["suspense_item.id"], name="fk_card_payment_suspense_id_suspense_item"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_card_payment"),
        sa.UniqueConstraint("entry_key", name="uq_card_payment_entry_key"),
        sa.UniqueConstraint("reference", name="uq_card_payment_reference"),
    )
    op.create_index("ix_card_payment_asked_at", "card_payment", ["asked_at"], unique=False)
    op.create_index("ix_card_payment_officer_id", "card_payment", ["officer_id"], unique=False)
    op.create_index("ix_card_payment_receipt_id", "card_payment", ["receipt_id"], unique=False)
    op.create_index("ix_card_payment_state", "card_payment", ["state", "next_look_at"], unique=False)
    op.create_index(
        "uq_card_payment_provider_id",
        "card_payment",
        ["provider_id"],
        unique=True,
        sqlite_where=sa.text("provider_id != '' AND provider = 'govuk_pay'"),
        mssql_where=sa.text("provider_id != '' AND provider = 'govuk_pay'"),
    )


def _card_refund_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", ID, nullable=False),
        sa.Column("entry_key", sa.Unicode(length=80), nullable=False),
        sa.Column("receipt_id", ID, nullable=False),
        sa.Column("card_payment_id", ID, nullable=True),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.Unicode(length=200), nullable=False),
        sa.Column("asked_by", ID, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("request_id", ID, nullable=True),
        sa.Column("approved_by", ID, nullable=True),
        sa.Column("approved_at", MOMENT, nullable=True),
        sa.Column("available_pence", sa.BigInteger(), nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("provider_id", sa.Unicode(length=40), nullable=False),
        sa.Column("words", sa.Unicode(length=400), nullable=False),
        sa.Column("next_look_at", MOMENT, nullable=True),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("journal", ID, nullable=True),
        sa.Column("back_journal", ID, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
    )


def _card_refund() -> None:
    op.create_table(
        "card_refund",
        *_card_refund_columns(),
        sa.CheckConstraint("pence > 0", name=op.f("ck_card_refund_something")),
        sa.ForeignKeyConstraint(["approved_by"], ["officer.id"], name="fk_card_refund_approved_by_officer"),
        sa.ForeignKeyConstraint(["asked_by"], ["officer.id"], name="fk_card_refund_asked_by_officer"),
        sa.ForeignKeyConstraint(
            ["card_payment_id"], ["card_payment.id"], name="fk_card_refund_card_payment_id_card_payment"
        ),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipt.id"], name="fk_card_refund_receipt_id_receipt"),
        sa.ForeignKeyConstraint(
            ["request_id"], ["approval_request.id"], name="fk_card_refund_request_id_approval_request"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_card_refund"),
        sa.UniqueConstraint("entry_key", name="uq_card_refund_entry_key"),
    )
    op.create_index("ix_card_refund_card_payment_id", "card_refund", ["card_payment_id"], unique=False)
    op.create_index("ix_card_refund_journal", "card_refund", ["journal"], unique=False)
    op.create_index("ix_card_refund_receipt_id", "card_refund", ["receipt_id"], unique=False)
    op.create_index("ix_card_refund_state", "card_refund", ["state"], unique=False)
    op.create_index(
        "uq_card_refund_provider_id",
        "card_refund",
        ["receipt_id", "provider_id"],
        unique=True,
        sqlite_where=sa.text("provider_id != ''"),
        mssql_where=sa.text("provider_id != ''"),
    )


def _card_share() -> None:
    op.create_table(
        "card_share",
        sa.Column("card_payment_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("stream_id", ID, nullable=True),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Unicode(length=120), nullable=False),
        sa.CheckConstraint("pence > 0", name=op.f("ck_card_share_something")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_card_share_account_id_account"),
        sa.ForeignKeyConstraint(
            ["card_payment_id"], ["card_payment.id"], name="fk_card_share_card_payment_id_card_payment"
        ),
        sa.ForeignKeyConstraint(["stream_id"], ["income_stream.id"], name="fk_card_share_stream_id_income_stream"),
        sa.PrimaryKeyConstraint("card_payment_id", "place", name="pk_card_share"),
    )
    op.create_index("ix_card_share_account_id", "card_share", ["account_id"], unique=False)


def _card_difference() -> None:
    op.create_table(
        "card_difference",
        sa.Column("id", ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("gap", sa.Unicode(length=20), nullable=False),
        sa.Column("refund", sa.Boolean(), nullable=False),
        sa.Column("provider_id", sa.Unicode(length=40), nullable=False),
        sa.Column("payment_provider_id", sa.Unicode(length=40), nullable=False),
        sa.Column("reference", sa.Unicode(length=255), nullable=False),
        sa.Column("card_payment_id", ID, nullable=True),
        sa.Column("refund_id", ID, nullable=True),
        sa.Column("our_pence", sa.BigInteger(), nullable=True),
        sa.Column("their_pence", sa.BigInteger(), nullable=True),
        sa.Column("our_state", sa.Unicode(length=20), nullable=False),
        sa.Column("their_state", sa.Unicode(length=20), nullable=False),
        sa.Column("explained", sa.Unicode(length=200), nullable=False),
        sa.Column("explained_by", ID, nullable=True),
        sa.Column("explained_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["card_payment_id"], ["card_payment.id"], name="fk_card_difference_card_payment_id_card_payment"
        ),
        sa.ForeignKeyConstraint(["day"], ["card_day.day"], name="fk_card_difference_day_card_day"),
        sa.ForeignKeyConstraint(["explained_by"], ["officer.id"], name="fk_card_difference_explained_by_officer"),
        sa.ForeignKeyConstraint(["refund_id"], ["card_refund.id"], name="fk_card_difference_refund_id_card_refund"),
        sa.PrimaryKeyConstraint("id", name="pk_card_difference"),
    )
    op.create_index("ix_card_difference_day", "card_difference", ["day"], unique=False)


def _card_refund_share() -> None:
    op.create_table(
        "card_refund_share",
        sa.Column("refund_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("pence > 0", name=op.f("ck_card_refund_share_something")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_card_refund_share_account_id_account"),
        sa.ForeignKeyConstraint(["refund_id"], ["card_refund.id"], name="fk_card_refund_share_refund_id_card_refund"),
        sa.PrimaryKeyConstraint("refund_id", "place", name="pk_card_refund_share"),
    )
    op.create_index("ix_card_refund_share_account_id", "card_refund_share", ["account_id"], unique=False)
