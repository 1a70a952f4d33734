"""The reception log."""

from typing import Any

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
SIGNPOSTS = (
    # Known in general when this was written: the office looks each up before it relies on it, and adds its own.
    (
        "Homelessness",
        "The council's housing options team; out of hours its emergency line. Shelter advises too.",
        "0808 800 4444",
        "",
    ),
    ("Domestic abuse", "The National Domestic Abuse Helpline, at any hour. In danger: 999.", "0808 2000 247", ""),
    ("Housing Benefit and Council Tax Support", "The council's benefits team.", "", ""),
    ("Universal Credit", "The helpline, or the online journal.", "0800 328 5644", "www.gov.uk/universal-credit"),
    (
        "Breathing Space",
        "Sixty days' pause from debts: asked for through a debt adviser.",
        "0800 138 1111",
        "www.gov.uk/breathing-space",
    ),
    (
        "Debt and money advice",
        "Citizens Advice and MoneyHelper advise for nothing.",
        "0800 144 8848",
        "www.moneyhelper.org.uk",
    ),
    ("Repairs", "The council's repairs line.", "", ""),
    ("Council Tax", "The council's revenues team.", "", ""),
)


def upgrade() -> None:
    _signpost()
    _visit_reason()
    _visit()
    _appointment()
    _visit_incident()
    _visit_signpost()
    _reasons()
    _signposts()
    _counters()


def _signpost() -> None:
    op.create_table(
        "signpost",
        sa.Column("id", ID, nullable=False),
        sa.Column("title", sa.Unicode(length=80), nullable=False),
        sa.Column("words", sa.Unicode(length=1000), nullable=False),
        sa.Column("telephone", sa.Unicode(length=60), nullable=False),
        sa.Column("link", sa.Unicode(length=200), nullable=False),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_signpost"),
        sa.UniqueConstraint("title", name="uq_signpost_title"),
    )


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


