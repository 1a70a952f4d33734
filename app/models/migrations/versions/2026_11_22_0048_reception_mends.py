"""What a lost dispute of a card payment took off the accounts: a part of the payment, and several of them."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OFFICER = "fk_card_dispute_back_by_officer"


def upgrade() -> None:
    op.add_column("card_dispute", sa.Column("journal", ID, nullable=True))
    op.add_column("card_dispute", sa.Column("back_on", sa.Date(), nullable=True))
    op.add_column(
        "card_dispute",
        sa.Column("back_by", ID, sa.ForeignKey("officer.id", name=OFFICER), nullable=True),
        inline_references=True,
    )
    if op.get_bind().dialect.name == "mssql":  # whose ALTER TABLE isn't told of it in the same breath
        op.create_foreign_key(OFFICER, "card_dispute", "officer", ["back_by"], ["id"])
    op.add_column("card_dispute", sa.Column("back_why", sa.Unicode(length=200), server_default="", nullable=False))
    op.create_index("ix_card_dispute_journal", "card_dispute", ["journal"], unique=False)
    op.create_table(
        "card_dispute_share",
        sa.Column("dispute_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("pence > 0", name=op.f("ck_card_dispute_share_something")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_card_dispute_share_account_id_account"),
        sa.ForeignKeyConstraint(
            ["dispute_id"], ["card_dispute.id"], name="fk_card_dispute_share_dispute_id_card_dispute"
        ),
        sa.PrimaryKeyConstraint("dispute_id", "place", name="pk_card_dispute_share"),
    )
    op.create_index("ix_card_dispute_share_account_id", "card_dispute_share", ["account_id"], unique=False)
