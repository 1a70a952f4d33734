"""Charges of a property, bulk changes with their notices, and Monday's debit control."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


def upgrade() -> None:
    _charge_change()
    _debit_control()
    _debit_control_line()
    _debit_control_move()
    _debit_position()
    _property_charge()
    _charge_change_line()
    _rent_notice()


def _charge_change() -> None:
    op.create_table(
        "charge_change",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Unicode(length=120), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("rule", sa.Unicode(length=400), nullable=False),
        sa.Column("file_sha256", sa.Unicode(length=64), nullable=True),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("before_pence", sa.BigInteger(), nullable=False),
        sa.Column("after_pence", sa.BigInteger(), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("batch_id", ID, nullable=True),
        sa.Column("excuse", sa.Unicode(length=400), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("applied_at", MOMENT, nullable=True),
        sa.Column("applied_by", ID, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["applied_by"], ["officer.id"], name="fk_charge_change_applied_by_officer"),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_charge_change_made_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_charge_change"),
    )


def _debit_control() -> None:
    op.create_table(
        "debit_control",
        sa.Column("id", ID, nullable=False),
        sa.Column("week_on", sa.Date(), nullable=False),
        sa.Column("prepared_at", MOMENT, nullable=False),
        sa.Column("prepared_by", ID, nullable=False),
        sa.Column("checked_at", MOMENT, nullable=True),
        sa.Column("checked_by", ID, nullable=True),
        sa.Column("request_id", ID, nullable=True),
        sa.Column("explanation", sa.Unicode().with_variant(sa.Unicode(length=4000), "mssql"), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["checked_by"], ["officer.id"], name="fk_debit_control_checked_by_officer"),
        sa.ForeignKeyConstraint(["prepared_by"], ["officer.id"], name="fk_debit_control_prepared_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_debit_control"),
        sa.UniqueConstraint("week_on", name="uq_debit_control_week_on"),
    )


def _debit_control_line() -> None:
    op.create_table(
        "debit_control_line",
        sa.Column("control_id", ID, nullable=False),
        sa.Column("rent_group_id", ID, nullable=False),
        sa.Column("opening_pence", sa.BigInteger(), nullable=False),
        sa.Column("new_lets_pence", sa.BigInteger(), nullable=False),
        sa.Column("endings_pence", sa.BigInteger(), nullable=False),
        sa.Column("changes_pence", sa.BigInteger(), nullable=False),
        sa.Column("voids_pence", sa.BigInteger(), nullable=False),
        sa.Column("closing_pence", sa.BigInteger(), nullable=False),
        sa.Column("run_pence", sa.BigInteger(), nullable=False),
        sa.Column("parts_pence", sa.BigInteger(), nullable=False),
        sa.Column("let", sa.Integer(), nullable=False),
        sa.Column("void", sa.Integer(), nullable=False),
        sa.Column("stock", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["control_id"], ["debit_control.id"], name="fk_debit_control_line_control_id_debit_control"
        ),
        sa.ForeignKeyConstraint(
            ["rent_group_id"], ["rent_group.id"], name="fk_debit_control_line_rent_group_id_rent_group"
        ),
        sa.PrimaryKeyConstraint("control_id", "rent_group_id", name="pk_debit_control_line"),
    )


def _debit_control_move() -> None:
    op.create_table(
        "debit_control_move",
        sa.Column("control_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("rent_group_id", ID, nullable=False),
        sa.Column("property_id", ID, nullable=False),
        sa.Column("tenancy_id", ID, nullable=False),
        sa.Column("move", sa.Unicode(length=20), nullable=False),
        sa.Column("before_pence", sa.BigInteger(), nullable=False),
        sa.Column("after_pence", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["control_id"], ["debit_control.id"], name="fk_debit_control_move_control_id_debit_control"
        ),
        sa.ForeignKeyConstraint(["property_id"], ["property.id"], name="fk_debit_control_move_property_id_property"),
        sa.ForeignKeyConstraint(
            ["rent_group_id"], ["rent_group.id"], name="fk_debit_control_move_rent_group_id_rent_group"
        ),
        sa.ForeignKeyConstraint(["tenancy_id"], ["tenancy.id"], name="fk_debit_control_move_tenancy_id_tenancy"),
        sa.PrimaryKeyConstraint("control_id", "place", name="pk_debit_control_move"),
    )


def _debit_position() -> None:
    op.create_table(
        "debit_position",
        sa.Column("tenancy_id", ID, nullable=False),
        sa.Column("rent_group_id", ID, nullable=False),
        sa.Column("property_id", ID, nullable=False),
        sa.Column("let_pence", sa.BigInteger(), nullable=True),
        sa.Column("void_pence", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["property_id"], ["property.id"], name="fk_debit_position_property_id_property"),
        sa.ForeignKeyConstraint(
            ["rent_group_id"], ["rent_group.id"], name="fk_debit_position_rent_group_id_rent_group"
        ),
        sa.ForeignKeyConstraint(["tenancy_id"], ["tenancy.id"], name="fk_debit_position_tenancy_id_tenancy"),
        sa.PrimaryKeyConstraint("tenancy_id", "rent_group_id", name="pk_debit_position"),
    )


def _property_charge() -> None:
    op.create_table(
        "property_charge",
        sa.Column("id", ID, nullable=False),
        sa.Column("property_id", ID, nullable=False),
        sa.Column("code", sa.Unicode(length=8), nullable=False),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name="ck_property_charge_ends_after_start"),
        sa.ForeignKeyConstraint(["code"], ["transaction_code.code"], name="fk_property_charge_code_transaction_code"),
        sa.ForeignKeyConstraint(["property_id"], ["property.id"], name="fk_property_charge_property_id_property"),
        sa.PrimaryKeyConstraint("id", name="pk_property_charge"),
    )
    op.create_index(
        "uq_property_charge_property_id_code_from_on",
        "property_charge",
        ["property_id", "code", "from_on"],
        unique=True,
    )


def _charge_change_line() -> None:
    op.create_table(
        "charge_change_line",
        sa.Column("change_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("code", sa.Unicode(length=8), nullable=False),
        sa.Column("before_pence", sa.BigInteger(), nullable=True),
        sa.Column("after_pence", sa.BigInteger(), nullable=True),
        sa.Column("left_out", sa.Unicode(length=120), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_charge_change_line_account_id_account"),
        sa.ForeignKeyConstraint(
            ["change_id"], ["charge_change.id"], name="fk_charge_change_line_change_id_charge_change"
        ),
        sa.ForeignKeyConstraint(
            ["code"], ["transaction_code.code"], name="fk_charge_change_line_code_transaction_code"
        ),
        sa.PrimaryKeyConstraint("change_id", "account_id", "code", name="pk_charge_change_line"),
    )


def _rent_notice() -> None:
    op.create_table(
        "rent_notice",
        sa.Column("id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("change_id", ID, nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("letter_id", ID, nullable=True),
        sa.Column("excuse", sa.Unicode(length=400), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_rent_notice_account_id_account"),
        sa.ForeignKeyConstraint(["change_id"], ["charge_change.id"], name="fk_rent_notice_change_id_charge_change"),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_rent_notice_made_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_rent_notice"),
    )
    op.create_index("ix_rent_notice_account_id", "rent_notice", ["account_id"])
    op.create_index("ix_rent_notice_change_id", "rent_notice", ["change_id"])
