"""Purchasing: suppliers, budgets, orders, receipts, invoices, payments, and the finance system."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]
LONG = sa.Unicode().with_variant(sa.Unicode(length=4000), "mssql")

COUNTERS = (
    "supplier",
    "requisition",
    "purchase_order",
    "goods_receipt",
    "supplier_invoice",
    "supplier_run",
    "budget_move",
    "code_transfer",
    "finance_file",
)
CATEGORIES = (
    # key, name, paid without an order, construction work, threshold of works, why it is not published
    ("repairs", "Repairs and maintenance", False, True, True, ""),
    ("materials", "Materials and equipment", False, False, False, ""),
    ("stationery", "Stationery and printing", False, False, False, ""),
    ("postage", "Postage", True, False, False, ""),
    ("services", "Professional services", False, False, False, ""),
    ("cleaning", "Cleaning and grounds", False, False, False, ""),
    ("it", "Computers and licences", False, False, False, ""),
    ("electricity", "Electricity", True, False, False, ""),
    ("gas", "Gas", True, False, False, ""),
    ("water", "Water", True, False, False, ""),
    ("telecoms", "Telephones and data", True, False, False, ""),
    ("court", "Court fees", True, False, False, ""),
    ("compensation", "Compensation to individuals", True, False, False, "Compensation to individuals"),
)
_NO_UPDATE = """CREATE TRIGGER budget_entry_no_update BEFORE UPDATE ON budget_entry
BEGIN SELECT RAISE(ABORT, 'budget_entry is append only'); END"""
_NO_DELETE = """CREATE TRIGGER budget_entry_no_delete BEFORE DELETE ON budget_entry
BEGIN SELECT RAISE(ABORT, 'budget_entry is append only'); END"""
_NO_REPLACE = """CREATE TRIGGER budget_entry_no_replace BEFORE INSERT ON budget_entry
WHEN EXISTS (SELECT 1 FROM budget_entry WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'budget_entry is append only'); END"""
_NO_CHANGE = """CREATE TRIGGER budget_entry_no_change ON budget_entry INSTEAD OF UPDATE, DELETE AS
BEGIN THROW 50001, 'budget_entry is append only', 1; END"""


def upgrade() -> None:
    _registers()
    _documents()
    _guard_book()
    _counters()
    _categories()


def _registers() -> None:
    _delivery_point()
    _finance_profile()
    _purchase_category()
    _subjective_code()
    _cost_centre()
    _finance_file()
    _finance_reconciliation()
    _publication()
    _supplier()
    _budget()
    _budget_move()
    _coding_rule()
    _finance_file_item()
    _supplier_bank()
    _supplier_block()
    _supplier_contract()
    _supplier_run()
    _budget_entry()
    _budget_move_line()
    _utility_meter()


def _documents() -> None:
    _purchase_order()
    _supplier_payment()
    _goods_receipt()
    _order_line()
    _order_step()
    _order_version()
    _quotation()
    _supplier_invoice()
    _works_order()
    _finance_line()
    _goods_receipt_line()
    _invoice_accepted()
    _invoice_dispute()
    _invoice_line()
    _order_split()
    _order_version_line()
    _supplier_payment_line()
    _supplier_run_left_out()
    _utility_reading()
    _invoice_split()
    _code_transfer()


def _delivery_point() -> None:
    op.create_table(
        "delivery_point",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Unicode(length=80), nullable=False),
        sa.Column("address", sa.Unicode(length=400), nullable=False),
        sa.Column("instructions", sa.Unicode(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_delivery_point"),
        sa.UniqueConstraint("name", name="uq_delivery_point_name"),
    )


def _finance_profile() -> None:
    op.create_table(
        "finance_profile",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("key", sa.Unicode(length=40), nullable=False),
        sa.Column("title", sa.Unicode(length=120), nullable=False),
        sa.Column("layout", LONG, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_finance_profile"),
        sa.UniqueConstraint("key", name="uq_finance_profile_key"),
    )


def _purchase_category() -> None:
    op.create_table(
        "purchase_category",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.Unicode(length=40), nullable=False),
        sa.Column("name", sa.Unicode(length=80), nullable=False),
        sa.Column("no_order_needed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("cis", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("works", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("not_published", sa.Unicode(length=200), server_default="", nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_purchase_category"),
        sa.UniqueConstraint("name", name="uq_purchase_category_name"),
        sa.UniqueConstraint("key", name="uq_purchase_category_key"),
    )


def _subjective_code() -> None:
    op.create_table(
        "subjective_code",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.Unicode(length=20), nullable=False),
        sa.Column("name", sa.Unicode(length=120), nullable=False),
        sa.Column("heading", sa.Unicode(length=80), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_subjective_code"),
        sa.UniqueConstraint("code", name="uq_subjective_code_code"),
    )


def _cost_centre() -> None:
    op.create_table(
        "cost_centre",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.Unicode(length=20), nullable=False),
        sa.Column("name", sa.Unicode(length=120), nullable=False),
        sa.Column("holder_id", ID, nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["holder_id"], ["officer.id"], name="fk_cost_centre_holder_id_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_cost_centre"),
        sa.UniqueConstraint("code", name="uq_cost_centre_code"),
    )


def _finance_file() -> None:
    op.create_table(
        "finance_file",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("profile", sa.Unicode(length=40), nullable=False),
        sa.Column("file_name", sa.Unicode(length=200), nullable=False),
        sa.Column("sha256", sa.Unicode(length=64), nullable=False),
        sa.Column("document_sha256", sa.Unicode(length=64), nullable=True),
        sa.Column("item_count", sa.Integer(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_sha256"], ["document.sha256"], name="fk_finance_file_document_sha256_document"
        ),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_finance_file_officer_id_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_finance_file"),
        sa.UniqueConstraint("number", name="uq_finance_file_number"),
    )
    op.create_index("ix_finance_file_sha256", "finance_file", ["sha256"])


def _finance_reconciliation() -> None:
    op.create_table(
        "finance_reconciliation",
        sa.Column("id", ID, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("ours_pence", sa.BigInteger(), nullable=False),
        sa.Column("theirs_pence", sa.BigInteger(), nullable=False),
        sa.Column("matched_pence", sa.BigInteger(), nullable=False),
        sa.Column("ours_only_pence", sa.BigInteger(), nullable=False),
        sa.Column("theirs_only_pence", sa.BigInteger(), nullable=False),
        sa.Column("differs_pence", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Unicode(length=400), nullable=False),
        sa.Column("prepared_by", ID, nullable=False),
        sa.Column("prepared_at", MOMENT, nullable=False),
        sa.Column("signed_by", ID, nullable=True),
        sa.Column("signed_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["prepared_by"], ["officer.id"], name="fk_finance_reconciliation_prepared_by_officer"),
        sa.ForeignKeyConstraint(["signed_by"], ["officer.id"], name="fk_finance_reconciliation_signed_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_finance_reconciliation"),
    )


def _publication() -> None:
    op.create_table(
        "publication",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("item_count", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("document_sha256", sa.Unicode(length=64), nullable=True),
        sa.Column("exclusions_sha256", sa.Unicode(length=64), nullable=True),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_publication_officer_id_officer"),
        sa.ForeignKeyConstraint(
            ["document_sha256"], ["document.sha256"], name="fk_publication_document_sha256_document"
        ),
        sa.ForeignKeyConstraint(
            ["exclusions_sha256"], ["document.sha256"], name="fk_publication_exclusions_sha256_document"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_publication"),
    )


def _supplier() -> None:
    op.create_table(
        "supplier",
        *_supplier_columns(),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_supplier_made_by_officer"),
        sa.ForeignKeyConstraint(
            ["category_id"], ["purchase_category.id"], name="fk_supplier_category_id_purchase_category"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_supplier"),
        sa.UniqueConstraint("number", name="uq_supplier_number"),
        sa.UniqueConstraint("entry_key", name="uq_supplier_entry_key"),
    )
    op.create_index("ix_supplier_category_id", "supplier", ["category_id"])
    op.create_index("ix_supplier_finance_reference", "supplier", ["finance_reference"])
    op.create_index("ix_supplier_name_key", "supplier", ["name_key"])
    op.create_index("ix_supplier_state", "supplier", ["state"])


def _supplier_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", ID, nullable=False),
        sa.Column("entry_key", sa.Unicode(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Unicode(length=120), nullable=False),
        sa.Column("name_key", sa.Unicode(length=120), nullable=False),
        sa.Column("trading_as", sa.Unicode(length=120), nullable=False),
        sa.Column("finance_reference", sa.Unicode(length=40), nullable=False),
        sa.Column("category_id", ID, nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("address", sa.Unicode(length=400), nullable=False),
        sa.Column("postcode_key", sa.Unicode(length=10), nullable=False),
        sa.Column("contact", sa.Unicode(length=120), nullable=False),
        sa.Column("phone", sa.Unicode(length=40), nullable=False),
        sa.Column("email", sa.Unicode(length=254), nullable=False),
        sa.Column("remittance_email", sa.Unicode(length=254), nullable=False),
        sa.Column("company_number", sa.Unicode(length=20), nullable=False),
        sa.Column("vat_number", sa.Unicode(length=20), nullable=False),
        sa.Column("individual", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("cis", sa.Unicode(length=20), nullable=False),
        sa.Column("cis_reference", sa.Unicode(length=40), nullable=False),
        sa.Column("cis_verified_on", sa.Date(), nullable=True),
        sa.Column("terms_days", sa.Integer(), nullable=False),
        sa.Column("note", sa.Unicode(length=400), nullable=False),
        sa.Column("closed_why", sa.Unicode(length=400), nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
    )


def _budget() -> None:
    op.create_table(
        "budget",
        sa.Column("id", ID, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("cost_centre_id", ID, nullable=False),
        sa.Column("subjective_id", ID, nullable=False),
        sa.Column("holder_id", ID, nullable=True),
        sa.Column("original_pence", sa.BigInteger(), nullable=False),
        sa.Column("revised_pence", sa.BigInteger(), nullable=False),
        sa.Column("commitment_pence", sa.BigInteger(), nullable=False),
        sa.Column("accrual_pence", sa.BigInteger(), nullable=False),
        sa.Column("actual_pence", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["holder_id"], ["officer.id"], name="fk_budget_holder_id_officer"),
        sa.ForeignKeyConstraint(
            ["subjective_id"], ["subjective_code.id"], name="fk_budget_subjective_id_subjective_code"
        ),
        sa.ForeignKeyConstraint(["cost_centre_id"], ["cost_centre.id"], name="fk_budget_cost_centre_id_cost_centre"),
        sa.PrimaryKeyConstraint("id", name="pk_budget"),
    )
    op.create_index("ix_budget_subjective_id", "budget", ["subjective_id"])
    op.create_index("ix_budget_year", "budget", ["year"])
    op.create_index(
        "uq_budget_cost_centre_id_subjective_id_year",
        "budget",
        ["cost_centre_id", "subjective_id", "year"],
        unique=True,
    )


def _budget_move() -> None:
    op.create_table(
        "budget_move",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entry_key", sa.Unicode(length=80), nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Unicode(length=400), nullable=False),
        sa.Column("request_id", ID, nullable=True),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("posted_by", ID, nullable=True),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_budget_move_made_by_officer"),
        sa.ForeignKeyConstraint(
            ["request_id"], ["approval_request.id"], name="fk_budget_move_request_id_approval_request"
        ),
        sa.ForeignKeyConstraint(["posted_by"], ["officer.id"], name="fk_budget_move_posted_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_budget_move"),
        sa.UniqueConstraint("entry_key", name="uq_budget_move_entry_key"),
        sa.UniqueConstraint("number", name="uq_budget_move_number"),
    )


def _coding_rule() -> None:
    op.create_table(
        "coding_rule",
        sa.Column("id", ID, nullable=False),
        sa.Column("supplier_id", ID, nullable=True),
        sa.Column("category_id", ID, nullable=True),
        sa.Column("words", sa.Unicode(length=80), nullable=False),
        sa.Column("cost_centre_id", ID, nullable=True),
        sa.Column("subjective_id", ID, nullable=True),
        sa.Column("reason", sa.Unicode(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["category_id"], ["purchase_category.id"], name="fk_coding_rule_category_id_purchase_category"
        ),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name="fk_coding_rule_supplier_id_supplier"),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_coding_rule_made_by_officer"),
        sa.ForeignKeyConstraint(
            ["cost_centre_id"], ["cost_centre.id"], name="fk_coding_rule_cost_centre_id_cost_centre"
        ),
        sa.ForeignKeyConstraint(
            ["subjective_id"], ["subjective_code.id"], name="fk_coding_rule_subjective_id_subjective_code"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_coding_rule"),
    )


def _finance_file_item() -> None:
    op.create_table(
        "finance_file_item",
        sa.Column("file_id", ID, nullable=False),
        sa.Column("subject", sa.Unicode(length=20), nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Unicode(length=200), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.Column("rejected", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["finance_file.id"], name="fk_finance_file_item_file_id_finance_file"),
        sa.PrimaryKeyConstraint("file_id", "subject", "subject_id", name="pk_finance_file_item"),
    )
    op.create_index("ix_finance_file_item_subject_subject_id", "finance_file_item", ["subject", "subject_id"])


def _supplier_bank() -> None:
    op.create_table(
        "supplier_bank",
        sa.Column("id", ID, nullable=False),
        sa.Column("supplier_id", ID, nullable=False),
        sa.Column("holder", sa.Unicode(length=70), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("fingerprint", sa.Unicode(length=64), nullable=False),
        sa.Column("last_two", sa.Unicode(length=2), nullable=False),
        sa.Column("verdict", sa.Unicode(length=20), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("asked_how", sa.Unicode(length=200), nullable=False),
        sa.Column("called_number", sa.Unicode(length=40), nullable=False),
        sa.Column("called_on", sa.Date(), nullable=True),
        sa.Column("called_by", ID, nullable=True),
        sa.Column("called_whom", sa.Unicode(length=120), nullable=False),
        sa.Column("request_id", ID, nullable=True),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("approved_by", ID, nullable=True),
        sa.Column("reason", sa.Unicode(length=400), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name="ck_supplier_bank_ends_after_start"),
        sa.ForeignKeyConstraint(["approved_by"], ["officer.id"], name="fk_supplier_bank_approved_by_officer"),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name="fk_supplier_bank_supplier_id_supplier"),
        sa.ForeignKeyConstraint(
            ["request_id"], ["approval_request.id"], name="fk_supplier_bank_request_id_approval_request"
        ),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_supplier_bank_made_by_officer"),
        sa.ForeignKeyConstraint(["called_by"], ["officer.id"], name="fk_supplier_bank_called_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_supplier_bank"),
    )
    op.create_index("ix_supplier_bank_fingerprint", "supplier_bank", ["fingerprint"])
    op.create_index("ix_supplier_bank_supplier_id", "supplier_bank", ["supplier_id"])
    _supplier_bank_once()


def _supplier_bank_once() -> None:
    """A supplier has one row that waits and one in force."""
    for state in ("in_force", "proposed"):
        op.create_index(
            f"uq_supplier_bank_{state}",
            "supplier_bank",
            ["supplier_id"],
            unique=True,
            sqlite_where=sa.text(f"state = '{state}'"),
            mssql_where=sa.text(f"state = '{state}'"),
        )


def _supplier_block() -> None:
    op.create_table(
        "supplier_block",
        sa.Column("id", ID, nullable=False),
        sa.Column("supplier_id", ID, nullable=False),
        sa.Column("scope", sa.Unicode(length=20), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("release_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Unicode(length=400), nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("released_by", ID, nullable=True),
        sa.Column("released_at", MOMENT, nullable=True),
        sa.Column("released_why", sa.Unicode(length=400), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_supplier_block_made_by_officer"),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name="fk_supplier_block_supplier_id_supplier"),
        sa.ForeignKeyConstraint(["released_by"], ["officer.id"], name="fk_supplier_block_released_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_supplier_block"),
    )
    op.create_index("ix_supplier_block_supplier_id", "supplier_block", ["supplier_id"])


def _supplier_contract() -> None:
    op.create_table(
        "supplier_contract",
        sa.Column("id", ID, nullable=False),
        sa.Column("supplier_id", ID, nullable=False),
        sa.Column("number", sa.Unicode(length=40), nullable=False),
        sa.Column("title", sa.Unicode(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("value_pence", sa.BigInteger(), nullable=False),
        sa.Column("warn_days", sa.Integer(), nullable=False),
        sa.Column("holder_id", ID, nullable=True),
        sa.Column("note", sa.Unicode(length=400), nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name="ck_supplier_contract_ends_after_start"),
        sa.ForeignKeyConstraint(["holder_id"], ["officer.id"], name="fk_supplier_contract_holder_id_officer"),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_supplier_contract_made_by_officer"),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name="fk_supplier_contract_supplier_id_supplier"),
        sa.PrimaryKeyConstraint("id", name="pk_supplier_contract"),
    )
    op.create_index("ix_supplier_contract_ends_on", "supplier_contract", ["ends_on"])
    op.create_index("ix_supplier_contract_supplier_id", "supplier_contract", ["supplier_id"])
    op.create_index(
        "uq_supplier_contract_supplier_id_number", "supplier_contract", ["supplier_id", "number"], unique=True
    )


def _supplier_run() -> None:
    op.create_table(
        "supplier_run",
        *_supplier_run_columns(),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_supplier_run_made_by_officer"),
        sa.ForeignKeyConstraint(
            ["payment_file_id"], ["payment_file.id"], name="fk_supplier_run_payment_file_id_payment_file"
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["approval_request.id"], name="fk_supplier_run_request_id_approval_request"
        ),
        sa.ForeignKeyConstraint(["approved_by"], ["officer.id"], name="fk_supplier_run_approved_by_officer"),
        sa.ForeignKeyConstraint(
            ["document_sha256"], ["document.sha256"], name="fk_supplier_run_document_sha256_document"
        ),
        sa.ForeignKeyConstraint(["sent_by"], ["officer.id"], name="fk_supplier_run_sent_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_supplier_run"),
        sa.UniqueConstraint("number", name="uq_supplier_run_number"),
        sa.UniqueConstraint("entry_key", name="uq_supplier_run_entry_key"),
    )
    op.create_index("ix_supplier_run_payment_file_id", "supplier_run", ["payment_file_id"])
    op.create_index("ix_supplier_run_state", "supplier_run", ["state"])


def _supplier_run_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", ID, nullable=False),
        sa.Column("entry_key", sa.Unicode(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("paid_by", sa.Unicode(length=20), nullable=False),
        sa.Column("due_to_on", sa.Date(), nullable=False),
        sa.Column("pay_on", sa.Date(), nullable=False),
        sa.Column("item_count", sa.Integer(), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("profile", sa.Unicode(length=40), nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("request_id", ID, nullable=True),
        sa.Column("approved_by", ID, nullable=True),
        sa.Column("approved_at", MOMENT, nullable=True),
        sa.Column("payment_file_id", ID, nullable=True),
        sa.Column("document_sha256", sa.Unicode(length=64), nullable=True),
        sa.Column("sha256", sa.Unicode(length=64), server_default="", nullable=False),
        sa.Column("reference", sa.Unicode(length=40), server_default="", nullable=False),
        sa.Column("note", sa.Unicode(length=400), server_default="", nullable=False),
        sa.Column("sent_by", ID, nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("why", sa.Unicode(length=400), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
    )


def _budget_entry() -> None:
    op.create_table(
        "budget_entry",
        sa.Column("id", ID, nullable=False),
        sa.Column("budget_id", ID, nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("accounting_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("subject", sa.Unicode(length=20), nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("line_id", ID, nullable=True),
        sa.Column("words", sa.Unicode(length=200), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_budget_entry_officer_id_officer"),
        sa.ForeignKeyConstraint(["budget_id"], ["budget.id"], name="fk_budget_entry_budget_id_budget"),
        sa.PrimaryKeyConstraint("id", name="pk_budget_entry"),
    )
    op.create_index("ix_budget_entry_budget_id_accounting_on", "budget_entry", ["budget_id", "accounting_on"])
    op.create_index("ix_budget_entry_line_id", "budget_entry", ["line_id"])
    op.create_index("ix_budget_entry_subject_subject_id", "budget_entry", ["subject", "subject_id"])


def _budget_move_line() -> None:
    op.create_table(
        "budget_move_line",
        sa.Column("move_id", ID, nullable=False),
        sa.Column("budget_id", ID, nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("pence <> 0", name="ck_budget_move_line_an_amount"),
        sa.ForeignKeyConstraint(["budget_id"], ["budget.id"], name="fk_budget_move_line_budget_id_budget"),
        sa.ForeignKeyConstraint(["move_id"], ["budget_move.id"], name="fk_budget_move_line_move_id_budget_move"),
        sa.PrimaryKeyConstraint("move_id", "budget_id", name="pk_budget_move_line"),
    )


def _utility_meter() -> None:
    op.create_table(
        "utility_meter",
        sa.Column("id", ID, nullable=False),
        sa.Column("supplier_id", ID, nullable=False),
        sa.Column("account_number", sa.Unicode(length=40), nullable=False),
        sa.Column("meter", sa.Unicode(length=40), nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("site", sa.Unicode(length=120), nullable=False),
        sa.Column("property_id", ID, nullable=True),
        sa.Column("cost_centre_id", ID, nullable=False),
        sa.Column("subjective_id", ID, nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("active", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["property_id"], ["property.id"], name="fk_utility_meter_property_id_property"),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name="fk_utility_meter_supplier_id_supplier"),
        sa.ForeignKeyConstraint(
            ["subjective_id"], ["subjective_code.id"], name="fk_utility_meter_subjective_id_subjective_code"
        ),
        sa.ForeignKeyConstraint(
            ["cost_centre_id"], ["cost_centre.id"], name="fk_utility_meter_cost_centre_id_cost_centre"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_utility_meter"),
    )
    op.create_index("ix_utility_meter_property_id", "utility_meter", ["property_id"])
    op.create_index("uq_utility_meter_supplier_id_meter", "utility_meter", ["supplier_id", "meter"], unique=True)


def _purchase_order() -> None:
    op.create_table(
        "purchase_order",
        *_purchase_order_identity(),
        *_purchase_order_state(),
        sa.ForeignKeyConstraint(["outgoing_id"], ["outgoing.id"], name="fk_purchase_order_outgoing_id_outgoing"),
        sa.ForeignKeyConstraint(["approved_by"], ["officer.id"], name="fk_purchase_order_approved_by_officer"),
        sa.ForeignKeyConstraint(
            ["request_id"], ["approval_request.id"], name="fk_purchase_order_request_id_approval_request"
        ),
        sa.ForeignKeyConstraint(
            ["category_id"], ["purchase_category.id"], name="fk_purchase_order_category_id_purchase_category"
        ),
        sa.ForeignKeyConstraint(
            ["delivery_point_id"], ["delivery_point.id"], name="fk_purchase_order_delivery_point_id_delivery_point"
        ),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_purchase_order_made_by_officer"),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["supplier_contract.id"], name="fk_purchase_order_contract_id_supplier_contract"
        ),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name="fk_purchase_order_supplier_id_supplier"),
        sa.ForeignKeyConstraint(["from_id"], ["purchase_order.id"], name="fk_purchase_order_from_id_purchase_order"),
        sa.PrimaryKeyConstraint("id", name="pk_purchase_order"),
        sa.UniqueConstraint("requisition", name="uq_purchase_order_requisition"),
        sa.UniqueConstraint("entry_key", name="uq_purchase_order_entry_key"),
    )
    op.create_index("ix_purchase_order_contract_id", "purchase_order", ["contract_id"])
    op.create_index("ix_purchase_order_finance_number", "purchase_order", ["finance_number"])
    op.create_index("ix_purchase_order_from_id", "purchase_order", ["from_id"])
    op.create_index("ix_purchase_order_made_by", "purchase_order", ["made_by"])
    op.create_index("ix_purchase_order_state_kind", "purchase_order", ["state", "kind"])
    op.create_index("ix_purchase_order_supplier_id", "purchase_order", ["supplier_id"])
    op.create_index(
        "uq_purchase_order_number",
        "purchase_order",
        ["number"],
        unique=True,
        sqlite_where=sa.text("number IS NOT NULL"),
        mssql_where=sa.text("number IS NOT NULL"),
    )


def _purchase_order_identity() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", ID, nullable=False),
        sa.Column("entry_key", sa.Unicode(length=80), nullable=False),
        sa.Column("requisition", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("finance_number", sa.Unicode(length=40), nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("title", sa.Unicode(length=200), nullable=False),
        sa.Column("supplier_id", ID, nullable=True),
        sa.Column("category_id", ID, nullable=False),
        sa.Column("contract_id", ID, nullable=True),
        sa.Column("from_id", ID, nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("delivery_point_id", ID, nullable=True),
        sa.Column("wanted_on", sa.Date(), nullable=True),
        sa.Column("instructions", sa.Unicode(length=400), nullable=False),
        sa.Column("reason", sa.Unicode(length=400), nullable=False),
        sa.Column("after_the_event", sa.Unicode(length=400), nullable=False),
        sa.Column("band", sa.Unicode(length=40), nullable=False),
        sa.Column("waiver", sa.Unicode(length=20), nullable=True),
    )


def _purchase_order_state() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("waiver_words", sa.Unicode(length=400), nullable=False),
        sa.Column("net_pence", sa.BigInteger(), nullable=False),
        sa.Column("vat_pence", sa.BigInteger(), nullable=False),
        sa.Column("current", sa.Integer(), nullable=False),
        sa.Column("most_pence", sa.BigInteger(), nullable=True),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("repeat_every", sa.Unicode(length=20), nullable=True),
        sa.Column("repeat_on", sa.Date(), nullable=True),
        sa.Column("repeat_from_on", sa.Date(), nullable=True),
        sa.Column("repeat_until_on", sa.Date(), nullable=True),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("request_id", ID, nullable=True),
        sa.Column("approved_by", ID, nullable=True),
        sa.Column("approved_at", MOMENT, nullable=True),
        sa.Column("sent_by", sa.Unicode(length=20), nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("outgoing_id", ID, nullable=True),
        sa.Column("settled_why", sa.Unicode(length=400), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
    )


def _supplier_payment() -> None:
    op.create_table(
        "supplier_payment",
        sa.Column("id", ID, nullable=False),
        sa.Column("run_id", ID, nullable=False),
        sa.Column("supplier_id", ID, nullable=False),
        sa.Column("bank_id", ID, nullable=True),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.Unicode(length=18), nullable=False),
        sa.Column("remarks", sa.Unicode(length=1000), server_default="", nullable=False),
        sa.Column("outgoing_id", ID, nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("returned_why", sa.Unicode(length=400), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("pence >= 0", name="ck_supplier_payment_an_amount"),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name="fk_supplier_payment_supplier_id_supplier"),
        sa.ForeignKeyConstraint(["outgoing_id"], ["outgoing.id"], name="fk_supplier_payment_outgoing_id_outgoing"),
        sa.ForeignKeyConstraint(["bank_id"], ["supplier_bank.id"], name="fk_supplier_payment_bank_id_supplier_bank"),
        sa.ForeignKeyConstraint(["run_id"], ["supplier_run.id"], name="fk_supplier_payment_run_id_supplier_run"),
        sa.PrimaryKeyConstraint("id", name="pk_supplier_payment"),
    )
    op.create_index("ix_supplier_payment_run_id", "supplier_payment", ["run_id"])
    op.create_index("ix_supplier_payment_supplier_id", "supplier_payment", ["supplier_id"])


def _goods_receipt() -> None:
    op.create_table(
        "goods_receipt",
        sa.Column("id", ID, nullable=False),
        sa.Column("entry_key", sa.Unicode(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("order_id", ID, nullable=False),
        sa.Column("order_version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("received_by", ID, nullable=False),
        sa.Column("delivery_note", sa.Unicode(length=40), nullable=False),
        sa.Column("reason", sa.Unicode(length=400), nullable=False),
        sa.Column("corrects_id", ID, nullable=True),
        sa.Column("document_sha256", sa.Unicode(length=64), nullable=True),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["received_by"], ["officer.id"], name="fk_goods_receipt_received_by_officer"),
        sa.ForeignKeyConstraint(["order_id"], ["purchase_order.id"], name="fk_goods_receipt_order_id_purchase_order"),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["goods_receipt.id"], name="fk_goods_receipt_corrects_id_goods_receipt"
        ),
        sa.ForeignKeyConstraint(
            ["document_sha256"], ["document.sha256"], name="fk_goods_receipt_document_sha256_document"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_goods_receipt"),
        sa.UniqueConstraint("number", name="uq_goods_receipt_number"),
        sa.UniqueConstraint("entry_key", name="uq_goods_receipt_entry_key"),
    )
    op.create_index("ix_goods_receipt_order_id", "goods_receipt", ["order_id"])


def _order_line() -> None:
    op.create_table(
        "order_line",
        sa.Column("id", ID, nullable=False),
        sa.Column("order_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("description", sa.Unicode(length=200), nullable=False),
        sa.Column("quantity_thousandths", ID, nullable=False),
        sa.Column("unit", sa.Unicode(length=20), nullable=False),
        sa.Column("price_thousandths", ID, nullable=False),
        sa.Column("vat", sa.Unicode(length=20), nullable=False),
        sa.Column("vat_recovered", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("net_pence", sa.BigInteger(), nullable=False),
        sa.Column("vat_pence", sa.BigInteger(), nullable=False),
        sa.Column("labour", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("received_thousandths", ID, nullable=False),
        sa.Column("invoiced_thousandths", ID, nullable=False),
        sa.Column("invoiced_pence", sa.BigInteger(), nullable=False),
        sa.Column("cancelled_thousandths", ID, nullable=False),
        sa.CheckConstraint("price_thousandths >= 0", name="ck_order_line_a_price"),
        sa.CheckConstraint("quantity_thousandths > 0", name="ck_order_line_a_quantity"),
        sa.ForeignKeyConstraint(["order_id"], ["purchase_order.id"], name="fk_order_line_order_id_purchase_order"),
        sa.PrimaryKeyConstraint("id", name="pk_order_line"),
    )
    op.create_index("ix_order_line_order_id", "order_line", ["order_id"])


def _order_step() -> None:
    op.create_table(
        "order_step",
        sa.Column("id", ID, nullable=False),
        sa.Column("order_id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("event", sa.Unicode(length=20), nullable=False),
        sa.Column("words", sa.Unicode(length=400), nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_order_step_officer_id_officer"),
        sa.ForeignKeyConstraint(["order_id"], ["purchase_order.id"], name="fk_order_step_order_id_purchase_order"),
        sa.PrimaryKeyConstraint("id", name="pk_order_step"),
    )
    op.create_index("ix_order_step_order_id", "order_step", ["order_id"])


def _order_version() -> None:
    op.create_table(
        "order_version",
        sa.Column("id", ID, nullable=False),
        sa.Column("order_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("reason", sa.Unicode(length=400), nullable=False),
        sa.Column("net_pence", sa.BigInteger(), nullable=False),
        sa.Column("vat_pence", sa.BigInteger(), nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("request_id", ID, nullable=True),
        sa.Column("approved_by", ID, nullable=True),
        sa.Column("approved_at", MOMENT, nullable=True),
        sa.Column("document_sha256", sa.Unicode(length=64), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_order_version_made_by_officer"),
        sa.ForeignKeyConstraint(["order_id"], ["purchase_order.id"], name="fk_order_version_order_id_purchase_order"),
        sa.ForeignKeyConstraint(
            ["request_id"], ["approval_request.id"], name="fk_order_version_request_id_approval_request"
        ),
        sa.ForeignKeyConstraint(
            ["document_sha256"], ["document.sha256"], name="fk_order_version_document_sha256_document"
        ),
        sa.ForeignKeyConstraint(["approved_by"], ["officer.id"], name="fk_order_version_approved_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_order_version"),
    )
    op.create_index("uq_order_version_order_id_number", "order_version", ["order_id", "number"], unique=True)


def _quotation() -> None:
    op.create_table(
        "quotation",
        sa.Column("id", ID, nullable=False),
        sa.Column("order_id", ID, nullable=False),
        sa.Column("supplier_id", ID, nullable=True),
        sa.Column("supplier_name", sa.Unicode(length=120), nullable=False),
        sa.Column("written", sa.Boolean(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("net_pence", sa.BigInteger(), nullable=True),
        sa.Column("vat_pence", sa.BigInteger(), nullable=True),
        sa.Column("reference", sa.Unicode(length=40), nullable=False),
        sa.Column("note", sa.Unicode(length=400), nullable=False),
        sa.Column("chosen", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("chosen_why", sa.Unicode(length=400), nullable=False),
        sa.Column("document_sha256", sa.Unicode(length=64), nullable=True),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name="fk_quotation_supplier_id_supplier"),
        sa.ForeignKeyConstraint(["document_sha256"], ["document.sha256"], name="fk_quotation_document_sha256_document"),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_quotation_made_by_officer"),
        sa.ForeignKeyConstraint(["order_id"], ["purchase_order.id"], name="fk_quotation_order_id_purchase_order"),
        sa.PrimaryKeyConstraint("id", name="pk_quotation"),
    )
    op.create_index("ix_quotation_order_id", "quotation", ["order_id"])
    op.create_index("ix_quotation_supplier_id", "quotation", ["supplier_id"])


def _supplier_invoice() -> None:
    op.create_table(
        "supplier_invoice",
        *_supplier_invoice_identity(),
        *_supplier_invoice_state(),
        sa.ForeignKeyConstraint(
            ["category_id"], ["purchase_category.id"], name="fk_supplier_invoice_category_id_purchase_category"
        ),
        sa.ForeignKeyConstraint(["approved_by"], ["officer.id"], name="fk_supplier_invoice_approved_by_officer"),
        sa.ForeignKeyConstraint(["post_item_id"], ["post_item.id"], name="fk_supplier_invoice_post_item_id_post_item"),
        sa.ForeignKeyConstraint(
            ["order_id"], ["purchase_order.id"], name="fk_supplier_invoice_order_id_purchase_order"
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["approval_request.id"], name="fk_supplier_invoice_request_id_approval_request"
        ),
        sa.ForeignKeyConstraint(["logged_by"], ["officer.id"], name="fk_supplier_invoice_logged_by_officer"),
        sa.ForeignKeyConstraint(
            ["credits_id"], ["supplier_invoice.id"], name="fk_supplier_invoice_credits_id_supplier_invoice"
        ),
        sa.ForeignKeyConstraint(
            ["document_sha256"], ["document.sha256"], name="fk_supplier_invoice_document_sha256_document"
        ),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name="fk_supplier_invoice_supplier_id_supplier"),
        sa.PrimaryKeyConstraint("id", name="pk_supplier_invoice"),
        sa.UniqueConstraint("entry_key", name="uq_supplier_invoice_entry_key"),
        sa.UniqueConstraint("number", name="uq_supplier_invoice_number"),
    )
    op.create_index("ix_supplier_invoice_credits_id", "supplier_invoice", ["credits_id"])
    op.create_index("ix_supplier_invoice_order_id", "supplier_invoice", ["order_id"])
    op.create_index("ix_supplier_invoice_paid_on", "supplier_invoice", ["paid_on"])
    op.create_index("ix_supplier_invoice_post_item_id", "supplier_invoice", ["post_item_id"])
    op.create_index("ix_supplier_invoice_received_on", "supplier_invoice", ["received_on"])
    op.create_index("ix_supplier_invoice_state_pay_by_on", "supplier_invoice", ["state", "pay_by_on"])
    op.create_index("ix_supplier_invoice_supplier_id", "supplier_invoice", ["supplier_id"])
    op.create_index("ix_supplier_invoice_supplier_id_number_key", "supplier_invoice", ["supplier_id", "number_key"])


def _supplier_invoice_identity() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", ID, nullable=False),
        sa.Column("entry_key", sa.Unicode(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("supplier_id", ID, nullable=False),
        sa.Column("supplier_number", sa.Unicode(length=40), nullable=False),
        sa.Column("number_key", sa.Unicode(length=40), nullable=False),
        sa.Column("invoice_on", sa.Date(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("pay_by_on", sa.Date(), nullable=False),
        sa.Column("post_item_id", ID, nullable=True),
        sa.Column("order_id", ID, nullable=True),
        sa.Column("order_quoted", sa.Unicode(length=40), nullable=False),
        sa.Column("category_id", ID, nullable=False),
        sa.Column("credits_id", ID, nullable=True),
        sa.Column("net_pence", sa.BigInteger(), nullable=False),
    )


def _supplier_invoice_state() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("vat_pence", sa.BigInteger(), nullable=False),
        sa.Column("labour_pence", sa.BigInteger(), nullable=False),
        sa.Column("cis_pence", sa.BigInteger(), nullable=False),
        sa.Column("retention_pence", sa.BigInteger(), nullable=False),
        sa.Column("retention_on", sa.Date(), nullable=True),
        sa.Column("retention_paid_on", sa.Date(), nullable=True),
        sa.Column("document_sha256", sa.Unicode(length=64), nullable=True),
        sa.Column("note", sa.Unicode(length=400), nullable=False),
        sa.Column("logged_by", ID, nullable=False),
        sa.Column("logged_at", MOMENT, nullable=False),
        sa.Column("request_id", ID, nullable=True),
        sa.Column("approved_by", ID, nullable=True),
        sa.Column("approved_at", MOMENT, nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("finance_reference", sa.Unicode(length=40), nullable=False),
        sa.Column("settled_why", sa.Unicode(length=400), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
    )


def _works_order() -> None:
    op.create_table(
        "works_order",
        sa.Column("order_id", ID, nullable=False),
        sa.Column("property_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("trade", sa.Unicode(length=40), nullable=False),
        sa.Column("priority", sa.Unicode(length=40), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("target_on", sa.Date(), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("access", sa.Unicode(length=400), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("completed_by", ID, nullable=True),
        sa.Column("completion", sa.Unicode(length=400), nullable=False),
        sa.Column("rechargeable", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("recharge_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["purchase_order.id"], name="fk_works_order_order_id_purchase_order"),
        sa.ForeignKeyConstraint(["completed_by"], ["officer.id"], name="fk_works_order_completed_by_officer"),
        sa.ForeignKeyConstraint(["property_id"], ["property.id"], name="fk_works_order_property_id_property"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_works_order_account_id_account"),
        sa.ForeignKeyConstraint(["recharge_id"], ["recharge.id"], name="fk_works_order_recharge_id_recharge"),
        sa.PrimaryKeyConstraint("order_id", name="pk_works_order"),
    )
    op.create_index("ix_works_order_account_id", "works_order", ["account_id"])
    op.create_index("ix_works_order_property_id", "works_order", ["property_id"])
    op.create_index("ix_works_order_recharge_id", "works_order", ["recharge_id"])


def _finance_line() -> None:
    op.create_table(
        "finance_line",
        sa.Column("id", ID, nullable=False),
        sa.Column("file_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=False),
        sa.Column("cost_centre", sa.Unicode(length=20), nullable=False),
        sa.Column("subjective", sa.Unicode(length=20), nullable=False),
        sa.Column("budget_id", ID, nullable=True),
        sa.Column("reference", sa.Unicode(length=40), nullable=False),
        sa.Column("supplier", sa.Unicode(length=120), nullable=False),
        sa.Column("description", sa.Unicode(length=200), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("subject", sa.Unicode(length=20), nullable=True),
        sa.Column("subject_id", ID, nullable=True),
        sa.Column("fingerprint", sa.Unicode(length=64), nullable=False),
        sa.Column("explained", sa.Unicode(length=400), nullable=False),
        sa.Column("settled_by", ID, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["settled_by"], ["officer.id"], name="fk_finance_line_settled_by_officer"),
        sa.ForeignKeyConstraint(["file_id"], ["finance_file.id"], name="fk_finance_line_file_id_finance_file"),
        sa.ForeignKeyConstraint(["budget_id"], ["budget.id"], name="fk_finance_line_budget_id_budget"),
        sa.PrimaryKeyConstraint("id", name="pk_finance_line"),
    )
    op.create_index("ix_finance_line_budget_id", "finance_line", ["budget_id"])
    op.create_index("ix_finance_line_file_id", "finance_line", ["file_id"])
    op.create_index("ix_finance_line_fingerprint", "finance_line", ["fingerprint"])
    op.create_index("ix_finance_line_posted_on", "finance_line", ["posted_on"])
    op.create_index("ix_finance_line_subject_subject_id", "finance_line", ["subject", "subject_id"])


def _goods_receipt_line() -> None:
    op.create_table(
        "goods_receipt_line",
        sa.Column("receipt_id", ID, nullable=False),
        sa.Column("line_id", ID, nullable=False),
        sa.Column("quantity_thousandths", ID, nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity_thousandths <> 0", name="ck_goods_receipt_line_a_quantity"),
        sa.ForeignKeyConstraint(["line_id"], ["order_line.id"], name="fk_goods_receipt_line_line_id_order_line"),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["goods_receipt.id"], name="fk_goods_receipt_line_receipt_id_goods_receipt"
        ),
        sa.PrimaryKeyConstraint("receipt_id", "line_id", name="pk_goods_receipt_line"),
    )
    op.create_index("ix_goods_receipt_line_line_id", "goods_receipt_line", ["line_id"])


def _invoice_accepted() -> None:
    op.create_table(
        "invoice_accepted",
        sa.Column("invoice_id", ID, nullable=False),
        sa.Column("fault", sa.Unicode(length=20), nullable=False),
        sa.Column("line_place", sa.Integer(), nullable=False),
        sa.Column("difference", sa.Unicode(length=200), nullable=False),
        sa.Column("digest", sa.Unicode(length=64), nullable=False),
        sa.Column("reason", sa.Unicode(length=400), nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["supplier_invoice.id"], name="fk_invoice_accepted_invoice_id_supplier_invoice"
        ),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_invoice_accepted_officer_id_officer"),
        sa.PrimaryKeyConstraint("invoice_id", "fault", "line_place", name="pk_invoice_accepted"),
    )


def _invoice_dispute() -> None:
    op.create_table(
        "invoice_dispute",
        sa.Column("id", ID, nullable=False),
        sa.Column("invoice_id", ID, nullable=False),
        sa.Column("reason", sa.Unicode(length=20), nullable=False),
        sa.Column("words", sa.Unicode(length=400), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("notified_how", sa.Unicode(length=200), nullable=False),
        sa.Column("holds_from", sa.Date(), nullable=True),
        sa.Column("outgoing_id", ID, nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.Unicode(length=400), nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("closed_by", ID, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["closed_by"], ["officer.id"], name="fk_invoice_dispute_closed_by_officer"),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_invoice_dispute_made_by_officer"),
        sa.ForeignKeyConstraint(["outgoing_id"], ["outgoing.id"], name="fk_invoice_dispute_outgoing_id_outgoing"),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["supplier_invoice.id"], name="fk_invoice_dispute_invoice_id_supplier_invoice"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_invoice_dispute"),
    )
    op.create_index("ix_invoice_dispute_invoice_id", "invoice_dispute", ["invoice_id"])


def _invoice_line() -> None:
    op.create_table(
        "invoice_line",
        sa.Column("id", ID, nullable=False),
        sa.Column("invoice_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("order_line_id", ID, nullable=True),
        sa.Column("description", sa.Unicode(length=200), nullable=False),
        sa.Column("quantity_thousandths", ID, nullable=False),
        sa.Column("price_thousandths", ID, nullable=False),
        sa.Column("vat", sa.Unicode(length=20), nullable=False),
        sa.Column("vat_recovered", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("net_pence", sa.BigInteger(), nullable=False),
        sa.Column("vat_pence", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["supplier_invoice.id"], name="fk_invoice_line_invoice_id_supplier_invoice"
        ),
        sa.ForeignKeyConstraint(["order_line_id"], ["order_line.id"], name="fk_invoice_line_order_line_id_order_line"),
        sa.PrimaryKeyConstraint("id", name="pk_invoice_line"),
    )
    op.create_index("ix_invoice_line_invoice_id", "invoice_line", ["invoice_id"])
    op.create_index("ix_invoice_line_order_line_id", "invoice_line", ["order_line_id"])


def _order_split() -> None:
    op.create_table(
        "order_split",
        sa.Column("line_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("budget_id", ID, nullable=False),
        sa.Column("percent_hundredths", sa.Integer(), nullable=True),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["budget_id"], ["budget.id"], name="fk_order_split_budget_id_budget"),
        sa.ForeignKeyConstraint(["line_id"], ["order_line.id"], name="fk_order_split_line_id_order_line"),
        sa.PrimaryKeyConstraint("line_id", "place", name="pk_order_split"),
    )
    op.create_index("ix_order_split_budget_id", "order_split", ["budget_id"])


def _order_version_line() -> None:
    op.create_table(
        "order_version_line",
        sa.Column("version_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("line_id", ID, nullable=True),
        sa.Column("description", sa.Unicode(length=200), nullable=False),
        sa.Column("quantity_thousandths", ID, nullable=False),
        sa.Column("unit", sa.Unicode(length=20), nullable=False),
        sa.Column("price_thousandths", ID, nullable=False),
        sa.Column("vat", sa.Unicode(length=20), nullable=False),
        sa.Column("vat_recovered", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("labour", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("net_pence", sa.BigInteger(), nullable=False),
        sa.Column("vat_pence", sa.BigInteger(), nullable=False),
        sa.Column("codes", sa.Unicode(length=400), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["order_line.id"], name="fk_order_version_line_line_id_order_line"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["order_version.id"], name="fk_order_version_line_version_id_order_version"
        ),
        sa.PrimaryKeyConstraint("version_id", "place", name="pk_order_version_line"),
    )


def _supplier_payment_line() -> None:
    op.create_table(
        "supplier_payment_line",
        sa.Column("id", ID, nullable=False),
        sa.Column("payment_id", ID, nullable=False),
        sa.Column("invoice_id", ID, nullable=False),
        sa.Column("part", sa.Unicode(length=20), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("stands", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["supplier_payment.id"], name="fk_supplier_payment_line_payment_id_supplier_payment"
        ),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["supplier_invoice.id"], name="fk_supplier_payment_line_invoice_id_supplier_invoice"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_supplier_payment_line"),
    )
    op.create_index("ix_supplier_payment_line_invoice_id", "supplier_payment_line", ["invoice_id"])
    op.create_index("ix_supplier_payment_line_payment_id", "supplier_payment_line", ["payment_id"])
    op.create_index(
        "uq_supplier_payment_line_invoice_id_part",
        "supplier_payment_line",
        ["invoice_id", "part"],
        unique=True,
        sqlite_where=sa.text("stands = 1"),
        mssql_where=sa.text("stands = 1"),
    )


def _supplier_run_left_out() -> None:
    op.create_table(
        "supplier_run_left_out",
        sa.Column("run_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("supplier_id", ID, nullable=False),
        sa.Column("invoice_id", ID, nullable=True),
        sa.Column("reason", sa.Unicode(length=20), nullable=False),
        sa.Column("words", sa.Unicode(length=400), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["supplier_run.id"], name="fk_supplier_run_left_out_run_id_supplier_run"),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name="fk_supplier_run_left_out_supplier_id_supplier"),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["supplier_invoice.id"], name="fk_supplier_run_left_out_invoice_id_supplier_invoice"
        ),
        sa.PrimaryKeyConstraint("run_id", "place", name="pk_supplier_run_left_out"),
    )


def _utility_reading() -> None:
    op.create_table(
        "utility_reading",
        sa.Column("id", ID, nullable=False),
        sa.Column("meter_id", ID, nullable=False),
        sa.Column("invoice_id", ID, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("opening_thousandths", ID, nullable=True),
        sa.Column("closing_thousandths", ID, nullable=True),
        sa.Column("used_thousandths", ID, nullable=False),
        sa.Column("estimated", sa.Boolean(), nullable=False),
        sa.Column("net_pence", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("to_on >= from_on", name="ck_utility_reading_ends_after_start"),
        sa.ForeignKeyConstraint(["meter_id"], ["utility_meter.id"], name="fk_utility_reading_meter_id_utility_meter"),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["supplier_invoice.id"], name="fk_utility_reading_invoice_id_supplier_invoice"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_utility_reading"),
    )
    op.create_index("ix_utility_reading_invoice_id", "utility_reading", ["invoice_id"])
    op.create_index("ix_utility_reading_meter_id", "utility_reading", ["meter_id"])


def _invoice_split() -> None:
    op.create_table(
        "invoice_split",
        sa.Column("id", ID, nullable=False),
        sa.Column("line_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("budget_id", ID, nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["line_id"], ["invoice_line.id"], name="fk_invoice_split_line_id_invoice_line"),
        sa.ForeignKeyConstraint(["budget_id"], ["budget.id"], name="fk_invoice_split_budget_id_budget"),
        sa.PrimaryKeyConstraint("id", name="pk_invoice_split"),
    )
    op.create_index("ix_invoice_split_budget_id", "invoice_split", ["budget_id"])
    op.create_index("ix_invoice_split_line_id", "invoice_split", ["line_id"])


def _code_transfer() -> None:
    op.create_table(
        "code_transfer",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entry_key", sa.Unicode(length=80), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("split_id", ID, nullable=False),
        sa.Column("from_id", ID, nullable=False),
        sa.Column("to_id", ID, nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Unicode(length=400), nullable=False),
        sa.Column("request_id", ID, nullable=True),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("posted_by", ID, nullable=True),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("from_id <> to_id", name="ck_code_transfer_another_code"),
        sa.ForeignKeyConstraint(["from_id"], ["budget.id"], name="fk_code_transfer_from_id_budget"),
        sa.ForeignKeyConstraint(["posted_by"], ["officer.id"], name="fk_code_transfer_posted_by_officer"),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_code_transfer_made_by_officer"),
        sa.ForeignKeyConstraint(["to_id"], ["budget.id"], name="fk_code_transfer_to_id_budget"),
        sa.ForeignKeyConstraint(["split_id"], ["invoice_split.id"], name="fk_code_transfer_split_id_invoice_split"),
        sa.ForeignKeyConstraint(
            ["request_id"], ["approval_request.id"], name="fk_code_transfer_request_id_approval_request"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_code_transfer"),
        sa.UniqueConstraint("entry_key", name="uq_code_transfer_entry_key"),
        sa.UniqueConstraint("number", name="uq_code_transfer_number"),
    )
    op.create_index("ix_code_transfer_split_id", "code_transfer", ["split_id"])


def _guard_book() -> None:
    """What stands in the budget book is never changed, on either engine."""
    server = op.get_bind().dialect.name == "mssql"
    for statement in (_NO_CHANGE,) if server else (_NO_UPDATE, _NO_DELETE, _NO_REPLACE):
        op.execute(statement)


def _counters() -> None:
    counters = sa.table("counter", sa.column("name", sa.Unicode), sa.column("value", sa.Integer))
    op.bulk_insert(counters, [{"name": name, "value": 0} for name in COUNTERS])


def _categories() -> None:
    table = sa.table(
        "purchase_category",
        sa.column("key", sa.Unicode),
        sa.column("name", sa.Unicode),
        sa.column("no_order_needed", sa.Boolean),
        sa.column("cis", sa.Boolean),
        sa.column("works", sa.Boolean),
        sa.column("not_published", sa.Unicode),
        sa.column("active", sa.Boolean),
        sa.column("place", sa.Integer),
    )
    names = ("key", "name", "no_order_needed", "cis", "works", "not_published")
    rows = [
        dict(zip(names, each, strict=True)) | {"active": True, "place": place} for place, each in enumerate(CATEGORIES)
    ]
    op.bulk_insert(table, rows)
