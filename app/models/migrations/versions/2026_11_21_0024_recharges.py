"""Recharges: the price list, invoices and credit notes."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]
LONG = sa.Unicode().with_variant(sa.Unicode(length=4000), "mssql")

ITEMS = (
    ("lock_change", "Lock change", "DRR"),
    ("key_or_fob", "Key or fob", "DKF"),
    ("glazing", "Glazing, one pane", "DRR"),
    ("boarding", "Boarding up", "DRR"),
    ("internal_door", "Internal door", "DRR"),
    ("blocked_wc", "Blocked WC or drain", "DRR"),
    ("clearance", "Clearance of a home or garden", "DRR"),
    ("fly_tipping", "Removal of fly-tipping", "DRR"),
    ("alteration", "Putting back an alteration", "DRR"),
    ("other", "Other work, by its cost", "DRR"),
)


def upgrade() -> None:
    _recharge_item()
    _recharge()
    _ship()


def _recharge_item() -> None:
    op.create_table(
        "recharge_item",
        sa.Column("key", sa.Unicode(length=40), nullable=False),
        sa.Column("title", sa.Unicode(length=120), nullable=False),
        sa.Column("code", sa.Unicode(length=8), nullable=False),
        sa.Column("vat", sa.Unicode(length=20), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.text("1"), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["code"], ["transaction_code.code"], name="fk_recharge_item_code_transaction_code"),
        sa.PrimaryKeyConstraint("key", name="pk_recharge_item"),
    )


def _recharge_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", ID, nullable=False),
        sa.Column("entry_key", sa.Unicode(length=80), nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("invoice_number", sa.Integer(), nullable=True),
        sa.Column("for_account_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("item", sa.Unicode(length=40), nullable=True),
        sa.Column("description", sa.Unicode(length=200), nullable=False),
        sa.Column("job", sa.Unicode(length=60), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("net_pence", sa.BigInteger(), nullable=False),
        sa.Column("vat_pence", sa.BigInteger(), nullable=False),
        sa.Column("working", LONG, nullable=False),
        sa.Column("reason", sa.Unicode(length=400), nullable=False),
        sa.Column("credits_id", ID, nullable=True),
        sa.Column("journal", ID, nullable=True),
        sa.Column("invoice_sha256", sa.Unicode(length=64), nullable=True),
        sa.Column("notify_id", ID, nullable=True),
        sa.Column("send_by", sa.Unicode(length=20), nullable=False),
        sa.Column("terms_pence", sa.BigInteger(), nullable=True),
        sa.Column("terms_every", sa.Unicode(length=20), nullable=True),
        sa.Column("terms_from_on", sa.Date(), nullable=True),
        sa.Column("arrangement_id", ID, nullable=True),
        sa.Column("request_id", ID, nullable=True),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("raised_by", ID, nullable=True),
        sa.Column("raised_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
    )


def _recharge() -> None:
    op.create_table(
        "recharge",
        *_recharge_columns(),
        sa.CheckConstraint("net_pence > 0", name="ck_recharge_an_amount"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_recharge_account_id_account"),
        sa.ForeignKeyConstraint(["arrangement_id"], ["arrangement.id"], name="fk_recharge_arrangement_id_arrangement"),
        sa.ForeignKeyConstraint(["credits_id"], ["recharge.id"], name="fk_recharge_credits_id_recharge"),
        sa.ForeignKeyConstraint(["for_account_id"], ["account.id"], name="fk_recharge_for_account_id_account"),
        sa.ForeignKeyConstraint(["invoice_sha256"], ["document.sha256"], name="fk_recharge_invoice_sha256_document"),
        sa.ForeignKeyConstraint(["item"], ["recharge_item.key"], name="fk_recharge_item_recharge_item"),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_recharge_made_by_officer"),
        sa.ForeignKeyConstraint(["notify_id"], ["officer.id"], name="fk_recharge_notify_id_officer"),
        sa.ForeignKeyConstraint(["raised_by"], ["officer.id"], name="fk_recharge_raised_by_officer"),
        sa.ForeignKeyConstraint(
            ["request_id"], ["approval_request.id"], name="fk_recharge_request_id_approval_request"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_recharge"),
        sa.UniqueConstraint("entry_key", name="uq_recharge_entry_key"),
    )
    op.create_index("ix_recharge_account_id", "recharge", ["account_id"])
    op.create_index("ix_recharge_credits_id", "recharge", ["credits_id"])
    op.create_index("ix_recharge_for_account_id", "recharge", ["for_account_id"])
    op.create_index("ix_recharge_invoice_number", "recharge", ["invoice_number"])


def _ship() -> None:
    items = sa.table(
        "recharge_item",
        *(sa.column(each, sa.Unicode) for each in ("key", "title", "code", "vat")),
        sa.column("active", sa.Boolean),
        sa.column("place", sa.Integer),
    )
    op.bulk_insert(
        items,
        [
            {"key": key, "title": title, "code": code, "vat": "outside", "active": True, "place": place}
            for place, (key, title, code) in enumerate(ITEMS, 1)
        ],
    )
    counters = sa.table("counter", sa.column("name", sa.Unicode), sa.column("value", sa.BigInteger))
    op.bulk_insert(counters, [{"name": "invoice", "value": 0}])
