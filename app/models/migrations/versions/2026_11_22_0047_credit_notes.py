"""A credit note may be taken off in parts, each in a payment of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

NAME, TABLE = "uq_supplier_payment_line_invoice_id_part", "supplier_payment_line"
WHERE = "stands = 1 AND part != 'credit_part'"


def upgrade() -> None:
    op.drop_index(NAME, table_name=TABLE)
    op.create_index(
        NAME,
        TABLE,
        ["invoice_id", "part"],
        unique=True,
        sqlite_where=sa.text(WHERE),
        mssql_where=sa.text(WHERE),
    )
