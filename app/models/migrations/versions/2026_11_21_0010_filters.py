"""Saved filters of tables, and which of them a table opens with."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]
TEXT = sa.Unicode().with_variant(sa.Unicode(4000), "mssql")


def upgrade() -> None:
    op.create_table(
        "saved_filter",
        sa.Column("id", ID, nullable=False),
        sa.Column("page", sa.Unicode(60), nullable=False),
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("name", sa.Unicode(60), nullable=False),
        sa.Column("name_key", sa.Unicode(60), nullable=False),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["officer.id"], name=op.f("fk_saved_filter_owner_id_officer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
        sa.UniqueConstraint("page", "owner_id", "name_key", name=op.f("uq_saved_filter_page_owner_id_name_key")),
    )
    op.create_index("ix_saved_filter_owner_id", "saved_filter", ["owner_id"])
    op.create_table(
        "filter_default",
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("page", sa.Unicode(60), nullable=False),
        sa.Column("filter_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_filter_default_officer_id_officer")),
        sa.ForeignKeyConstraint(
            ["filter_id"], ["saved_filter.id"], name=op.f("fk_filter_default_filter_id_saved_filter")
        ),
        sa.PrimaryKeyConstraint("officer_id", "page", name=op.f("pk_filter_default")),
    )
    op.create_index(op.f("ix_filter_default_filter_id"), "filter_default", ["filter_id"])
