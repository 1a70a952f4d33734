"""Reception: desks, other income, receipts and suspense, with the control accounts that they post to."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]

ACCOUNT = sa.Table(
    "account",
    sa.MetaData(),
    sa.Column("id", ID, primary_key=True),
    *(sa.Column(name, sa.Unicode) for name in ("kind", "fund", "name", "control_key", "ledger_code")),
    sa.Column("opened_on", sa.Date),
    sa.Column("balance_pence", sa.BigInteger),
    sa.Column("version", sa.Integer),
)
RULE = sa.table(
    "posting_rule", sa.column("control", sa.Unicode), sa.column("fund", sa.Unicode), sa.column("account_id", ID)
)

FUNDS = {"hra": "Housing Revenue Account", "general": "General Fund"}
CONTROLS = {
    "unders_overs": "Unders and overs of tills",
    "settlement_fees": "Fees kept back by card providers and payment agents",
}
IN_USE_FROM = date(2000, 1, 1)


def upgrade() -> None:
    _payment_desk()
    _income_stream()
    _suspense_item()
    _receipt()
    _receipt_share()
    _controls()
    _codes()
    _counters()


def _payment_desk() -> None:
    op.create_table(
        "payment_desk",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Unicode(length=60), nullable=False),
        sa.Column("prefix", sa.Unicode(length=6), nullable=False),
        sa.Column("address", sa.Unicode(length=200), nullable=False),
        sa.Column("takes_cash", sa.Boolean(), nullable=False),
        sa.Column("takes_cheques", sa.Boolean(), nullable=False),
        sa.Column("takes_terminal", sa.Boolean(), nullable=False),
        sa.Column("takes_telephone", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_payment_desk"),
        sa.UniqueConstraint("name", name="uq_payment_desk_name"),
        sa.UniqueConstraint("prefix", name="uq_payment_desk_prefix"),
    )


def _income_stream() -> None:
    op.create_table(
        "income_stream",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Unicode(length=60), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("reference_note", sa.Unicode(length=120), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_income_stream_account_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_income_stream"),
        sa.UniqueConstraint("account_id", name="uq_income_stream_account_id"),
        sa.UniqueConstraint("name", name="uq_income_stream_name"),
    )


def _suspense_item_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source", sa.Unicode(length=20), nullable=False),
        sa.Column("source_id", ID, nullable=False),
        sa.Column("source_line", sa.Integer(), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("left_pence", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.Unicode(length=8), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("reference_given", sa.Unicode(length=60), nullable=False),
        sa.Column("payer_name", sa.Unicode(length=120), nullable=False),
        sa.Column("narrative", sa.Unicode(length=200), nullable=False),
        sa.Column("journal", ID, nullable=False),
        sa.Column("officer_id", ID, nullable=True),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("request_id", ID, nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Unicode(length=400), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
    )


def _suspense_item() -> None:
    op.create_table(
        "suspense_item",
        *_suspense_item_columns(),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_suspense_item_account_id_account"),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_suspense_item_officer_id_officer"),
        sa.ForeignKeyConstraint(
            ["request_id"], ["approval_request.id"], name="fk_suspense_item_request_id_approval_request"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_suspense_item"),
        sa.UniqueConstraint("number", name="uq_suspense_item_number"),
    )
    op.create_index("ix_suspense_item_journal", "suspense_item", ["journal"], unique=False)
    op.create_index("ix_suspense_item_officer_id", "suspense_item", ["officer_id"], unique=False)
    op.create_index("ix_suspense_item_received_on", "suspense_item", ["received_on"], unique=False)
    op.create_index("ix_suspense_item_state", "suspense_item", ["state"], unique=False)
    op.create_index("uq_suspense_item_source", "suspense_item", ["source", "source_id", "source_line"], unique=True)


def _receipt_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("id", ID, nullable=False),
        sa.Column("desk_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entry_key", sa.Unicode(length=80), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("taken_by", sa.Unicode(length=20), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("tendered_pence", sa.BigInteger(), nullable=True),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("payer", sa.Unicode(length=20), nullable=False),
        sa.Column("payer_name", sa.Unicode(length=120), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("proved_by", sa.Unicode(length=200), nullable=False),
        sa.Column("cheque_drawer", sa.Unicode(length=120), nullable=False),
        sa.Column("cheque_bank", sa.Unicode(length=60), nullable=False),
        sa.Column("cheque_number", sa.Unicode(length=20), nullable=False),
        sa.Column("slip", sa.Unicode(length=40), nullable=False),
        sa.Column("book_number", sa.Unicode(length=20), nullable=False),
        sa.Column("valuable_id", ID, nullable=True),
        sa.Column("journal", ID, nullable=False),
        sa.Column("undone_journal", ID, nullable=True),
        sa.Column("undone_on", sa.Date(), nullable=True),
        sa.Column("undone_by", ID, nullable=True),
        sa.Column("undone_why", sa.Unicode(length=200), nullable=False),
        sa.Column("request_id", ID, nullable=True),
        sa.Column("printed", sa.Integer(), nullable=False),
        sa.Column("emailed_at", MOMENT, nullable=True),
        sa.Column("note", sa.Unicode(length=400), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
    )


def _receipt() -> None:
    op.create_table(
        "receipt",
        *_receipt_columns(),
        sa.CheckConstraint("pence > 0", name=op.f("ck_receipt_something")),
        sa.ForeignKeyConstraint(["desk_id"], ["payment_desk.id"], name="fk_receipt_desk_id_payment_desk"),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_receipt_officer_id_officer"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_receipt_person_id_person"),
        sa.ForeignKeyConstraint(["request_id"], ["approval_request.id"], name="fk_receipt_request_id_approval_request"),
        sa.ForeignKeyConstraint(["undone_by"], ["officer.id"], name="fk_receipt_undone_by_officer"),
        sa.ForeignKeyConstraint(["valuable_id"], ["post_valuable.id"], name="fk_receipt_valuable_id_post_valuable"),
        sa.PrimaryKeyConstraint("id", name="pk_receipt"),
        sa.UniqueConstraint("desk_id", "number", name="uq_receipt_desk_id_number"),
        sa.UniqueConstraint("entry_key", name="uq_receipt_entry_key"),
    )
    op.create_index("ix_receipt_journal", "receipt", ["journal"], unique=False)
    op.create_index("ix_receipt_taken_on_desk_id", "receipt", ["taken_on", "desk_id"], unique=False)
    op.create_index(
        "uq_receipt_book_number",
        "receipt",
        ["book_number"],
        unique=True,
        sqlite_where=sa.text("book_number != '' AND state != 'void'"),
        mssql_where=sa.text("book_number != '' AND state != 'void'"),
    )
    op.create_index("ix_receipt_person_id", "receipt", ["person_id"], unique=False)
    op.create_index("ix_receipt_state", "receipt", ["state"], unique=False)
    op.create_index(
        "uq_receipt_desk_id_taken_on_slip",
        "receipt",
        ["desk_id", "taken_on", "slip"],
        unique=True,
        sqlite_where=sa.text("slip != '' AND state != 'void'"),
        mssql_where=sa.text("slip != '' AND state != 'void'"),
    )


def _receipt_share() -> None:
    op.create_table(
        "receipt_share",
        sa.Column("receipt_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("stream_id", ID, nullable=True),
        sa.Column("code", sa.Unicode(length=8), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Unicode(length=120), nullable=False),
        sa.CheckConstraint("pence > 0", name=op.f("ck_receipt_share_something")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_receipt_share_account_id_account"),
        sa.ForeignKeyConstraint(["receipt_id"], ["receipt.id"], name="fk_receipt_share_receipt_id_receipt"),
        sa.ForeignKeyConstraint(["stream_id"], ["income_stream.id"], name="fk_receipt_share_stream_id_income_stream"),
        sa.PrimaryKeyConstraint("receipt_id", "place", name="pk_receipt_share"),
    )
    op.create_index("ix_receipt_share_account_id", "receipt_share", ["account_id"], unique=False)


def _controls() -> None:
    """Ledger codes start as plain keys (fund and control key); the council gives its own."""
    connection = op.get_bind()
    for fund, fund_name in FUNDS.items():
        for key, name in CONTROLS.items():
            row = {
                "kind": "control",
                "fund": fund,
                "name": f"{name}, {fund_name}",
                "control_key": key,
                "ledger_code": f"{fund}:{key}".upper(),
                "opened_on": IN_USE_FROM,
                "balance_pence": 0,
                "version": 1,
            }
            connection.execute(ACCOUNT.insert().values(row))
            made = sa.select(ACCOUNT.c.id).where(ACCOUNT.c.control_key == key, ACCOUNT.c.fund == fund)
            connection.execute(RULE.insert().values(control=key, fund=fund, account_id=connection.scalar(made)))


def _codes() -> None:
    codes = sa.table(
        "transaction_code",
        *(sa.column(name, sa.Unicode) for name in ("code", "name", "kind", "explain_group", "control")),
        *(
            sa.column(name, sa.Boolean)
            for name in (
                "apportion",
                "free_week",
                "vat",
                "charged_in_void",
                "hb_eligible",
                "allows_negative",
                "active",
            )
        ),
    )
    row = {
        "code": "RSU",
        "name": "Moved out of suspense",
        "kind": "transfer",
        "explain_group": "cash",
        "control": "suspense",
        "apportion": False,
        "free_week": False,
        "vat": False,
        "charged_in_void": False,
        "hb_eligible": False,
        "allows_negative": True,
        "active": True,
    }
    op.bulk_insert(codes, [row])


def _counters() -> None:
    counters = sa.table("counter", sa.column("name", sa.Unicode), sa.column("value", sa.Integer))
    op.bulk_insert(counters, [{"name": "suspense_item", "value": 0}])
