"""More of the reception."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was posted before now may leave an amount between the funds, and never changes: the last journal of it is kept."""
    counter = sa.table("counter", sa.column("name", sa.Unicode(20)), sa.column("value", sa.BigInteger))
    last = sa.select(sa.literal("before_funds", sa.Unicode(20)), counter.c.value).where(counter.c.name == "journal")
    op.execute(counter.insert().from_select(["name", "value"], last))
