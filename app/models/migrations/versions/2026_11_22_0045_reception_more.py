"""More of the reception: what is posted between funds, and card payments that payers challenged."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


def upgrade() -> None:
    _before_funds()
    _card_dispute()


def _before_funds() -> None:
    """What was posted before now may leave an amount between the funds, and never changes: the last journal of it is kept."""
    counter = sa.table("counter", sa.column("name", sa.Unicode(20)), sa.column("value", sa.BigInteger))
    last = sa.select(sa.literal("before_funds", sa.Unicode(20)), counter.c.value).where(counter.c.name == "journal")
    op.execute(counter.insert().from_select(["name", "value"], last))


def _card_dispute() -> None:
    op.create_table(
        "card_dispute",
        sa.Column("id", ID, nullable=False),
        sa.Column("provider_id", sa.Unicode(length=40), nullable=False),
        sa.Column("payment_provider_id", sa.Unicode(length=40), nullable=False),
        sa.Column("card_payment_id", ID, nullable=True),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("fee_pence", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Unicode(length=60), nullable=False),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("answer_by", MOMENT, nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["card_payment_id"], ["card_payment.id"], name="fk_card_dispute_card_payment_id_card_payment"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_card_dispute"),
        sa.UniqueConstraint("provider_id", name="uq_card_dispute_provider_id"),
    )
    op.create_index("ix_card_dispute_card_payment_id", "card_dispute", ["card_payment_id"], unique=False)
