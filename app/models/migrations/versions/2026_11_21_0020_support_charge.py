"""A charge for support, which Housing Benefit doesn't cover (rules.md 1.7)."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    flags = ("apportion", "free_week", "vat", "charged_in_void", "hb_eligible", "allows_negative", "active")
    codes = sa.table(
        "transaction_code",
        *(sa.column(each, sa.Unicode) for each in ("code", "name", "kind", "explain_group", "control")),
        *(sa.column(each, sa.Boolean) for each in flags),
    )
    op.execute(
        codes.insert().values(
            code="DSU",
            name="Support",
            kind="charge",
            explain_group="charges",
            control="income:service",
            apportion=True,
            free_week=True,
            vat=False,
            charged_in_void=False,
            hb_eligible=False,
            allows_negative=False,
            active=True,
        )
    )
