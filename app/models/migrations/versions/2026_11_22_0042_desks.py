"""Who sits at a desk, and when nobody may."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


def upgrade() -> None:
    _desk_session()
    _maintenance()


def _desk_session() -> None:
    op.create_table(
        "desk_session",
        sa.Column("id", ID, nullable=False),
        sa.Column("window", sa.Unicode(32), nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("computer", sa.Unicode(120), nullable=False),
        sa.Column("program", sa.Unicode(40), nullable=False),
        sa.Column("page", sa.Unicode(80), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=True),
        sa.Column("asked_by", ID, nullable=True),
        sa.Column("asked_words", sa.Unicode(200), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ending", sa.Unicode(20), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["officer.id"], name="fk_desk_session_asked_by_officer"),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_desk_session_officer_id_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_desk_session"),
        sa.UniqueConstraint("window", name="uq_desk_session_window"),
    )
    op.create_index("ix_desk_session_ended_at_seen_at", "desk_session", ["ended_at", "seen_at"], unique=False)


def _maintenance() -> None:
    op.create_table(
        "maintenance",
        sa.Column("id", ID, nullable=False),
        sa.Column("words", sa.Unicode(200), nullable=False),
        sa.Column("announced_at", MOMENT, nullable=False),
        sa.Column("announced_by", ID, nullable=False),
        sa.Column("begins_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_by", ID, nullable=True),
        sa.ForeignKeyConstraint(["announced_by"], ["officer.id"], name="fk_maintenance_announced_by_officer"),
        sa.ForeignKeyConstraint(["ended_by"], ["officer.id"], name="fk_maintenance_ended_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_maintenance"),
    )
