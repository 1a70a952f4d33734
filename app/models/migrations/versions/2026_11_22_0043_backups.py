"""Backups that were made, and tried."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


def upgrade() -> None:
    op.create_table(
        "database_backup",
        sa.Column("id", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("folder", sa.Unicode(length=400), nullable=False),
        sa.Column("file_name", sa.Unicode(length=200), nullable=False),
        sa.Column("regular", sa.Boolean(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Unicode(length=64), nullable=False),
        sa.Column("revision", sa.Unicode(length=20), nullable=False),
        sa.Column("last_journal", sa.BigInteger(), nullable=False),
        sa.Column("last_digest", sa.Unicode(length=64), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("words", sa.Unicode(length=400), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("checked_at", MOMENT, nullable=True),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_database_backup_made_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_database_backup"),
    )
    op.create_index("ix_database_backup_made_at", "database_backup", ["made_at"], unique=False)
