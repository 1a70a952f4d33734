"""Officers: teams, passwords, roles as edited, delegations, declared accounts, reviews."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.mssql import DATETIME2

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime().with_variant(DATETIME2(6), "mssql")  # type: ignore[no-untyped-call]
WORD = sa.Unicode(length=20)
APPEND_ONLY = {
    "sign_in_event": "SELECT 1 FROM sign_in_event WHERE id = NEW.id",
    "record_view": "SELECT 1 FROM record_view WHERE id = NEW.id",
}


def upgrade() -> None:
    """Make the tables, each after those that it points to, and guard the two logs."""
    _team()
    _widen_officer()
    op.drop_table("officer_limit")  # nothing wrote to it yet
    _role()
    _role_permission()
    _access_review()
    _credential()
    _delegation()
    _officer_limit()
    _record_view()
    _restricted_record()
    _sign_in_event()
    _access_review_line()
    _restricted_reader()
    _declared_account()
    for table, standing in APPEND_ONLY.items():
        for statement in _guard(table, standing):
            op.execute(statement)


def _widen_officer() -> None:
    op.add_column("officer", sa.Column("email", sa.Unicode(length=254), server_default="", nullable=False))
    op.add_column(
        "officer",
        sa.Column("team_id", ID, sa.ForeignKey("team.id", name="fk_officer_team_id_team"), nullable=True),
        inline_references=True,
    )
    op.add_column("officer", sa.Column("left_on", sa.Date(), nullable=True))


def _guard(table: str, standing: str) -> list[str]:
    if op.get_bind().dialect.name == "mssql":
        refuse = f"THROW 50001, '{table} is append only', 1"
        return [f"CREATE TRIGGER {table}_no_change ON {table} INSTEAD OF UPDATE, DELETE AS BEGIN {refuse}; END"]
    refuse = f"SELECT RAISE(ABORT, '{table} is append only')"
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN {refuse}; END",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN {refuse}; END",
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS ({standing}) BEGIN {refuse}; END",
    ]


def _team() -> None:
    op.create_table(
        "team",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Unicode(length=120), nullable=False),
        sa.Column("email", sa.Unicode(length=254), nullable=False),
        sa.Column("leader_id", ID, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["leader_id"], ["officer.id"], name="fk_team_leader_id_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_team"),
        sa.UniqueConstraint("name", name="uq_team_name"),
    )


def _role() -> None:
    op.create_table(
        "role",
        sa.Column("key", sa.Unicode(length=40), nullable=False),
        sa.Column("name", sa.Unicode(length=80), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_role"),
        sa.UniqueConstraint("name", name="uq_role_name"),
    )


def _role_permission() -> None:
    op.create_table(
        "role_permission",
        sa.Column("role", sa.Unicode(length=40), nullable=False),
        sa.Column("permission", sa.Unicode(length=40), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("role", "permission", name="pk_role_permission"),
    )


def _access_review() -> None:
    op.create_table(
        "access_review",
        sa.Column("id", ID, nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("started_by", ID, nullable=False),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["started_by"], ["officer.id"], name="fk_access_review_started_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_access_review"),
    )


def _credential() -> None:
    op.create_table(
        "credential",
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("password_hash", sa.Unicode(length=200), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("failed_tries", sa.Integer(), nullable=False),
        sa.Column("locked_until", MOMENT, nullable=True),
        sa.Column("changed_at", MOMENT, nullable=True),
        sa.Column("last_seen_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_credential_officer_id_officer"),
        sa.PrimaryKeyConstraint("officer_id", name="pk_credential"),
    )


def _delegation() -> None:
    op.create_table(
        "delegation",
        sa.Column("id", ID, nullable=False),
        sa.Column("from_id", ID, nullable=False),
        sa.Column("to_id", ID, nullable=False),
        sa.Column("kinds", sa.Unicode(length=400), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Unicode(length=400), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("to_on >= from_on", name="ck_delegation_ends_after_start"),
        sa.ForeignKeyConstraint(["from_id"], ["officer.id"], name="fk_delegation_from_id_officer"),
        sa.ForeignKeyConstraint(["to_id"], ["officer.id"], name="fk_delegation_to_id_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_delegation"),
    )
    op.create_index("ix_delegation_to_id_to_on", "delegation", ["to_id", "to_on"], unique=False)


def _officer_limit() -> None:
    op.create_table(
        "officer_limit",
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("line_pence", sa.BigInteger(), nullable=False),
        sa.Column("batch_pence", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("line_pence >= 0 AND batch_pence >= line_pence", name="ck_officer_limit_batch_covers_line"),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_officer_limit_officer_id_officer"),
        sa.PrimaryKeyConstraint("officer_id", "kind", name="pk_officer_limit"),
    )


def _record_view() -> None:
    op.create_table(
        "record_view",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("subject", WORD, nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_record_view_officer_id_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_record_view"),
    )
    op.create_index("ix_record_view_officer_id", "record_view", ["officer_id"], unique=False)
    op.create_index(
        "ix_record_view_subject_subject_id_at", "record_view", ["subject", "subject_id", "at"], unique=False
    )


def _restricted_record() -> None:
    op.create_table(
        "restricted_record",
        sa.Column("id", ID, nullable=False),
        sa.Column("subject", WORD, nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("reason", sa.Unicode(length=400), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("restricted_by", ID, nullable=False),
        sa.Column("restricted_at", MOMENT, nullable=False),
        sa.Column("released_by", ID, nullable=True),
        sa.Column("released_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["released_by"], ["officer.id"], name="fk_restricted_record_released_by_officer"),
        sa.ForeignKeyConstraint(["restricted_by"], ["officer.id"], name="fk_restricted_record_restricted_by_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_restricted_record"),
    )
    op.create_index(
        "ix_restricted_record_subject_subject_id", "restricted_record", ["subject", "subject_id"], unique=False
    )


def _sign_in_event() -> None:
    op.create_table(
        "sign_in_event",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("officer_id", ID, nullable=True),
        sa.Column("username", sa.Unicode(length=80), nullable=False),
        sa.Column("computer", sa.Unicode(length=120), nullable=False),
        sa.Column("what", WORD, nullable=False),
        sa.Column("by_officer_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["by_officer_id"], ["officer.id"], name="fk_sign_in_event_by_officer_id_officer"),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_sign_in_event_officer_id_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in_event"),
    )
    op.create_index("ix_sign_in_event_at", "sign_in_event", ["at"], unique=False)
    op.create_index("ix_sign_in_event_officer_id", "sign_in_event", ["officer_id"], unique=False)


def _access_review_line() -> None:
    op.create_table(
        "access_review_line",
        sa.Column("review_id", ID, nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("roles", sa.Unicode(length=400), nullable=False),
        sa.Column("limits", sa.Unicode(length=400), nullable=False),
        sa.Column("decision", WORD, nullable=True),
        sa.Column("reason", sa.Unicode(length=400), nullable=False),
        sa.Column("signed_by", ID, nullable=True),
        sa.Column("signed_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_access_review_line_officer_id_officer"),
        sa.ForeignKeyConstraint(
            ["review_id"], ["access_review.id"], name="fk_access_review_line_review_id_access_review"
        ),
        sa.ForeignKeyConstraint(["signed_by"], ["officer.id"], name="fk_access_review_line_signed_by_officer"),
        sa.PrimaryKeyConstraint("review_id", "officer_id", name="pk_access_review_line"),
    )


def _restricted_reader() -> None:
    op.create_table(
        "restricted_reader",
        sa.Column("id", ID, nullable=False),
        sa.Column("restricted_id", ID, nullable=False),
        sa.Column("role", sa.Unicode(length=40), nullable=False),
        sa.Column("officer_id", ID, nullable=True),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_restricted_reader_officer_id_officer"),
        sa.ForeignKeyConstraint(
            ["restricted_id"], ["restricted_record.id"], name="fk_restricted_reader_restricted_id_restricted_record"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_restricted_reader"),
    )
    op.create_index("ix_restricted_reader_restricted_id", "restricted_reader", ["restricted_id"], unique=False)


def _declared_account() -> None:
    op.create_table(
        "declared_account",
        sa.Column("id", ID, nullable=False),
        sa.Column("officer_id", ID, nullable=False),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("relation", WORD, nullable=False),
        sa.Column("reason", sa.Unicode(length=400), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("declared_by", ID, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("to_on IS NULL OR to_on >= from_on", name="ck_declared_account_ends_after_start"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_declared_account_account_id_account"),
        sa.ForeignKeyConstraint(["declared_by"], ["officer.id"], name="fk_declared_account_declared_by_officer"),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name="fk_declared_account_officer_id_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_declared_account"),
    )
    op.create_index("ix_declared_account_officer_id", "declared_account", ["officer_id"], unique=False)
