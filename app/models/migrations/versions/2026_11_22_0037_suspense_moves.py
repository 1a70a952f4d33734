"""What becomes of suspense items, and payers who are known by them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


def upgrade() -> None:
    _known_payer()
    _suspense_move()


def _known_payer() -> None:
    op.create_table(
        "known_payer",
        sa.Column("id", ID, nullable=False),
        sa.Column("payer", sa.Unicode(length=120), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("learnt_from", ID, nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_known_payer_account_id_account"),
        sa.ForeignKeyConstraint(["learnt_from"], ["suspense_item.id"], name="fk_known_payer_learnt_from_suspense_item"),
        sa.PrimaryKeyConstraint("id", name="pk_known_payer"),
    )
    op.create_index("ix_known_payer_account_id", "known_payer", ["account_id"], unique=False)
    op.create_index("uq_known_payer_payer_account_id", "known_payer", ["payer", "account_id"], unique=True)


def _suspense_move() -> None:
    op.create_table(
        "suspense_move",
        sa.Column("id", ID, nullable=False),
        sa.Column("item_id", ID, nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("stream_id", ID, nullable=True),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.Unicode(length=200), nullable=False),
        sa.Column("learn", sa.Boolean(), nullable=False),
        sa.Column("confirmed_by", ID, nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=False),
        sa.Column("approved_by", ID, nullable=True),
        sa.Column("posted_at", MOMENT, nullable=True),
        sa.Column("journal", ID, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_suspense_move_account_id_account"),
        sa.ForeignKeyConstraint(["approved_by"], ["officer.id"], name="fk_suspense_move_approved_by_officer"),
        sa.ForeignKeyConstraint(["confirmed_by"], ["officer.id"], name="fk_suspense_move_confirmed_by_officer"),
        sa.ForeignKeyConstraint(["item_id"], ["suspense_item.id"], name="fk_suspense_move_item_id_suspense_item"),
        sa.ForeignKeyConstraint(["stream_id"], ["income_stream.id"], name="fk_suspense_move_stream_id_income_stream"),
        sa.PrimaryKeyConstraint("id", name="pk_suspense_move"),
    )
    op.create_index("ix_suspense_move_account_id", "suspense_move", ["account_id"], unique=False)
    op.create_index("ix_suspense_move_item_id", "suspense_move", ["item_id"], unique=False)
    op.create_index("ix_suspense_move_journal", "suspense_move", ["journal"], unique=False)
