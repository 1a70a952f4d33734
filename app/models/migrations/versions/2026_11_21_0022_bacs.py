"""Bank details, the tables of the modulus check, and Bacs files."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


def upgrade() -> None:
    _bank_detail()
    _modulus_table()
    _payment_file()


def _bank_detail() -> None:
    op.create_table(
        "bank_detail",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("payee_name", sa.Unicode(length=70), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("fingerprint", sa.Unicode(length=64), nullable=False),
        sa.Column("last_two", sa.Unicode(length=2), nullable=False),
        sa.Column("has_roll_number", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("name_check", sa.Unicode(length=20), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("checked_by", ID, nullable=True),
        sa.Column("check_note", sa.Unicode(length=200), nullable=False),
        sa.Column("verdict", sa.Unicode(length=20), nullable=False),
        sa.Column("last_paid_on", sa.Date(), nullable=True),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("approved_by", ID, nullable=True),
        sa.Column("superseded_by", ID, nullable=True),
        sa.Column("reason", sa.Unicode(length=400), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("person_id IS NOT NULL OR account_id IS NOT NULL", name="ck_bank_detail_somebody"),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name="ck_bank_detail_ends_after_start"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_bank_detail_person_id_person"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_bank_detail_account_id_account"),
        sa.ForeignKeyConstraint(["checked_by"], ["officer.id"], name="fk_bank_detail_checked_by_officer"),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_bank_detail_made_by_officer"),
        sa.ForeignKeyConstraint(["approved_by"], ["officer.id"], name="fk_bank_detail_approved_by_officer"),
        sa.ForeignKeyConstraint(["superseded_by"], ["bank_detail.id"], name="fk_bank_detail_superseded_by_bank_detail"),
        sa.PrimaryKeyConstraint("id", name="pk_bank_detail"),
    )
    for column in ("person_id", "account_id", "superseded_by", "fingerprint"):
        op.create_index(f"ix_bank_detail_{column}", "bank_detail", [column])


def _modulus_table() -> None:
    op.create_table(
        "modulus_table",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("name", sa.Unicode(length=80), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.Unicode(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("loaded_by", ID, nullable=False),
        sa.Column("loaded_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["loaded_by"], ["officer.id"], name="fk_modulus_table_loaded_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_modulus_table"),
    )


def _payment_file() -> None:
    op.create_table(
        "payment_file",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("processing_on", sa.Date(), nullable=False),
        sa.Column("entry_on", sa.Date(), nullable=False),
        sa.Column("item_count", sa.Integer(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Unicode(length=64), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("settled_by", ID, nullable=True),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("reference", sa.Unicode(length=40), nullable=False),
        sa.Column("reason", sa.Unicode(length=400), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_payment_file_made_by_officer"),
        sa.ForeignKeyConstraint(["settled_by"], ["officer.id"], name="fk_payment_file_settled_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_payment_file"),
        sa.UniqueConstraint("serial", name="uq_payment_file_serial"),
    )
    op.create_index("ix_payment_file_processing_on", "payment_file", ["processing_on"])
