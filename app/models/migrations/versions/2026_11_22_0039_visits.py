"""The reception log."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]
REASONS = (
    ("payment", "To pay"),
    ("balance", "To ask for the balance"),
    ("arrears", "Arrears and arrangements"),
    ("benefits", "Housing Benefit or Universal Credit"),
    ("card", "Payment card"),
    ("direct_debit", "Direct Debit"),
    ("statement", "A statement or a letter"),
    ("tenancy", "Starting, changing or ending a tenancy"),
    ("details", "Change of contact details"),
    ("document", "To hand in a document"),
    ("repairs", "Repairs"),
    ("homelessness", "Homelessness"),
    ("complaint", "A complaint"),
    ("officer", "To see an officer"),
    ("other", "Something else"),
)


def upgrade() -> None:
    _visit_reason()
    _visit()
    _reasons()
    _counters()


def _visit_reason() -> None:
    op.create_table(
        "visit_reason",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.Unicode(length=40), nullable=False),
        sa.Column("name", sa.Unicode(length=80), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_visit_reason"),
        sa.UniqueConstraint("key", name="uq_visit_reason_key"),
        sa.UniqueConstraint("name", name="uq_visit_reason_name"),
    )


def _visit() -> None:
    op.create_table(
        "visit",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("reason_id", ID, nullable=False),
        sa.Column("desk_id", ID, nullable=True),
        sa.Column("arrived_at", MOMENT, nullable=False),
        sa.Column("logged_by", ID, nullable=False),
        sa.Column("name", sa.Unicode(length=120), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=True),
        sa.Column("seen_by", ID, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("outcome", sa.Unicode(length=400), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_visit_account_id_account"),
        sa.ForeignKeyConstraint(["desk_id"], ["payment_desk.id"], name="fk_visit_desk_id_payment_desk"),
        sa.ForeignKeyConstraint(["logged_by"], ["officer.id"], name="fk_visit_logged_by_officer"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_visit_person_id_person"),
        sa.ForeignKeyConstraint(["reason_id"], ["visit_reason.id"], name="fk_visit_reason_id_visit_reason"),
        sa.ForeignKeyConstraint(["seen_by"], ["officer.id"], name="fk_visit_seen_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_visit"),
        sa.UniqueConstraint("number", name="uq_visit_number"),
    )
    op.create_index("ix_visit_account_id", "visit", ["account_id"], unique=False)
    op.create_index("ix_visit_arrived_at", "visit", ["arrived_at"], unique=False)
    op.create_index("ix_visit_state", "visit", ["state"], unique=False)


def _reasons() -> None:
    reasons = sa.table(
        "visit_reason",
        *(sa.column(name, sa.Unicode) for name in ("key", "name")),
        sa.column("place", sa.Integer),
        sa.column("active", sa.Boolean),
    )
    rows = [{"key": key, "name": name, "place": place, "active": True} for place, (key, name) in enumerate(REASONS, 1)]
    op.bulk_insert(reasons, rows)


def _counters() -> None:
    counters = sa.table("counter", sa.column("name", sa.Unicode), sa.column("value", sa.Integer))
    op.bulk_insert(counters, [{"name": "visit", "value": 0}])
