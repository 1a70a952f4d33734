"""What a shared server needs beside the tables: the turn to write, and the foreign keys that added columns lacked there."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

LATE = {
    ("officer", "team_id"): "team",
    ("tenancy", "before_id"): "tenancy",
    ("person", "merged_into_id"): "person",
    ("hold", "case_id"): "hold_case",
    ("arrangement", "made_by"): "officer",
}
"""Columns that were added with a foreign key in the same breath, which SQL Server's ALTER TABLE was not told."""


def upgrade() -> None:
    op.create_table(
        "write_turn",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("taken", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_write_turn"),
    )
    turn = sa.table("write_turn", sa.column("id", sa.Integer), sa.column("taken", sa.BigInteger))
    op.bulk_insert(turn, [{"id": 1, "taken": 0}])
    if op.get_bind().dialect.name == "mssql":
        for (table, column), other in LATE.items():
            op.create_foreign_key(op.f(f"fk_{table}_{column}_{other}"), table, other, [column], ["id"])
