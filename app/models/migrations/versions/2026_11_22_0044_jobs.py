"""Scheduled jobs and how they went."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]
LONG = sa.Unicode().with_variant(sa.Unicode(4000), "mssql")


def upgrade() -> None:
    _job()
    _job_run()
    _job_call()


def _job() -> None:
    op.create_table(
        "job",
        sa.Column("name", sa.Unicode(length=40), nullable=False),
        sa.Column("schedule", sa.Unicode(length=60), nullable=False),
        sa.Column("folder", sa.Unicode(length=400), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Unicode(length=200), nullable=False),
        sa.Column("changed_by", ID, nullable=True),
        sa.Column("changed_at", MOMENT, nullable=True),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("said", sa.Unicode(length=400), nullable=False),
        sa.Column("started_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("done_for", MOMENT, nullable=True),
        sa.Column("tried_for", MOMENT, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("again_at", MOMENT, nullable=True),
        sa.Column("owner", sa.Unicode(length=32), nullable=False),
        sa.Column("claimed_at", MOMENT, nullable=True),
        sa.Column("beat_at", MOMENT, nullable=True),
        sa.Column("claimed_by", ID, nullable=True),
        sa.Column("computer", sa.Unicode(length=80), nullable=False),
        sa.Column("way", sa.Unicode(length=20), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["officer.id"], name="fk_job_changed_by_officer"),
        sa.ForeignKeyConstraint(["claimed_by"], ["officer.id"], name="fk_job_claimed_by_officer"),
        sa.PrimaryKeyConstraint("name", name="pk_job"),
    )


def _job_run() -> None:
    op.create_table(
        "job_run",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Unicode(length=40), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("way", sa.Unicode(length=20), nullable=False),
        sa.Column("officer_id", ID, nullable=True),
        sa.Column("computer", sa.Unicode(length=80), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=False),
        sa.Column("said", LONG, nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_job_run_officer_id_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_job_run"),
    )
    op.create_index("ix_job_run_started_at", "job_run", ["started_at"], unique=False)
    op.create_index("ix_job_run_name_started_at", "job_run", ["name", "started_at"], unique=False)


def _job_call() -> None:
    op.create_table(
        "job_call",
        sa.Column("computer", sa.Unicode(length=80), nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("called_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_job_call_officer_id_officer"),
        sa.PrimaryKeyConstraint("computer", name="pk_job_call"),
    )
