"""What an arrangement covers, and how far it has come."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


def upgrade() -> None:
    _arrangement_debt()
    _arrangement()


def _arrangement_debt() -> None:
    op.create_table(
        "arrangement_debt",
        sa.Column("arrangement_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_arrangement_debt_account_id_account"),
        sa.ForeignKeyConstraint(
            ["arrangement_id"], ["arrangement.id"], name="fk_arrangement_debt_arrangement_id_arrangement"
        ),
        sa.PrimaryKeyConstraint("arrangement_id", "account_id", name="pk_arrangement_debt"),
    )
    op.create_index("ix_arrangement_debt_account_id", "arrangement_debt", ["account_id"])


def _arrangement() -> None:
    op.add_column("arrangement", sa.Column("first_pence", sa.BigInteger(), nullable=True))
    op.add_column("arrangement", sa.Column("debt_pence", sa.BigInteger(), nullable=True))
    op.add_column("arrangement", sa.Column("direct_debit", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("arrangement", sa.Column("agreed_on", sa.Date(), nullable=True))
    op.add_column("arrangement", sa.Column("state", sa.Unicode(length=20), server_default="live", nullable=False))
    op.add_column("arrangement", sa.Column("state_on", sa.Date(), nullable=True))
    op.add_column("arrangement", sa.Column("state_reason", sa.Unicode(length=400), server_default="", nullable=False))
    op.add_column("arrangement", sa.Column("made_at", MOMENT, nullable=True))
    op.add_column(
        "arrangement",
        sa.Column("made_by", ID, sa.ForeignKey("officer.id", name="fk_arrangement_made_by_officer"), nullable=True),
        inline_references=True,
    )
    op.create_index("ix_arrangement_state", "arrangement", ["state"])
