"""Office closures, when a policy value was verified, and the indexes that the audit is read by."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "office_closure",
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("name", sa.Unicode(80), nullable=False),
        sa.PrimaryKeyConstraint("closed_on", name="pk_office_closure"),
    )
    op.add_column("policy_value", sa.Column("verified_on", sa.Date(), nullable=True))
    op.create_index("ix_audit_entry_at", "audit_entry", ["at"])
    op.create_index("ix_audit_entry_officer_id_at", "audit_entry", ["officer_id", "at"])
    op.create_index("ix_audit_entry_table_name_at", "audit_entry", ["table_name", "at"])
