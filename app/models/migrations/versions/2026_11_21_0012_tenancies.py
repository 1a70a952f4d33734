"""Tenancies: their history, endings, voids, life events."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]


def upgrade() -> None:
    _life_event()
    _void_period()
    _ending()
    _tenancy_event()
    _life_event_step()
    _tenancy()
    _tenant()


def _life_event() -> None:
    op.create_table(
        "life_event",
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("told_by", sa.Unicode(length=200), nullable=False),
        sa.Column("note", sa.Unicode().with_variant(sa.Unicode(length=4000), "mssql"), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_life_event_made_by_officer"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_life_event_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_life_event"),
    )
    op.create_index("ix_life_event_person_id", "life_event", ["person_id"])


def _void_period() -> None:
    op.create_table(
        "void_period",
        sa.Column("id", ID, nullable=False),
        sa.Column("property_id", ID, nullable=False),
        sa.Column("reason", sa.Unicode(length=20), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Unicode(length=400), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name="ck_void_period_ends_after_start"),
        sa.ForeignKeyConstraint(["property_id"], ["property.id"], name="fk_void_period_property_id_property"),
        sa.PrimaryKeyConstraint("id", name="pk_void_period"),
    )
    op.create_index("uq_void_period_property_id_from_on", "void_period", ["property_id", "from_on"], unique=True)


def _ending() -> None:
    op.create_table("ending", *_ending_columns(), *_ending_constraints())
    op.create_index("ix_ending_state_ends_on", "ending", ["state", "ends_on"])
    op.create_index("ix_ending_tenancy_id", "ending", ["tenancy_id"])
    standing = sa.text("state IN ('notice', 'ended')")
    op.create_index(
        "uq_ending_standing", "ending", ["tenancy_id"], unique=True, sqlite_where=standing, mssql_where=standing
    )


def _ending_columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", ID, nullable=False),
        sa.Column("tenancy_id", ID, nullable=False),
        sa.Column("reason", sa.Unicode(length=20), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("notice_on", sa.Date(), nullable=True),
        sa.Column("notice_ends_on", sa.Date(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("public_trustee", sa.Boolean(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("keys_due_at", MOMENT, nullable=True),
        sa.Column("keys_returned_at", MOMENT, nullable=True),
        sa.Column("late_weeks", sa.Integer(), nullable=False),
        sa.Column("waive_late", sa.Boolean(), nullable=False),
        sa.Column("excused", sa.Unicode(length=400), nullable=False),
        sa.Column("forwarding_address", sa.Unicode(length=400), nullable=False),
        sa.Column("contact_name", sa.Unicode(length=200), nullable=False),
        sa.Column("contact_details", sa.Unicode(length=400), nullable=False),
        sa.Column("benefit_finding", sa.Unicode().with_variant(sa.Unicode(length=4000), "mssql"), nullable=False),
        sa.Column("benefit_checked_by", ID, nullable=True),
        sa.Column("benefit_checked_at", MOMENT, nullable=True),
        sa.Column("with_id", ID, nullable=True),
        sa.Column("former_account_id", ID, nullable=True),
        sa.Column("statement_on", sa.Date(), nullable=True),
        sa.Column("dealt", sa.Unicode().with_variant(sa.Unicode(length=4000), "mssql"), nullable=False),
        sa.Column("journal", ID, nullable=True),
        sa.Column("transfer_journal", ID, nullable=True),
        sa.Column("noted_at", MOMENT, nullable=False),
        sa.Column("noted_by", ID, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_by", ID, nullable=True),
        sa.Column("undone_at", MOMENT, nullable=True),
        sa.Column("undone_by", ID, nullable=True),
        sa.Column("undone_reason", sa.Unicode(length=400), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
    ]


def _ending_constraints() -> list[sa.Constraint]:
    return [
        sa.CheckConstraint("ends_on >= notice_ends_on", name="ck_ending_keys_add_days"),
        sa.ForeignKeyConstraint(["former_account_id"], ["account.id"], name="fk_ending_former_account_id_account"),
        sa.ForeignKeyConstraint(["tenancy_id"], ["tenancy.id"], name="fk_ending_tenancy_id_tenancy"),
        sa.ForeignKeyConstraint(["with_id"], ["ending.id"], name="fk_ending_with_id_ending"),
        *(
            sa.ForeignKeyConstraint([by], ["officer.id"], name=f"fk_ending_{by}_officer")
            for by in ("benefit_checked_by", "noted_by", "ended_by", "undone_by")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_ending"),
    ]


def _tenancy_event() -> None:
    op.create_table(
        "tenancy_event",
        sa.Column("id", ID, nullable=False),
        sa.Column("tenancy_id", ID, nullable=False),
        sa.Column("change", sa.Unicode(length=20), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("words", sa.Unicode().with_variant(sa.Unicode(length=4000), "mssql"), nullable=False),
        sa.Column("other_id", ID, nullable=True),
        sa.Column("journal", ID, nullable=True),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_tenancy_event_officer_id_officer"),
        sa.ForeignKeyConstraint(["other_id"], ["tenancy.id"], name="fk_tenancy_event_other_id_tenancy"),
        sa.ForeignKeyConstraint(["tenancy_id"], ["tenancy.id"], name="fk_tenancy_event_tenancy_id_tenancy"),
        sa.PrimaryKeyConstraint("id", name="pk_tenancy_event"),
    )
    op.create_index("ix_tenancy_event_effective_on", "tenancy_event", ["effective_on"])
    op.create_index("ix_tenancy_event_tenancy_id_effective_on", "tenancy_event", ["tenancy_id", "effective_on"])


def _life_event_step() -> None:
    op.create_table(
        "life_event_step",
        sa.Column("id", ID, nullable=False),
        sa.Column("event_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("source", sa.Unicode(length=40), nullable=False),
        sa.Column("record_id", ID, nullable=True),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("what", sa.Unicode(length=400), nullable=False),
        sa.Column("choice", sa.Unicode(length=20), nullable=False),
        sa.Column("outcome", sa.Unicode(length=400), nullable=False),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("done_by", ID, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_life_event_step_account_id_account"),
        sa.ForeignKeyConstraint(["done_by"], ["officer.id"], name="fk_life_event_step_done_by_officer"),
        sa.ForeignKeyConstraint(["event_id"], ["life_event.id"], name="fk_life_event_step_event_id_life_event"),
        sa.PrimaryKeyConstraint("id", name="pk_life_event_step"),
    )
    op.create_index("ix_life_event_step_event_id", "life_event_step", ["event_id"])


def _tenancy() -> None:
    op.add_column("tenancy", sa.Column("trial_ends_on", sa.Date(), nullable=True))
    op.add_column("tenancy", sa.Column("term_ends_on", sa.Date(), nullable=True))
    op.add_column(
        "tenancy",
        sa.Column("before_id", ID, sa.ForeignKey("tenancy.id", name="fk_tenancy_before_id_tenancy"), nullable=True),
        inline_references=True,
    )
    op.add_column("tenancy", sa.Column("succeeded", sa.Boolean(), server_default="0", nullable=False))
    op.create_index("ix_tenancy_before_id", "tenancy", ["before_id"])


def _tenant() -> None:
    op.add_column("tenant", sa.Column("from_on", sa.Date(), nullable=True))
    op.add_column("tenant", sa.Column("to_on", sa.Date(), nullable=True))
