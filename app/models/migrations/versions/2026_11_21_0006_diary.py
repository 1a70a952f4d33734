"""Notes on any record, tasks with their trail, recurring tasks, and who is away."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LONG_TEXT = sa.Unicode().with_variant(sa.Unicode(length=4000), "mssql")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]
TRAIL = "task_step"


def upgrade() -> None:
    """The standing notes, all on accounts, become notes on the record `account`."""
    _notes()
    _task()
    _task_indexes()
    _task_step()
    _task_template()
    _absence()


def _notes() -> None:
    with op.batch_alter_table("note") as note:
        note.add_column(sa.Column("subject", sa.Unicode(length=20), nullable=True))
        note.add_column(sa.Column("subject_id", ID, nullable=True))
    op.execute("UPDATE note SET subject = 'account', subject_id = account_id")
    with op.batch_alter_table("note") as note:
        note.alter_column("subject", existing_type=sa.Unicode(length=20), nullable=False)
        note.alter_column("subject_id", existing_type=ID, nullable=False)
        note.drop_index("ix_note_account_id")
        note.drop_constraint("fk_note_account_id_account", type_="foreignkey")
        note.drop_column("account_id")
        note.create_index("ix_note_subject_subject_id", ["subject", "subject_id"])


def _task() -> None:
    op.create_table(
        "task",
        sa.Column("id", ID, nullable=False),
        sa.Column("title", sa.Unicode(length=200), nullable=False),
        sa.Column("details", LONG_TEXT, nullable=False),
        sa.Column("subject", sa.Unicode(length=20), nullable=True),
        sa.Column("subject_id", ID, nullable=True),
        sa.Column("kind", sa.Unicode(length=60), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("remind_on", sa.Date(), nullable=True),
        sa.Column("officer_id", ID, nullable=True),
        sa.Column("team_id", ID, nullable=True),
        sa.Column("requester", sa.Unicode(length=120), nullable=False),
        sa.Column("requester_team", sa.Unicode(length=120), nullable=False),
        sa.Column("asked_by", sa.Unicode(length=20), nullable=False),
        sa.Column("answer_by_on", sa.Date(), nullable=True),
        sa.Column("evidence_wanted", sa.Unicode(length=400), nullable=False),
        sa.Column("evidence", sa.Unicode(length=400), nullable=False),
        sa.Column("proof", sa.Unicode(length=40), nullable=False),
        sa.Column("template", sa.Unicode(length=60), nullable=True),
        sa.Column("occurrence_on", sa.Date(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("created_by", ID, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("ended_by", ID, nullable=True),
        sa.Column("outcome", LONG_TEXT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("officer_id IS NULL OR team_id IS NULL", name=op.f("ck_task_one_holder")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_task_officer_id_officer")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_task_team_id_team")),
        sa.ForeignKeyConstraint(["created_by"], ["officer.id"], name=op.f("fk_task_created_by_officer")),
        sa.ForeignKeyConstraint(["ended_by"], ["officer.id"], name=op.f("fk_task_ended_by_officer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )


def _task_indexes() -> None:
    op.create_index("ix_task_subject_subject_id", "task", ["subject", "subject_id"], unique=False)
    op.create_index("ix_task_state_due_on", "task", ["state", "due_on"], unique=False)
    op.create_index("ix_task_officer_id_state", "task", ["officer_id", "state"], unique=False)
    op.create_index("ix_task_team_id_state", "task", ["team_id", "state"], unique=False)
    made = sa.text("template IS NOT NULL")
    op.create_index(
        "uq_task_template_occurrence_on",
        "task",
        ["template", "occurrence_on"],
        unique=True,
        sqlite_where=made,
        mssql_where=made,
    )


def _task_step() -> None:
    op.create_table(
        TRAIL,
        sa.Column("id", ID, nullable=False),
        sa.Column("task_id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("action", sa.Unicode(length=20), nullable=False),
        sa.Column("to_officer_id", ID, nullable=True),
        sa.Column("to_team_id", ID, nullable=True),
        sa.Column("words", LONG_TEXT, nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_step_task_id_task")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_task_step_officer_id_officer")),
        sa.ForeignKeyConstraint(["to_officer_id"], ["officer.id"], name=op.f("fk_task_step_to_officer_id_officer")),
        sa.ForeignKeyConstraint(["to_team_id"], ["team.id"], name=op.f("fk_task_step_to_team_id_team")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_step")),
    )
    op.create_index(op.f("ix_task_step_task_id"), TRAIL, ["task_id"], unique=False)
    for statement in _guards(server=op.get_bind().dialect.name == "mssql"):
        op.execute(statement)


def _guards(*, server: bool) -> list[str]:
    """The trail is append only; on SQLite REPLACE deletes without meeting a DELETE trigger, so it is refused before."""
    if server:
        refuse = f"THROW 50001, '{TRAIL} is append only', 1"
        return [f"CREATE TRIGGER {TRAIL}_no_change ON {TRAIL} INSTEAD OF UPDATE, DELETE AS BEGIN {refuse}; END"]
    refuse = f"SELECT RAISE(ABORT, '{TRAIL} is append only')"
    standing = "SELECT 1 FROM task_step WHERE id = NEW.id"
    return [
        f"CREATE TRIGGER {TRAIL}_no_update BEFORE UPDATE ON {TRAIL} BEGIN {refuse}; END",
        f"CREATE TRIGGER {TRAIL}_no_delete BEFORE DELETE ON {TRAIL} BEGIN {refuse}; END",
        f"CREATE TRIGGER {TRAIL}_no_replace BEFORE INSERT ON {TRAIL} WHEN EXISTS ({standing}) BEGIN {refuse}; END",
    ]


def _task_template() -> None:
    op.create_table(
        "task_template",
        sa.Column("key", sa.Unicode(length=60), nullable=False),
        sa.Column("title", sa.Unicode(length=200), nullable=False),
        sa.Column("details", LONG_TEXT, nullable=False),
        sa.Column("every", sa.Unicode(length=20), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("if_closed", sa.Unicode(length=10), nullable=False),
        sa.Column("lead_days", sa.Integer(), nullable=False),
        sa.Column("catch_up", sa.Boolean(), nullable=False),
        sa.Column("long_years_only", sa.Boolean(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("evidence_wanted", sa.Unicode(length=400), nullable=False),
        sa.Column("proof", sa.Unicode(length=40), nullable=False),
        sa.Column("owner_id", ID, nullable=True),
        sa.Column("owner_team_id", ID, nullable=True),
        sa.Column("cover_id", ID, nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["officer.id"], name=op.f("fk_task_template_owner_id_officer")),
        sa.ForeignKeyConstraint(["owner_team_id"], ["team.id"], name=op.f("fk_task_template_owner_team_id_team")),
        sa.ForeignKeyConstraint(["cover_id"], ["officer.id"], name=op.f("fk_task_template_cover_id_officer")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_task_template")),
    )


def _absence() -> None:
    op.create_table(
        "absence",
        sa.Column("id", ID, nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("cover_id", ID, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("to_on >= from_on", name=op.f("ck_absence_ends_after_start")),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_absence_officer_id_officer")),
        sa.ForeignKeyConstraint(["cover_id"], ["officer.id"], name=op.f("fk_absence_cover_id_officer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index(op.f("ix_absence_officer_id"), "absence", ["officer_id"], unique=False)
