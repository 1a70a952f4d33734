"""Pay point cards, the files that go to their supplier, and the answers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


def upgrade() -> None:
    _pay_card_answer()
    _counters()
    _pay_card_file()
    _pay_card()


def _pay_card_answer() -> None:
    op.create_table(
        "pay_card_answer",
        sa.Column("sha256", sa.Unicode(length=64), nullable=False),
        sa.Column("file_name", sa.Unicode(length=200), nullable=False),
        sa.Column("read_by", ID, nullable=False),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["read_by"], ["officer.id"], name="fk_pay_card_answer_read_by_officer"),
        sa.PrimaryKeyConstraint("sha256", name="pk_pay_card_answer"),
    )


def _pay_card_file() -> None:
    op.create_table(
        "pay_card_file",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("entry_key", sa.Unicode(length=80), nullable=False),
        sa.Column("item_count", sa.Integer(), nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("sha256", sa.Unicode(length=64), nullable=False),
        sa.Column("document_sha256", sa.Unicode(length=64), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["document_sha256"], ["document.sha256"], name="fk_pay_card_file_document_sha256_document"
        ),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_pay_card_file_made_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_pay_card_file"),
        sa.UniqueConstraint("entry_key", name="uq_pay_card_file_entry_key"),
        sa.UniqueConstraint("number", name="uq_pay_card_file_number"),
    )


def _pay_card() -> None:
    op.create_table(
        "pay_card",
        sa.Column("id", ID, nullable=False),
        sa.Column("reference", sa.Unicode(length=30), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("reason", sa.Unicode(length=20), nullable=False),
        sa.Column("replaces_id", ID, nullable=True),
        sa.Column("ordered_by", ID, nullable=False),
        sa.Column("ordered_at", MOMENT, nullable=False),
        sa.Column("file_id", ID, nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("refused_words", sa.Unicode(length=200), nullable=False),
        sa.Column("letter_id", ID, nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by", ID, nullable=True),
        sa.Column("ended_why", sa.Unicode(length=200), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_pay_card_account_id_account"),
        sa.ForeignKeyConstraint(["ended_by"], ["officer.id"], name="fk_pay_card_ended_by_officer"),
        sa.ForeignKeyConstraint(["file_id"], ["pay_card_file.id"], name="fk_pay_card_file_id_pay_card_file"),
        sa.ForeignKeyConstraint(["letter_id"], ["outgoing.id"], name="fk_pay_card_letter_id_outgoing"),
        sa.ForeignKeyConstraint(["ordered_by"], ["officer.id"], name="fk_pay_card_ordered_by_officer"),
        sa.ForeignKeyConstraint(["replaces_id"], ["pay_card.id"], name="fk_pay_card_replaces_id_pay_card"),
        sa.PrimaryKeyConstraint("id", name="pk_pay_card"),
        sa.UniqueConstraint("reference", name="uq_pay_card_reference"),
    )
    op.create_index("ix_pay_card_account_id", "pay_card", ["account_id"], unique=False)
    op.create_index("ix_pay_card_file_id", "pay_card", ["file_id"], unique=False)
    op.create_index("ix_pay_card_state", "pay_card", ["state"], unique=False)
    op.create_index(
        "uq_pay_card_account_id_open",
        "pay_card",
        ["account_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('ordered', 'in_file')"),
        mssql_where=sa.text("state IN ('ordered', 'in_file')"),
    )


def _counters() -> None:
    counters = sa.table("counter", sa.column("name", sa.Unicode), sa.column("value", sa.Integer))
    op.bulk_insert(counters, [{"name": "pay_card", "value": 0}, {"name": "pay_card_file", "value": 0}])
