"""Backups that were put back: written into what was put back, so that nobody wonders where later work went."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


def upgrade() -> None:
    op.create_table(
        "database_restore",
        sa.Column("id", ID, nullable=False),
        sa.Column("restored_at", MOMENT, nullable=False),
        sa.Column("restored_by", ID, nullable=False),
        sa.Column("username", sa.Unicode(length=120), nullable=False),
        sa.Column("reason", sa.Unicode(length=400), nullable=False),
        sa.Column("file_name", sa.Unicode(length=200), nullable=False),
        sa.Column("sha256", sa.Unicode(length=64), nullable=False),
        sa.Column("last_journal", sa.BigInteger(), nullable=False),
        sa.Column("journal_before", sa.BigInteger(), nullable=True),
        sa.Column("kept_as", sa.Unicode(length=400), nullable=False),
        sa.Column("to_look_up", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["restored_by"], ["officer.id"], name="fk_database_restore_restored_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_database_restore"),
    )
