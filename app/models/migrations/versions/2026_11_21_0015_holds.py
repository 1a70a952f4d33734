"""Holds: why, what each stops, and the cases behind them.

What was the kind of a hold until now is what it stops; why it was placed is told by its reason.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]
LONG_TEXT = sa.Unicode().with_variant(sa.Unicode(length=4000), "mssql")

HOLD = sa.table(
    "hold",
    sa.column("id", ID),
    sa.column("kind", sa.Unicode(20)),
    sa.column("to_on", sa.Date()),
    sa.column("closed_on", sa.Date()),
)
STOP = sa.table("hold_stop", sa.column("hold_id", ID), sa.column("stop", sa.Unicode(20)))


def upgrade() -> None:
    _hold_case()
    _hold_case_person()
    _hold_debt()
    _hold_columns()
    _hold_stop()
    _move_kinds()


def _hold_case() -> None:
    op.create_table(
        "hold_case",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("reference", sa.Unicode(length=60), nullable=False),
        sa.Column("crisis", sa.Boolean(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("notified_on", sa.Date(), nullable=False),
        sa.Column("start_on", sa.Date(), nullable=False),
        sa.Column("end_on", sa.Date(), nullable=True),
        sa.Column("treatment_ended_on", sa.Date(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("adviser", sa.Unicode(length=200), nullable=False),
        sa.Column("note", LONG_TEXT, nullable=False),
        sa.Column("searched_at", MOMENT, nullable=True),
        sa.Column("searched_by", ID, nullable=True),
        sa.Column("told_adviser_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.Unicode(length=20), nullable=True),
        sa.Column("end_note", sa.Unicode(length=400), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("end_on IS NULL OR end_on >= start_on", name="ck_hold_case_ends_after_start"),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_hold_case_made_by_officer"),
        sa.ForeignKeyConstraint(["searched_by"], ["officer.id"], name="fk_hold_case_searched_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_hold_case"),
    )
    op.create_index("ix_hold_case_reference", "hold_case", ["reference"])
    op.create_index("ix_hold_case_ended_on", "hold_case", ["ended_on"])


def _hold_case_person() -> None:
    op.create_table(
        "hold_case_person",
        sa.Column("case_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["hold_case.id"], name="fk_hold_case_person_case_id_hold_case"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_hold_case_person_person_id_person"),
        sa.PrimaryKeyConstraint("case_id", "person_id", name="pk_hold_case_person"),
    )
    op.create_index("ix_hold_case_person_person_id", "hold_case_person", ["person_id"])


def _hold_debt() -> None:
    op.create_table(
        "hold_debt",
        sa.Column("case_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("pence", sa.BigInteger(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_hold_debt_account_id_account"),
        sa.ForeignKeyConstraint(["case_id"], ["hold_case.id"], name="fk_hold_debt_case_id_hold_case"),
        sa.PrimaryKeyConstraint("case_id", "account_id", name="pk_hold_debt"),
    )
    op.create_index("ix_hold_debt_account_id", "hold_debt", ["account_id"])


def _hold_columns() -> None:
    op.add_column(
        "hold",
        sa.Column("case_id", ID, sa.ForeignKey("hold_case.id", name="fk_hold_case_id_hold_case"), nullable=True),
        inline_references=True,
    )
    op.add_column("hold", sa.Column("review_on", sa.Date(), nullable=True))
    op.add_column("hold", sa.Column("closed_on", sa.Date(), nullable=True))
    op.add_column("hold", sa.Column("released", sa.Unicode(length=400), server_default="", nullable=False))
    op.create_index("ix_hold_case_id", "hold", ["case_id"])
    op.create_index("ix_hold_to_on", "hold", ["to_on"])


def _hold_stop() -> None:
    op.create_table(
        "hold_stop",
        sa.Column("hold_id", ID, nullable=False),
        sa.Column("stop", sa.Unicode(length=20), nullable=False),
        sa.ForeignKeyConstraint(["hold_id"], ["hold.id"], name="fk_hold_stop_hold_id_hold"),
        sa.PrimaryKeyConstraint("hold_id", "stop", name="pk_hold_stop"),
    )


def _move_kinds() -> None:
    """What the holds that there are stop; one that stopped statements is a statement hold, the others are told by their reason.

    Those that have ended by now are nobody's task any more.
    """
    op.execute(sa.insert(STOP).from_select(["hold_id", "stop"], sa.select(HOLD.c.id, HOLD.c.kind)))
    kind = sa.case((HOLD.c.kind == "statements", "statement_hold"), else_="other")
    op.execute(sa.update(HOLD).values(kind=kind))
    op.execute(sa.update(HOLD).where(HOLD.c.to_on < sa.func.current_date()).values(closed_on=HOLD.c.to_on))