def _visit_columns() -> tuple[sa.Column[Any], ...]:
    return (
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
        sa.Column("safe_with", ID, nullable=True),
        sa.Column("accompanied_by", sa.Unicode(length=120), nullable=False),
        sa.Column("task_id", ID, nullable=True),
        sa.Column("seen_at", MOMENT, nullable=True),
        sa.Column("seen_by", ID, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("outcome", sa.Unicode(length=400), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
    )


def _visit() -> None:
    op.create_table(
        "visit",
        *_visit_columns(),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_visit_account_id_account"),
        sa.ForeignKeyConstraint(["desk_id"], ["payment_desk.id"], name="fk_visit_desk_id_payment_desk"),
        sa.ForeignKeyConstraint(["logged_by"], ["officer.id"], name="fk_visit_logged_by_officer"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_visit_person_id_person"),
        sa.ForeignKeyConstraint(["reason_id"], ["visit_reason.id"], name="fk_visit_reason_id_visit_reason"),
        sa.ForeignKeyConstraint(["safe_with"], ["officer.id"], name="fk_visit_safe_with_officer"),
        sa.ForeignKeyConstraint(["seen_by"], ["officer.id"], name="fk_visit_seen_by_officer"),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_visit_task_id_task"),
        sa.PrimaryKeyConstraint("id", name="pk_visit"),
        sa.UniqueConstraint("number", name="uq_visit_number"),
    )
    op.create_index("ix_visit_account_id", "visit", ["account_id"], unique=False)
    op.create_index("ix_visit_arrived_at", "visit", ["arrived_at"], unique=False)
    op.create_index("ix_visit_state", "visit", ["state"], unique=False)


def _appointment() -> None:
    op.create_table(
        "appointment",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("state", sa.Unicode(length=20), nullable=False),
        sa.Column("reason_id", ID, nullable=False),
        sa.Column("desk_id", ID, nullable=True),
        sa.Column("with_officer_id", ID, nullable=True),
        sa.Column("name", sa.Unicode(length=120), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("account_id", ID, nullable=True),
        sa.Column("visit_id", ID, nullable=True),
        sa.Column("made_by", ID, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("note", sa.Unicode(length=400), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_appointment_account_id_account"),
        sa.ForeignKeyConstraint(["desk_id"], ["payment_desk.id"], name="fk_appointment_desk_id_payment_desk"),
        sa.ForeignKeyConstraint(["made_by"], ["officer.id"], name="fk_appointment_made_by_officer"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_appointment_person_id_person"),
        sa.ForeignKeyConstraint(["reason_id"], ["visit_reason.id"], name="fk_appointment_reason_id_visit_reason"),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name="fk_appointment_visit_id_visit"),
        sa.ForeignKeyConstraint(["with_officer_id"], ["officer.id"], name="fk_appointment_with_officer_id_officer"),
        sa.PrimaryKeyConstraint("id", name="pk_appointment"),
    )
    op.create_index("ix_appointment_at", "appointment", ["at"], unique=False)
    op.create_index("ix_appointment_with_officer_id", "appointment", ["with_officer_id"], unique=False)


def _visit_incident() -> None:
    op.create_table(
        "visit_incident",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Unicode(length=20), nullable=False),
        sa.Column("happened_at", MOMENT, nullable=False),
        sa.Column("visit_id", ID, nullable=True),
        sa.Column("desk_id", ID, nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("police_reference", sa.Unicode(length=40), nullable=False),
        sa.Column("reported_by", ID, nullable=False),
        sa.Column("reported_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["desk_id"], ["payment_desk.id"], name="fk_visit_incident_desk_id_payment_desk"),
        sa.ForeignKeyConstraint(["reported_by"], ["officer.id"], name="fk_visit_incident_reported_by_officer"),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name="fk_visit_incident_visit_id_visit"),
        sa.PrimaryKeyConstraint("id", name="pk_visit_incident"),
        sa.UniqueConstraint("number", name="uq_visit_incident_number"),
    )
    op.create_index("ix_visit_incident_visit_id", "visit_incident", ["visit_id"], unique=False)


def _visit_signpost() -> None:
    op.create_table(
        "visit_signpost",
        sa.Column("visit_id", ID, nullable=False),
        sa.Column("signpost_id", ID, nullable=False),
        sa.Column("handed", sa.Unicode(length=20), nullable=False),
        sa.ForeignKeyConstraint(["signpost_id"], ["signpost.id"], name="fk_visit_signpost_signpost_id_signpost"),
        sa.ForeignKeyConstraint(["visit_id"], ["visit.id"], name="fk_visit_signpost_visit_id_visit"),
        sa.PrimaryKeyConstraint("visit_id", "signpost_id", name="pk_visit_signpost"),
    )


def _reasons() -> None:
    reasons = sa.table(
        "visit_reason",
        *(sa.column(name, sa.Unicode) for name in ("key", "name")),
        sa.column("place", sa.Integer),
        sa.column("active", sa.Boolean),
    )
    rows = [{"key": key, "name": name, "place": place, "active": True} for place, (key, name) in enumerate(REASONS, 1)]
    op.bulk_insert(reasons, rows)


def _signposts() -> None:
    table = sa.table(
        "signpost",
        *(sa.column(name, sa.Unicode) for name in ("title", "words", "telephone", "link")),
        sa.column("place", sa.Integer),
        sa.column("active", sa.Boolean),
    )
    names = ("title", "words", "telephone", "link")
    rows = [
        {**dict(zip(names, each, strict=True)), "place": place, "active": True}
        for place, each in enumerate(SIGNPOSTS, 1)
    ]
    op.bulk_insert(table, rows)


def _counters() -> None:
    counters = sa.table("counter", sa.column("name", sa.Unicode), sa.column("value", sa.Integer))
    op.bulk_insert(counters, [{"name": "visit", "value": 0}, {"name": "visit_incident", "value": 0}])
