"""Purchasing: why a retention is paid on another day, contracts approved by a second officer, CIS statuses of before."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


def upgrade() -> None:
    op.add_column(
        "supplier_invoice", sa.Column("retention_why", sa.Unicode(length=400), server_default="", nullable=False)
    )
    _contracts()
    _cis_before()


def _contracts() -> None:
    """Those that are kept already are in force."""
    with op.batch_alter_table("supplier_contract") as table:
        table.add_column(sa.Column("state", sa.Unicode(length=20), server_default="in_force", nullable=False))
        table.add_column(sa.Column("next_starts_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("next_ends_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("next_value_pence", sa.BigInteger(), nullable=True))
        table.add_column(sa.Column("request_id", ID, nullable=True))
        table.add_column(sa.Column("approved_by", ID, nullable=True))
        table.create_foreign_key(
            "fk_supplier_contract_request_id_approval_request", "approval_request", ["request_id"], ["id"]
        )
        table.create_foreign_key("fk_supplier_contract_approved_by_officer", "officer", ["approved_by"], ["id"])


def _cis_before() -> None:
    op.create_table(
        "supplier_cis_before",
        sa.Column("id", ID, nullable=False),
        sa.Column("supplier_id", ID, nullable=False),
        sa.Column("status", sa.Unicode(length=20), nullable=False),
        sa.Column("reference", sa.Unicode(length=40), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("changed_by", ID, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["officer.id"], name="fk_supplier_cis_before_changed_by_officer"),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name="fk_supplier_cis_before_supplier_id_supplier"),
        sa.PrimaryKeyConstraint("id", name="pk_supplier_cis_before"),
    )
    op.create_index(
        "uq_supplier_cis_before_supplier_id_to_on", "supplier_cis_before", ["supplier_id", "to_on"], unique=True
    )
