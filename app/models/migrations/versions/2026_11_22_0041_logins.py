"""Which login wrote what, and what needs another's."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

from app.models.migrations.guards import server, sqlite, views

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = "fk_journal_approval_approval_request"
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


def upgrade() -> None:
    """Columns are added without a batch, which would drop the triggers of a ledger table."""
    on_server = op.get_bind().dialect.name == "mssql"
    _tables()
    for table in ("journal", "approval_event"):
        op.add_column(table, sa.Column("login", sa.Unicode(length=128), server_default=sa.text("''"), nullable=False))
        if on_server:
            for statement in server.login_default(table):
                op.execute(statement)
    if on_server:
        op.add_column("journal", sa.Column("approval", ID, nullable=True))
        op.create_foreign_key(KEY, "journal", "approval_request", ["approval"], ["id"])
    else:
        op.execute(f"ALTER TABLE journal ADD COLUMN approval INTEGER CONSTRAINT {KEY} REFERENCES approval_request (id)")
    op.create_index("ix_journal_approval", "journal", ["approval"], unique=False)
    _begin()
    for statement in (*views.VIEWS, *(server.triggers() if on_server else sqlite.triggers())):
        op.execute(statement)


def _tables() -> None:
    op.create_table(
        "officer_login",
        sa.Column("login", sa.Unicode(length=128), nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_officer_login_officer_id_officer"),
        sa.PrimaryKeyConstraint("login", name="pk_officer_login"),
    )
    op.create_table(
        "journal_guard",
        sa.Column("journal", ID, autoincrement=False, nullable=False),
        sa.Column("family", sa.Unicode(length=20), nullable=False),
        sa.Column("debit_pence", sa.BigInteger(), nullable=False),
        sa.Column("credit_pence", sa.BigInteger(), nullable=False),
        sa.Column("needed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("journal", "family", name="pk_journal_guard"),
    )


def _begin() -> None:
    """The last journal from before: nobody can say any more which limits stood when it was posted."""
    op.execute(
        "INSERT INTO journal_guard (journal, family, debit_pence, credit_pence, needed) "
        "SELECT COALESCE(MAX(number), 0), 'before', 0, 0, 0 FROM journal"
    )
